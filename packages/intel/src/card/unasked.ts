import type { Answer } from "../answer.ts";
import type { Observable } from "../observable.ts";
import { providers } from "../providers/all.ts";
import type { CardSource } from "./card.ts";

/** Sources that could say something and were never asked: a card must not look complete when it is not. */
export function unaskedSources(
  observable: Observable,
  answers: readonly Answer[],
  told: readonly CardSource[],
): CardSource[] {
  const known = new Set([
    ...told.map(({ provider }) => provider),
    ...answers.filter(({ feed }) => feed).map(({ provider }) => provider),
  ]);
  return providers
    .filter(({ id, types, kind }) => kind !== "document" && types.includes(observable.type) && !known.has(id))
    .map(({ id, title }) => ({
      provider: id,
      title,
      part: "report",
      state: "not asked" as const,
      opinion: null,
      asked: null,
      kept: null,
      summary: "not asked: off unless named with --provider",
      detections: null,
      firstSeen: null,
      lastSeen: null,
      link: null,
      evidence: null,
      retryAfter: null,
      tlp: null,
    }));
}
