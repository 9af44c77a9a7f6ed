import type { LineFormat } from "@firebreak/model/format";
import { isSquidLine, readSquidLine } from "../../proxy/squid-line.ts";

/** Squid's native access log; custom formats that only add columns behind it are read too. */
export const format = {
  kind: "line",
  name: "proxy/squid",
  title: "Squid access log (native)",
  version: 1,
  notes:
    "By epoch.milliseconds elapsed client RESULT/status. UTC. Squid's common and combined formats are read as web/access.",
  sniff(line) {
    return isSquidLine(line) ? 0.95 : 0;
  },
  open(context) {
    return {
      parse(record) {
        const read = readSquidLine(record, context);
        if (read === undefined)
          return isSquidLine(record) ? { reject: "cut or broken Squid line" } : undefined;
        const { dataset, time, fields } = read;
        return time ? { dataset, time, fields } : { dataset, fields };
      },
    };
  },
} satisfies LineFormat;
