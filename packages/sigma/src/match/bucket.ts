import type { Condition } from "../condition/tree.ts";
import type { SourceAlternative, Taxonomy } from "../taxonomy/types.ts";
import type { SigmaRule } from "../types.ts";
import { compileCondition, type Predicate, type SlotOf } from "./compile.ts";
import { withKnown } from "./known.ts";
import { Marks } from "./marks.ts";
import { allSeen, ruleOf, vetoed } from "./placing.ts";
import { type SieveLayout, SieveProgram } from "./sieve/program.ts";
import { type Run, Slot } from "./slot.ts";
import type { KeyFinder, KnownSource } from "./sources.ts";
import { Tuning } from "./tuning.ts";

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
  /** For events of a layout. Undefined: match the next one in full and ask again then. */
  program(layout: SieveLayout): SieveProgram | undefined;
  /** The same as `match` for an event that a program has searched: only the rules that it has found can be true of it. */
  matchFound(run: Run, rules: Int32Array, count: number): readonly BoundRule[];
}

interface Prepared extends BoundRule {
  readonly condition: Condition;
  predicate: Predicate | undefined;
}

const none: readonly BoundRule[] = [];

export function makeBucket(bound: readonly BoundRule[], source: KnownSource, taxonomy: Taxonomy): Bucket {
  const known = knownValues(source, taxonomy);
  const prepared: Prepared[] = [];
  for (const item of bound) {
    const condition = withKnown(withWhere(item), known);
    if (condition.kind === "constant" && !condition.value) continue;
    prepared.push({ ...item, condition, predicate: undefined });
  }
  return prepared.length === 0 ? noRules : new RuleBucket(prepared);
}

const noRules: Bucket = { size: 0, match: () => none, program: () => undefined, matchFound: () => none };

class RuleBucket implements Bucket {
  readonly size: number;
  private readonly rules: readonly Prepared[];
  private readonly slotsOf: readonly SlotOf[];
  private readonly marks = new Marks();
  /** The event for which a rule's marks were seen, and which: its generation times four, and the marks. */
  private readonly seen: Float64Array;
  private readonly tuning: Tuning;

  constructor(rules: readonly Prepared[]) {
    this.rules = rules;
    this.size = rules.length;
    this.seen = new Float64Array(rules.length);
    const slots: Slots = { byName: new Map(), byKeys: new Map() };
    this.slotsOf = rules.map((item) => slotFinder(item, slots, rules.length));
    const conditions = rules.map(({ condition }) => condition);
    this.tuning = new Tuning(conditions, this.slotsOf);
  }

  match(run: Run): readonly BoundRule[] {
    const { marks, tuning } = this;
    const { always, guarded } = tuning.placedFor(run);
    marks.clear();
    for (let at = 0; at < guarded.length; at++) guarded[at]!.find(run, marks);
    let found: number[] | undefined;
    for (let at = 0; at < always.length; at++) {
      if (this.isTrue(always[at]!, run)) found = append(found, always[at]!);
    }
    for (let at = 0; at < marks.count; at++) {
      const mark = marks.list[at]!;
      if (!this.isCandidate(mark, run.generation)) continue;
      const rule = ruleOf(mark);
      if (this.isTrue(rule, run)) found = append(found, rule);
      else tuning.vain(rule);
    }
    return this.inOrder(found);
  }

  program(layout: SieveLayout): SieveProgram | undefined {
    const { tuning } = this;
    const placed = tuning.current;
    if (placed === undefined) return undefined;
    return new SieveProgram(placed, layout, this.seen, () => tuning.tick(placed));
  }

  matchFound(run: Run, rules: Int32Array, count: number): readonly BoundRule[] {
    let found: number[] | undefined;
    for (let at = 0; at < count; at++) {
      const rule = rules[at]!;
      if (this.isTrue(rule, run)) found = append(found, rule);
      else this.tuning.vain(rule);
    }
    return this.inOrder(found);
  }

  private inOrder(found: number[] | undefined): readonly BoundRule[] {
    return found === undefined ? none : found.sort((a, b) => a - b).map((index) => this.rules[index]!);
  }

  /** True for the mark with which all guards of its rule are seen, once an event. */
  private isCandidate(mark: number, generation: number): boolean {
    if ((mark & vetoed) !== 0) return false;
    const rule = ruleOf(mark);
    const first = generation * (allSeen + 1);
    const before = Math.max(this.seen[rule]!, first);
    const after = first + ((before - first) | (mark & allSeen));
    if (before === after) return false;
    this.seen[rule] = after;
    return after === first + allSeen;
  }

  private isTrue(index: number, run: Run): boolean {
    const rule = this.rules[index]!;
    rule.predicate ??= compileCondition(rule.condition, this.slotsOf[index]!);
    return rule.predicate(run);
  }
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

interface Slots {
  readonly byName: Map<string, Slot>;
  /** A key finder gives the same list for a field each time. */
  readonly byKeys: Map<readonly string[] | undefined, Slot>;
}

/** Rules that mean the same keys by a field share the slot, and so the reading. */
function slotFinder(item: BoundRule, { byName, byKeys }: Slots, ruleCount: number): SlotOf {
  return (field) => {
    const keys = field === undefined ? undefined : item.keysOf(field);
    let slot = byKeys.get(keys);
    if (slot === undefined) {
      slot = getOrMake(byName, keys === undefined ? "" : keys.join("\n"), () => new Slot(keys, ruleCount));
      byKeys.set(keys, slot);
    }
    return slot;
  };
}

function getOrMake(slots: Map<string, Slot>, name: string, make: () => Slot): Slot {
  let slot = slots.get(name);
  if (slot === undefined) {
    slot = make();
    slots.set(name, slot);
  }
  return slot;
}
