import type { LineFormat } from "@firebreak/model/format";
import { addRelated } from "../../ecs/related.ts";
import { readVmware } from "../../network/vmware.ts";

const dataset = "vmware/esxi";
const head =
  /^(?:\S+ )?(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3,6}(?:Z|[+-]\d\d:?\d\d)) (?:(info|warning|error|verbose|trivia|panic|debug|Er|Wa|In|Db|No)(?:\(\d+\))? )?([\w.-]{2,40})\[([0-9A-Fa-f]{1,10})\](?: |: ?)/;

export const format = {
  kind: "line",
  name: dataset,
  title: "VMware ESXi and vCenter log files (hostd, vpxa, vpxd, vobd)",
  version: 1,
  notes:
    "`YYYY-MM-DDThh:mm:ss.mmmZ info hostd[pid] [Originator@6876 sub=… opID=…] message`; lines that begin with `-->` belong to the record above. UTC.",
  sniff: (line) => {
    const match = head.exec(line);
    if (!match) return 0;
    if (line.includes("[Originator@6876") || match[2] !== undefined) return 0.95;
    return 0;
  },
  open: (context) => ({
    parse(record) {
      const match = head.exec(record);
      if (!match || (match[2] === undefined && !record.includes("[Originator@6876"))) return undefined;
      const text = record.slice(match[0].length).trimEnd();
      const fields = readVmware(text);
      fields["event.kind"] = "event";
      if (match[2] !== undefined) fields["log.level"] = match[2];
      fields["process.name"] = match[3]!;
      fields["firebreak.raw.thread"] = match[4]!;
      fields.message = text;
      addRelated(fields);
      const time = context.time.iso(match[1]!);
      return time ? { dataset, time, fields } : { dataset, fields };
    },
    continues: (pending, line) => (line.startsWith("-->") || line.startsWith("\t")) && head.test(pending),
  }),
} satisfies LineFormat;
