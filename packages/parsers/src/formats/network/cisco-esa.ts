import type { LineFormat } from "@firebreak/model/format";
import { addRelated } from "../../ecs/related.ts";
import { readEsa } from "../../network/cisco-esa.ts";
import { readAsctime } from "../../text/c-time.ts";

const dataset = "mail/cisco-esa";
const shape =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4} ((?:Critical|Alert|Warning|Info|Debug|Trace|Error): .*)$/;

export const format = {
  kind: "line",
  name: dataset,
  title: "Cisco Secure Email Gateway text logs (AsyncOS)",
  version: 1,
  notes:
    "`Mon Jun  8 12:08:44 2020 Info: MID 5 ICID 7 From: <…>`: mail, authentication, GUI, CLI and AMP logs. Local time without zone.",
  sniff(line) {
    const match = shape.exec(line);
    return match && readEsa(match[1]!) !== undefined ? 0.95 : 0;
  },
  open: (context) => ({
    parse(record) {
      const match = shape.exec(record.trimEnd());
      if (!match) return undefined;
      const head = readAsctime(record, context);
      if (!head) return { reject: "no time that exists" };
      const fields = readEsa(match[1]!) ?? { "event.category": ["host"], "event.type": ["info"] };
      fields.message = match[1]!;
      fields["event.kind"] ??= "event";
      addRelated(fields);
      return head.time ? { dataset, time: head.time, fields } : { dataset, fields };
    },
  }),
} satisfies LineFormat;
