import type { LineFormat } from "@firebreak/model/format";
import { addRelated } from "../../ecs/related.ts";
import { readFail2ban } from "../../network/fail2ban.ts";

const dataset = "linux/fail2ban";
const head = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}) fail2ban\.(\w+)\s*(?:\[(\d+)\])?: ([A-Z]+) +/;

export const format = {
  kind: "line",
  name: dataset,
  title: "fail2ban log",
  version: 1,
  notes:
    "`YYYY-MM-DD hh:mm:ss,mmm fail2ban.actions [pid]: NOTICE [jail] Ban address`. Local time without zone.",
  sniff: (line) => (head.test(line) ? 0.97 : 0),
  open: (context) => ({
    parse(record) {
      const match = head.exec(record);
      if (!match) return undefined;
      const text = record.slice(match[0].length).trimEnd();
      const fields = readFail2ban(text) ?? {};
      fields["event.kind"] ??= "event";
      fields["log.level"] = match[4]!.toLowerCase();
      fields["log.logger"] = `fail2ban.${match[2]}`;
      if (match[3] !== undefined) fields["process.pid"] = Number(match[3]);
      fields.message = text;
      addRelated(fields);
      const time = context.time.iso(match[1]!);
      return time ? { dataset, time, fields } : { dataset, fields };
    },
  }),
} satisfies LineFormat;
