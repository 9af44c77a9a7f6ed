import { compareText } from "@firebreak/model/collections";
import type { Citation, EvidenceReceipt } from "@firebreak/model/picture";
import { offsetAt } from "@firebreak/parsers/time/zone";
import { type Cite, createCite } from "../findings/rows.ts";
import type { EventStore } from "../store/store.ts";
import { type AnchorKind, type AnchorPair, findAnchorEvents, maxAnchorEvents, pairUp } from "./anchors.ts";
import { findMode, type Mode, median, windowMs } from "./mode.ts";
import { assumedZonesOf } from "./redate.ts";
import { type ClockSetting, clockWords } from "./setting.ts";
import { offsetName, splitOffset } from "./split.ts";

const shownExamples = 3;
/** Fewer agreeing keys are told as a coincidence, not suggested. */
const fewestAnchors = 3;
const dayMs = 86_400_000;

/** How one source's clock stands to another's. */
export interface ClockComparison {
  /** "suggested": set it; "agree": nothing to do; "uncertain": too few anchors, or a second offset fits as well. */
  verdict: "suggested" | "agree" | "uncertain";
  source: { id: string; path: string };
  reference: { id: string; path: string };
  /** How far the source, as dated now, is ahead of the reference. */
  offsetMs: number;
  /** Of it, whole half hours: another zone; and the error of the clock itself. */
  zoneMs: number;
  errorMs: number;
  /** Distinct keys that agree within the window, of how many that stand in both sources. */
  anchors: number;
  candidates: number;
  byKind: Partial<Record<AnchorKind, number>>;
  /** Candidates that pair more than one event: a port used again, a retry. */
  ambiguous: number;
  spreadMs: number;
  runnerUp?: { offsetMs: number; anchors: number };
  /** Change of the offset a day, where the anchors show one. */
  driftMsPerDay?: number;
  /** What to set, in the words of `clock set`; absent unless suggested. */
  setting?: string;
  examples: { kind: AnchorKind; key: string; source: Citation; reference: Citation }[];
}

export interface ClockSuggestions {
  comparisons: ClockComparison[];
  notes: string[];
}

/** Compares the clocks of all sources that share moments. Reads the store as it is dated now. */
export async function suggestClocks(
  store: EventStore,
  receipts: readonly EvidenceReceipt[],
  clocks: ReadonlyMap<string, ClockSetting>,
): Promise<ClockSuggestions> {
  const { events, cut } = await findAnchorEvents(store);
  const byId = new Map(receipts.filter(({ format }) => format !== "duplicate").map((one) => [one.id, one]));
  const cite = createCite(receipts);
  const found = [...pairUp(events).values()].flatMap((pairs) => {
    const one = byId.get(pairs[0]!.first.evidence);
    const other = byId.get(pairs[0]!.second.evidence);
    const mode = findMode(pairs.map((pair) => ({ ...pair, diffMs: pair.first.ms - pair.second.ms })));
    return one && other && mode ? [{ one, other, pairs, mode }] : [];
  });
  const agreeing = countAgreeing(found);
  const comparisons = found.map(({ one, other, pairs, mode }) => {
    const swap = isBetterReference(one, other, agreeing);
    const [source, reference] = swap ? [other, one] : [one, other];
    return compare({ source, reference, pairs, mode, swap, cite, current: clocks.get(source.id) });
  });
  comparisons.sort(
    (a, b) => compareText(a.source.path, b.source.path) || compareText(a.reference.path, b.reference.path),
  );
  const notes = cut
    ? [
        `More than ${maxAnchorEvents} events of one kind share keys: of these keys an even part was compared, chosen by their hash.`,
      ]
    : [];
  return { comparisons, notes };
}

type Found = {
  one: EvidenceReceipt;
  other: EvidenceReceipt;
  mode: Mode<never> | Mode<AnchorPair & { diffMs: number }>;
};

