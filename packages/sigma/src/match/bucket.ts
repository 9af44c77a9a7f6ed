import type { Condition } from "../condition/tree.ts";
import type { SourceAlternative, Taxonomy } from "../taxonomy/types.ts";
import type { SigmaRule } from "../types.ts";
import { compileCondition, type Predicate, type SlotOf } from "./compile.ts";
import { withKnown } from "./known.ts";
import { allSeen, type Placed, placeGuards, ruleOf } from "./placing.ts";
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
  if (prepared.length === 0) return { size: 0, match: () => none };

  const seen = new Int32Array(prepared.length).fill(-1);
  const guardsSeen = new Uint8Array(prepared.length);
  const isTrue = (item: Prepared, run: Run): boolean => {
    item.predicate ??= compileCondition(item.condition, slotsOf.get(item)!);
    return item.predicate(run);
  };
  let placed: Placed | undefined;
  const match = (run: Run): readonly BoundRule[] => {
    placed ??= placeGuards(
      prepared.map(({ condition }) => condition),
      (rule) => slotsOf.get(prepared[rule]!)!,
      run.event,
    );
    const { always, guarded } = placed;
    let found: number[] | undefined;
    for (let at = 0; at < always.length; at++) {
      const index = always[at]!;
      if (isTrue(prepared[index]!, run)) found = append(found, index);
    }
    const tryAll = (marks: readonly number[]) => {
      for (let at = 0; at < marks.length; at++) {
        const index = ruleOf(marks[at]!);
        const before = seen[index] === run.generation ? guardsSeen[index]! : 0;
        const after = before | (marks[at]! & allSeen);
        if (before === after) continue;
        seen[index] = run.generation;
        guardsSeen[index] = after;
        if (after === allSeen && isTrue(prepared[index]!, run)) found = append(found, index);
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
