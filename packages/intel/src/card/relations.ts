import { isSame, keyOf, type Observable } from "../observable.ts";
import type { Relation } from "../reading.ts";
import type { CardRelation } from "./card.ts";
import type { Statement } from "./card-of.ts";

/** Relations shown on a card; the reasons count all of them. */
export const maxCardRelations = 2000;

export function isOwn(target: Observable, own: readonly Observable[]): boolean {
  return own.some((one) => isSame(one, target));
}

export function cardRelation(
  { answer }: Pick<Statement, "answer">,
  { kind, target, detections, seenAt, detail }: Relation,
  own: readonly Observable[],
): CardRelation {
  return {
    kind,
    target,
    detections: detections ?? null,
    seen: seenAt ?? null,
    detail: detail ?? null,
    own: isOwn(target, own),
    provider: answer.provider,
    evidence: answer.evidence,
  };
}

/** One row for one relation to one target: the row that says most, of the source that said it. */
export function mergeRelations(rows: readonly CardRelation[]): CardRelation[] {
  const byKey = new Map<string, CardRelation>();
  for (const row of rows) {
    const key = `${row.kind} ${keyOf(row.target)}`;
    const before = byKey.get(key);
    if (before === undefined || saysMore(row, before)) byKey.set(key, row);
  }
  return [...byKey.values()].sort(relationOrder).slice(0, maxCardRelations);
}

function saysMore(row: CardRelation, before: CardRelation): boolean {
  if ((row.detections === null) !== (before.detections === null)) return before.detections === null;
  return (row.detections?.positive ?? 0) > (before.detections?.positive ?? 0);
}

/** The case's own first, then by detections. */
function relationOrder(a: CardRelation, b: CardRelation): number {
  if (a.own !== b.own) return a.own ? -1 : 1;
  const difference = (b.detections?.positive ?? -1) - (a.detections?.positive ?? -1);
  if (difference !== 0) return difference;
  return `${a.kind} ${keyOf(a.target)}` < `${b.kind} ${keyOf(b.target)}` ? -1 : 1;
}
