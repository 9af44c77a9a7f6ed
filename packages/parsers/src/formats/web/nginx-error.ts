import type { Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import { cleanIp } from "../../ecs/ip.ts";
import { rawField } from "../../ecs/raw.ts";
import { addRelated } from "../../ecs/related.ts";
import { setHostHeader } from "../../ecs/url.ts";
import { setRequestLine } from "../../web/request.ts";

const pattern =
  /^(\d{4}\/\d{2}\/\d{2} \d{2}:\d{2}:\d{2}) \[(emerg|alert|crit|error|warn|notice|info|debug)\] (\d{1,10})#(\d{1,20}): (?:\*(\d{1,20}) )?([\s\S]*)$/;
const userNotFound = /^user "([^"]{1,200})"(?: was not found|: password mismatch)/;

/** nginx error log. Local time of the server, no zone. */
export const format = {
  kind: "line",
  name: "web/nginx-error",
  title: "nginx error log",
  version: 1,
  notes: "By 2024/03/05 10:14:02 [level] pid#tid:. The time is the server's local time: it has no zone.",
  sniff(line) {
    return line.charCodeAt(4) === 47 && line.charCodeAt(20) === 91 && pattern.test(line) ? 0.95 : 0;
  },
  open(context) {
    return { parse: (record) => parseError(record, context) };
  },
} satisfies LineFormat;

function parseError(line: string, context: ParseContext): LineResult {
  const match = pattern.exec(line);
  if (!match) return undefined;
  const time = context.time.iso(match[1]!);
  if (!time) return { reject: "no valid date" };
  const fields: Fields = {
    "event.kind": "event",
    "event.category": ["web"],
    "event.type": [/^(?:warn|notice|info|debug)$/.test(match[2]!) ? "info" : "error"],
    "log.level": match[2]!,
    "process.pid": +match[3]!,
  };
  const thread = Number(match[4]);
  if (Number.isSafeInteger(thread)) fields["process.thread.id"] = thread;
  if (match[5] !== undefined) fields["firebreak.raw.connection"] = match[5];
  setMessage(fields, match[6]!);
  addRelated(fields);
  return { dataset: "web/nginx-error", time, fields };
}

/** The message ends with ", client: …, server: …, request: "…", upstream: "…", host: "…"" as far as they are known. */
function setMessage(fields: Fields, text: string): void {
  const client = text.lastIndexOf(", client: ");
  const message = client < 0 ? text : text.slice(0, client);
  fields.message = message;
  const user = userNotFound.exec(message);
  if (user) {
    fields["user.name"] = user[1]!;
    fields["event.category"] = ["authentication"];
    fields["event.type"] = ["start"];
    fields["event.action"] = "login";
    fields["event.outcome"] = "failure";
  }
  const file = /^(?:open\(\) )?"(\/[^"]{1,1000})" (?:failed|is (?:not found|forbidden))/.exec(message);
  if (file) fields["file.path"] = file[1]!;
  if (client < 0) return;
  for (const [, name, quoted, bare] of text.slice(client).matchAll(/, ([a-z]{1,12}): (?:"([^"]*)"|([^,]*))/g))
    setContext(fields, name!, quoted ?? bare ?? "");
}

function setContext(fields: Fields, name: string, value: string): void {
  if (value === "" || value === "_") return;
  if (name === "client") {
    const ip = cleanIp(value);
    fields[ip === undefined ? "source.domain" : "source.ip"] = ip ?? value;
  } else if (name === "request") setRequestLine(fields, value);
  else if (name === "host") setHostHeader(fields, value);
  else if (name === "referrer") fields["http.request.referrer"] = value;
  else fields[rawField(name)] = value;
}
