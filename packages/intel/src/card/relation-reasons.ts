import { countOf } from "@firebreak/model/collections";
import type { Observable } from "../observable.ts";
import { type RelationKind, weighDetections } from "../reading.ts";
import type { CardRelation, Reason } from "./card.ts";
import { dampForShared, sharedRemark } from "./shared.ts";

/** How much many detected relations of a kind can weigh, and how it is said. */
const kinds: Partial<Record<RelationKind, { most: number; say: (count: string) => string }>> = {
  communicating: { most: 50, say: (count) => `${count} seen talking to it` },
  downloaded: { most: 50, say: (count) => `${count} downloaded from it` },
  referrer: { most: 20, say: (count) => `${count} that hold it in their bytes` },
  "hosted-url": { most: 40, say: (count) => `${count} on it` },
  contacted: { most: 30, say: (count) => `${count} that it contacts in a sandbox` },
  dropped: { most: 50, say: (count) => `${count} that it drops in a sandbox` },
  "execution-parent": { most: 30, say: (count) => `${count} that run or unpack it` },
  bundled: { most: 40, say: (count) => `${count} inside it` },
};

/** Share of `most` that so many detected targets reach. */
function share(count: number): number {
  if (count >= 10) return 1;
  if (count >= 5) return 0.8;
  if (count >= 2) return 0.6;
  return 0.4;
}

/** What the company an observable keeps says about it. A clean address with many detected files is not clean. */
export function relationReasons(
  observable: Observable,
  relations: readonly CardRelation[],
  isShared: boolean,
): Reason[] {
  const reasons: Reason[] = [];
  for (const [kind, { most, say }] of Object.entries(kinds)) {
    const detected = relations.filter((row) => row.kind === kind && isDetected(row));
    const others = detected.filter(({ own }) => !own);
    if (others.length > 0) reasons.push(groupReason(others, most, say, isShared));
  }
  if (observable.type !== "hash") reasons.push(...ownReasons(relations));
  return reasons;
}

function isDetected({ detections }: CardRelation): boolean {
  return detections !== null && weighDetections(detections).weight >= 30;
}

function nounOf(target: Observable): [string, string] {
  if (target.type === "hash") return ["detected file", "detected files"];
  if (target.type === "url") return ["detected URL", "detected URLs"];
  if (target.type === "address") return ["detected address", "detected addresses"];
  return ["detected name", "detected names"];
}

function groupReason(
  rows: readonly CardRelation[],
  most: number,
  say: (count: string) => string,
  isShared: boolean,
): Reason {
  const first = rows[0]!;
  const best = first.detections!;
  const full = Math.round(most * share(rows.length));
  const damped = isShared ? sharedRemark : "";
  return {
    text: `${say(countOf(rows.length, ...nounOf(first.target)))}, up to ${best.positive} of ${best.total} engines (${first.target.value.slice(0, 64)}).${damped}`,
    weight: isShared ? dampForShared(full) : full,
    provider: first.provider,
    evidence: first.evidence,
    events: [],
  };
}

/** The case's own file among those that talk to it: the strongest relation there is, shared host or not. */
function ownReasons(relations: readonly CardRelation[]): Reason[] {
  const rows = relations.filter(
    ({ own, kind, target }) =>
      own && target.type === "hash" && ["communicating", "referrer", "downloaded"].includes(kind),
  );
  const row = rows[0];
  if (row === undefined) return [];
  const found = row.detections;
  const detected = found !== null && isDetected(row);
  const said =
    found === null ? "no count of detections is given" : `${found.positive} of ${found.total} engines`;
  return [
    {
      text: `This case's own file ${row.target.value} is among the ${row.kind === "communicating" ? "files seen talking to it" : `${row.kind} files`} (${said}).`,
      weight: detected ? 45 : 20,
      provider: row.provider,
      evidence: row.evidence,
      events: [],
    },
  ];
}