/** With how many other sources each agrees: a clock that several share is the better reference. */
function countAgreeing(found: readonly Found[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { one, other, mode } of found) {
    const { zoneMs, errorMs } = splitOffset(mode.offsetMs, mode.spreadMs, false);
    if (zoneMs !== 0 || errorMs !== 0 || mode.anchors < fewestAnchors) continue;
    for (const { id } of [one, other]) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

/** The zone that the records state is better than any that was assumed; then the clock that more sources share. */
function isBetterReference(a: EvidenceReceipt, b: EvidenceReceipt, agreeing: Map<string, number>): boolean {
  const rank = (receipt: EvidenceReceipt) =>
    receipt.zone === "in-record" ? 0 : receipt.zone?.includes("assumed") ? 2 : 1;
  const order =
    rank(a) - rank(b) || (agreeing.get(b.id) ?? 0) - (agreeing.get(a.id) ?? 0) || compareText(a.path, b.path);
  return order < 0;
}

interface Comparing {
  source: EvidenceReceipt;
  reference: EvidenceReceipt;
  pairs: readonly AnchorPair[];
  mode: Mode<AnchorPair & { diffMs: number }>;
  /** The source is the second of each pair. */
  swap: boolean;
  cite: Cite;
  current: ClockSetting | undefined;
}

function compare({ source, reference, pairs, mode, swap, cite, current }: Comparing): ClockComparison {
  const sign = swap ? -1 : 1;
  const offsetMs = sign * mode.offsetMs + 0;
  const zones = assumedZonesOf(source);
  const { zoneMs, errorMs } = splitOffset(offsetMs, mode.spreadMs, zones.size > 0);
  const candidates = new Set(pairs.map(({ key }) => key)).size;
  const byKind: Partial<Record<AnchorKind, number>> = {};
  for (const { kind } of mode.members) byKind[kind] = (byKind[kind] ?? 0) + 1;
  const drift = driftOf(mode.members, sign);
  const certain = mode.anchors >= fewestAnchors && mode.anchors >= 2 * (mode.runnerUp?.anchors ?? 0);
  const verdict = !certain ? "uncertain" : zoneMs === 0 && errorMs === 0 ? "agree" : "suggested";
  const out: ClockComparison = {
    verdict,
    source: { id: source.id, path: source.path },
    reference: { id: reference.id, path: reference.path },
    offsetMs,
    zoneMs,
    errorMs,
    anchors: mode.anchors,
    candidates,
    byKind,
    ambiguous: new Set(pairs.filter(({ ambiguous }) => ambiguous).map(({ key }) => key)).size,
    spreadMs: mode.spreadMs,
    examples: mode.members.slice(0, shownExamples).map((pair) => ({
      kind: pair.kind,
      key: pair.key,
      source: cite(swap ? pair.second : pair.first),
      reference: cite(swap ? pair.first : pair.second),
    })),
  };
  if (mode.runnerUp)
    out.runnerUp = { offsetMs: sign * mode.runnerUp.offsetMs + 0, anchors: mode.runnerUp.anchors };
  if (drift !== undefined) out.driftMsPerDay = drift;
  if (verdict === "suggested") {
    const atMs = swap ? mode.members[0]!.second.ms : mode.members[0]!.first.ms;
    out.setting = clockWords(combine(current, [...zones.values()][0], { zoneMs, errorMs }, atMs));
  }
  return out;
}

/** What is set now with the rest that was found added. */
function combine(
  current: ClockSetting | undefined,
  readIn: string | undefined,
  { zoneMs, errorMs }: { zoneMs: number; errorMs: number },
  atMs: number,
): ClockSetting {
  const aheadMs = (current?.aheadMs ?? 0) + Math.round(errorMs / 1000) * 1000;
  if (zoneMs === 0 || readIn === undefined) return { ...current, aheadMs };
  return { zone: offsetName(offsetAt(readIn, atMs) + zoneMs), aheadMs };
}

/** A clock that runs fast or slow: the offset of the later half of the anchors differs from that of the earlier half. */
function driftOf(members: readonly (AnchorPair & { diffMs: number })[], sign: number): number | undefined {
  if (members.length < 8) return undefined;
  const byTime = [...members].sort((a, b) => a.second.ms - b.second.ms);
  const half = Math.floor(byTime.length / 2);
  const parts = [byTime.slice(0, half), byTime.slice(-half)].map((part) => ({
    ms: median(part.map(({ second }) => second.ms)),
    diffMs: median(part.map(({ diffMs }) => diffMs).sort((a, b) => a - b)),
  }));
  const days = (parts[1]!.ms - parts[0]!.ms) / dayMs;
  const change = sign * (parts[1]!.diffMs - parts[0]!.diffMs);
  // Less than a fifth of the window is what logs of whole seconds do by themselves.
  return days > 0 && Math.abs(change) >= windowMs / 5 ? Math.round(change / days) : undefined;
}
