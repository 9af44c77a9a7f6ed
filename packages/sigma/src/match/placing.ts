import type { Condition } from "../condition/tree.ts";
import type { SigmaEvent } from "../event.ts";
import type { SlotOf } from "./compile.ts";
import { type Guard, guardsOf } from "./guard.ts";
import type { Slot } from "./slot.ts";

export interface Placed {
  /** Rules that have no guard and are tried on every event. */
  readonly always: number[];
  /** Fields whose texts make the others candidates; their scanners hold marks. */
  readonly guarded: readonly Slot[];
}

/**
 * A mark is a rule's number and which of its guards was seen: bit 0 the rarest, bit 1 a second one. A rule with one guard
 * has both bits in its marks. The rule is a candidate when both bits were seen.
 */
export const allSeen = 3;
const firstSeen = 1;
const secondSeen = 2;

export function ruleOf(mark: number): number {
  return mark >>> 2;
}

/** A guard rarer than this seldom lets a rule through that is not true: a second one would only cost. */
const rareEnough = 0.25;
const secondTextsMax = 64;

/** What a guard costs more when its field is not at hand in the event: it is taken when there is no other. */
const notAtHand = 1000;

/**
 * Puts the guards of each condition into the scanners of the fields that they are about. The first event of a source tells
 * which fields its events have at hand.
 */
export function placeGuards(
  conditions: readonly Condition[],
  slotsOf: (rule: number) => SlotOf,
  sample: SigmaEvent,
): Placed {
  const guards = conditions.map(guardsOf);
  const uses = new Map<string, number>();
  for (const own of guards) {
    for (const guard of own) for (const { text } of guard) uses.set(text, (uses.get(text) ?? 0) + 1);
  }
  const dear = new Map<Slot, boolean>();
  const isDear = (slot: Slot): boolean => {
    let known = dear.get(slot);
    if (known === undefined) {
      known = slot.keys !== undefined && sample.recorded?.find(slot.keys) === "unknown";
      dear.set(slot, known);
    }
    return known;
  };
  const costs = (rule: number) => (guard: Guard) =>
    costOf(guard, uses) + (guard.some(({ field }) => isDear(slotsOf(rule)(field))) ? notAtHand : 0);
  const guarded = new Set<Slot>();
  const always: number[] = [];
  const firsts = guards.map((own, rule) => {
    const first = rarest(own, costs(rule));
    if (first === undefined) always.push(rule);
    else for (const { field } of first) guarded.add(slotsOf(rule)(field));
    return first;
  });
  const place = (guard: Guard, rule: number, seen: number) => {
    for (const { field, text, whole } of guard) {
      slotsOf(rule)(field).scanner.add(text, whole, (rule << 2) | seen);
    }
  };
  firsts.forEach((first, rule) => {
    if (first === undefined) return;
    // Only of fields that are read anyway.
    const isCheap = (guard: Guard) =>
      guard !== first &&
      guard.length <= secondTextsMax &&
      guard.every(({ field }) => guarded.has(slotsOf(rule)(field)));
    const second =
      costOf(first, uses) < rareEnough ? undefined : rarest(guards[rule]!.filter(isCheap), costs(rule));
    place(first, rule, second === undefined ? allSeen : firstSeen);
    if (second !== undefined) place(second, rule, secondSeen);
  });
  return { always, guarded: [...guarded] };
}

function rarest(guards: readonly Guard[], costOfOne: (guard: Guard) => number): Guard | undefined {
  let best: Guard | undefined;
  let bestCost = Number.POSITIVE_INFINITY;
  for (const guard of guards) {
    const cost = costOfOne(guard);
    if (cost >= bestCost) continue;
    best = guard;
    bestCost = cost;
  }
  return best;
}

/**
 * How often other rules ask for a text tells how common it is in events; long texts are rarer than short ones. A
 * guard that is in almost every value costs more than it saves.
 */
function costOf(guard: Guard, uses: ReadonlyMap<string, number>): number {
  let cost = 0;
  for (const { text, whole } of guard) {
    if (whole) cost += uses.get(text)! / 16;
    else if (isCommon(text)) return Number.POSITIVE_INFINITY;
    else cost += (uses.get(text)! + 1) / Math.min(text.length + 1, 16);
  }
  return cost;
}

/** One plain character, or two of which one is a letter, a digit or a space. */
function isCommon(text: string): boolean {
  return /^(?:[\0-\x7f]|[a-z0-9 ][\0-\x7f]|[\0-\x7f][a-z0-9 ])$/.test(text);
}
