import ipaddr from "ipaddr.js";
import { remembered } from "./cache.ts";

/**
 * True when the text is an address of the network. An IPv4-mapped IPv6 address counts as the IPv4 address that it stands for.
 * `network` is valid; the loader has checked it.
 */
export function compileNetwork(network: string): (text: string) => boolean {
  const [base, bits] = ipaddr.parseCIDR(network);
  const matches = remembered((text: string) => {
    if (!ipaddr.isValid(text)) return false;
    const address = ipaddr.process(text);
    return address.kind() === base.kind() && address.match(base, bits);
  });
  // Nearly all values that are held against networks are IPv4, which has no colon.
  if (base.kind() !== "ipv4") return (text) => text.includes(":") && matches(text);
  const mask = bits === 0 ? 0 : (-1 << (32 - bits)) | 0;
  const wanted = numberOf(base.toString())! & mask;
  return (text) => {
    const number = recentNumberOf(text);
    // A colon is IPv6; the library knows the old spellings of IPv4 (octal, fewer parts).
    return number === undefined ? isOddAddress(text) && matches(text) : (number & mask) === wanted;
  };
}

let recentText = "";
let recentNumber: number | undefined;

/** Rules ask of one value after the other's network: the last text is parsed once. */
function recentNumberOf(text: string): number | undefined {
  if (text !== recentText) {
    recentText = text;
    recentNumber = numberOf(text);
  }
  return recentNumber;
}

/** Signed 32 bits of "192.0.2.1"; undefined for every other spelling. */
function numberOf(text: string): number | undefined {
  const { length } = text;
  if (length < 7 || length > 15) return undefined;
  let number = 0;
  let part = 0;
  let digits = 0;
  let dots = 0;
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at);
    if (code === 46) {
      if (digits === 0 || ++dots > 3) return undefined;
      number = (number << 8) | part;
      part = 0;
      digits = 0;
    } else if (code >= 48 && code <= 57) {
      // A leading zero is octal to some: left to the library.
      if (digits > 0 && part === 0) return undefined;
      part = part * 10 + code - 48;
      if (part > 255) return undefined;
      digits++;
    } else return undefined;
  }
  return dots === 3 && digits > 0 ? (number << 8) | part : undefined;
}

/** May be an address in a spelling that is not plain dotted decimal; most texts that rules hold against networks are none. */
function isOddAddress(text: string): boolean {
  return text.length <= 64 && /^[\da-fA-Fx:.]{1,64}(?:%[\w.-]{1,20})?$/.test(text);
}
