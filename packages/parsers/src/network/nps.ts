import type { Fields } from "@firebreak/model/event";
import { macOf } from "../ecs/dictionary.ts";
import { setEndpoint } from "../ecs/endpoint.ts";
import { cleanIp } from "../ecs/ip.ts";
import { rawField } from "../ecs/raw.ts";
import { addRelated } from "../ecs/related.ts";
import { noFields } from "../ecs/shape.ts";

/** Packet types of RFC 2865 and RFC 2866 as NPS writes them. */
const packets: Record<string, readonly [action: string, outcome?: "success" | "failure"]> = {
  "1": ["access-request"],
  "2": ["login", "success"],
  "3": ["login-failed", "failure"],
  "4": ["accounting-request"],
  "5": ["accounting-response"],
  "11": ["access-challenge"],
};

/** Fields of one record of the Network Policy Server, of its attributes by name, whatever the log's form. */
export function npsFields(values: Readonly<Record<string, string>>): Fields {
  const fields: Fields = {
    ...noFields,
    "observer.vendor": "Microsoft",
    "observer.product": "NPS",
    "event.kind": "event",
    "event.category": ["authentication"],
    "event.type": ["info"],
  };
  for (const name in values) fields[rawField(name)] = values[name]!;
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
  return fields;
}

function setKind(values: Readonly<Record<string, string>>, fields: Fields): void {
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
