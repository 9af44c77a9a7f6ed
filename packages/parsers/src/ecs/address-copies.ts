import type { Fields } from "@firebreak/model/event";
import { cleanIp } from "./ip.ts";

const sides = ["source", "destination", "client", "server"] as const;

/**
 * Sets `<side>.address` where it is missing, from the IP address or the name: ECS wants the address as recorded there, whatever its
 * kind; likewise `host.hostname` from `host.name`. For documents that leave the tool; inside it would only hold everything twice.
 */
export function addAddressCopies(fields: Fields): void {
  for (const side of sides) {
    const address = fields[`${side}.address`] ?? fields[`${side}.ip`] ?? fields[`${side}.domain`];
    if (address !== undefined) fields[`${side}.address`] = address;
  }
  const host = fields["host.name"];
  if (typeof host === "string" && cleanIp(host) === undefined) fields["host.hostname"] ??= host;
}
