import { isIPv6 } from "node:net";

/**
 * The address in a recorded text, or undefined when it is none. Brackets and a zone id are taken off, an IPv4-mapped
 * IPv6 address becomes its IPv4 address: "::ffff:192.0.2.1" → "192.0.2.1", "[fe80::1%eth0]" → "fe80::1".
 */
export function cleanIp(text: string): string | undefined {
  if (isIpv4(text)) return text;
  if (text.length < 2 || text.length > 60 || !text.includes(":")) return undefined;
  let bare = text.charCodeAt(0) === 91 && text.endsWith("]") ? text.slice(1, -1) : text;
  const zone = bare.indexOf("%");
  if (zone > 0) bare = bare.slice(0, zone);
  if (!isIPv6(bare)) return undefined;
  const lower = bare.toLowerCase();
  if (lower.startsWith("::ffff:") && isIpv4(lower.slice(7))) return lower.slice(7);
  return lower;
}

/** Dotted quad without leading-zero tricks: four numbers 0 to 255. One pass, no allocation. */
export function isIpv4(text: string): boolean {
  const length = text.length;
  if (length < 7 || length > 15) return false;
  let dots = 0;
  let value = 0;
  let digits = 0;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code === 46) {
      if (digits === 0) return false;
      dots++;
      value = 0;
      digits = 0;
    } else if (code >= 48 && code <= 57) {
      value = value * 10 + code - 48;
      digits++;
      if (digits > 3 || value > 255) return false;
    } else return false;
  }
  return dots === 3 && digits > 0;
}
