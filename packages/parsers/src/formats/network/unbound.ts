import type { LineFormat } from "@firebreak/model/format";
import { addRelated } from "../../ecs/related.ts";
import { readEpoch } from "../../infer/time-value.ts";
import { readUnbound } from "../../network/dns.ts";

const dataset = "linux/unbound";
/** "[1709632800] unbound[12:0] info: …", or with log-time-ascii "Mar 05 10:00:00 unbound[12:0] …" (that one is syslog's). */
const line = /^\[(\d{10}(?:\.\d{1,9})?)\] unbound\[(\d{1,10}):[\da-f]{1,4}\] (?=(\w+): )/;

export const format = {
  kind: "line",
  name: dataset,
  title: "Unbound's own log file",
  version: 1,
  notes: "`[epoch] unbound[pid:thread] info: client name. A IN`. UTC.",
  sniff: (text) => (line.test(text) ? 0.97 : 0),
  open: (context) => ({
    parse(record) {
      const match = line.exec(record);
      if (!match) return undefined;
      const text = record.slice(match[0].length).trimEnd();
      const fields = readUnbound(text) ?? {};
      fields["event.kind"] = "event";
      fields["process.name"] = "unbound";
      fields["process.pid"] = Number(match[2]);
      fields["log.level"] = match[3]!;
      fields.message = text;
      addRelated(fields);
      const time = readEpoch(match[1]!, context.time);
      return time ? { dataset, time, fields } : { dataset, fields };
    },
  }),
} satisfies LineFormat;
