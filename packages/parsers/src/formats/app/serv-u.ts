import type { Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import { setEndpoint } from "../../ecs/endpoint.ts";
import { addRelated } from "../../ecs/related.ts";
import { FtpDialogue } from "../../network/ftp-dialogue.ts";
import { monthNumber } from "../../text/months.ts";
import { applyRules, eventFields, loginFields, rule } from "../../text/rules.ts";

const dataset = "app/serv-u";
const maxSessions = 10_000;

/** `[02] Tue 05Mar24 10:14:02 - (000042) Connected to 203.0.113.9 (local address 10.0.0.5, port 22)`. */
const line =
  /^\[(\d{1,3})\] (?:[A-Z][a-z]{2} )?(\d\d)([A-Z][a-z]{2})(\d\d) (\d\d):(\d\d):(\d\d) - (?:\((\d{1,12})\) )?([\s\S]*)$/;
const file = (action: string, type: string) =>
  eventFields("file network", type, action, { "event.outcome": "success" });
const size = String.raw`(?: \(.{0,60}?- ?([\d]{1,18}) bytes\))?`;

const rules = [
  rule(
    /^Connected to ([0-9a-fA-F.:]{2,45}) \([Ll]ocal address ([0-9a-fA-F.:]{2,45})(?:, port (\d{1,5}))?\)/,
    "source destination destination.port",
    eventFields("network", "connection start", "connection-opened"),
  ),
  rule(/^User "?([^"\s]{1,200})"? logged in/i, "user.name", loginFields("success")),
  rule(/^User "?([^"\s]{1,200})"? logged out/i, "user.name", eventFields("session", "end", "logout")),
  rule(
    /^(?:Password for user|Login for user|Invalid login credentials; user:|Bad password for user) "?([^";\s]{1,200})"?/i,
    "user.name",
    loginFields("failure"),
  ),
  rule(
    new RegExp(`^Received file "?(.{1,4000}?)"? successfully${size}`),
    "file.path file.size:n",
    file("file-uploaded", "creation"),
  ),
  rule(
    new RegExp(`^Sent file "?(.{1,4000}?)"? successfully${size}`),
    "file.path file.size:n",
    file("file-downloaded", "access"),
  ),
  rule(/^Deleted file "?(.{1,4000}?)"?$/, "file.path", file("file-deleted", "deletion")),
  rule(
    /^(?:Receiving|Sending) file "?(.{1,4000}?)"?$/,
    "file.path",
    eventFields("file network", "info", "transfer-started"),
  ),
  rule(
    /^EXCEPTION: ([0-9A-F]{8}); ?([\w:~]{1,120})/,
    "error.code error.type",
    eventFields("process", "info", "exception"),
  ),
  rule(/^Closed session|^Disconnected/, "", eventFields("network", "connection end", "connection-closed")),
];

/** Serv-U's domain, session and debug logs. */
export const format = {
  kind: "line",
  name: dataset,
  title: "Serv-U log",
  version: 1,
  notes:
    "`[02] Tue 05Mar24 10:14:02 - (session) text`; local time without a zone. The address and the user of a session are kept from its first lines.",
  sniff: (text) => (line.test(text) ? 0.95 : 0),
  open(context) {
    const reader = new ServU(context);
    return { parse: (record) => reader.parse(record) };
  },
} satisfies LineFormat;

interface Session {
  ip: string | undefined;
  user: string | undefined;
}

class ServU {
  readonly #context: ParseContext;
  readonly #dialogue = new FtpDialogue();
  readonly #sessions = new Map<string, Session>();

  constructor(context: ParseContext) {
    this.#context = context;
  }

  parse(record: string): LineResult {
    const match = line.exec(record);
    if (!match) return undefined;
    const civil = {
      year: 2000 + Number(match[4]),
      month: monthNumber(match[3]!),
      day: Number(match[2]),
      hour: Number(match[5]),
      minute: Number(match[6]),
      second: Number(match[7]),
    };
    const original = `${match[2]}${match[3]}${match[4]} ${match[5]}:${match[6]}:${match[7]}`;
    const time = this.#context.time.local(civil, original);
    if (!time) return { reject: "no valid time" };
    return { dataset, time, fields: this.#fields(match[1]!, match[8], match[9]!.trim()) };
  }

  #fields(code: string, id: string | undefined, text: string): Fields {
    const fields: Fields =
      applyRules(rules, text) ??
      (id === undefined ? undefined : (this.#dialogue.reply(id, text) ?? this.#dialogue.command(id, text))) ??
      {};
    fields["event.kind"] = "event";
    // The level of the line, not of the event: 1 system, 2 connections, 3 and 4 transfers, 5 and 6 the dialogue.
    fields["firebreak.raw.level"] = code;
    if (text !== "") fields.message = text;
    if (id !== undefined) {
      fields["firebreak.raw.session"] = id;
      this.#remember(id, fields);
    }
    addRelated(fields);
    return fields;
  }

  #remember(id: string, fields: Fields): void {
    let session = this.#sessions.get(id);
    if (!session || fields["event.action"] === "connection-opened") {
      if (this.#sessions.size >= maxSessions) this.#sessions.delete(this.#sessions.keys().next().value!);
      session = { ip: undefined, user: undefined };
      this.#sessions.set(id, session);
    }
    const ip = fields["source.ip"];
    const user = fields["user.name"];
    if (typeof ip === "string") session.ip = ip;
    else if (session.ip !== undefined) setEndpoint(fields, "source", session.ip);
    if (typeof user === "string") session.user = user;
    else if (session.user !== undefined) fields["user.name"] = session.user;
    if (fields["event.action"] === "connection-closed") this.#sessions.delete(id);
  }
}
