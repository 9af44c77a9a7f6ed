import ipaddr from "ipaddr.js";
import { textAt } from "./loose.ts";

export const observableTypes = ["address", "domain", "url", "hash", "vulnerability"] as const;
export type ObservableType = (typeof observableTypes)[number];

/** A bare value that was seen or is asked about. Says nothing about badness. Values are in canonical form (`readObservable`). */
export interface Observable {
  readonly type: ObservableType;
  readonly value: string;
}

const maxChars = 8192;
/** MD5, SHA-1, SHA-256 by their length in hex digits. */
const hashLengths = new Set([32, 40, 64]);
const label = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;

/**
 * Reads a value that a person typed or a file holds: defanged spellings ("hxxp://a[.]example") are understood, case and
 * dots are normalised, an IPv4-mapped IPv6 address becomes IPv4. undefined for what is none of the types.
 *
 * @example readObservable("198.51.100[.]7") // { type: "address", value: "198.51.100.7" }
 */
export function readObservable(text: string | undefined): Observable | undefined {
  if (text === undefined) return undefined;
  const value = refang(text.trim());
  if (value === "" || value.length > maxChars) return undefined;
  if (hashLengths.has(value.length) && /^[0-9a-f]+$/i.test(value))
    return { type: "hash", value: value.toLowerCase() };
  const address = readAddress(value);
  if (address !== undefined) return { type: "address", value: address };
  if (/^cve-\d{4}-\d{4,19}$/i.test(value)) return { type: "vulnerability", value: value.toUpperCase() };
  if (/^[a-z][a-z0-9+.-]{1,20}:\/\//i.test(value)) {
    const url = readUrl(value);
    return url === undefined ? undefined : { type: "url", value: url };
  }
  const domain = readDomain(value);
  return domain === undefined ? undefined : { type: "domain", value: domain };
}

/** As `readObservable`, and only when it is of the type. */
export function readTyped(type: ObservableType, text: unknown): Observable | undefined {
  if (typeof text !== "string") return undefined;
  const found = readObservable(text);
  return found?.type === type ? found : undefined;
}

/** The hashes of one file among a record's members, in the order of the names. */
export function hashesAt(
  record: unknown,
  names: readonly string[] = ["sha256", "sha1", "md5"],
): Observable[] {
  return names.flatMap((name) => readTyped("hash", textAt(record, name)) ?? []);
}

export function keyOf({ type, value }: Observable): string {
  return `${type} ${value}`;
}

export function isSame(a: Observable, b: Observable): boolean {
  return a.type === b.type && a.value === b.value;
}

/** The name or address that a URL points to. */
export function hostOf(url: string): Observable | undefined {
  try {
    return readObservable(new URL(url).hostname.replace(/^\[|\]$/g, ""));
  } catch {
    return undefined;
  }
}

/** True for an address that the internet routes: IANA's special-purpose registries (RFC 6890) list the rest. */
export function isRoutable(address: string): boolean {
  const parsed = parseAddress(address);
  if (parsed === undefined) return false;
  const range = parsed.range();
  return range === "unicast" && !isDocumentation(address);
}

/** RFC 3849 and RFC 9637. */
function isDocumentation(address: string): boolean {
  return inNetwork(address, "2001:db8::/32") || inNetwork(address, "3fff::/20");
}

export function inNetwork(address: string, network: string): boolean {
  const parsed = parseAddress(address);
  if (parsed === undefined) return false;
  try {
    const [base, bits] = ipaddr.parseCIDR(network);
    return parsed.kind() === base.kind() && parsed.match([base, bits] as never);
  } catch {
    return false;
  }
}

export function parseAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  // ipaddr.js also reads "1", "0x7f.1" and zones: only the plain spellings are addresses here.
  if (!/^\d{1,3}(?:\.\d{1,3}){3}$/.test(text) && !/^[0-9a-f:]*:[0-9a-f:.]+$|^[0-9a-f:]+::$/i.test(text))
    return undefined;
  try {
    return ipaddr.process(text);
  } catch {
    return undefined;
  }
}

function readAddress(text: string): string | undefined {
  const parsed = parseAddress(text.replace(/^\[([0-9a-f:.]+)\]$/i, "$1"));
  // RFC 5952 form for IPv6.
  return parsed === undefined ? undefined : ipaddr.process(parsed.toString()).toString();
}

function refang(text: string): string {
  return text
    .replace(/^(?:hxxp|h\*\*p|meow)(s?)(?=:|\[:\])/i, "http$1")
    .replace(/\[:\/\/\]|\[:\]\/\//, "://")
    .replace(/\[\.\]|\(\.\)|\{\.\}|\[dot\]|\(dot\)/gi, ".");
}

function readUrl(text: string): string | undefined {
  try {
    const url = new URL(text);
    return url.hostname === "" ? undefined : url.href;
  } catch {
    return undefined;
  }
}

function readDomain(text: string): string | undefined {
  const bare = text.replace(/\.$/, "").toLowerCase();
  const name = /[^\x00-\x7f]/.test(bare) ? toAscii(bare) : bare;
  if (name === undefined || name.length > 253 || !name.includes(".")) return undefined;
  const labels = name.split(".");
  if (!labels.every((part) => label.test(part))) return undefined;
  // A last label of digits is a mistyped address (RFC 3696 §2), and none has an underscore: file names do.
  return /^[a-z][a-z0-9-]+$/.test(labels.at(-1)!) ? name : undefined;
}

/** The A-label form of an internationalised name (RFC 5891), by the URL parser of the platform. */
function toAscii(name: string): string | undefined {
  try {
    return new URL(`http://${name}`).hostname;
  } catch {
    return undefined;
  }
}
