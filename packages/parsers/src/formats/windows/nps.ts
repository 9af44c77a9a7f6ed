import type { LineFormat } from "@firebreak/model/format";
import { readTimeValue } from "../../infer/time-value.ts";
import { npsFields } from "../../network/nps.ts";

const dataset = "windows/nps";
const start = /^<Event><Timestamp data_type="\d">/;
const element = /<([\w-]{1,60}) data_type="\d">([^<]{0,4096})<\/\1>/g;

const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** Network Policy Server in the DTS-compliant form, an `<Event>` a line (learn.microsoft.com, "Interpret NPS Database Format Log Files"). */
export const format = {
  kind: "line",
  name: dataset,
  title: "Network Policy Server (RADIUS) log, DTS-compliant XML",
  version: 1,
  notes:
    '`<Event><Timestamp data_type="4">MM/DD/YYYY hh:mm:ss.mmm</Timestamp>…`, one record a line; the server\'s local time without zone, month first.',
  sniff: (line) => (start.test(line) ? 0.99 : 0),
  open: (context) => ({
    parse(record) {
      if (!start.test(record)) return undefined;
      const values: Record<string, string> = Object.create(null);
      for (const match of record.matchAll(element)) {
        const value = match[2]!.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => entities[name]!);
        values[match[1]!] = value;
      }
      const fields = npsFields(values);
      const stamp = values.Timestamp;
      const time = stamp === undefined ? undefined : readTimeValue(stamp, context.time, "month-first");
      return time ? { dataset, time, fields } : { dataset, fields };
    },
  }),
} satisfies LineFormat;
