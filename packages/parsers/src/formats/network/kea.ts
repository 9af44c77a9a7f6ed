import type { Fields } from "@firebreak/model/event";
import type { LineFormat } from "@firebreak/model/format";
import { addRelated } from "../../ecs/related.ts";
import { payload } from "../../payloads/network/dhcpd.ts";

const dataset = "network/dhcpd";
const line =
  /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}) (DEBUG|INFO|WARN|ERROR|FATAL) +\[kea-dhcp[46]\.[\w.-]{1,60}\/(\d{1,10})(?:\.\w{1,20})?\] /;

export const format = {
  kind: "line",
  name: "network/kea",
  title: "Kea DHCP server log",
  version: 1,
  notes:
    "`YYYY-MM-DD hh:mm:ss.mmm INFO [kea-dhcp4.leases/pid] DHCP4_LEASE_ALLOC [hwtype=1 mac], …`; local time without zone.",
  sniff: (text) => (line.test(text) ? 0.97 : 0),
  open: (context) => ({
    parse(record) {
      const match = line.exec(record);
      if (!match) return undefined;
      const text = record.slice(match[0].length).trimEnd();
      const fields: Fields = payload.parse(text)?.fields ?? {};
      fields["event.kind"] = "event";
      fields["event.code"] = text.split(" ", 1)[0]!;
      fields["event.category"] ??= ["network"];
      fields["event.type"] ??= ["info"];
      fields["log.level"] = match[2]!.toLowerCase();
      fields["process.name"] = "kea";
      fields["process.pid"] = Number(match[3]);
      fields.message = text;
      addRelated(fields);
      const time = context.time.iso(match[1]!);
      return time ? { dataset, time, fields } : { dataset, fields };
    },
  }),
} satisfies LineFormat;
