import type { ParseContext } from "@firebreak/model/format";
import type { EventTime } from "@firebreak/model/time";
import { readTimeValue } from "../infer/time-value.ts";
import type { AuditRecord } from "./record.ts";

/** The moment of an audit record: epoch seconds, or the wall-clock time that ausearch -i makes of them. */
export function auditTime(record: AuditRecord, context: ParseContext): EventTime | undefined {
  if (record.moment.includes(":")) return readTimeValue(record.moment, context.time);
  const [seconds, millis] = record.moment.split(".");
  return context.time.instant(Number(seconds) * 1000 + Number(millis!.padEnd(3, "0")), 0, record.moment);
}
