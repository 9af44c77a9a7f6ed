import type { LineFormat } from "@firebreak/model/format";
import { lineTable } from "../../text/line-table.ts";
import { rule } from "../../text/rules.ts";

const dataset = "app/icinga";

/** Icinga 2 main, debug and startup log (icinga.com, "Logging"). The offset is in the record; the startup log has no time. */
export const format = {
  kind: "line",
  name: dataset,
  title: "Icinga 2 log",
  version: 1,
  notes: "`[2024-05-14 08:10:23 +0200] information/Facility: text`. The offset is in the record.",
  ...lineTable({
    dataset,
    vote: 0.9,
    continues: (pending, line) => pending.startsWith("[") && /^\s+\S|^\t/.test(line),
    rules: [
      rule(
        /^\[(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4})\] (debug|notice|information|warning|critical)\/([A-Za-z]\w{0,60}): ([\s\S]*)$/,
        "@ log.level log.logger message",
        {},
      ),
    ],
  }),
} satisfies LineFormat;
