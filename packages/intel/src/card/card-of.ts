import { type Answer, dateOf, readingsAbout, speaksOf } from "../answer.ts";
import { distinct } from "../loose.ts";
import type { Observable } from "../observable.ts";
import type { Reading, Technique } from "../reading.ts";
import { type Card, type CardSettings, cardSchema, type Sightings } from "./card.ts";
import { verdictOf } from "./combine.ts";
import { driftNotes } from "./drift.ts";
import { hostReasons } from "./hosts.ts";
import { mentionsOf } from "./mentions.ts";
import { annotationsOf, directReasons, silenceReasons } from "./reasons.ts";
import { relationReasons } from "./relation-reasons.ts";
import { cardRelation, mergeRelations } from "./relations.ts";
import { sightingReason } from "./sightings.ts";
import { sourceOf, sourcesOrder } from "./sources.ts";
import { unaskedSources } from "./unasked.ts";

/** A statement about the observable with the answer it stands in. */
export interface Statement {
  readonly answer: Answer;
  readonly reading: Reading;
  readonly date: string;
}

/**
 * The verdict card of one observable. Pure: the same answers, sightings and settings give the same card.
 *
 * `answers` are all kept answers of the case, not only those about the observable: a sandbox report on a file speaks
 * about the addresses it contacts. `sightings` come from the case's logs; undefined when there are none to ask.
 *
 * @example cardOf({ type: "address", value: "198.51.100.7" }, answers, sightings, { asOf: "2026-11-28T00:00:00Z" })
 */
export function cardOf(
  observable: Observable,
  answers: readonly Answer[],
  sightings: Sightings | undefined,
  settings: CardSettings,
): Card {
  const until = Date.parse(settings.asOf);
  const known = answers.flatMap((answer) => upTo(answer, until));
  const statements = statementsAbout(observable, known, until);
  const silent = known.filter(
    (answer) =>
      answer.about !== null &&
      answer.about.type === observable.type &&
      answer.about.value === observable.value &&
      answer.readings.length === 0,
  );
  const mentions = mentionsOf(observable, known);
  const own = withAliases(settings.own ?? [], known);
  const relations = mergeRelations([
    ...statements.flatMap((one) => one.reading.relations.map((relation) => cardRelation(one, relation, own))),
    ...mentions.relations(own),
  ]);
  const shared = annotationsOf(statements);
  const reasons = [
    ...directReasons(statements, shared.length > 0),
    ...relationReasons(observable, relations, shared.length > 0),
    ...mentions.reasons(own),
    ...hostReasons(observable, known, shared.length > 0),
    ...sightingReason(sightings),
    ...silenceReasons(silent),
  ].sort((a, b) => b.weight - a.weight);
  const standing = standingOf(statements, silent);
  const told = [...statements.map(sourceOf), ...silent.map((answer) => sourceOf({ answer }))];
  return {
    schema: cardSchema,
    observable,
    ...verdictOf(reasons, standing),
    asOf: settings.asOf,
    sources: [...told, ...unaskedSources(observable, known, told)].sort(sourcesOrder),
    relations,
    sightings: sightings ?? null,
    capability: [...capabilityOf(statements), ...mentions.capability],
    techniques: techniquesOf(statements),
    labels: distinct(statements.flatMap(({ reading }) => reading.labels)).slice(0, 50),
    reasons,
    notes: distinct([
      ...shared,
      ...driftNotes(statements, settings.asOf),
      ...statements.flatMap(({ reading }) => reading.notes),
      ...unreadable(known),
      ...(settings.facts ?? []),
    ]),
  };
}

/** Kept documents that cannot be read any more, and of which nobody knows what they spoke about. */
function unreadable(answers: readonly Answer[]): string[] {
  return answers
    .filter(({ state, about }) => state === "failed" && about === null)
    .map(
      ({ title, evidence, detail }) =>
        `A kept document of ${title} (${evidence?.slice(0, 12) ?? "no bytes"}…) is not on this card: ${detail}.`,
    );
}

/** The case may know its file by MD5 only, and a relation name it by SHA-256: answers that give both join them. */
function withAliases(own: readonly Observable[], answers: readonly Answer[]): Observable[] {
  const readings = answers.flatMap((answer) => answer.readings);
  const more = own.flatMap((one) =>
    readings.filter((reading) => speaksOf(reading, one)).flatMap(({ about, aliases }) => [about, ...aliases]),
  );
  return [...own, ...more];
}

/**
 * An answer without what is later than the card's date. A saved answer that says neither when it was asked nor what
 * date its content has is never left out: nothing shows it to be later.
 */
function upTo(answer: Answer, until: number): Answer[] {
  const asked = answer.askedAt ?? (answer.state === "not asked" ? answer.keptAt : undefined);
  if (asked !== undefined) return Date.parse(asked) <= until ? [answer] : [];
  const readings = answer.readings.filter((one) => isUpTo(one, until));
  return readings.length < answer.readings.length && readings.length === 0 ? [] : [{ ...answer, readings }];
}

function isUpTo({ contentAt }: Reading, until: number): boolean {
  return contentAt === undefined || Date.parse(contentAt) <= until;
}

function statementsAbout(observable: Observable, answers: readonly Answer[], until: number): Statement[] {
  return answers.flatMap((answer) =>
    readingsAbout(answer, observable)
      .filter((reading) => answer.askedAt !== null || isUpTo(reading, until))
      .map((reading) => ({ answer, reading, date: dateOf(answer, reading) })),
  );
}

/** Who said something on the observable itself. Lists that ship with the tool were not asked anything. */
function standingOf(statements: readonly Statement[], silent: readonly Answer[]) {
  const judging = new Set<string>();
  const unknowing = new Set<string>();
  for (const { answer, reading } of statements) {
    const isList = answer.provider === "warning-lists";
    const hasOpinion = reading.opinion !== "unknown" && reading.opinion !== "context";
    if (hasOpinion && !isList) judging.add(answer.provider);
    else if (!isList) unknowing.add(answer.provider);
  }
  for (const answer of silent) if (answer.state === "unknown") unknowing.add(answer.provider);
  return { judging: judging.size, unknowing: unknowing.size };
}

/** What the observable itself did in a sandbox. */
function capabilityOf(statements: readonly Statement[]) {
  return statements
    .filter(({ reading }) => reading.isCapability)
    .map(({ answer, reading }) => {
      const met = distinct(
        reading.relations.filter(({ kind }) => kind === "contacted").map(({ target }) => target.value),
      );
      const contacts =
        met.length === 0
          ? ""
          : `: contacted ${met.slice(0, 5).join(", ")}${met.length > 5 ? ` and ${met.length - 5} more` : ""}`;
      return {
        text: `In a sandbox (${answer.title}, ${reading.contentAt?.slice(0, 10) ?? "undated"})${contacts || `: ${reading.summary}`}. What a sample can do, not what happened here.`,
        provider: answer.provider,
        evidence: answer.evidence,
      };
    });
}

function techniquesOf(statements: readonly Statement[]): Technique[] {
  const byId = new Map<string, Technique>();
  for (const { reading } of statements)
    for (const technique of reading.techniques)
      if (!byId.has(technique.id)) byId.set(technique.id, technique);
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
