import { compareText } from "@firebreak/model/collections";
import { slice } from "../bytes.ts";
import type { Part } from "../part.ts";
import type { Observable } from "../result.ts";
import { lineCounter } from "../script/match.ts";
import { defang } from "./defang.ts";
import { findObservables, hostOf } from "./find.ts";
import { noiseOf } from "./noise.ts";
import { stringsOf } from "./strings.ts";

/** Bytes of a part that are searched for values. */
const searchedBytesMax = 16 * 2 ** 20;
const perPartMax = 2000;
const ipv4 = /^(?:\d{1,3}\.){3}\d{1,3}$/;

/** Adds the values in a text to the part, with their lines. */
export function observeText(part: Part, text: string): void {
  part.run.budget.check();
  const lines = lineCounter(text);
  for (const { type, value, at } of findObservables(text.slice(0, searchedBytesMax))) {
    if (isFull(part)) return;
    part.observe(type, value, { line: lines(at) });
    if (type === "url") observeHost(part, value, { line: lines(at) });
  }
}

/** Adds the values in the readable strings of bytes to the part, with their offsets. */
export function observeStrings(part: Part, bytes: Uint8Array): void {
  if (bytes.length > searchedBytesMax)
    part.note("strings-cut", `only the first ${searchedBytesMax} bytes are searched for strings`, false);
  for (const { text, offset } of stringsOf(slice(bytes, 0, searchedBytesMax))) {
    part.run.budget.check();
    for (const { type, value, at } of findObservables(text)) {
      if (isFull(part)) return;
      part.observe(type, value, { offset: offset + at });
      if (type === "url") observeHost(part, value, { offset: offset + at });
    }
  }
}

/** A link that the format itself names. */
export function observeUrl(part: Part, url: string, at: { line?: number; offset?: number } = {}): void {
  const values = findObservables(url);
  for (const { type, value } of values) part.observe(type, value, at);
  if (values[0]?.type === "url") observeHost(part, values[0].value, at);
}

function observeHost(part: Part, url: string, at: { line?: number; offset?: number }): void {
  const host = hostOf(url);
  if (ipv4.test(host)) part.observe("ipv4", host, at);
  else if (host.includes(":")) part.observe("ipv6", host, at);
  else if (host.includes(".")) part.observe("domain", host, at);
}

function isFull(part: Part): boolean {
  if (part.observables.size < perPartMax) return false;
  part.note("observables-cut", `more than ${perPartMax} values; the rest is left out`, false);
  return true;
}

const typeOrder = "url domain ipv4 ipv6 email sha256 sha1 md5 windows-path unix-path registry-key".split(" ");

/** All values of a file, sorted by type and then by value. */
export function listObservables(part: Part): Observable[] {
  const rank = (type: string) => (typeOrder.indexOf(type) + typeOrder.length) % (typeOrder.length + 1);
  return [...part.observables.values()]
    .map(({ type, value, where, count }) => {
      const host =
        type === "url" ? hostOf(value) : type === "email" ? value.slice(value.indexOf("@") + 1) : value;
      const knownNoise = type === "url" || type === "domain" || type === "email" ? noiseOf(host) : undefined;
      return {
        type,
        value,
        defanged: defang(type, value),
        where,
        count,
        ...(knownNoise !== undefined && { knownNoise }),
      };
    })
    .sort((a, b) => rank(a.type) - rank(b.type) || compareText(a.value, b.value));
}
