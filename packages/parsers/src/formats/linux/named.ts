import type { LineFormat } from "@firebreak/model/format";
import { addRelated } from "../../ecs/related.ts";
import { readBind } from "../../network/dns.ts";
import { createClfDateReader } from "../../text/clf-date.ts";

const dataset = "linux/named";
/** "24-Sep-2020 09:46:27.205 " and the optional category and severity of print-category and print-severity. */
const head =
  /^(\d{2})-([A-Z][a-z]{2})-(\d{4}) (\d\d:\d\d:\d\d(?:\.\d{1,6})?) (?:([a-z-]{3,30}): )?(?:(info|warning|error|notice|critical|debug \d+): )?/;

export const format = {
  kind: "line",
  name: dataset,
  title: "BIND query and security log",
  version: 1,
  notes: "`dd-Mon-yyyy hh:mm:ss.mmm queries: info: client …: query: name IN A …`. Local time without zone.",
  sniff: (line) => {
    const match = head.exec(line);
    if (!match) return 0;
    return /^client (?:@0x|\d|[0-9a-f:]{3})/.test(line.slice(match[0].length))
      ? 0.95
      : match[5] !== undefined
        ? 0.6
        : 0.2;
  },
  open: (context) => {
    const readDate = createClfDateReader(context.time);
    return {
      parse(record) {
        const match = head.exec(record);
        if (!match) return undefined;
        const text = record.slice(match[0].length).trimEnd();
        const fields = readBind(text) ?? {};
        if (match[5] !== undefined) fields["firebreak.raw.category"] = match[5];
        if (match[6] !== undefined) fields["log.level"] = match[6];
        fields["event.kind"] = "event";
        fields.message = text;
        addRelated(fields);
        const read = readDate(`${match[1]}/${match[2]}/${match[3]}:${match[4]}`);
        const original = record.slice(0, 11 + 1 + match[4]!.length);
        return read ? { dataset, time: { ...read, original }, fields } : { dataset, fields };
      },
    };
  },
} satisfies LineFormat;
