import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { correlateAll, createCorrelator } from "../../src/correlation/correlator.ts";
import type { CorrelationMatch, Instant, MatchValue, RuleMatch } from "../../src/correlation/match.ts";
import { compareMatches } from "../../src/correlation/order.ts";
import { parseCorrelation } from "../../src/correlation/parse.ts";
import type { CorrelationRule } from "../../src/correlation/types.ts";
import { type OracleEvent, type OracleMatch, oracle } from "./correlation-oracle.ts";

const rules = ["a", "b", "c"].map((id) => ({ id, name: id }));
const seed = 20_261_122;

const boundsArbitrary = fc.oneof(
  fc.record({ gte: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ gt: fc.integer({ min: 0, max: 4 }) }),
  fc.record({ lt: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ lte: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ eq: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ neq: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ gt: fc.integer({ min: 0, max: 2 }), lte: fc.integer({ min: 3, max: 5 }) }),
);

const textConditions = [
  "a and b",
  "a and not b",
  "a or b and c",
  "a and not (b or c)",
  "not a and b",
  "(a or b) and not c",
  "a and b and not c",
  "not (a and b) and c",
];

const bodyArbitrary = fc.oneof(
  fc.record({
    type: fc.constantFrom("event_count", "temporal", "temporal_ordered"),
    condition: boundsArbitrary,
  }),
  fc.record({
    type: fc.constantFrom("temporal", "temporal_ordered"),
    condition: fc.constantFrom(undefined, ...textConditions),
  }),
  fc.record({
    type: fc.constant("value_count"),
    condition: fc
      .tuple(boundsArbitrary, fc.constantFrom("user", "port", "who", ["user", "port"]))
      .map(([bounds, field]) => ({ ...bounds, field })),
  }),
  fc.record({
    type: fc.constantFrom("value_sum", "value_avg", "value_median", "value_percentile"),
    condition: fc
      .tuple(boundsArbitrary, fc.constantFrom(0, 50, 75, 100))
      .map(([bounds, percentile]) => ({ ...bounds, field: "bytes", percentile })),
  }),
);

const placeArbitrary = fc.record({
  "group-by": fc.constantFrom([], ["user"], ["who"], ["user", "port"]),
  timespan: fc.constantFrom("1s", "3s", "5s", "8s"),
});

/** `who` is the user for rule a, the port's text for the others. */
const aliases = { who: { a: "user", b: "port", c: "port" } };

function build(
  id: string,
  body: Record<string, unknown>,
  place: Record<string, unknown>,
  ruleIds?: readonly string[],
): CorrelationRule {
  const isText = typeof body.condition === "string";
  const named = ["a", "b", "c"].filter(
    (rule) => !isText || new RegExp(`\\b${rule}\\b`).test(body.condition as string),
  );
  const correlation = { rules: ruleIds ?? named, aliases, ...place, ...body };
  const parsed = parseCorrelation({ title: id, id, name: id, correlation }, { path: "generated.yml" });
  if (parsed.correlation === undefined) throw new Error(JSON.stringify(parsed.diagnostics));
  return parsed.correlation;
}

const eventArbitrary = fc.record({
  ruleId: fc.constantFrom("a", "b", "c"),
  second: fc.option(fc.integer({ min: 0, max: 24 }), { freq: 30 }),
  nanos: fc.constantFrom(0n, 0n, 0n, 1n, 999_999_999n),
  ref: fc.integer({ min: 0, max: 60 }),
  user: fc.option(fc.constantFrom("x", "X", "y"), { nil: undefined, freq: 8 }),
  port: fc.constantFrom("x", "y", "22", undefined),
  bytes: fc.constantFrom<(number | string | undefined)[]>(0, 1, 2, 4, "3", "0.5", "none", undefined),
});

/** Events with the same reference are one event: same time and fields, whatever the rule. */
const eventsArbitrary = fc.array(eventArbitrary, { maxLength: 40 }).map((drafts) => {
  const byRef = new Map<number, (typeof drafts)[number]>();
  return drafts.map((draft): OracleEvent => {
    const { second, nanos, user, port, bytes } = byRef.get(draft.ref) ?? draft;
    if (!byRef.has(draft.ref)) byRef.set(draft.ref, draft);
    const at = second === null ? undefined : BigInt(second) * 1_000_000_000n + nanos;
    return { ruleId: draft.ruleId, at, ref: `file:${100 + draft.ref}`, fields: { user, port, bytes } };
  });
});

function toMatch(event: OracleEvent): RuleMatch {
  const { at, ruleId, ref, fields } = event;
  const time = at === undefined ? undefined : { ms: Number(at / 1_000_000n), ns: Number(at % 1_000_000n) };
  return { ruleId, ref, time, get: (field) => fields[field] as MatchValue | undefined };
}

function nanos(time: Instant): bigint {
  return BigInt(time.ms) * 1_000_000n + BigInt(time.ns);
}

