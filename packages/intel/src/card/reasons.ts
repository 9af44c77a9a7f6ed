import type { Answer } from "../answer.ts";
import { dayOf, distinct } from "../loose.ts";
import type { Reason } from "./card.ts";
import type { Statement } from "./card-of.ts";
import { newestOfEach } from "./drift.ts";
import { dampForShared, sharedRemark } from "./shared.ts";
import { sourceOf } from "./sources.ts";

/** What the sources say of the observable itself, each with its weight; only the newest report of a source weighs. */
export function directReasons(statements: readonly Statement[], isShared: boolean): Reason[] {
  const newest = new Set(newestOfEach(statements));
  return statements.filter((one) => newest.has(one)).flatMap((one) => reasonOf(one, isShared));
}

function reasonOf({ answer, reading }: Statement, isShared: boolean): Reason[] {
  const common = { provider: answer.provider, evidence: answer.evidence, events: [] };
  const stated = reading.contentAt ?? answer.askedAt;
  const day = stated === null ? `kept ${dayOf(answer.keptAt)}` : dayOf(stated);
  switch (reading.opinion) {
    case "malicious":
    case "suspicious": {
      const isTenant = isShared && reading.isAboutTenants === true;
      const text = `${answer.title}, ${day}: ${reading.summary}.${isTenant ? sharedRemark : ""}`;
      return [{ text, weight: isTenant ? dampForShared(reading.weight) : reading.weight, ...common }];
    }
    case "no detections":
      return [
        {
          text: `${answer.title} has no detections as of ${day}${reading.weight > 0 ? ` (${reading.summary})` : ""}: it may be new, targeted, or not looked at. Not a clean bill.`,
          weight: reading.weight,
          ...common,
        },
      ];
    case "known good":
      return [
        {
          text: `${answer.title}, ${day}: ${reading.summary}. A list of known-good things annotates; it closes nothing.`,
          weight: 0,
          ...common,
        },
      ];
    default:
      return reading.weight === 0
        ? []
        : [{ text: `${answer.title}, ${day}: ${reading.summary}.`, weight: reading.weight, ...common }];
  }
}

/** Sources that were turned to and said nothing: the verdict rests on the others. */
export function silenceReasons(silent: readonly Answer[]): Reason[] {
  return silent
    .filter(({ state }) => state === "failed" || state === "not permitted" || state === "not asked")
    .map((answer) => {
      const { summary, provider, evidence } = sourceOf({ answer });
      return { text: `${answer.title} says nothing: ${summary}.`, weight: 0, provider, evidence, events: [] };
    });
}

/** Why many unrelated parties share the observable, in the words of those who say so. */
export function annotationsOf(statements: readonly Statement[]): string[] {
  return distinct(
    statements.flatMap(({ answer, reading }) =>
      reading.shared === undefined
        ? []
        : [
            `${answer.title}: ${reading.shared}. Shared by many unrelated parties: blocking it hits others, and what one of them did is not proven of another.`,
          ],
    ),
  );
}
