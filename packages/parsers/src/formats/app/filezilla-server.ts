import type { Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import { setEndpoint } from "../../ecs/endpoint.ts";
import { addRelated } from "../../ecs/related.ts";
import { createHeadMemory } from "../../infer/head-memory.ts";
import { type DayMonthOrder, provenOrder, readTimeValue } from "../../infer/time-value.ts";
import { FtpDialogue } from "../../network/ftp-dialogue.ts";
import { applyRules, eventFields, rule } from "../../text/rules.ts";

const dataset = "app/filezilla-server";

/** 1.x: `2024-03-05T10:14:02.069Z << [FTP Session 36 203.0.113.9 bob] 230 Login successful.` */
const current =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(?:Z|[+-]\d\d:?\d\d)?) (<<|>>|[=!D]?[=!DISWEV.]{1,2}|\w\w) \[([^\]]{1,300})\] ?([\s\S]*)$/;
/** 0.9: `(000175) 1/5/2022 19:04:11 PM - (not logged in) (203.0.113.9)> USER www`. */
const old =
  /^\((\d{4,9})\) ?(\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4} \d{1,2}:\d\d:\d\d(?: ?[AP]M)?) - \((.{0,200}?)\) \(([^)]{1,64})\)> ?([\s\S]*)$/;
const session =
  /^(?:Administration|FTP|TLS|HTTP) [Ss]ession:? (\d{1,12})(?: ([0-9a-fA-F.:]{2,45}))?(?: (.*))?$/;

const memory = createHeadMemory(
  (head): DayMonthOrder => provenOrder(head.lines.map((line) => old.exec(line)?.[2] ?? "")) ?? "unknown",
);

const notes = [
  rule(
    /^(?:Recording failed login|Failed login) for user (.*?) from IP ([0-9a-fA-F.:]+?)\.?$/,
    "user.name source",
    // Without an outcome: the reply 530 states the failed login, which would else be counted twice.
    eventFields("authentication", "info", "login-failure-recorded"),
  ),
  rule(
    /^Authenticating user (.*?) from IP ([0-9a-fA-F.:]+?)\.?$/,
    "user.name source",
    eventFields("authentication", "info", "login-attempted"),
  ),
  rule(
    /^(?:Banning|Auto-?banned|Autobanned) .*?([0-9a-fA-F.:]{3,45})\.?$/,
    "source",
    eventFields("network", "denied", "blocked"),
  ),
  rule(
    /^(?:New connection from|Session \d{1,12} was created from) (\S{2,60})/,
    "source:port",
    eventFields("network", "connection start", "connection-opened"),
  ),
  rule(
    /^Connected(?: on port \d{1,5})?, sending welcome message/,
    "",
    eventFields("network", "connection start", "connection-opened"),
  ),
  rule(
    /^(?:disconnected|Session \d+ ended|Client did not properly shut down|could not send reply)/,
    "",
    eventFields("network", "connection end", "connection-closed"),
  ),
];

/** FileZilla Server, both generations: the dialogue of commands and replies. */
export const format = {
  kind: "line",
  name: dataset,
  title: "FileZilla Server log",
  version: 1,
  notes:
    "1.x: ISO time, `<<` or `>>`, [FTP Session n address user]; UTC when it ends with Z. 0.9: (session) local date - (user) (address)> text; the order of day and month is proven by the head or flagged.",
  sniff(line, head) {
    if (old.test(line)) {
      memory.of(head);
      return 0.95;
    }
    const match = current.exec(line);
    if (!match) return 0;
    return session.test(match[3]!)
      ? 0.95
      : /\b(?:FTP|Administration) S(?:erver|ession)\b/.test(match[3]!)
        ? 0.9
        : 0;
  },
  open(context) {
    const order = memory.recall(context.fileName) ?? "unknown";
    const dialogue = new FtpDialogue();
    return {
      parse(record): LineResult {
        const oldMatch = old.exec(record);
        if (oldMatch) return readOld(oldMatch, order, dialogue, context);
        const match = current.exec(record);
        return match ? readCurrent(match, dialogue, context) : undefined;
      },
    };
  },
} satisfies LineFormat;

function readCurrent(match: RegExpExecArray, dialogue: FtpDialogue, context: ParseContext): LineResult {
  const time = context.time.iso(match[1]!);
  if (!time) return { reject: "no valid time" };
  const who = session.exec(match[3]!);
  const text = match[4]!.trim();
  const id = who?.[1] ?? match[3]!;
  // From the log's side of the wire: ">>" comes in from the client, "<<" goes out to it.
  const spoken =
    match[2] === ">>" ? dialogue.command(id, text) : match[2] === "<<" ? dialogue.reply(id, text) : undefined;
  const fields: Fields = spoken ?? applyRules(notes, text) ?? {};
  fields["event.kind"] = "event";
  fields["network.protocol"] = "ftp";
  fields["log.logger"] = match[3]!;
  if (who?.[2] !== undefined) setEndpoint(fields, "source", who[2]);
  if (who?.[3]) fields["user.name"] = who[3];
  if (who) fields["firebreak.raw.session"] = who[1]!;
  if (text !== "") fields.message = text;
  addRelated(fields);
  return { dataset, time, fields };
}

function readOld(
  match: RegExpExecArray,
  order: DayMonthOrder,
  dialogue: FtpDialogue,
  context: ParseContext,
): LineResult {
  // The German-style clock "19:04:11 PM" has 24 hours and a useless half of the day.
  const stamp = match[2]!.replace(/ (1[3-9]|2[0-3]|0?0)(:\d\d:\d\d) ?[AP]M$/, " $1$2");
  const time = readTimeValue(stamp, context.time, order);
  if (!time) return { reject: "no valid time" };
  const text = match[5]!.trim();
  const id = match[1]!;
  const fields: Fields =
    dialogue.reply(id, text) ?? applyRules(notes, text) ?? dialogue.command(id, text) ?? {};
  fields["event.kind"] = "event";
  fields["network.protocol"] = "ftp";
  fields["firebreak.raw.session"] = id;
  setEndpoint(fields, "source", match[4]!);
  if (match[3] !== "not logged in" && match[3] !== "") fields["user.name"] = match[3]!;
  if (text !== "") fields.message = text;
  if (text === "disconnected.") dialogue.end(id);
  addRelated(fields);
  return { dataset, time: { ...time, original: match[2]! }, fields };
}