function simplify(match: CorrelationMatch): OracleMatch {
  expect(match.eventCount).toBe(match.events.length + match.eventsOmitted);
  return {
    correlationId: match.correlation.id,
    group: JSON.stringify(match.correlation.groupBy.map((name) => match.group[name]!.toLowerCase())),
    first: nanos(match.first),
    last: nanos(match.last),
    events: match.events.map(({ ref, ruleIds }) => `${ref}<${ruleIds}`),
    value: match.value,
  };
}

function sorted(matches: readonly OracleMatch[]): string[] {
  return matches
    .map(
      ({ correlationId, group, first, last, events, value }) =>
        `${correlationId} ${group} ${first}-${last} =${value} ${events.join(" ")}`,
    )
    .sort();
}

function checkAgainstOracle(correlations: CorrelationRule[], events: OracleEvent[]): void {
  const { matches, diagnostics } = correlateAll(correlations, rules, events.map(toMatch));
  expect(diagnostics).toEqual([]);
  expect(sorted(matches.map(simplify))).toEqual(sorted(oracle(correlations, events)));
}

describe("correlations agree with the definition", () => {
  test("one correlation, every type and condition", () => {
    fc.assert(
      fc.property(bodyArbitrary, placeArbitrary, eventsArbitrary, (body, place, events) => {
        checkAgainstOracle([build("one", body, place)], events);
      }),
      { numRuns: 4000, seed },
    );
  });

  test("chains: an inner correlation and one rule", () => {
    const outerArbitrary = fc.record({
      type: fc.constantFrom("event_count", "temporal", "temporal_ordered"),
      condition: fc.constantFrom({ gte: 1 }, { gte: 2 }, { eq: 1 }),
    });
    const orderArbitrary = fc.constantFrom(["one", "c"], ["c", "one"], ["one"]);
    fc.assert(
      fc.property(
        bodyArbitrary,
        placeArbitrary,
        outerArbitrary,
        placeArbitrary,
        orderArbitrary,
        eventsArbitrary,
        (body, place, outer, outerPlace, order, events) => {
          const inner = build("one", body, place);
          const outerAliases = { aliases: { who: { one: "user", c: "port" } } };
          checkAgainstOracle([inner, build("two", { ...outer, ...outerAliases }, outerPlace, order)], events);
        },
      ),
      { numRuns: 3000, seed },
    );
  });

  test("chains of three", () => {
    const bodies = fc.tuple(
      bodyArbitrary,
      fc.constantFrom("event_count", "temporal", "temporal_ordered"),
      fc.constantFrom("event_count", "temporal"),
    );
    const places = fc.tuple(placeArbitrary, placeArbitrary, placeArbitrary);
    fc.assert(
      fc.property(bodies, places, eventsArbitrary, ([body, second, third], [p1, p2, p3], events) => {
        const plain = { aliases: {}, "group-by": ["user"] };
        const chain = [
          build("one", body, p1),
          build("two", { type: second, condition: { gte: 1 } }, { ...p2, ...plain }, ["one", "b"]),
          build("three", { type: third, condition: { gte: 2 } }, { ...p3, ...plain }, ["two", "c"]),
        ];
        checkAgainstOracle(chain, events);
      }),
      { numRuns: 1500, seed },
    );
  });
});

describe("a stream gives what the whole set gives", () => {
  test("out of order within the lateness, several correlations and a chain", () => {
    const delays = fc.array(fc.integer({ min: 0, max: 4000 }), { minLength: 40, maxLength: 40 });
    fc.assert(
      fc.property(
        bodyArbitrary,
        placeArbitrary,
        bodyArbitrary,
        placeArbitrary,
        eventsArbitrary,
        delays,
        (b1, p1, b2, p2, events, delay) => {
          const outer = build(
            "outer",
            { type: "temporal", condition: { gte: 2 } },
            { ...p2, "group-by": ["user"], aliases: {} },
            ["one", "c"],
          );
          const correlations = [outer, build("one", { ...b1, generate: true }, p1), build("two", b2, p2)];
          const whole = correlateAll(correlations, rules, events.map(toMatch));
          const latenessMs = Math.max(...delay);
          const arrival = (event: OracleEvent, index: number) =>
            Number((event.at ?? 0n) / 1_000_000n) + delay[index]!;
          const arriving = events
            .map((event, index) => ({ event, at: arrival(event, index) }))
            .sort((x, y) => x.at - y.at);
          const correlator = createCorrelator(correlations, rules, { latenessMs });
          const streamed = arriving.flatMap(({ event }) => correlator.push(toMatch(event)));
          streamed.push(...correlator.flush());
          expect(streamed.sort(compareMatches)).toEqual(whole.matches);
          expect(correlator.stats()).toEqual(whole.stats);
        },
      ),
      { numRuns: 1500, seed },
    );
  });

  test("without a stated lateness any order will do", () => {
    fc.assert(
      fc.property(bodyArbitrary, placeArbitrary, eventsArbitrary, (body, place, events) => {
        const correlations = [build("one", body, place)];
        const correlator = createCorrelator(correlations, rules);
        const early = events.toReversed().flatMap((event) => correlator.push(toMatch(event)));
        expect(early).toEqual([]);
        expect(correlator.flush()).toEqual(correlateAll(correlations, rules, events.map(toMatch)).matches);
      }),
      { numRuns: 500, seed },
    );
  });
});
