import type { LineFormat } from "@firebreak/model/format";
import { isHaproxyLine, readHaproxyLine } from "../../proxy/haproxy-line.ts";

/** HAProxy's HTTP and TCP logs where they stand bare in a file; within syslog the same reader is used. */
export const format = {
  kind: "line",
  name: "proxy/haproxy",
  title: "HAProxy HTTP and TCP log",
  version: 1,
  notes: "By client:port [date] frontend backend/server. Its date is local time without a zone.",
  sniff(line) {
    return isHaproxyLine(line) ? 0.9 : 0;
  },
  open(context) {
    return {
      parse(record) {
        const read = readHaproxyLine(record, context);
        if (read === undefined) return undefined;
        const { dataset, time, fields } = read;
        return time ? { dataset, time, fields } : { reject: "no valid date in the brackets" };
      },
    };
  },
} satisfies LineFormat;
