import type { LineFormat } from "@firebreak/model/format";
import { addRelated } from "../../ecs/related.ts";
import { looksLikeExim, readExim } from "../../network/exim.ts";

const dataset = "linux/exim";
const stamp = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,9})?(?: [+-]\d{4})?) /;

export const format = {
  kind: "line",
  name: dataset,
  title: "Exim main log",
  version: 1,
  notes:
    "`YYYY-MM-DD hh:mm:ss message-id <= sender H=…`. Local time; the zone is there only with log_timezone.",
  sniff: (line) => {
    const match = stamp.exec(line);
    return match && looksLikeExim(line.slice(match[0].length)) ? 0.95 : 0;
  },
  open: (context) => ({
    parse(record) {
      const match = stamp.exec(record);
      if (!match) return undefined;
      const text = record.slice(match[0].length).trimEnd();
      const fields = readExim(text);
      if (fields["event.action"] === undefined && !looksLikeExim(text)) return undefined;
      fields["event.kind"] = "event";
      fields.message ??= text;
      addRelated(fields);
      const time = context.time.iso(match[1]!);
      return time ? { dataset, time, fields } : { dataset, fields };
    },
  }),
} satisfies LineFormat;
