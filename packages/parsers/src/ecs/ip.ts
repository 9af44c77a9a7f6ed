import { isIPv6 } from "node:net";
import { remembering } from "../text/remember.ts";

/**
 * The address in a recorded text, or undefined when it is none. Brackets and a zone id are taken off, an IPv4-mapped
 * IPv6 address becomes its IPv4 address: "::ffff:192.0.2.1" → "192.0.2.1", "[fe80::1%eth0]" → "fe80::1".
 */
export function cleanIp(text: string): string | undefined {
  if (isIpv4(text)) return text;
  if (text.length < 2 || text.length > 60) return undefined;
  let bare = text;
  if (text.charCodeAt(0) === 91 && text.endsWith("]")) {
    bare = text.slice(1, -1);
    if (isIpv4(bare)) return bare;
  }
  if (!bare.includes(":")) return undefined;
  const zone = bare.indexOf("%");
  if (zone > 0) bare = bare.slice(0, zone);
  return ipv6At(bare);
}

/** To spell an address anew is dear. */
const ipv6At = remembering(readIpv6, { max: 5000, longest: 60 });

function readIpv6(text: string): string | undefined {
  if (!isIPv6(text)) return undefined;
  const lower = text.toLowerCase();
  return lower.startsWith("::ffff:") && isIpv4(lower.slice(7)) ? lower.slice(7) : canonicalIpv6(lower);
}

/** One spelling for one address (RFC 5952 §4): no leading zeros, the longest run of zero groups as "::". */
function canonicalIpv6(address: string): string {
  if (address.includes(".")) return /^(?:0{1,4}:){5}ffff:([0-9.]+)$/.exec(address)?.[1] ?? address;
  const [left = "", right] = address.split("::");
  const before = left === "" ? [] : left.split(":");
  const after = right === undefined || right === "" ? [] : right.split(":");
  const zeros = right === undefined ? 0 : 8 - before.length - after.length;
  const groups = [...before, ...new Array<string>(zeros).fill("0"), ...after].map((group) =>
    group.replace(/^0{1,3}(?=.)/, ""),
  );
  return mappedIpv4(groups) ?? ipv6Of(groups);
}

/** "0:0:0:0:0:ffff:c000:201", as products write that know addresses of version 6 only: "192.0.2.1". */
function mappedIpv4(groups: readonly string[]): string | undefined {
  if (groups[5] !== "ffff" || groups.slice(0, 5).some((group) => group !== "0")) return undefined;
  const [high, low] = [Number.parseInt(groups[6]!, 16), Number.parseInt(groups[7]!, 16)];
  return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
}

/** The spelling of eight groups in lower case without leading zeros (RFC 5952 §4.2): the longest run of zeros becomes "::". */
export function ipv6Of(groups: readonly string[]): string {
  let start = -1;
  let longest = 1;
  for (let i = 0; i < 8; i++) {
    let end = i;
    while (end < 8 && groups[end] === "0") end++;
    if (end - i > longest) {
      start = i;
      longest = end - i;
    }
    if (end > i) i = end;
  }
  if (start < 0) return groups.join(":");
  return `${groups.slice(0, start).join(":")}::${groups.slice(start + longest).join(":")}`;
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

/** Addresses that are used inside networks only: RFC 1918, RFC 6598, loopback, link-local, RFC 4193. */
const insideOnly =
  /^(?:10|127)\.|^192\.168\.|^169\.254\.|^172\.(?:1[6-9]|2\d|3[01])\.|^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|^::1$|^fe[89ab]|^f[cd]/i;

/** True for an address that a machine on the internet can have; `ip` as `cleanIp` gives it. */
export function isPublicIp(ip: string): boolean {
  return !insideOnly.test(ip);
}
