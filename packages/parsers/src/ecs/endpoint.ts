import type { Fields } from "@firebreak/model/event";
import { portOf, splitAddressPort } from "./address-port.ts";
import { cleanIp } from "./ip.ts";

export type Side = "source" | "destination";

const names = {
  source: { address: "source.address", ip: "source.ip", domain: "source.domain", port: "source.port" },
  destination: {
    address: "destination.address",
    ip: "destination.ip",
    domain: "destination.domain",
    port: "destination.port",
  },
} as const;

const hostName = /^[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,62}\.){0,20}[A-Za-z0-9_-]{1,62}\.?$/;

/**
 * Sets the address of one side of a connection: an IP address goes to `<side>.ip`, a host name to `<side>.domain`, anything else to
 * `<side>.address` only. The port is set when it is one.
 */
export function setEndpoint(fields: Fields, side: Side, address: string, port?: string): void {
  const name = names[side];
  const ip = cleanIp(address);
  if (ip !== undefined) fields[name.ip] = ip;
  else if (address !== "" && address !== "-" && address !== "?") {
    fields[name.address] = address;
    if (address.length < 254 && hostName.test(address)) fields[name.domain] = address;
  }
  if (port === undefined) return;
  const number = portOf(port);
  if (number !== undefined) fields[name.port] = number;
}

/** The same from one text: "192.0.2.1:443", "[2001:db8::1]:22", "gw.example". */
export function setAddressPort(fields: Fields, side: Side, text: string): void {
  const { address, ip, port } = splitAddressPort(text);
  if (ip !== undefined) fields[names[side].ip] = ip;
  else setEndpoint(fields, side, address);
  if (port !== undefined) fields[names[side].port] = port;
}
