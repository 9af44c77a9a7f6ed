import type { ParseContext } from "@firebreak/model/format";
import { auditEvent } from "../../audit/event.ts";
import { auditSerial, readAuditRecord } from "../../audit/record.ts";
import { auditTime } from "../../audit/time.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";

const dataset = "linux/auditd";

export const payload = {
  name: dataset,
  title: "Linux audit records in syslog (audispd, kernel)",
  programs: ["audispd", "audisp-syslog", "auditd", "audit", "kernel"],
  accepts: (message) => message.startsWith("type=") && auditSerial(message) !== undefined,
  parse,
} satisfies SyslogPayload;

function parse(message: string, _envelope: SyslogEnvelope, context: ParseContext): PayloadDraft | undefined {
  if (auditSerial(message) === undefined) return undefined;
  const record = readAuditRecord(message.replace(/^\[ *\d+\.\d+\] /, ""));
  if (!record) return undefined;
  const time = auditTime(record, context);
  const fields = auditEvent([record]);
  return time ? { dataset, fields, time } : { dataset, fields };
}
