import { compareText } from "@firebreak/model/collections";
import type { Aspect, FileReport, Note, PartReport, Reason, Verdict } from "./result.ts";

/** A sign of this weight makes a file suspicious by itself, */
const suspiciousAlone = 30;
/** and lighter signs of acts do together from this sum. */
const suspiciousFrom = 40;
const actWeightMin = 10;
/** Sum from which it is malicious, if the reasons also show several aspects of an attack. */
const maliciousFrom = 130;
const decisive = 100;
const aspectsMin = 4;

/** Aspects that stand for an act of an attacker rather than for how a file is built. */
const acts = new Set<Aspect>([
  "trigger",
  "execution",
  "network",
  "obfuscation",
  "persistence",
  "evasion",
  "exploit",
  "lure",
]);

export function reasonsOf(part: PartReport): Reason[] {
  return [...part.reasons, ...part.parts.flatMap(reasonsOf)];
}

export function notesOf(part: PartReport): Note[] {
  return [...part.notes, ...part.parts.flatMap(notesOf)];
}

/**
 * Each kind of sign counts once, however often it is found: a large document is not worse than a small one. Signs that stand
 * alone never make a file malicious unless they are decisive; a file that could not be examined is unknown, not clean.
 */
export function judge(
  reasons: readonly Reason[],
  notes: readonly Note[],
): Pick<FileReport, "verdict" | "score" | "summary"> {
  const heaviest = new Map<string, Reason>();
  for (const reason of reasons) {
    const known = heaviest.get(reason.what);
    if (known === undefined || known.weight < reason.weight) heaviest.set(reason.what, reason);
  }
  const kinds = [...heaviest.values()].sort((a, b) => b.weight - a.weight || compareText(a.what, b.what));
  const score = kinds.reduce((sum, { weight }) => sum + weight, 0);
  const deeds = kinds.filter(({ weight, aspect }) => weight >= actWeightMin && acts.has(aspect));
  const aspects = new Set(deeds.map(({ aspect }) => aspect));
  const deedScore = deeds.reduce((sum, { weight }) => sum + weight, 0);
  const isDecisive = kinds.some(({ weight }) => weight >= decisive);
  const open = notes.filter(({ leavesOpen }) => leavesOpen);
  const verdict: Verdict =
    isDecisive || (score >= maliciousFrom && aspects.size >= aspectsMin)
      ? "malicious"
      : kinds.some(({ weight }) => weight >= suspiciousAlone) || deedScore >= suspiciousFrom
        ? "suspicious"
        : open.length > 0
          ? "unknown"
          : "no sign found";
  return { verdict, score, summary: summaryOf(verdict, kinds, open) };
}

function summaryOf(verdict: Verdict, kinds: readonly Reason[], open: readonly Note[]): string {
  const main = kinds
    .filter(({ weight }) => weight >= 10)
    .slice(0, 3)
    .map(({ words }) => sentence(words))
    .join(" ");
  const left = open.length === 0 ? "" : ` Not examined: ${sentence(open[0]!.words)}`;
  switch (verdict) {
    case "malicious":
      return `Several signs together show an attack. ${main}${left}`;
    case "suspicious":
      return `It holds something that can act; whether that is wanted needs a look. ${main}${left}`;
    case "unknown":
      return `It could not be examined as a whole, so nothing is said of it.${left}`;
    case "no sign found":
      return "Nothing that acts was found in what was examined. That is not proof that the file is harmless.";
  }
}

function sentence(words: string): string {
  const cut = words.length > 200 ? `${words.slice(0, 200)}…` : words;
  return /[.!?…]$/.test(cut) ? cut : `${cut}.`;
}
