import type { Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import type { EventTime } from "@firebreak/model/time";
import { splitAddressPort } from "../../ecs/address-port.ts";
import { addRelated } from "../../ecs/related.ts";
import { monthNumber } from "../../text/months.ts";

const stamp = /^\[[A-Z][a-z]{2} ([A-Z][a-z]{2}) ([ \d]\d) (\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))? (\d{4})\] /;
const bracket = /^\[([^\]]{0,200})\] ?/;
const code = /^(AH\d{5}): /;

/** Apache httpd's error log (ErrorLogFormat, default of 2.2 and 2.4). Local time of the server, no zone. */
export const format = {
  kind: "line",
  name: "web/apache-error",
  title: "Apache httpd error log",
  version: 1,
  notes: "By [Tue Mar 05 10:14:02.123456 2024]. The time is the server's local time: it has no zone.",
  sniff(line) {
    return line.charCodeAt(0) === 91 && stamp.test(line) ? 0.9 : 0;
  },
  open(context) {
    return { parse: (record) => parseError(record, context) };
  },
} satisfies LineFormat;

function parseError(line: string, context: ParseContext): LineResult {
  const match = stamp.exec(line);
  if (!match) return undefined;
  const time = timeOf(match, context);
  if (!time) return { reject: "no valid date in the brackets" };
  const fields: Fields = { "event.kind": "event", "event.category": ["web"], "event.type": ["error"] };
  let rest = line.slice(match[0].length);
  for (let part = bracket.exec(rest), i = 0; part && i < 6; part = bracket.exec(rest), i++) {
    if (!setBracket(fields, part[1]!, i)) break;
    rest = rest.slice(part[0].length);
  }
  rest = setClientBehindCause(fields, rest);
  const known = code.exec(rest);
  if (known) {
    fields["event.code"] = known[1]!;
    fields["error.code"] = known[1]!;
    rest = rest.slice(known[0].length);
  }
  setMessage(fields, rest);
  addRelated(fields);
  return { dataset: "web/apache-error", time, fields };
}

/** "(70008)Partial results …: [client 192.0.2.1:5555] AH01075: …": the system's error or the source file stands before the client. */
function setClientBehindCause(fields: Fields, text: string): string {
  const cause =
    /^(?:\((-?\d{1,6})\)([^[\]]{1,200}?)|([\w.]{1,60}\.c\(\d{1,5}\))): (?=\[client |AH\d{5}: )/.exec(text);
  if (!cause) return text;
  if (cause[2] !== undefined) fields["error.message"] = cause[2];
  const rest = text.slice(cause[0].length);
  const part = bracket.exec(rest);
  return part && setBracket(fields, part[1]!, 2) ? rest.slice(part[0].length) : rest;
}

function timeOf(match: RegExpExecArray, context: ParseContext): EventTime | undefined {
  const civil = {
    year: +match[7]!,
    month: monthNumber(match[1]!),
    day: +match[2]!,
    hour: +match[3]!,
    minute: +match[4]!,
    second: +match[5]!,
    nanos: +(match[6] ?? "").padEnd(9, "0"),
  };
  return context.time.local(civil, match[0].slice(1, -2));
}

/** "core:error", "error", "pid 12:tid 34", "client 192.0.2.1:5555"; false when the bracket is part of the message. */
function setBracket(fields: Fields, text: string, index: number): boolean {
  const client = /^(?:client|remote) (.{1,80})$/.exec(text);
  if (client) {
    const { address, ip, port } = splitAddressPort(client[1]!);
    fields[ip === undefined ? "source.domain" : "source.ip"] = ip ?? address;
    if (port !== undefined) fields["source.port"] = port;
    return true;
  }
  const pid = /^pid (\d{1,10})(?::tid (\d{1,20}))?$/.exec(text);
  if (pid) {
    fields["process.pid"] = +pid[1]!;
    if (pid[2] !== undefined) fields["process.thread.id"] = +pid[2];
    return true;
  }
  const level = /^(?:([\w-]{0,40}):)?(emerg|alert|crit|error|warn|notice|info|debug|trace\d)$/.exec(text);
  if (!level || index > 1) return false;
  fields["log.level"] = level[2]!;
  if (/^(?:warn|notice|info|debug|trace)/.test(level[2]!)) fields["event.type"] = ["info"];
  if (level[1]) fields["service.name"] = level[1];
  return true;
}

function setMessage(fields: Fields, text: string): void {
  const referrer = text.lastIndexOf(", referer: ");
  const message = referrer > 0 ? text.slice(0, referrer) : text;
  if (referrer > 0) fields["http.request.referrer"] = text.slice(referrer + 11);
  fields.message = message;
  const file = /(?:script|File does not exist:|denied by server configuration:) '?(\/[^',]{1,1000})/.exec(
    message,
  );
  if (file) fields["file.path"] = file[1]!;
  const user =
    /\buser (\S{1,100}?):? (?:not found|.{0,40}(?:password mismatch|authentication failure))/i.exec(message);
  if (user) {
    fields["user.name"] = user[1]!.replace(/:$/, "");
    fields["event.category"] = ["authentication"];
    fields["event.type"] = ["start"];
    fields["event.action"] = "login";
    fields["event.outcome"] = "failure";
  }
}
