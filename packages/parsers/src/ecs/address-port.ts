import { cleanIp, isIpv4 } from "./ip.ts";

export interface AddressPort {
  /** The address or name as recorded, without the port. */
  readonly address: string;
  /** Set when the address is an IP address. */
  readonly ip?: string;
  readonly port?: number;
}

/** Splits "192.0.2.1:443", "[2001:db8::1]:443", "2001:db8::1", "host.example:443"; a bare IPv6 address has no port. */
export function splitAddressPort(text: string): AddressPort {
  if (isIpv4(text)) return { address: text, ip: text };
  const colon = text.lastIndexOf(":");
  if (colon < 0) return { address: text };
  const whole = cleanIp(text);
  if (whole !== undefined) return { address: whole, ip: whole };
  const port = portOf(text.slice(colon + 1));
  if (port === undefined) return { address: text };
  const ip = cleanIp(text.slice(0, colon));
  return ip === undefined ? { address: text.slice(0, colon), port } : { address: ip, ip, port };
}

/** A port number 0 to 65535 written in digits only. */
export function portOf(text: string): number | undefined {
  if (text.length === 0 || text.length > 5) return undefined;
  let value = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return value <= 65_535 ? value : undefined;
}
