import type { Fields } from "@firebreak/model/event";
import { cleanIp } from "./ip.ts";

const sides = ["source", "destination", "client", "server"] as const;

/** Categories of events in which somebody asks a service for something: whoever is the source of the request is its client. */
const asking = new Set([
  "authentication",
  "iam",
  "web",
  "file",
  "email",
  "session",
  "database",
  "configuration",
]);

/** ECS wants both pairs where both make sense: client and server tell the roles in an exchange, source and destination its direction. */
function addRoles(fields: Fields): void {
  const categories = fields["event.category"];
  if (!Array.isArray(categories) || !categories.some((one) => asking.has(String(one)))) return;
  for (const part of ["ip", "port", "domain", "address"]) {
    const value = fields[`source.${part}`];
    if (value !== undefined && (part === "ip" || fields["client.ip"] === fields["source.ip"]))
      fields[`client.${part}`] ??= value;
  }
}

/**
 * Sets `<side>.address` where it is missing, from the IP address or the name: ECS wants the address as recorded there, whatever its
 * kind; likewise `host.hostname` from `host.name`. For documents that leave the tool; inside it would only hold everything twice.
 */
export function addAddressCopies(fields: Fields): void {
  for (const side of sides) {
    const address = fields[`${side}.address`] ?? fields[`${side}.ip`] ?? fields[`${side}.domain`];
    if (address !== undefined) fields[`${side}.address`] = address;
  }
  addRoles(fields);
  const host = fields["host.name"] ?? fields["host.hostname"];
  if (host !== undefined) fields["host.name"] ??= host;
  if (typeof host === "string" && cleanIp(host) === undefined) fields["host.hostname"] ??= host;
}
