import type { Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import type { EventTime } from "@firebreak/model/time";
import { cleanIp } from "../../ecs/ip.ts";
import { addRelated } from "../../ecs/related.ts";
import { createClfDateReader } from "../../text/clf-date.ts";
import { integerOf } from "../../text/numbers.ts";
import { setRequestLine, setWebAccess } from "../../web/request.ts";

const tomcat =
  /^\[(\d{2}\/[A-Z][a-z]{2}\/\d{4}:\d{2}:\d{2}:\d{2} [+-]\d{4})\] (\S{1,128}) (\S{1,128}) (\S{1,255}) ([A-Z]{3,10} \S{1,8192} HTTP\/\d(?:\.\d)?) (\d{3}) (\d{1,12})ms (\S{1,20})(?: (\S{1,8192}))?(?: ([\s\S]*))?$/;
const bitbucket = /^[0-9a-fA-F.:]{3,45}(?:,[0-9a-fA-F.:]{3,45}){0,9} \| (?:https?|ssh|grpc)\b/;
const audit =
  /^([0-9a-fA-F.:]{3,45})(?:,[0-9a-fA-F.:]{3,45}){0,9} \| (\w{3,80}) \| ([^|]{1,128}) \| (\d{13}) \| /;

/** Confluence's and Jira's access log, Bitbucket's access and audit logs. */
export const format = {
  kind: "line",
  name: "app/atlassian-access",
  title: "Atlassian access logs (Confluence, Jira, Bitbucket)",
  version: 1,
  notes:
    "Confluence and Jira by [date] user thread address request status time; zone in the record. Bitbucket by ' | ' columns; its access log is local time, its audit log epoch.",
  sniff(line) {
    if (line.charCodeAt(0) === 91) return tomcat.test(line) ? 0.9 : 0;
    return bitbucket.test(line) || audit.test(line) ? 0.9 : 0;
  },
  open(context) {
    const readDate = createClfDateReader(context.time);
    return {
      parse: (record) =>
        parseTomcat(record, readDate) ?? parseAudit(record, context) ?? parseBitbucket(record, context),
    };
  },
} satisfies LineFormat;

function parseTomcat(record: string, readDate: (text: string) => EventTime | undefined): LineResult {
  const match = tomcat.exec(record);
  if (!match) return undefined;
  const time = readDate(match[1]!);
  if (!time) return { reject: "no valid date" };
  const fields: Fields = {};
  setWebAccess(fields, Number(match[6]));
  setRequestLine(fields, match[5]!);
  if (match[2] !== "-") fields["user.name"] = match[2]!;
  setSource(fields, match[4]!);
  const bytes = integerOf(match[8]!);
  if (bytes !== undefined) fields["http.response.bytes"] = bytes;
  if (match[9] !== undefined && match[9] !== "-") fields["http.request.referrer"] = match[9];
  if (match[10] !== undefined && match[10] !== "-") fields["user_agent.original"] = match[10];
  fields["process.thread.name"] = match[3]!;
  addRelated(fields);
  return { dataset: "app/atlassian-access", time, fields };
}

function setSource(fields: Fields, text: string): void {
  const list = text.split(",", 10).map((one) => one.trim());
  const ip = cleanIp(list.at(-1)!);
  if (ip === undefined) fields["source.domain"] = list[0]!;
  else fields["source.ip"] = ip;
  const first = cleanIp(list[0]!);
  if (list.length > 1 && first !== undefined) fields["network.forwarded_ip"] = first;
}

/** address | event | user | epoch ms | object | details | request id | session */
function parseAudit(record: string, context: ParseContext): LineResult {
  const match = audit.exec(record);
  if (!match) return undefined;
  const cells = record.split(" | ", 20);
  const event = match[2]!.replace(/Event$/, "");
  const fields: Fields = {
    "event.kind": "event",
    "event.category": [/^User|Permission|Group/.test(event) ? "iam" : "configuration"],
    "event.type": [
      /Deleted|Removed/.test(event) ? "deletion" : /Created|Added/.test(event) ? "creation" : "change",
    ],
    "event.code": match[2]!,
    "event.action": event.replace(/([a-z])([A-Z])/g, "$1-$2").toLowerCase(),
  };
  setSource(fields, cells[0]!);
  const user = match[3]!.trim();
  if (user !== "-") fields["user.name"] = user;
  if (cells[4] !== undefined && cells[4] !== "-") fields["firebreak.raw.object"] = cells[4];
  if (cells[5] !== undefined && cells[5] !== "-") fields["firebreak.raw.details"] = cells[5];
  addRelated(fields);
  return {
    dataset: "app/bitbucket-audit",
    time: context.time.instant(Number(match[4]), 0, match[4]!),
    fields,
  };
}

/** address | protocol | request id | user | time | "request" | "referrer" "agent" | status | … */
function parseBitbucket(record: string, context: ParseContext): LineResult {
  if (!bitbucket.test(record)) return undefined;
  const cells = record.split(" | ", 30);
  const at = cells.findIndex((cell) => /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}$/.test(cell));
  const time = at < 0 ? undefined : context.time.iso(cells[at]!);
  if (!time) return { reject: "no valid time" };
  const fields: Fields = {};
  const status = integerOf(cells[at + 3] ?? "");
  setWebAccess(fields, typeof status === "number" && status >= 100 && status <= 599 ? status : undefined);
  setSource(fields, cells[0]!);
  fields["network.protocol"] = cells[1]!;
  const user = cells[at - 1];
  if (user !== undefined && user !== "-") fields["user.name"] = user;
  const request = (cells[at + 1] ?? "").replace(/^"|"$/g, "");
  if (cells[1] === "ssh") fields["process.command_line"] = request.replace(/^SSH - /, "");
  else setRequestLine(fields, request);
  const agent = /^"([^"]*)" "([^"]*)"$/.exec(cells[at + 2] ?? "");
  if (agent?.[1]) fields["http.request.referrer"] = agent[1];
  if (agent?.[2]) fields["user_agent.original"] = agent[2];
  fields["firebreak.raw.request_id"] = cells[2]!;
  addRelated(fields);
  return { dataset: "app/bitbucket-access", time, fields };
}
