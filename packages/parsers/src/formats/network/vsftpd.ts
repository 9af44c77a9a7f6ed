import type { LineFormat } from "@firebreak/model/format";
import { addRelated } from "../../ecs/related.ts";
import { readVsftpd } from "../../network/ftp.ts";
import { readAsctime } from "../../text/c-time.ts";

const dataset = "linux/vsftpd";
const shape = /^[A-Z][a-z]{2} [A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d \d{4} \[pid \d+\] /;

export const format = {
  kind: "line",
  name: "network/vsftpd",
  title: "vsftpd log",
  version: 1,
  notes:
    '`Mon Jun  8 12:08:44 2020 [pid n] [user] OK LOGIN: Client "…"`. GMT unless use_localtime=YES is set, so the zone is the format\'s default.',
  sniff: (line) => (shape.test(line) ? 0.95 : 0),
  open: (context) => ({
    parse(record) {
      if (!shape.test(record)) return undefined;
      const head = readAsctime(record, context, { zone: "UTC", source: "format-default" });
      if (!head) return { reject: "no time that exists" };
      const text = record.slice(head.end + 1).trimEnd();
      const fields = readVsftpd(text) ?? {};
      fields["event.kind"] = "event";
      fields.message = text;
      addRelated(fields);
      return head.time ? { dataset, time: head.time, fields } : { dataset, fields };
    },
  }),
} satisfies LineFormat;
