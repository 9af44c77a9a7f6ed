import type { Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import { readTimeValue } from "../../infer/time-value.ts";
import { isContinuation } from "../../text/continuation.ts";
import { offsetOfAbbreviation } from "../../time/zone.ts";

const dataset = "app/websphere";
const start =
  /^\[(\d{1,2}[/.]\d{1,2}[/.]\d{2,4} \d{1,2}:\d\d:\d\d):(\d{3}) ([A-Z]{1,5})\] ([0-9a-f]{8,16}) (\S{1,60}) {1,16}([FEWAICDORZ]) +([\s\S]*)$/;
const levels: Record<string, string> = {
  F: "fatal",
  E: "error",
  W: "warning",
  A: "audit",
  C: "config",
  D: "detail",
  R: "error",
};

/** IBM WebSphere's JVM logs, basic format (IBM docs, "JVM log interpretation"): SystemOut.log, SystemErr.log. */
export const format = {
  kind: "line",
  name: dataset,
  title: "IBM WebSphere Application Server JVM log",
  version: 1,
  notes:
    "`[M/D/YY h:mm:ss:SSS ZONE] thread component L CODE: text`; stack traces join their line. Month first; the zone is an abbreviation in the record, read as the commonest of its name.",
  sniff: (line) => (start.test(line) ? 0.95 : 0),
  open: (context) => ({
    continues: (pending, line) => pending.startsWith("[") && isContinuation(line),
    parse: (record) => parse(record, context),
  }),
} satisfies LineFormat;

function parse(record: string, context: ParseContext): LineResult {
  const match = start.exec(record);
  if (match === null) return undefined;
  const zone =
    offsetOfAbbreviation(match[3]!) ?? (match[3] === "UTC" || match[3] === "GMT" ? "UTC" : undefined);
  const time = readTimeValue(
    `${match[1]}.${match[2]}`,
    context.time,
    "month-first",
    zone === undefined ? undefined : { zone, source: "in-record" },
  );
  if (time === undefined) return { reject: "no valid time" };
  const fields: Fields = {
    "event.kind": "event",
    "event.category": ["process"],
    "event.type": ["info"],
    "process.thread.name": match[4]!,
    "log.logger": match[5]!,
    "log.level": levels[match[6]!] ?? "info",
    message: match[7]!,
  };
  const code = /^(?:\S{1,60} +\S{1,60} )?([A-Z]{4,5}\d{4}[A-Z]): /.exec(match[7]!);
  if (code !== null) {
    fields["event.code"] = code[1]!;
    fields["error.code"] = code[1]!;
  }
  return { dataset, time, fields };
}
