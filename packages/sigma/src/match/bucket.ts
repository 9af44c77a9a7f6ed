import type { Condition } from "../condition/tree.ts";
import type { SourceAlternative, Taxonomy } from "../taxonomy/types.ts";
import type { SigmaRule } from "../types.ts";
import { compileCondition, type Predicate, type SlotOf } from "./compile.ts";
import { type Guard, guardsOf } from "./guard.ts";
import { withKnown } from "./known.ts";
import { type Run, Slot } from "./slot.ts";
import type { KeyFinder, KnownSource } from "./sources.ts";

/** A rule as it is to be read in the events of one source. */
export interface BoundRule {
  readonly rule: SigmaRule;
  readonly alternative: SourceAlternative;
  /** Keys of the event that a Sigma field means here. */
  readonly keysOf: KeyFinder;
}

/** Every rule that can be true of events of one source, ready to run. */
export interface Bucket {
  readonly size: number;
  /** Positions in the list given to `makeBucket`, in order, of the rules that are true of the event. */
  match(run: Run): readonly BoundRule[];
}

interface Prepared extends BoundRule {
  readonly condition: Condition;
  predicate: Predicate | undefined;
}

const none: readonly BoundRule[] = [];

export function makeBucket(bound: readonly BoundRule[], source: KnownSource, taxonomy: Taxonomy): Bucket {
  const known = knownValues(source, taxonomy);
  const slots = new Map<string, Slot>();
  const slotsOf = new Map<BoundRule, SlotOf>();
  const prepared: Prepared[] = [];
  for (const item of bound) {
    const condition = withKnown(withWhere(item), known);
    if (condition.kind === "constant" && !condition.value) continue;
    prepared.push({ ...item, condition, predicate: undefined });
  }
  for (const item of prepared) slotsOf.set(item, slotFinder(item, slots, prepared.length));
  const { always, guarded } = placeGuards(prepared, (item) => slotsOf.get(item)!);
  if (prepared.length === 0) return { size: 0, match: () => none };

  const seen = new Int32Array(prepared.length).fill(-1);
  const isTrue = (item: Prepared, run: Run): boolean => {
    item.predicate ??= compileCondition(item.condition, slotsOf.get(item)!);
    return item.predicate(run);
  };
  const match = (run: Run): readonly BoundRule[] => {
    let found: number[] | undefined;
    for (let at = 0; at < always.length; at++) {
      const index = always[at]!;
      if (isTrue(prepared[index]!, run)) found = append(found, index);
    }
    const tryAll = (candidates: readonly number[]) => {
      for (let at = 0; at < candidates.length; at++) {
        const index = candidates[at]!;
        if (seen[index] === run.generation) continue;
        seen[index] = run.generation;
        if (isTrue(prepared[index]!, run)) found = append(found, index);
      }
    };
    for (let at = 0; at < guarded.length; at++) guarded[at]!.eachCandidates(run, tryAll);
    return found === undefined ? none : found.sort((a, b) => a - b).map((index) => prepared[index]!);
  };
  return { size: prepared.length, match };
}

function append(list: number[] | undefined, item: number): number[] {
  if (list === undefined) return [item];
  list.push(item);
  return list;
}

function knownValues(source: KnownSource, taxonomy: Taxonomy): (field: string) => string | undefined {
  return (field) => {
    if (source.eventId !== undefined && taxonomy.eventIdFields.includes(field)) return String(source.eventId);
    return taxonomy.channelFields.includes(field) ? source.channelAsWritten : undefined;
  };
}

/** The rule's condition and what the log source itself asks of the event's fields. */
export function withWhere({ rule, alternative }: BoundRule): Condition {
  const where = Object.entries(alternative.where ?? {});
  if (where.length === 0) return rule.condition;
  const items = where.map(
    ([field, values]): Condition => ({
      kind: "field",
      field,
      tests: values.map((value) => ({ op: "equals", value })),
    }),
  );
  return { kind: "and", items: [...items, rule.condition] };
}

/** Rules that mean the same keys by a field share the slot, and so the reading. */
function slotFinder(item: BoundRule, slots: Map<string, Slot>, ruleCount: number): SlotOf {
  return (field) => {
    const keys = field === undefined ? undefined : item.keysOf(field);
    const name = keys === undefined ? "" : keys.join("\n");
    let slot = slots.get(name);
    if (slot === undefined) {
      slot = new Slot(keys, ruleCount);
      slots.set(name, slot);
    }
    return slot;
  };
}

interface Placed {
  /** Rules that have no guard and are tried on every event. */
  readonly always: number[];
  /** Fields whose texts make the others candidates. */
  readonly guarded: readonly Slot[];
}

function placeGuards(prepared: readonly Prepared[], slotsOf: (item: BoundRule) => SlotOf): Placed {
  const guards = prepared.map((item) => guardsOf(item.condition));
  const uses = new Map<string, number>();
  for (const own of guards) {
    for (const guard of own) for (const { text } of guard) uses.set(text, (uses.get(text) ?? 0) + 1);
  }
  const guarded = new Set<Slot>();
  const always: number[] = [];
  guards.forEach((own, index) => {
    const guard = rarest(own, uses);
    if (guard === undefined) {
      always.push(index);
      return;
    }
    const slotOf = slotsOf(prepared[index]!);
    for (const { field, text, whole } of guard) {
      const slot = slotOf(field);
      guarded.add(slot);
      slot.scanner.add(text, whole, index);
    }
  });
  return { always, guarded: [...guarded] };
}

/**
 * How often other rules ask for a text tells how common it is in events; long texts are rarer than short ones. A
 * guard that is in almost every value costs more than it saves.
 */
function rarest(guards: readonly Guard[], uses: ReadonlyMap<string, number>): Guard | undefined {
  let best: Guard | undefined;
  let bestCost = Number.POSITIVE_INFINITY;
  for (const guard of guards) {
    let cost = 0;
    for (const { text, whole } of guard) {
      if (whole) cost += uses.get(text)! / 16;
      else if (isCommon(text)) cost = Number.POSITIVE_INFINITY;
      else cost += (uses.get(text)! + 1) / Math.min(text.length + 1, 16);
    }
    if (cost >= bestCost) continue;
    best = guard;
    bestCost = cost;
  }
  return best;
}

/** One plain character, or two of which one is a letter, a digit or a space. */
function isCommon(text: string): boolean {
  return /^(?:[\0-\x7f]|[a-z0-9 ][\0-\x7f]|[\0-\x7f][a-z0-9 ])$/.test(text);
}
