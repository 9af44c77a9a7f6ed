import type { LineFormat } from "@firebreak/model/format";
import { layoutOf } from "../../zeek/layouts.ts";
import { defaultDialect, readZeekRow } from "../../zeek/row.ts";

/** Time, connection or file id, and two addresses: what nearly every stream begins with. */
const row =
  /^\d{9,10}\.\d{1,9}\t[A-Za-z0-9]{9,24}\t(?:[\d.]{7,15}|[0-9a-fA-F:., ]{2,400}|[A-Za-z0-9]{9,24})\t(?:\d{1,5}|-|[0-9a-fA-F:., ]{2,400})\t/;

/** Rows of Zeek logs that lost their header (tail, shipper, one line in a ticket): known by the shape of all columns. */
export const format = {
  kind: "line",
  name: "ids/zeek-bare",
  title: "Zeek log rows without their header",
  version: 1,
  notes:
    "Tab-separated default columns whose `#fields` line is not in the file: the stream is the one whose column types all fit. Times are epoch seconds, UTC.",
  sniff: (line) => (row.test(line) ? 0.65 : 0),
  open: (context) => ({
    parse(record) {
      if (!row.test(record)) return undefined;
      const values = record.trimEnd().split("\t", 64);
      const layout = layoutOf(values);
      return layout && readZeekRow(layout.path, layout.columns, values, defaultDialect, context);
    },
  }),
} satisfies LineFormat;
