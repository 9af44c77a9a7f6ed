import type { LineFormat } from "@firebreak/model/format";
import { type Header, readTag } from "./header.ts";
import { priorityOf } from "./priority.ts";
import { readBelow } from "./rfc3164.ts";
import { createStampReader } from "./stamp.ts";

const row =
  /^(\d{4}-\d\d-\d\d)[ \t](\d\d:\d\d:\d\d)\t(\w{2,10})\.(Emerg|Emergency|Alert|Crit|Critical|Error|Err|Warning|Warn|Notice|Info|Debug)\t(\S{1,255})\t/i;

export const format = {
  kind: "line",
  name: "syslog/collector-table",
  title: "Syslog as tab-separated columns (Kiwi Syslog Server and its kin)",
  version: 1,
  notes:
    "`YYYY-MM-DD hh:mm:ss<TAB>Local7.Info<TAB>address<TAB>message`. The time is the collector's, local, without zone; a header inside the message names the sender.",
  sniff: (line) => (row.test(line) ? 0.97 : 0),
  open: (context) => {
    const readStamp = createStampReader(context.time);
    return {
      parse(record) {
        const match = row.exec(record);
        if (!match) return undefined;
        const outer: Header = {
          priority: priorityOf(match[3]!, match[4]!),
          time: context.time.iso(`${match[1]} ${match[2]}`),
          timeComplete: false,
          unsynchronised: false,
          host: match[5]!,
          program: "",
          pid: "",
          level: undefined,
          messageAt: match[0].length,
          sequence: undefined,
          hasStamp: true,
        };
        readTag(record, match[0].length, outer);
        const draft = readBelow(record, outer, readStamp, context);
        return draft.dataset === "syslog/rfc3164" ? { ...draft, dataset: "syslog/collector-table" } : draft;
      },
    };
  },
} satisfies LineFormat;
