import type { LineFormat } from "@firebreak/model/format";
import { addRelated } from "../../ecs/related.ts";
import { readClamav } from "../../endpoint/clamav-line.ts";
import { readTimeValue } from "../../infer/time-value.ts";

const stamp = /^([A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}) -> /;

/** ClamAV: clamd.log and freshclam.log with LogTime, output of clamscan and clamdscan. Local time, no zone. */
export const format = {
  kind: "line",
  name: "endpoint/clamav",
  title: "ClamAV (clamd, clamscan, freshclam)",
  version: 1,
  notes:
    "By 'path: name FOUND', or C time and '->'. Local time without a zone; the scanner's own output has none.",
  sniff(line) {
    if (stamp.test(line)) return 0.9;
    return readClamav(line) === undefined ? 0 : 0.7;
  },
  open: (context) => ({
    parse(record) {
      const match = stamp.exec(record);
      const text = match ? record.slice(match[0].length) : record;
      const fields = readClamav(text);
      if (fields === undefined && match === null) return undefined;
      const found = fields ?? {
        "event.kind": "event",
        "event.category": ["host"],
        "event.type": ["info"],
        message: text,
      };
      addRelated(found);
      const time = match ? readTimeValue(match[1]!, context.time) : undefined;
      if (match && time === undefined) return { reject: "no valid time" };
      return time
        ? { dataset: "endpoint/clamav", time, fields: found }
        : { dataset: "endpoint/clamav", fields: found };
    },
  }),
} satisfies LineFormat;
