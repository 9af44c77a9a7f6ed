import type { Fields } from "@firebreak/model/event";
import type { LineFormat } from "@firebreak/model/format";
import { macOf } from "../../ecs/dictionary.ts";
import { setEndpoint } from "../../ecs/endpoint.ts";
import { addRelated } from "../../ecs/related.ts";
import { transportOf } from "../../ecs/transport.ts";
import { splitCsvRow } from "../../text/csv-row.ts";

const dataset = "network/snort-csv";
const row = /^(?:(\d\d)\/)?(\d\d)\/(\d\d)-(\d\d):(\d\d):(\d\d)\.(\d{6}) ?,\d{1,10},\d{1,10},\d{1,6},/;

/** Snort's alert_csv with its default columns: timestamp, generator, id, revision, message, protocol, source, port, destination, port, … */
export const format = {
  kind: "line",
  name: dataset,
  title: "Snort alert_csv",
  version: 1,
  notes:
    '`MM/DD/YY-hh:mm:ss.ffffff ,gid,sid,rev,"message",proto,src,sport,dst,dport,…`, the default columns; sensor local time without zone.',
  sniff: (line) => (row.test(line) ? 0.97 : 0),
  open: (context) => ({
    parse(record) {
      const match = row.exec(record);
      if (!match) return undefined;
      const cells = splitCsvRow(record.trimEnd(), ",", 40);
      if (cells.length < 9) return { reject: `${cells.length} columns, too few for an alert` };
      const fields: Fields = {
        "event.kind": "alert",
        "event.category": ["intrusion_detection", "network"],
        "event.type": ["info"],
        "event.action": "detected",
        "observer.product": "Snort",
        "observer.type": "ids",
        "firebreak.raw.gid": cells[1]!,
        "rule.id": cells[2]!,
        "rule.version": cells[3]!,
      };
      if (cells[4] !== "") fields["rule.name"] = fields.message = cells[4]!;
      const transport = transportOf(cells[5]!);
      if (transport !== undefined) fields["network.transport"] = transport;
      const hasPorts = transport !== "icmp" && transport !== "ipv6-icmp";
      setEndpoint(fields, "source", cells[6]!, hasPorts ? cells[7] : undefined);
      setEndpoint(fields, "destination", cells[8]!, hasPorts ? cells[9] : undefined);
      setMac(fields, "source.mac", cells[10]);
      setMac(fields, "destination.mac", cells[11]);
      addRelated(fields);
      const civil = {
        month: Number(match[2]),
        day: Number(match[3]),
        hour: Number(match[4]),
        minute: Number(match[5]),
        second: Number(match[6]),
        nanos: Number(match[7]) * 1000,
      };
      const original = cells[0]!.trim();
      // Snort 2 writes "MM/DD" or "MM/DD/YY", Snort 3 "YY/MM/DD": a first number above 12 can be no month.
      const three = match[1] === undefined ? undefined : [Number(match[1]), civil.month, civil.day];
      const time =
        three === undefined
          ? context.time.yearless(civil, original)
          : three[0]! > 12
            ? context.time.local({ ...civil, year: 2000 + three[0]! }, original)
            : context.time.local(
                { ...civil, year: 2000 + three[2]!, month: three[0]!, day: three[1]! },
                original,
              );
      return time ? { dataset, time, fields } : { dataset, fields };
    },
  }),
} satisfies LineFormat;

function setMac(fields: Fields, name: string, text: string | undefined): void {
  const mac = macOf(text ?? "");
  if (mac !== undefined) fields[name] = mac;
}
