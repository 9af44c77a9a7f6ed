import type { EvidenceReceipt } from "@firebreak/model/picture";
import { ClockError } from "./setting.ts";

const shownSources = 20;

/** Receipts of evidence that has times: only these have a clock. */
export function clockedSources(receipts: readonly EvidenceReceipt[]): EvidenceReceipt[] {
  return receipts.filter(({ format, first }) => format !== "duplicate" && first !== null);
}

/**
 * The sources that a name means: an evidence id, a path as the receipts show it, the end of one ("firewall.log"), or a
 * pattern with `*` ("fw/*.log"). An end that fits several sources is refused; a pattern may mean many.
 */
export function findSources(receipts: readonly EvidenceReceipt[], name: string): EvidenceReceipt[] {
  const sources = clockedSources(receipts);
  const exact = sources.filter(({ id, path }) => path === name || id === name);
  if (exact.length > 0) return exact;
  if (name.includes("*")) {
    const found = sources.filter(({ path }) => fitsPattern(path, name) || fitsPattern(path, `*/${name}`));
    if (found.length > 0) return found;
    throw unknownSource(sources, name);
  }
  const ends = sources.filter(({ path }) => path.endsWith(`/${name}`) || path.endsWith(`\\${name}`));
  if (ends.length === 1) return ends;
  if (ends.length === 0) throw unknownSource(sources, name);
  throw new ClockError(
    `${JSON.stringify(name)} fits ${ends.length} sources: ${listed(ends)}. Give the whole path, or a pattern such as ${JSON.stringify(`*/${name}`)} for all of them.`,
  );
}

function unknownSource(sources: readonly EvidenceReceipt[], name: string): ClockError {
  const known = sources.length === 0 ? "this case has no source with times" : `they are ${listed(sources)}`;
  return new ClockError(`${JSON.stringify(name)} is no source of this case; ${known}.`);
}

function listed(sources: readonly EvidenceReceipt[]): string {
  const shown = sources.slice(0, shownSources).map(({ path }) => path);
  return `${shown.join(", ")}${sources.length > shown.length ? `, and ${sources.length - shown.length} more` : ""}`;
}

/** `*` stands for any run of characters; each literal part is looked for from the left, in linear time. */
function fitsPattern(path: string, pattern: string): boolean {
  const parts = pattern.split("*");
  const first = parts[0]!;
  const last = parts.at(-1)!;
  if (!path.startsWith(first) || !path.endsWith(last) || path.length < first.length + last.length)
    return false;
  let at = first.length;
  const end = path.length - last.length;
  for (const part of parts.slice(1, -1)) {
    const found = path.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}
