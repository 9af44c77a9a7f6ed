import type { LineFormat } from "@firebreak/model/format";
import { addRelated } from "../../ecs/related.ts";
import { readAlert, readSnortStamp, snortStamp } from "../../network/snort.ts";

const dataset = "network/snort-fast";
const first = /^\[\*\*\] \[\d{1,10}:\d{1,10}:\d{1,10}\] .{0,600}? ?\[\*\*\]\s*$/;
const ends = new RegExp(
  `^(${snortStamp.source.slice(1)})(?:\\S+ -> \\S+ type:\\S+ len:\\S+\\s+)?(\\S+ -> \\S+)`,
  "m",
);
const transport = /^(TCP|UDP|ICMP|IPV6-ICMP|PROTO:\d{1,3}) TTL:(\d{1,3}).*?\bDgmLen:(\d{1,9})/m;
const classes = /^(?:\[Classification: ?([^\]]{0,200})\] ?)?(?:\[Priority: (\d{1,3})\])?/m;
/** A block holds ten lines at most; what goes on longer is none. */
const maxBlockChars = 8192;

/** Alerts in blocks: the rule, its class, time and ends, then the headers of the packet. */
export const format = {
  kind: "line",
  name: "network/snort-full",
  title: "Snort alert_full",
  version: 1,
  notes:
    "Blocks between empty lines: `[**] [gid:sid:rev] message [**]`, class and priority, `MM/DD-hh:mm:ss.ffffff a:p -> b:p`, headers. Sensor's local time, mostly without year.",
  sniff: (line) => (first.test(line) ? 0.9 : 0),
  open: (context) => ({
    continues: (pending, line) =>
      pending.length < maxBlockChars &&
      first.test(pending.split("\n", 1)[0]!) &&
      line.trim() !== "" &&
      !first.test(line),
    parse(record) {
      const lines = record.split("\n", 3);
      if (!first.test(lines[0]!)) return record.trim() === "" ? { skip: "empty line" } : undefined;
      const block = record.slice(0, maxBlockChars);
      const found = ends.exec(block);
      const fields = found && readAlert(`${lines[0]!.trimEnd()} ${found.at(-1)!}`);
      if (!fields) return { reject: "alert without its ends" };
      fields["observer.type"] = "ids";
      const kind = classes.exec(lines[1] ?? "");
      if (kind?.[1]) fields["rule.category"] = kind[1];
      if (kind?.[2]) fields["event.severity"] = Number(kind[2]);
      const header = transport.exec(block);
      if (header) {
        const name = header[1]!.toLowerCase();
        if (!name.startsWith("proto:")) fields["network.transport"] = name;
        fields["network.bytes"] = Number(header[3]);
      }
      const references = [...block.matchAll(/\[Xref => ([^\]\s]{1,300})\]/g)].map((match) => match[1]!);
      if (references.length > 0) fields["rule.reference"] = references[0]!;
      addRelated(fields);
      const stamp = snortStamp.exec(found[1]!);
      const time = stamp ? readSnortStamp(stamp, context) : undefined;
      return time ? { dataset, time, fields } : { dataset, fields };
    },
  }),
} satisfies LineFormat;
