import type { CorrelationRule, Expression } from "../../src/correlation/types.ts";

/**
 * The definition of docs/sigma-correlations.md as plainly as it can be written: every window is built and judged from
 * scratch. Shares no code with the engine. Times are nanoseconds.
 */
export interface OracleEvent {
  readonly ruleId: string;
  readonly at: bigint | undefined;
  readonly ref: string;
  readonly fields: Readonly<Record<string, string | number | readonly string[] | undefined>>;
}

export interface OracleMatch {
  readonly correlationId: string;
  readonly group: string;
  readonly first: bigint;
  readonly last: bigint;
  /** "ref<rule,rule" in order. */
  readonly events: readonly string[];
  readonly value: number;
}

interface Item {
  readonly at: bigint;
  readonly ref: string;
  readonly rules: readonly string[];
  readonly key: string;
  /** Distinct things to count. */
  readonly values: readonly string[];
  readonly amount: number;
  /** Earliest time behind it. */
  readonly first: bigint;
  /** The events' fields, one record per event behind it. */
  readonly behind: readonly Readonly<Record<string, unknown>>[];
  /** 0: a plain event; 1: a run still going on; 2: a finished run. */
  readonly done: 0 | 1 | 2;
}

interface Found extends OracleMatch {
  readonly done: 1 | 2;
  readonly at: bigint;
  readonly ref: string;
  readonly display: Readonly<Record<string, string>>;
  readonly behind: Item["behind"];
}

type Span = readonly [number, number];

/** @param correlations inner before outer, referring to rules and correlations by id */
export function oracle(
  correlations: readonly CorrelationRule[],
  events: readonly OracleEvent[],
): OracleMatch[] {
  const byCorrelation = new Map<string, Found[]>();
  for (const correlation of correlations) {
    const groups = Map.groupBy(itemsOf(correlation, events, byCorrelation), (item) => item.key);
    const found = [...groups.values()].flatMap((items) => findRuns(correlation, mergeSameEvents(items)));
    byCorrelation.set(correlation.id, found);
  }
  const silenced = new Set(correlations.filter((item) => !item.generate).flatMap((item) => item.rules));
  return correlations
    .filter(({ id }) => !silenced.has(id))
    .flatMap(({ id }) => byCorrelation.get(id)!)
    .filter(({ done }) => done === 2);
}

function isTemporal(correlation: CorrelationRule): boolean {
  return correlation.type === "temporal" || correlation.type === "temporal_ordered";
}

function itemsOf(
  correlation: CorrelationRule,
  events: readonly OracleEvent[],
  inner: Map<string, Found[]>,
): Item[] {
  const items: Item[] = [];
  for (const rule of correlation.rules) {
    for (const event of events) {
      if (event.ruleId !== rule || event.at === undefined) continue;
      const item = itemOf(correlation, rule, [event.fields], {});
      if (item.length > 0)
        items.push({ ...item[0]!, at: event.at, ref: event.ref, rules: [rule], first: event.at, done: 0 });
    }
    for (const found of inner.get(rule) ?? []) {
      if (found.done === 1 && !isTemporal(correlation)) continue;
      for (const item of itemOf(correlation, rule, found.behind, found.display)) {
        items.push({
          ...item,
          at: found.at,
          ref: found.ref,
          rules: [rule],
          first: found.first,
          done: found.done,
        });
      }
    }
  }
  return items;
}

/** One item per group that the records fall in; what an inner correlation groups by overrides the events' own fields. */
function itemOf(
  correlation: CorrelationRule,
  rule: string,
  records: Item["behind"],
  overriding: Readonly<Record<string, string>>,
): Pick<Item, "key" | "values" | "amount" | "behind">[] {
  const field = (name: string) => correlation.aliases[name]?.[rule] ?? name;
  const names = correlation.condition.kind === "threshold" ? correlation.condition.fields : [];
  const byKey = new Map<
    string,
    Pick<Item, "key" | "values" | "amount"> & { behind: Record<string, unknown>[] }
  >();
  for (const record of records) {
    const all: Readonly<Record<string, unknown>> = { ...record, ...overriding };
    const group = correlation.groupBy.map((name) => all[field(name)]);
    if (group.some((value) => value === undefined)) continue;
    const key = JSON.stringify(group.map((value) => String(value).toLowerCase()));
    const values = names.map((name) => all[field(name)]);
    if (values.some((value) => value === undefined)) continue;
    const amount =
      correlation.type.startsWith("value_") && correlation.type !== "value_count" ? Number(values[0]) : 0;
    if (Number.isNaN(amount)) continue;
    const single = values.length === 1 ? [values[0]].flat() : [JSON.stringify(values)];
    const counted = single.map((value) => String(value).toLowerCase());
    const withAliases: Record<string, unknown> = { ...all };
    for (const name of Object.keys(correlation.aliases)) {
      if (correlation.aliases[name]![rule] !== undefined) withAliases[name] = all[field(name)];
    }
    const known = byKey.get(key);
    if (known === undefined) byKey.set(key, { key, values: counted, amount, behind: [withAliases] });
    else {
      known.behind.push(withAliases);
      byKey.set(key, { ...known, values: [...new Set([...known.values, ...counted])] });
    }
  }
  return [...byKey.values()];
}

