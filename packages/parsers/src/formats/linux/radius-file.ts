import type { LineFormat } from "@firebreak/model/format";
import { addRelated } from "../../ecs/related.ts";
import { payload } from "../../payloads/linux/radius.ts";
import { readAsctime } from "../../text/c-time.ts";

const line =
  /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4} : (Auth|Info|Error|Warning|Debug|Proxy|Acct): /;

export const format = {
  kind: "line",
  name: "linux/radius",
  title: "FreeRADIUS radius.log",
  version: 1,
  notes:
    "`Www Mmm dd hh:mm:ss yyyy : Auth: (5) Login OK: [user] (from client nas port 0 cli …)`; local time without zone.",
  sniff: (text) => (line.test(text) ? 0.96 : 0),
  open: (context) => ({
    parse(record) {
      const match = line.exec(record);
      if (!match) return undefined;
      const text = record.slice(match[0].length).trimEnd();
      const { fields } = payload.parse(text);
      fields["event.kind"] = "event";
      fields["process.name"] = "radiusd";
      fields["log.level"] = match[1]!.toLowerCase();
      fields.message = text;
      addRelated(fields);
      const time = readAsctime(record, context)?.time;
      return time ? { dataset: "linux/radius", time, fields } : { dataset: "linux/radius", fields };
    },
  }),
} satisfies LineFormat;
