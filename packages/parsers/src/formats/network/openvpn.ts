import type { LineFormat, ParseContext } from "@firebreak/model/format";
import { addRelated } from "../../ecs/related.ts";
import { looksLikeOpenvpn, readOpenvpn } from "../../network/openvpn.ts";
import { readAsctime } from "../../text/c-time.ts";

const dataset = "linux/openvpn";

export const format = {
  kind: "line",
  name: "network/openvpn",
  title: "OpenVPN log file",
  version: 1,
  notes:
    "`2024-12-15 14:12:13 198.51.100.9:45321 TLS Error: …` (2.5 and newer) or `Sun Dec 15 14:12:13 2024 …`. Local time without zone.",
  sniff: (line) => {
    const head = textAt(line);
    return head > 0 && looksLikeOpenvpn(line.slice(head)) ? 0.93 : 0;
  },
  open: (context) => ({
    parse(record) {
      const at = textAt(record);
      if (at === 0) return undefined;
      const text = record
        .slice(at)
        .replace(/^us=\d+ /, "")
        .trimEnd();
      const fields = readOpenvpn(text);
      fields["event.kind"] = "event";
      fields.message = text;
      addRelated(fields);
      const time = readTime(record, at, context);
      return time ? { dataset, time, fields } : { dataset, fields };
    },
  }),
} satisfies LineFormat;

const iso = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d /;
const asctime = /^[A-Z][a-z]{2} [A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d \d{4} (?:us=\d+ )?/;

function textAt(line: string): number {
  return (iso.exec(line) ?? asctime.exec(line))?.[0].length ?? 0;
}

function readTime(record: string, at: number, context: ParseContext) {
  return iso.test(record) ? context.time.iso(record.slice(0, at - 1)) : readAsctime(record, context)?.time;
}
