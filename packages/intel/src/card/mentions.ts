import type { Answer } from "../answer.ts";
import { isSame, type Observable } from "../observable.ts";
import type { Reading, Relation, RelationKind } from "../reading.ts";
import type { CardCapability, CardRelation, Reason } from "./card.ts";
import { cardRelation, isOwn } from "./relations.ts";

/** An answer about another observable that names this one among its relations. */
interface Mention {
  readonly answer: Answer;
  readonly reading: Reading;
  readonly relation: Relation;
}

/** What a relation is called when it is read from its other end. */
const inverse: Partial<Record<RelationKind, RelationKind>> = {
  contacted: "communicating",
  communicating: "contacted",
  dropped: "execution-parent",
  "execution-parent": "dropped",
  "hosted-url": "related",
  resolution: "resolution",
  downloaded: "related",
  "ids-alert": "ids-alert",
};

export interface Mentions {
  readonly capability: readonly CardCapability[];
  relations(own: readonly Observable[]): CardRelation[];
  reasons(own: readonly Observable[]): Reason[];
}

/** Statements about other observables that name this one: the sandbox run of a file that contacted this address. */
export function mentionsOf(observable: Observable, answers: readonly Answer[]): Mentions {
  const found: Mention[] = answers.flatMap((answer) =>
    answer.readings.flatMap((reading) =>
      reading.relations
        .filter(({ target }) => isSame(target, observable))
        .map((relation) => ({ answer, reading, relation })),
    ),
  );
  return {
    capability: dedupe(found.filter(({ relation }) => relation.kind === "contacted").map(capability)),
    relations: (own) => found.flatMap((mention) => inverted(mention, own)),
    reasons: (own) => dedupeReasons(found.flatMap((mention) => reasonOf(mention, own))),
  };
}

function capability({ answer, reading, relation }: Mention): CardCapability {
  const day = (reading.contentAt ?? answer.askedAt)?.slice(0, 10) ?? "undated";
  return {
    text: `In a sandbox (${answer.title}, ${day}) the file ${reading.about.value} contacted it${relation.detail === undefined ? "" : ` (${relation.detail})`}. What a sample can do, not what happened here.`,
    provider: answer.provider,
    evidence: answer.evidence,
  };
}

function inverted({ answer, reading, relation }: Mention, own: readonly Observable[]): CardRelation[] {
  const kind = inverse[relation.kind];
  if (kind === undefined) return [];
  const row = cardRelation({ answer }, { ...relation, kind, target: reading.about }, [
    ...own,
    ...(reading.aliases.some((alias) => isOwn(alias, own)) ? [reading.about] : []),
  ]);
  return [{ ...row, detections: reading.about.type === "hash" ? (reading.detections ?? null) : null }];
}

/** A sandbox or an IDS rule ties the observable to a file that is itself judged malicious. */
function reasonOf({ answer, reading, relation }: Mention, own: readonly Observable[]): Reason[] {
  const isOurs = [reading.about, ...reading.aliases].some((one) => isOwn(one, own));
  const about = `${isOurs ? "this case's own file" : "the file"} ${reading.about.value}`;
  const common = { provider: answer.provider, evidence: answer.evidence, events: [] };
  if (relation.kind === "ids-alert")
    return [
      {
        text: `An intrusion-detection rule fired on the traffic of ${about} with it: ${relation.detail ?? "no name given"}.`,
        weight: isOurs ? 30 : 20,
        ...common,
      },
    ];
  if (relation.kind !== "contacted" || reading.about.type !== "hash") return [];
  // Samples also contact update servers and resolvers: contact alone is weak, and weaker for an undetected sample.
  const weight = reading.opinion === "malicious" ? (isOurs ? 30 : 15) : isOurs ? 10 : 0;
  return [
    {
      text: `In a sandbox ${about} (${reading.opinion}) contacted it. That is capability; the logs say whether it happened here.`,
      weight,
      ...common,
    },
  ];
}

function dedupe(rows: readonly CardCapability[]): CardCapability[] {
  return [...new Map(rows.map((row) => [row.text, row])).values()];
}

/** One reason for one tie: ten reports on the same file contacting the same address are one. */
function dedupeReasons(reasons: readonly Reason[]): Reason[] {
  const byText = new Map<string, Reason>();
  for (const one of reasons) {
    const before = byText.get(one.text);
    if (before === undefined || one.weight > before.weight) byText.set(one.text, one);
  }
  return [...byText.values()];
}
