import type { Condition } from "../condition/tree.ts";
import { recordedPlaces, type SigmaEvent } from "../event.ts";
import type { SlotOf } from "./compile.ts";
import { cheapest, eachLiteral, type Guard, type GuardLiteral, guardsOf } from "./guard.ts";
import type { CharRun } from "./regex-literals.ts";
import type { Slot } from "./slot.ts";
import { vetoesOf } from "./veto.ts";

export interface Placed {
  /** Rules that have no guard and are tried on every event. */
  readonly always: readonly number[];
  /** Fields whose texts make the others candidates; their scanners hold marks. */
  readonly guarded: readonly Slot[];
  /** What may tell of a rule without guard that it is false, beside the marks that are vetoes. */
  readonly checks: readonly Check[];
}

/** A rule is false when the text of a field is not that of another, lacks a run of characters, or is an address in a network. */
export type Check = { readonly rule: number; readonly slot: Slot } & (
  | { readonly other: Slot }
  | { readonly run: CharRun }
  | { readonly networks: Int32Array }
);

/**
 * A mark is a rule's number and which of its guards was seen: bit 0 the rarest, bit 1 a second one. A rule with one guard
 * has both bits in its marks. The rule is a candidate when both bits were seen. Bit 2 is a veto: the rule is false.
 */
export const allSeen = 3;
const firstSeen = 1;
const secondSeen = 2;
export const vetoed = 4;
/** Bits of a mark below the rule's number. */
export const markBits = 3;

export function ruleOf(mark: number): number {
  return mark >>> markBits;
}

/** A guard rarer than this seldom lets a rule through that is not true: a second one would only cost. */
const rareEnough = 0.25;
const secondTextsMax = 64;

/** What a guard costs more when its field is not at hand in the event: it is taken when there is no other. */
const notAtHand = 1000;

/** In how many of a hundred events a literal was seen, where that is known. */
export type Observed = (slot: Slot, literal: GuardLiteral) => number | undefined;

interface Choice {
  readonly first: Guard | undefined;
  readonly second: Guard | undefined;
}

/**
 * Chooses guards for rules and puts them into the scanners of the fields that they are about. The first event of a source
 * tells which fields its events have at hand.
 */
export class Placing {
  private readonly conditions: readonly Condition[];
  private readonly slotsOf: readonly SlotOf[];
  private readonly uses = new Map<string, number>();
  private readonly sample: SigmaEvent;
  private readonly dear = new Map<Slot, boolean>();
  private readonly choices: Choice[];
  /** Rules that were tried in vain: what tells that they are false is worth looking for. */
  private readonly suspects = new Set<number>();

  constructor(conditions: readonly Condition[], slotsOf: readonly SlotOf[], sample: SigmaEvent) {
    this.conditions = conditions;
    this.slotsOf = slotsOf;
    this.sample = sample;
    const count = ({ text }: GuardLiteral) => this.uses.set(text, (this.uses.get(text) ?? 0) + 1);
    for (const condition of conditions) eachLiteral(condition, count);
    this.choices = conditions.map((_, rule) => this.choose(rule));
  }

  /** Chooses again for some rules. Place them then. */
  chooseAgain(rules: readonly number[], observed: Observed): void {
    for (const rule of rules) {
      this.choices[rule] = this.choose(rule, observed);
      this.suspects.add(rule);
    }
  }

  /** Fills empty scanners. */
  place(): Placed {
    const guarded = new Set<Slot>();
    const always: number[] = [];
    this.choices.forEach(({ first }, rule) => {
      if (first === undefined) always.push(rule);
      else for (const { field } of first) guarded.add(this.slotsOf[rule]!(field));
    });
    this.choices.forEach(({ first, second }, rule) => {
      if (first === undefined) return;
      // Only fields that are read anyway.
      const isCheap = second?.every(({ field }) => guarded.has(this.slotsOf[rule]!(field))) ?? false;
      this.put(first, rule, isCheap ? firstSeen : allSeen);
      if (isCheap) this.put(second!, rule, secondSeen);
    });
    const vetoable = [...new Set([...always, ...this.suspects])];
    const checks = vetoable.flatMap((rule) => this.putVetoes(rule, guarded));
    return { always, guarded: [...guarded], checks };
  }

  /** Vetoes: literals in fields that are searched anyway, and what is quick to check. */
  private putVetoes(rule: number, guarded: ReadonlySet<Slot>): Check[] {
    const slotOf = this.slotsOf[rule]!;
    const { literals, networks, runs, pairs } = vetoesOf(this.conditions[rule]!);
    this.put(
      literals.filter(({ field }) => guarded.has(slotOf(field))),
      rule,
      vetoed,
    );
    return [
      ...networks.map((check) => ({ rule, slot: slotOf(check.field), networks: check.networks })),
      ...runs.map(({ field, run }) => ({ rule, slot: slotOf(field), run })),
      ...pairs.map(({ field, other }) => ({ rule, slot: slotOf(field), other: slotOf(other) })),
    ];
  }

  /** Is the field one that only a conversion of the event tells? */
  isDear(slot: Slot): boolean {
    let known = this.dear.get(slot);
    if (known === undefined) {
      known = slot.keys !== undefined && this.sample.recorded?.placeOf(slot.keys) === recordedPlaces.unknown;
      this.dear.set(slot, known);
    }
    return known;
  }

  private put(guard: Guard, rule: number, seen: number): void {
    for (const { field, text, place } of guard) {
      this.slotsOf[rule]!(field).scanner.add(text, place, (rule << markBits) | seen);
    }
  }

  private choose(rule: number, observed?: Observed): Choice {
    const slotOf = this.slotsOf[rule]!;
    const cost = (guard: Guard): number => {
      let sum = 0;
      for (const literal of guard) {
        const slot = slotOf(literal.field);
        const guess = this.costOf(literal);
        const seen = observed?.(slot, literal);
        sum += seen === undefined ? guess : seen + guess / 100;
        if (this.isDear(slot)) sum += notAtHand;
      }
      return sum;
    };
    const guards = guardsOf(this.conditions[rule]!, cost);
    const first = cheapest(guards, cost);
    if (first === undefined || cost(first) < rareEnough) return { first, second: undefined };
    const others = guards.filter((guard) => guard !== first && guard.length <= secondTextsMax);
    return { first, second: cheapest(others, cost) };
  }

  /**
   * How often other rules ask for a text tells how common it is in events; long texts are rarer than short ones. A text that
   * is in almost every value costs more than it saves.
   */
  private costOf({ text, place }: GuardLiteral): number {
    const uses = this.uses.get(text) ?? 0;
    if (place === "whole") return uses / 16;
    return isCommon(text) ? Number.POSITIVE_INFINITY : (uses + 1) / Math.min(text.length + 1, 16);
  }
}

/** One plain character that texts have, or two of which one is a letter, a digit or a space. */
function isCommon(text: string): boolean {
  return (
    text.length < 3 &&
    !/^[`^|~]$/.test(text) &&
    /^(?:[\0-\x7f]|[a-z0-9 ][\0-\x7f]|[\0-\x7f][a-z0-9 ])$/.test(text)
  );
}
