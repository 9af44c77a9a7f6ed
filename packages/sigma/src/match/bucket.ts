import type { Condition } from "../condition/tree.ts";
import type { SourceAlternative, Taxonomy } from "../taxonomy/types.ts";
import type { SigmaRule } from "../types.ts";
import { compileCondition, type Predicate } from "./compile.ts";
import { type Guard, guardsOf } from "./guard.ts";
import { withKnown } from "./known.ts";
import { Scanner } from "./scanner.ts";
import { type Run, Slot } from "./slot.ts";
import { type KnownSource, keysOf } from "./sources.ts";

/** A rule as it is to be read in the events of one source. */
export interface BoundRule {
  readonly rule: SigmaRule;
  readonly alternative: SourceAlternative;
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
  const slotsOf = new Map<BoundRule, (field: string | undefined) => Slot>();
  const prepared: Prepared[] = [];
  for (const item of bound) {
    const condition = withKnown(withWhere(item), known);
    if (condition.kind === "constant" && !condition.value) continue;
    prepared.push({ ...item, condition, predicate: undefined });
  }
  const slotOf = (item: BoundRule) => slotFinder(item, source, taxonomy, slots);
  for (const item of prepared) slotsOf.set(item, slotOf(item));
  const { always, scanners } = placeGuards(prepared, (item) => slotsOf.get(item)!);
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
      if (isTrue(prepared[index]!, run)) (found ??= []).push(index);
    }
    const tryAll = (candidates: Uint16Array) => {
      for (let at = 0; at < candidates.length; at++) {
        const index = candidates[at]!;
        if (seen[index] === run.generation) continue;
        seen[index] = run.generation;
        if (isTrue(prepared[index]!, run)) (found ??= []).push(index);
      }
    };
    for (let at = 0; at < scanners.length; at++) {
      const { slot, scanner } = scanners[at]!;
      const single = slot.foldedText(run);
      if (single !== undefined) tryAll(scanner.candidates(single));
      else for (const text of slot.foldedTexts(run) ?? []) tryAll(scanner.candidates(text));
    }
    return found === undefined ? none : found.sort((a, b) => a - b).map((index) => prepared[index]!);
  };
  return { size: prepared.length, match };
}

function knownValues(source: KnownSource, taxonomy: Taxonomy): (field: string) => string | undefined {
  return (field) => {
    if (source.eventId !== undefined && taxonomy.eventIdFields.includes(field)) return String(source.eventId);
    return source.channel !== undefined && taxonomy.channelFields.includes(field)
      ? source.channel
      : undefined;
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
function slotFinder(
  item: BoundRule,
  source: KnownSource,
  taxonomy: Taxonomy,
  slots: Map<string, Slot>,
): (field: string | undefined) => Slot {
  return (field) => {
    const keys =
      field === undefined
        ? undefined
        : keysOf(field, item.rule.logsource, item.alternative, source, taxonomy);
    const name = keys === undefined ? "" : keys.join("\n");
    let slot = slots.get(name);
    if (slot === undefined) {
      slot = new Slot(keys);
      slots.set(name, slot);
    }
    return slot;
  };
}

interface Placed {
  /** Rules that have no guard and are tried on every event. */
  readonly always: number[];
  readonly scanners: { slot: Slot; scanner: Scanner }[];
}

function placeGuards(
  prepared: readonly Prepared[],
  slotsOf: (item: BoundRule) => (field: string | undefined) => Slot,
): Placed {
  const guards = prepared.map((item) => guardsOf(item.condition));
  const uses = new Map<string, number>();
  for (const own of guards) {
    for (const guard of own) for (const { text } of guard) uses.set(text, (uses.get(text) ?? 0) + 1);
  }
  const scanners = new Map<Slot, Scanner>();
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
      let scanner = scanners.get(slot);
      if (scanner === undefined) {
        scanner = new Scanner();
        scanners.set(slot, scanner);
      }
      scanner.add(text, whole, index);
    }
  });
  return { always, scanners: [...scanners].map(([slot, scanner]) => ({ slot, scanner })) };
}

/** How often other rules ask for a text tells how common it is in events; long texts are rarer than short ones. */
function rarest(guards: readonly Guard[], uses: ReadonlyMap<string, number>): Guard | undefined {
  let best: Guard | undefined;
  let bestCost = Number.POSITIVE_INFINITY;
  for (const guard of guards) {
    let cost = 0;
    for (const { text, whole } of guard)
      cost += (uses.get(text)! + (whole ? 0 : 1)) / Math.min(text.length + 1, 16);
    if (cost >= bestCost) continue;
    best = guard;
    bestCost = cost;
  }
  return best;
}