function compareItems(a: Item, b: Item): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return compareText(a.ref, b.ref);
}

/** References in these tests are equally long, so that text order is the order of their numbers. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function mergeSameEvents(items: readonly Item[]): Item[] {
  const byEvent = new Map<string, Item>();
  for (const item of items) {
    const key = `${item.at} ${item.ref}`;
    const known = byEvent.get(key);
    if (known === undefined) byEvent.set(key, item);
    else
      byEvent.set(key, {
        ...known,
        rules: [...new Set([...known.rules, ...item.rules])],
        done: item.done === 2 ? 2 : known.done,
      });
  }
  return [...byEvent.values()].sort(compareItems);
}

function findRuns(correlation: CorrelationRule, items: readonly Item[]): Found[] {
  const span = BigInt(correlation.timespanMs) * 1_000_000n;
  const runs: { span: Span; values: number[] }[] = [];
  for (const [start, end] of largestWindows(items, span)) {
    const window = items.slice(start, end + 1);
    if (!holds(correlation, window)) continue;
    const [from, to] = trim(correlation, items, start, end);
    const last = runs.at(-1);
    const value = measure(correlation, window);
    if (last === undefined || from > last.span[1]) runs.push({ span: [from, to], values: [value] });
    else
      runs[runs.length - 1] = {
        span: [last.span[0], Math.max(last.span[1], to)],
        values: [...last.values, value],
      };
  }
  const finished = runs.map((run) => describe(correlation, items, run.span, run.values, 2));
  return [
    ...finished,
    ...ticks(
      correlation,
      items,
      span,
      runs.map((run) => run.span),
    ),
  ];
}

/** All windows that no other window contains. */
function largestWindows(items: readonly Item[], span: bigint): Span[] {
  const windows: Span[] = items.map((item, start) => [
    start,
    items.findLastIndex((other) => other.at - item.at <= span),
  ]);
  return windows.filter(
    ([start, end], at) => !windows.some(([s, e], other) => other !== at && s <= start && e >= end),
  );
}

function isFullSeries({ type, condition, rules }: CorrelationRule): boolean {
  if (type !== "temporal_ordered" || condition.kind !== "threshold") return false;
  return (
    isMonotone({ type, condition }) &&
    !condition.bounds.every((bound) => compare(rules.length - 1, bound.operator, bound.value))
  );
}

function isMonotone({ type, condition }: Pick<CorrelationRule, "type" | "condition">): boolean {
  if (
    condition.kind !== "threshold" ||
    !["event_count", "value_count", "temporal", "temporal_ordered"].includes(type)
  )
    return false;
  return condition.bounds.every(({ operator }) => operator.startsWith("gt"));
}

function trim(correlation: CorrelationRule, items: readonly Item[], start: number, end: number): Span {
  if (!isFullSeries(correlation)) return [start, end];
  let from = start;
  while (!items[from]!.rules.includes(correlation.rules[0]!)) from++;
  let to = end;
  while (!items[to]!.rules.includes(correlation.rules.at(-1)!)) to--;
  return [from, to];
}

/** The first event at which a condition holds, and again each time more than a timespan has passed while it keeps holding. */
function ticks(
  correlation: CorrelationRule,
  items: readonly Item[],
  span: bigint,
  runs: readonly Span[],
): Found[] {
  if (!isMonotone(correlation)) return [];
  const found: Found[] = [];
  let held = -1;
  let ticked: bigint | undefined;
  for (const [end, item] of items.entries()) {
    if (isFullSeries(correlation) && !item.rules.includes(correlation.rules.at(-1)!)) continue;
    const start = items.findIndex((other) => item.at - other.at <= span);
    const window = items.slice(start, end + 1);
    if (!holds(correlation, window)) continue;
    const [from] = trim(correlation, items, start, end);
    const isSame = from <= held;
    held = end;
    if (isSame && ticked !== undefined && item.at - ticked <= span) continue;
    ticked = item.at;
    const run = runs.find(([first, last]) => first <= from && end <= last)!;
    const described = describe(correlation, items, [from, end], [0], 1);
    found.push({ ...described, ref: describe(correlation, items, run, [0], 2).ref });
  }
  return found;
}

