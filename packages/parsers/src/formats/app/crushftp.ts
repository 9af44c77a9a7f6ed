import type { Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import { setEndpoint } from "../../ecs/endpoint.ts";
import { addRelated } from "../../ecs/related.ts";
import { readTimeValue } from "../../infer/time-value.ts";
import { FtpDialogue } from "../../network/ftp-dialogue.ts";
import { applyRules, eventFields, rule } from "../../text/rules.ts";
import { setRequestLine, setWebAccess } from "../../web/request.ts";

const dataset = "app/crushftp";

/** `SESSION|03/05/2024 10:14:02.123|[HTTPS:12_443:bob:203.0.113.9] READ: *GET /WebInterface/ HTTP/1.1*`. */
const line =
  /^~?([A-Z][A-Z_]{2,24})\|(\d{1,2}\/\d{1,2}\/\d{4} \d{1,2}:\d\d:\d\d(?:\.\d{1,3})?(?: [AP]M)?)\|(?:\[([A-Za-z]{3,8}):([^:\]]{0,120}):([^:\]]{0,200}):([^\]]{0,64})\] ?)?([\s\S]*)$/;

const notes = [
  rule(
    /Accepting connection from: ?([0-9a-fA-F.:[\]]{2,60})/,
    "source:port",
    eventFields("network", "connection start", "connection-opened"),
  ),
  rule(
    /(?:IP banned|Ban(?:ned|ning)) .{0,80}?([0-9]{1,3}(?:\.[0-9]{1,3}){3})/i,
    "source",
    eventFields("network", "denied", "blocked"),
  ),
];

/** CrushFTP's CrushFTP.log and session logs: the dialogue over FTP, SFTP, HTTP and WebDAV. */
export const format = {
  kind: "line",
  name: dataset,
  title: "CrushFTP log",
  version: 1,
  notes:
    "`KIND|MM/DD/YYYY hh:mm:ss.mmm|[PROTOCOL:session:user:address] READ: *…*`. Month first by default; local time without a zone.",
  sniff: (text) => (line.test(text) ? (text.includes("|[") ? 0.96 : 0.85) : 0),
  open(context) {
    const dialogue = new FtpDialogue();
    return {
      parse(record): LineResult {
        const match = line.exec(record);
        return match ? read(match, dialogue, context) : undefined;
      },
    };
  },
} satisfies LineFormat;

function read(match: RegExpExecArray, dialogue: FtpDialogue, context: ParseContext): LineResult {
  const time = readTimeValue(match[2]!, context.time, "month-first");
  if (!time) return { reject: "no valid time" };
  const text = match[7]!.trim();
  const id = match[4] ?? "";
  const spoken = /^(READ|WROTE): ?\*?([\s\S]*?)\*?$/.exec(text);
  const fields: Fields =
    (spoken ? readSpoken(spoken[1] === "READ", spoken[2]!, id, dialogue) : applyRules(notes, text)) ?? {};
  fields["event.kind"] = "event";
  fields["firebreak.raw.kind"] = match[1]!;
  if (match[3] !== undefined) fields["network.protocol"] = match[3].toLowerCase();
  if (id !== "") fields["firebreak.raw.session"] = id;
  if (match[5]) fields["user.name"] = match[5];
  if (match[6]) setEndpoint(fields, "source", match[6]);
  if (text !== "") fields.message = text;
  addRelated(fields);
  return { dataset, time, fields };
}

function readSpoken(isRead: boolean, text: string, id: string, dialogue: FtpDialogue): Fields | undefined {
  if (isRead && / HTTP\/\d/.test(text)) {
    const fields: Fields = {};
    setWebAccess(fields, undefined);
    setRequestLine(fields, text.split("\n", 1)[0]!.trim());
    return fields;
  }
  const status = /^HTTP\/\d\.\d (\d{3})\b/.exec(text);
  if (!isRead && status) {
    const fields: Fields = {};
    setWebAccess(fields, Number(status[1]));
    return fields;
  }
  return isRead ? dialogue.command(id, text) : dialogue.reply(id, text);
}
