import type { LineFormat } from "@firebreak/model/format";
import { inferPairs } from "../../infer/pairs.ts";

const start = /^[A-Za-z_@][\w.@/-]{0,60}=(?:"[^"]*"|[^\s"=]*)[ ,]+[A-Za-z_@][\w.@/-]{0,60}=/;

/** `key=value key="quoted value"` lines (logfmt) of any make. */
export const format = {
  kind: "line",
  name: "generic/logfmt",
  title: "key=value lines (logfmt)",
  version: 1,
  notes:
    "A line that begins with two or more key=value pairs. The meaning of keys is inferred with a confidence.",
  sniff(line) {
    return start.test(line) ? 0.35 : 0;
  },
  open: (context) => ({
    parse(record) {
      if (!start.test(record)) return undefined;
      return inferPairs(record, context)?.finish("generic/logfmt");
    },
  }),
} satisfies LineFormat;
