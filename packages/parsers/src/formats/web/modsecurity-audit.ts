import type { Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult } from "@firebreak/model/format";
import type { EventTime } from "@firebreak/model/time";
import { setEndpoint } from "../../ecs/endpoint.ts";
import { addRelated } from "../../ecs/related.ts";
import { createClfDateReader } from "../../text/clf-date.ts";
import { setRequestLine, setWebAccess } from "../../web/request.ts";

const start = /^--([0-9a-zA-Z]{8,10})-A--\s*$/;
const bracketed = /^---([0-9A-Za-z]{8})---A--\s*$/;
const boundary = /^-{2,3}[0-9A-Za-z]{8,10}-{1,3}([A-Z])--\s*$/;
const first =
  /^\[(\d{2}\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d(?:\.\d{1,6})? [+-]\d{4})\] (\S{1,60}) ([\da-fA-F.:]{3,45}) (\d{1,5}) ([\da-fA-F.:]{3,45}) (\d{1,5})/;

/** ModSecurity's serial audit log (versions 2 and 3, native format): sections A to Z of one transaction are one event. */
export const format = {
  kind: "line",
  name: "web/modsecurity-audit",
  title: "ModSecurity audit log (native)",
  version: 1,
  notes:
    "By the section marks --id-A-- … --id-Z--, joined to one event. The zone is in the record. JSON is read by its keys.",
  sniff(line) {
    return start.test(line) || bracketed.test(line)
      ? 0.97
      : /^-{2,3}\w{8,10}-{1,3}A--\n\[/.test(line)
        ? 0.97
        : 0;
  },
  open(context) {
    const readDate = createClfDateReader(context.time);
    return {
      continues: (pending, line) => !isComplete(pending) && !start.test(line) && !bracketed.test(line),
      parse: (record) => parseTransaction(record, readDate),
    };
  },
} satisfies LineFormat;

function isComplete(pending: string): boolean {
  return /-Z--\s*$/.test(pending.slice(-40));
}

function parseTransaction(record: string, readDate: (text: string) => EventTime | undefined): LineResult {
  const lines = record.split("\n");
  if (!start.test(lines[0]!) && !bracketed.test(lines[0]!)) return undefined;
  const sections = sectionsOf(lines);
  const head = first.exec(sections.get("A")?.[0] ?? "");
  if (!head) return { reject: "no transaction in section A" };
  const time = readDate(head[1]!.replace(/\.\d+/, ""));
  if (!time) return { reject: "no valid date in the brackets" };
  const fields: Fields = {};
  const status = /^HTTP\/[\d.]{1,3} (\d{3})/.exec(sections.get("F")?.[0] ?? "")?.[1];
  setWebAccess(fields, status === undefined ? undefined : Number(status));
  setRequestLine(fields, (sections.get("B")?.[0] ?? "").trim());
  setHeaders(fields, sections.get("B")?.slice(1) ?? []);
  fields["event.id"] = head[2]!;
  setEndpoint(fields, "source", head[3]!, head[4]);
  setEndpoint(fields, "destination", head[5]!, head[6]);
  setRule(fields, sections.get("H") ?? []);
  addRelated(fields);
  return { dataset: "web/modsecurity", time, fields };
}

function sectionsOf(lines: readonly string[]): Map<string, string[]> {
  const sections = new Map<string, string[]>();
  let open: string[] = [];
  for (const line of lines) {
    const mark = boundary.exec(line);
    if (mark) {
      open = [];
      sections.set(mark[1]!, open);
    } else if (open.length < 2000) open.push(line.trimEnd());
  }
  return sections;
}

function setHeaders(fields: Fields, lines: readonly string[]): void {
  for (const line of lines.slice(0, 100)) {
    const header = /^([\w-]{1,60}): (.{1,4000})$/.exec(line);
    if (!header) continue;
    const name = header[1]!.toLowerCase();
    if (name === "host") fields["url.domain"] = header[2]!.replace(/:\d{1,5}$/, "");
    else if (name === "user-agent") fields["user_agent.original"] = header[2]!;
    else if (name === "referer") fields["http.request.referrer"] = header[2]!;
  }
}

/** The last rule that was told decided; "Access denied" is the engine's own word for stopping the request. */
function setRule(fields: Fields, lines: readonly string[]): void {
  const messages = lines.filter((line) => /^(?:Message|ModSecurity): /.test(line));
  const told = messages.at(-1);
  if (told === undefined) return;
  fields.message = messages.join("\n");
  fields["event.kind"] = "alert";
  const isDenied = messages.some((line) => line.includes("Access denied"));
  fields["event.action"] = isDenied ? "blocked" : "detected";
  fields["event.category"] = ["web", "intrusion_detection"];
  fields["event.type"] = isDenied ? ["denied"] : ["info"];
  if (isDenied) fields["event.outcome"] = "failure";
  const id = /\[id "(\d{1,10})"\]/.exec(told)?.[1];
  if (id !== undefined) fields["rule.id"] = id;
  const name = /\[msg "([^"]{1,500})"\]/.exec(told)?.[1];
  if (name !== undefined) fields["rule.name"] = name;
  const severity = /\[severity "(\w{1,20})"\]/.exec(told)?.[1];
  if (severity !== undefined) fields["log.level"] = severity.toLowerCase();
}
