import type { Fields } from "@firebreak/model/event";
import type { Head, LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import { setEndpoint } from "../../ecs/endpoint.ts";
import { addRelated } from "../../ecs/related.ts";
import { createHeadMemory } from "../../infer/head-memory.ts";
import { readAsctime } from "../../text/c-time.ts";
import { applyRules, eventFields, rule } from "../../text/rules.ts";
import { offsetOfAbbreviation } from "../../time/zone.ts";

const dataset = "database/oracle-alert";
const isoStamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}[+-]\d\d:\d\d\s*$/;
const oldStamp = /^[A-Z][a-z]{2} [A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d(?: [A-Z]{3,5})? \d{4}\s*$/;
const isStamp = (line: string) => isoStamp.test(line) || oldStamp.test(line);
const sayings =
  /\bORA-\d{5}|^Starting ORACLE instance|^Thread \d+ (?:advanced|opened|cannot)|^(?:ALTER|Completed: ALTER) (?:DATABASE|SYSTEM)|^(?:PMON|LGWR|DBW0|ARC\d|SMON|MMON) (?:started|:)|^LICENSE_MAX|^Fatal NI connect error|^Errors in file |^Shutting down instance|^TNS-\d{5}|^Archived Log entry/m;
const memory = createHeadMemory((head: Head) => sayings.test(head.text) && head.lines.some(isStamp));

const rules = [
  rule(/^Starting ORACLE instance/m, "", eventFields("database process", "start", "database-started")),
  rule(
    /^(?:Shutting down instance|Instance shutdown complete)/m,
    "",
    eventFields("database process", "end", "database-stopped"),
  ),
  rule(
    /^(?:Completed: )?(ALTER (?:DATABASE|SYSTEM)\b.{0,2000})/im,
    "firebreak.raw.statement",
    eventFields("configuration database", "change", "database-altered"),
  ),
  rule(
    /^Fatal NI connect error/m,
    "",
    eventFields("database network", "connection error", "connection-failed", { "event.outcome": "failure" }),
  ),
  rule(
    /inbound connection timed out/,
    "",
    eventFields("database network", "connection error", "connection-failed", { "event.outcome": "failure" }),
  ),
];

/** Oracle's alert log (alert_SID.log): a time in a line of its own, then what happened. */
export const format = {
  kind: "line",
  name: dataset,
  title: "Oracle alert log",
  version: 1,
  notes:
    "A line with nothing but a time, then lines of text. From 12.2 on ISO with offset; before `Tue Mar 05 10:14:02 2024` in local time.",
  sniff: (line, head) => (isStamp(line) && memory.of(head) ? 0.9 : 0),
  open: (context) => ({
    continues: (pending, line) => !isStamp(line) && isStamp(pending.split("\n", 1)[0]!),
    parse: (record) => parse(record, context),
  }),
} satisfies LineFormat;

function parse(record: string, context: ParseContext): LineResult {
  const end = record.indexOf("\n");
  const first = (end < 0 ? record : record.slice(0, end)).trim();
  if (!isStamp(first)) return undefined;
  const time = isoStamp.test(first) ? context.time.iso(first) : readOld(first, context);
  if (!time) return { reject: "no valid time" };
  const text = end < 0 ? "" : record.slice(end + 1).trimEnd();
  if (text === "") return { skip: "a time without text" };
  const searched = text.slice(0, 65_536);
  const fields: Fields = applyRules(rules, searched) ?? {};
  fields["event.kind"] = "event";
  fields.message = text;
  const code = /\b(?:ORA|TNS)-\d{5}\b/.exec(searched)?.[0];
  if (code !== undefined) {
    fields["error.code"] = code;
    fields["log.level"] = "error";
  }
  const client = /Client address: \(ADDRESS=.{0,80}?\(HOST=([^)]{1,255})\)(?:\(PORT=(\d{1,5})\))?/.exec(
    searched,
  );
  if (client) setEndpoint(fields, "source", client[1]!, client[2]);
  addRelated(fields);
  return { dataset, time, fields };
}

function readOld(text: string, context: ParseContext) {
  const named = / ([A-Z]{3,5}) (\d{4})$/.exec(text);
  const zone = named ? offsetOfAbbreviation(named[1]!) : undefined;
  const bare = named ? `${text.slice(0, named.index)} ${named[2]}` : text;
  const read = readAsctime(
    bare,
    context,
    zone === undefined ? undefined : { zone, source: "in-record" },
  )?.time;
  return read && { ...read, original: text };
}
