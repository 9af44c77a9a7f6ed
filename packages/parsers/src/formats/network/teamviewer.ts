import type { Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult, ParseContext, ZoneHint } from "@firebreak/model/format";
import { addRelated } from "../../ecs/related.ts";
import { applyRules, eventFields, loginFields, rule } from "../../text/rules.ts";

const dataset = "remote/teamviewer";

export const format = {
  kind: "line",
  name: dataset,
  title: "TeamViewer (TeamViewer15_Logfile.log, Connections_incoming.txt)",
  version: 1,
  notes:
    "`YYYY/MM/DD hh:mm:ss.mmm pid tid level message` in local time, whose offset the `Start:` block states (`UTC-8:00`); lists of connections are tab-separated and UTC.",
  sniff,
  open,
} satisfies LineFormat;

const line =
  /^((?:\d{4}\/)?\d\d\/\d\d \d\d:\d\d:\d\d\.\d{3}) +(\d+) +(\d+) ([A-Z ]?[\d-]{0,3}[!+ ]{0,3}) {0,3}(.*)$/s;
const incoming =
  /^(\d{8,10})\t([^\t]*)\t(\d\d-\d\d-\d{4} \d\d:\d\d:\d\d)\t(\d\d-\d\d-\d{4} \d\d:\d\d:\d\d)\t([^\t]*)\t(\w+)\t(\{[^}]*\})/;
const startBlock = /Start: +\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d\.\d{3} \(UTC([+-]\d{1,2}):(\d\d)\)/;

function sniff(text: string): number {
  if (incoming.test(text)) return 0.97;
  return line.test(text) ? 0.85 : 0;
}

const rules = [
  rule(
    /Negotiating session encryption: (?:client|server) hello (?:sent|received) from (\d+)/,
    "firebreak.raw.remote_id",
    eventFields("network session", "start", "session-negotiated"),
  ),
  rule(
    /(?:AddParticipant|New Participant added in role \w+)[: ]+(.*?) \(ID (-?\d+)\)/,
    "user.name firebreak.raw.remote_id",
    eventFields("session", "start", "participant-joined"),
  ),
  rule(
    /CParticipantManagerBase participant (.*?) \(ID \[?([\d,]+)\]?\) was added/,
    "user.name firebreak.raw.remote_id",
    eventFields("session", "start", "participant-joined"),
  ),
  rule(
    /CLoginServer::CheckIfConnectionIsAllowed|AuthenticationPasswordLogin_Passive.*(?:failed|wrong)/,
    "",
    loginFields("failure"),
  ),
  rule(/(?:Login|Authentication).*?(?:successful|succeeded)/, "", loginFields("success")),
  rule(
    /punch received a=([0-9a-fA-F.:]+):(\d+)/,
    "source source.port",
    eventFields("network", "connection start", "connection-punched"),
  ),
  rule(
    /CToken::GetSystemToken|FileTransfer.*?(?:Write file|Download from|Upload|Send file) "?(.*?)"?$/,
    "file.path",
    eventFields("file", "access", "file-transferred"),
  ),
];

function open(context: ParseContext) {
  let zone: ZoneHint | undefined;
  return {
    parse(record: string): LineResult {
      const list = incoming.exec(record);
      if (list) return readIncoming(list, context);
      const match = line.exec(record);
      if (!match) return undefined;
      const start = startBlock.exec(record);
      if (start) zone = { zone: offset(start), source: "file-header" };
      const text = match[5]!.trimEnd();
      const fields: Fields = applyRules(rules, text) ?? {};
      fields["event.kind"] = "event";
      if (Number(match[2]) > 0) fields["process.pid"] = Number(match[2]);
      fields["process.name"] = "TeamViewer";
      if (text !== "") fields.message = text;
      addRelated(fields);
      const stamp = match[1]!;
      const time = stamp.length > 20 ? context.time.iso(stamp, zone) : undefined;
      return time ? { dataset, time, fields } : { dataset, fields };
    },
    // The block of the start and messages of several lines stand below their first line.
    continues: (pending: string, next: string) =>
      line.test(pending.slice(0, 200)) && !line.test(next) && !/^[{<[]/.test(next),
  };
}

function offset(match: RegExpExecArray): string {
  const hours = match[1]!;
  return `${hours[0]}${hours.slice(1).padStart(2, "0")}:${match[2]}`;
}

function readIncoming(match: RegExpExecArray, context: ParseContext): LineResult {
  const utc = { zone: "UTC", source: "format-default" } as const;
  const iso = (text: string) => text.replace(/^(\d\d)-(\d\d)-(\d{4})/, "$3-$2-$1");
  const begin = context.time.iso(iso(match[3]!), utc);
  const end = context.time.iso(iso(match[4]!), utc);
  const fields: Fields = {
    "event.kind": "event",
    ...eventFields("session authentication", "start", "remote-session", { "event.outcome": "success" }),
    "firebreak.raw.remote_id": match[1]!,
    "firebreak.raw.session_type": match[6]!,
    "event.id": match[7]!,
    message: match[0],
  };
  if (match[2] !== "") fields["source.domain"] = match[2]!;
  if (match[5] !== "") fields["user.name"] = match[5]!;
  if (begin && end && end.ms >= begin.ms) fields["event.duration"] = (end.ms - begin.ms) * 1e6;
  addRelated(fields);
  return begin ? { dataset, time: { ...begin, original: match[3]! }, fields } : { dataset, fields };
}
