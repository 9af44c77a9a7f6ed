import type { Card } from "@firebreak/intel/card/card";
import { cardOf } from "@firebreak/intel/card/card-of";
import { type Observable, readTyped } from "@firebreak/intel/observable";
import { readLedger } from "@firebreak/ledger";
import type { Ground } from "@firebreak/model/triage";
import type { Alert } from "../alerts/alert.ts";
import { readAnswers } from "../intel/records.ts";
import type { IntelCard, IntelFacts, IntelRelation } from "./outside.ts";

const shownReasons = 6;

/**
 * What the case keeps of threat intelligence, as grounds for and against. The logs are not asked again: triage tells what
 * they hold itself, so that capability and observation stay apart.
 *
 * @param asOf UTC: answers after it are left out
 */
export function intelOf(dir: string, alert: Alert, asOf: string): IntelFacts {
  const answers = readAnswers(dir, readLedger(dir).entries);
  const own = alert.observables.flatMap(({ type, value }) =>
    type === "hash" ? (readTyped("hash", value) ?? []) : [],
  );
  const known = new Map<string, IntelCard | undefined>();
  return {
    cardOf(type, value) {
      const key = `${type} ${value}`;
      if (!known.has(key)) {
        const observable = readTyped(type, value);
        const card =
          observable && answers.length > 0
            ? cardOf(observable, answers, undefined, { asOf, own })
            : undefined;
        known.set(
          key,
          card === undefined || card.verdict === "not asked" ? undefined : toFacts(card, observable!),
        );
      }
      return known.get(key);
    },
  };
}

function toFacts(card: Card, observable: Observable): IntelCard {
  const dates = new Map(
    card.sources.map(({ provider, title, asked, kept }) => [
      provider,
      `${title}, ${asked ? "asked" : "kept"} ${(asked ?? kept ?? card.asOf).slice(0, 10)}`,
    ]),
  );
  const sourceOf = (provider: string | null) =>
    dates.get(provider ?? "") ?? `${provider ?? "kept intelligence"}, kept answer`;
  const about = `${observable.type} ${observable.value}`;
  const reputation = card.reasons
    .slice(0, shownReasons)
    .map(({ text, provider }) => ground("reputation", `${about}: ${text}`, sourceOf(provider)));
  // What a source found nothing about is said too, with its date: zero detections weigh nothing and clear nothing.
  const silent = card.sources
    .filter(({ opinion }) => reputation.length === 0 || opinion === "no detections")
    .map(({ title, summary, provider }) =>
      ground("reputation", `${about}: ${title}: ${summary}`, sourceOf(provider)),
    );
  const capability = card.capability
    .slice(0, shownReasons)
    .map(({ text, provider }) => ground("capability", text, sourceOf(provider)));
  return {
    verdict: card.verdict,
    confidence: card.confidence,
    grounds: [...reputation, ...silent, ...capability],
    relations: card.relations.flatMap(({ kind, target, provider }) =>
      relation(kind, target, sourceOf(provider)),
    ),
  };
}

function ground(kind: "reputation" | "capability", text: string, source: string): Ground {
  return { kind, text, events: [], eventsOmitted: 0, source };
}

/** Only where a sample goes leads on: a file that holds an address in its bytes need not use it. */
const leading: Partial<Record<string, string>> = {
  contacted: "contacted in a sandbox",
  "ids-alert": "an intrusion-detection rule fired on its traffic in a sandbox",
  communicating: "a file that communicates with it",
};

function relation(kind: string, target: Observable, source: string): IntelRelation[] {
  const words = leading[kind];
  const { type, value } = target;
  return words === undefined || type === "vulnerability" ? [] : [{ type, value, relation: words, source }];
}
