import type { LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import type { EventTime } from "@firebreak/model/time";
import { looksLikeOracleAudit, readOracleAudit } from "../../database/oracle-audit-record.ts";
import { addRelated } from "../../ecs/related.ts";
import { createHeadMemory } from "../../infer/head-memory.ts";
import { readAsctime } from "../../text/c-time.ts";

const dataset = "database/oracle-audit";
const stamp = /^[A-Z][a-z]{2} [A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d \d{4}(?: ([+-]\d\d:\d\d))?\s*$/;
const head =
  /^(?:Audit file \S|Oracle Database \d|Oracle\S* .{0,60}Edition Release|Build label:|ORACLE_HOME:?\s|System name:|Node name:|Release:\s|Version:\s|Machine:\s|Instance name:|Redo thread mounted|Oracle process number:|Unix process pid:|With the .{0,200} options?|JServer Release|Windows thread id:|VM name:)/;
const pair = /^[A-Z][A-Z0-9$ ]{0,40} ?: ?(?:\[\d{1,7}\] ?)?['"]/;

/** Looked for once in a file: the head is thousands of times longer than a line. */
const isAudit = createHeadMemory(
  ({ text }) => text.includes("Audit file ") || /^(?:LENGTH|ACTION) ?:/m.test(text),
);

/** Oracle's audit files (adump, *.aud): a time, then one pair a line. */
export const format = {
  kind: "line",
  name: dataset,
  title: "Oracle audit file",
  version: 1,
  notes:
    "A head with `Audit file`, then records of a time in a line of its own and `ACTION :[7] 'CONNECT'` pairs. The offset stands behind the time from 10g on; else local time.",
  sniff(line, file) {
    if (line.startsWith("Audit file ")) return 1;
    if (!isAudit.of(file)) return 0;
    return stamp.test(line) ? 0.9 : head.test(line) ? 0.9 : pair.test(line) ? 0.9 : 0;
  },
  open: (context) => ({
    continues: (pending, line) =>
      stamp.test(pending.split("\n", 1)[0]!) && !stamp.test(line) && !head.test(line) && line !== "",
    parse: (record) => parse(record, context),
  }),
} satisfies LineFormat;

function parse(record: string, context: ParseContext): LineResult {
  if (head.test(record)) return { skip: "file header" };
  const match = stamp.exec(record.split("\n", 1)[0]!);
  if (!match) {
    if (!pair.test(record)) return undefined;
    // A collector that reads the trail sends a record in one line and leaves its time to the envelope.
    return looksLikeOracleAudit(record) ? event(record, undefined) : { reject: "a pair without its record" };
  }
  const body = record.slice(record.indexOf("\n") + 1);
  if (!looksLikeOracleAudit(body)) return { reject: "record without an action" };
  const hint = match[1] === undefined ? undefined : ({ zone: match[1], source: "in-record" } as const);
  const time = readAsctime(record, context, hint)?.time;
  return event(body, time);
}

function event(body: string, time: EventTime | undefined): LineResult {
  const fields = readOracleAudit(body);
  fields["event.kind"] = "event";
  fields.message ??= body.trimEnd();
  addRelated(fields);
  return time ? { dataset, time, fields } : { dataset, fields };
}
