import type { Fields } from "@firebreak/model/event";
import type { LineFormat } from "@firebreak/model/format";
import { macOf } from "../../ecs/dictionary.ts";
import { setEndpoint } from "../../ecs/endpoint.ts";
import { cleanIp } from "../../ecs/ip.ts";
import { rawField } from "../../ecs/raw.ts";
import { addRelated } from "../../ecs/related.ts";
import { noFields } from "../../ecs/shape.ts";
import { readTimeValue } from "../../infer/time-value.ts";

const dataset = "windows/nps";
const start = /^<Event><Timestamp data_type="\d">/;
const element = /<([\w-]{1,60}) data_type="\d">([^<]{0,4096})<\/\1>/g;

/** Packet types of RFC 2865 and RFC 2866 as NPS writes them. */
const packets: Record<string, readonly [action: string, outcome?: "success" | "failure"]> = {
  "1": ["access-request"],
  "2": ["login", "success"],
  "3": ["login-failed", "failure"],
  "4": ["accounting-request"],
  "5": ["accounting-response"],
  "11": ["access-challenge"],
};
const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** Network Policy Server in the DTS-compliant form, an `<Event>` a line (learn.microsoft.com, "Interpret NPS Database Format Log Files"). */
export const format = {
  kind: "line",
  name: dataset,
  title: "Network Policy Server (RADIUS) log, DTS-compliant XML",
  version: 1,
  notes:
    '`<Event><Timestamp data_type="4">MM/DD/YYYY hh:mm:ss.mmm</Timestamp>…`, one record a line; the server\'s local time without zone, month first.',
  sniff: (line) => (start.test(line) ? 0.99 : 0),
  open: (context) => ({
    parse(record) {
      if (!start.test(record)) return undefined;
      const values: Record<string, string> = Object.create(null);
      const fields: Fields = {
        ...noFields,
        "observer.vendor": "Microsoft",
        "observer.product": "NPS",
        "event.kind": "event",
        "event.category": ["authentication"],
        "event.type": ["info"],
      };
      for (const match of record.matchAll(element)) {
        const value = match[2]!.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => entities[name]!);
        values[match[1]!] = value;
        fields[rawField(match[1]!)] = value;
      }
      setKind(values, fields);
      setUser(values["User-Name"] ?? values["SAM-Account-Name"], fields);
      const station = values["Calling-Station-Id"];
      if (station !== undefined) {
        const mac = macOf(station);
        if (mac !== undefined) fields["source.mac"] = mac;
        else setEndpoint(fields, "source", station);
      }
      const client = cleanIp(values["NAS-IP-Address"] ?? values["Client-IP-Address"] ?? "");
      if (client !== undefined) fields["client.ip"] = client;
      if (values["Computer-Name"]) fields["host.name"] = values["Computer-Name"];
      if (values["NP-Policy-Name"]) fields["rule.name"] = values["NP-Policy-Name"];
      addRelated(fields);
      const stamp = values.Timestamp;
      const time = stamp === undefined ? undefined : readTimeValue(stamp, context.time, "month-first");
      return time ? { dataset, time, fields } : { dataset, fields };
    },
  }),
} satisfies LineFormat;

function setKind(values: Record<string, string>, fields: Fields): void {
  const known = packets[values["Packet-Type"] ?? ""];
  if (known === undefined) return;
  fields["event.action"] = known[0];
  if (known[1] !== undefined) fields["event.outcome"] = known[1];
  if (known[1] === "success") fields["event.type"] = ["start"];
  if (known[0].startsWith("accounting")) fields["event.category"] = ["session"];
  const reason = values["Reason-Code"];
  if (known[1] === "failure" && reason !== undefined) fields["event.reason"] = `reason code ${reason}`;
}

function setUser(name: string | undefined, fields: Fields): void {
  if (name === undefined || name === "") return;
  const slash = name.indexOf("\\");
  if (slash > 0) fields["user.domain"] = name.slice(0, slash);
  fields["user.name"] = name.slice(slash + 1);
}
