import type { LineFormat } from "@firebreak/model/format";
import { bareFormat } from "../../network/bare.ts";
import { payload } from "../../payloads/network/paloalto.ts";

const bare = bareFormat(payload, {
  notes:
    "`1,YYYY/MM/DD hh:mm:ss,serial,TRAFFIC|THREAT|…` rows, in syslog or as the CSV export of the web interface (with its header row). Device local time without zone; newer versions add a stamp with zone.",
});
const header = /^"?Domain"?,"?Receive Time"?,"?Serial #"?,/;

/** The export's header row names the columns that syslog has in the same order. */
export const format = {
  ...bare,
  sniff: (line, head) => (header.test(line) ? 1 : bare.sniff(line, head)),
  open: (context) => {
    const parser = bare.open(context);
    return { parse: (record) => (header.test(record) ? { skip: "header" } : parser.parse(record)) };
  },
} satisfies LineFormat;