function describe(
  correlation: CorrelationRule,
  items: readonly Item[],
  [from, to]: Span,
  values: readonly number[],
  done: 1 | 2,
): Found {
  const taken = items.slice(from, to + 1);
  // Of an inner run its finished state stands for the earlier ones.
  const byRef = new Map<string, Item>();
  for (const item of taken) byRef.set(item.ref, item);
  const isLow =
    correlation.condition.kind === "threshold" &&
    correlation.condition.bounds.every(({ operator }) => operator.startsWith("lt"));
  const display: Record<string, string> = {};
  const parts = JSON.parse(taken[0]!.key) as string[];
  for (const [index, name] of correlation.groupBy.entries()) display[name] = parts[index]!;
  const ref = `${correlation.id}@${taken[0]!.ref}/${engineKey(parts)}`;
  return {
    correlationId: correlation.id,
    group: taken[0]!.key,
    first: taken.map((item) => item.first).sort((a, b) => Number(a - b))[0]!,
    last: taken.at(-1)!.at,
    events: [...byRef.values()].map((item) => `${item.ref}<${item.rules}`),
    value: isLow ? Math.min(...values) : Math.max(...values),
    done,
    at: taken.at(-1)!.at,
    ref,
    display,
    behind: taken.flatMap((item) => item.behind),
  };
}

/** The form of match ids that the engine documents: needed because ids decide ties. */
function engineKey(parts: readonly string[]): string {
  return parts.length === 1 ? parts[0]! : parts.map((part) => `${part.length}:${part}`).join("");
}

function holds(correlation: CorrelationRule, window: readonly Item[]): boolean {
  const { condition } = correlation;
  if (condition.kind === "threshold") {
    const value = measure(correlation, window);
    return condition.bounds.every((bound) => compare(value, bound.operator, bound.value));
  }
  const present = new Set(window.flatMap((item) => item.rules));
  if (correlation.type === "temporal")
    return truth(condition.expression, false, (rule, isNegated) => present.has(rule) !== isNegated);
  return subsets(correlation.rules).some(
    (chosen) =>
      longestSeries(chosen, window) === chosen.length &&
      truth(condition.expression, false, (rule, isNegated) =>
        isNegated ? !present.has(rule) : chosen.includes(rule),
      ),
  );
}

function truth(
  expression: Expression,
  isNegated: boolean,
  leaf: (rule: string, isNegated: boolean) => boolean,
): boolean {
  if (expression.kind === "rule") return leaf(expression.rule, isNegated);
  if (expression.kind === "not") return truth(expression.item, !isNegated, leaf);
  const results = expression.items.map((item) => truth(item, isNegated, leaf));
  return (expression.kind === "and") !== isNegated ? !results.includes(false) : results.includes(true);
}

function subsets(rules: readonly string[]): string[][] {
  return rules.reduce<string[][]>((all, rule) => all.concat(all.map((chosen) => [...chosen, rule])), [[]]);
}

/** Most rules that occur in order, each with an event of its own. */
function longestSeries(rules: readonly string[], window: readonly Item[]): number {
  const best: number[] = Array(rules.length + 1).fill(0);
  const table = [best, ...window.map(() => Array<number>(rules.length + 1).fill(0))];
  for (const [row, item] of window.entries()) {
    for (const [column, rule] of rules.entries()) {
      const joined = item.rules.includes(rule) ? table[row]![column]! + 1 : 0;
      table[row + 1]![column + 1] = Math.max(table[row]![column + 1]!, table[row + 1]![column]!, joined);
    }
  }
  return table[window.length]![rules.length]!;
}

function measure(correlation: CorrelationRule, window: readonly Item[]): number {
  const amounts = window.map((item) => item.amount).sort((a, b) => a - b);
  const sum = amounts.reduce((a, b) => a + b, 0);
  const { condition, type, rules } = correlation;
  switch (type) {
    case "event_count":
      return window.length;
    case "value_count":
      return new Set(window.flatMap((item) => item.values)).size;
    case "temporal":
      return new Set(window.flatMap((item) => item.rules)).size;
    case "temporal_ordered":
      return condition.kind === "boolean"
        ? new Set(window.flatMap((item) => item.rules)).size
        : longestSeries(rules, window);
    case "value_sum":
      return sum;
    case "value_avg":
      return sum / amounts.length;
    case "value_median": {
      const half = amounts.length / 2;
      return amounts.length % 2 === 1
        ? amounts[Math.floor(half)]!
        : (amounts[half - 1]! + amounts[half]!) / 2;
    }
    case "value_percentile": {
      const place =
        ((amounts.length - 1) * (condition.kind === "threshold" ? condition.percentile! : 0)) / 100;
      const [low, high] = [amounts[Math.floor(place)]!, amounts[Math.ceil(place)]!];
      return low + (high - low) * (place - Math.floor(place));
    }
  }
}

function compare(value: number, operator: string, limit: number): boolean {
  const results: Record<string, boolean> = {
    gt: value > limit,
    gte: value >= limit,
    lt: value < limit,
    lte: value <= limit,
    eq: value === limit,
    neq: value !== limit,
  };
  return results[operator]!;
}
