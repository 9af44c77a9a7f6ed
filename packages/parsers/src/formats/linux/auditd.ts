import type { LineFormat } from "@firebreak/model/format";
import { auditEvent } from "../../audit/event.ts";
import { type AuditRecord, auditSerial, looksLikeAudit, readAuditRecord } from "../../audit/record.ts";
import { auditTime } from "../../audit/time.ts";
import { addRelated } from "../../ecs/related.ts";

const dataset = "linux/auditd";

export const format = {
  kind: "line",
  name: dataset,
  title: "Linux audit log (auditd)",
  version: 1,
  notes:
    "`type=SYSCALL msg=audit(epoch.ms:serial): …`, also with `node=` enriched, and as `ausearch -i` prints it (then in local time). Neighbouring records of one serial are one event. UTC.",
  sniff: (line) => (looksLikeAudit(line) ? 0.98 : 0),
  open: (context) => ({
    parse(record) {
      // ausearch puts a rule and a readable time between events.
      if (record === "----" || record.startsWith("time->")) return { skip: "separator" };
      if (auditSerial(record) === undefined) return undefined;
      const records: AuditRecord[] = [];
      for (const line of record.split("\n", 2000)) {
        const read = readAuditRecord(line);
        if (read) records.push(read);
      }
      const first = records[0];
      if (!first) return { reject: "audit record without type or time" };
      const fields = auditEvent(records);
      fields["event.kind"] ??= "event";
      fields["event.sequence"] = Number.isSafeInteger(Number(first.serial))
        ? Number(first.serial)
        : first.serial;
      fields.message = record.length > 8000 ? record.slice(0, 8000) : record;
      addRelated(fields);
      const time = auditTime(first, context);
      return time ? { dataset, time, fields } : { dataset, fields };
    },
    continues(pending, line) {
      const serial = auditSerial(line);
      return (
        serial !== undefined &&
        looksLikeAudit(line) &&
        pending.includes(serial) &&
        auditSerial(pending) === serial
      );
    },
  }),
} satisfies LineFormat;
