import type { LineFormat } from "@firebreak/model/format";
import { isSquidCombined, readSquidCombined } from "../../proxy/squid-combined.ts";
import { format as access } from "../web/access.ts";

const accessShape = /^\S{2,255} \S{1,255} .{1,255}\[\d\d\/[A-Z][a-z]{2}\/\d{4}:[^\]]{8,20}\] "/;

/** Squid's access log in the formats "common" and "combined". */
export const format = {
  kind: "line",
  name: "proxy/squid-combined",
  title: "Squid access log (common and combined)",
  version: 1,
  notes: "A web server's access line with `TCP_MISS:HIER_DIRECT` at its end. The zone is in the record.",
  sniff: (line) => (isSquidCombined(line) && accessShape.test(line) ? 0.97 : 0),
  open(context) {
    const parser = access.open(context);
    return {
      parse: (record) => (isSquidCombined(record) ? readSquidCombined(record, parser) : undefined),
    };
  },
} satisfies LineFormat;
