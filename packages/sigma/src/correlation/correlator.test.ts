import { describe, expect, test } from "vitest";
import { citedEvents, correlateAll, createCorrelator, uncitedCount } from "./correlator.ts";
import type { CorrelatorOptions, MatchValue, RuleMatch } from "./match.ts";
import { parseCorrelation } from "./parse.ts";
import type { CorrelationRule } from "./types.ts";

const rules = [{ id: "a" }, { id: "b" }, { id: "c" }];

function correlation(body: Record<string, unknown>, id = "one"): CorrelationRule {
  const whole = { rules: ["a"], "group-by": ["user"], timespan: "10s", ...body };
  const read = parseCorrelation({ title: id, id, correlation: whole }, { path: "rules.yml" });
  if (read.correlation === undefined) throw new Error(JSON.stringify(read.diagnostics));
  return read.correlation;
}

const counting = (condition: object, more: object = {}) =>
  correlation({ type: "event_count", condition, ...more });

let next = 0;
function event(
  seconds: number | undefined,
  fields: Record<string, MatchValue> = { user: "x" },
  ruleId = "a",
): RuleMatch {
  const time = seconds === undefined ? undefined : { ms: seconds * 1000, ns: 0 };
  return { ruleId, time, ref: `log:${next++}`, get: (field) => fields[field] };
}

function series(from: number, to: number, fields?: Record<string, MatchValue>): RuleMatch[] {
  return Array.from({ length: to - from }, (_, index) => event(from + index, fields));
}

describe("a burst of 500 failures", () => {
  const burst = Array.from({ length: 500 }, (_, index) => event(index / 100));
  const { matches, stats } = correlateAll([counting({ gte: 5 })], rules, burst);

  test("is one match that cites all 500", () => {
    expect(matches).toHaveLength(1);
    expect(matches[0]).toMatchObject({ eventCount: 500, eventsOmitted: 0, value: 500, group: { user: "x" } });
    expect(matches[0]!.events.map(({ ref }) => ref)).toEqual(burst.map(({ ref }) => ref));
    expect([matches[0]!.first.ms, matches[0]!.last.ms]).toEqual([0, 4990]);
  });

  test("is counted", () => {
    expect(stats).toMatchObject([{ correlationId: "one", received: 500, matches: 1, evictedEvents: 0 }]);
  });
});

describe("streaming", () => {
  test("a run is returned when no later window can share an event with it", () => {
    const correlator = createCorrelator([counting({ gte: 2 })], rules, { latenessMs: 0 });
    expect([0, 1, 2].flatMap((second) => correlator.push(event(second)))).toEqual([]);
    expect(correlator.push(event(12))).toEqual([]);
    expect(correlator.push(event(40)).map(({ eventCount }) => eventCount)).toEqual([4]);
    expect(correlator.flush()).toEqual([]);
  });

  test("after a flush a new stream may begin anywhere", () => {
    const correlator = createCorrelator([counting({ gte: 2 })], rules, { latenessMs: 0 });
    for (const match of series(100, 103)) correlator.push(match);
    expect(correlator.flush()).toHaveLength(1);
    for (const match of series(0, 3)) correlator.push(match);
    expect(correlator.flush()).toHaveLength(1);
  });

  test("idle groups are closed while others go on", () => {
    const correlator = createCorrelator([counting({ gte: 2 })], rules, { latenessMs: 0 });
    const found = [...series(0, 3), ...series(20, 60, { user: "y" })].flatMap((match) =>
      correlator.push(match),
    );
    expect(found.map(({ group }) => group)).toEqual([{ user: "x" }]);
  });

  test("a match of a rule that no correlation names is ignored", () => {
    const correlator = createCorrelator([counting({ gte: 1 })], rules);
    expect(correlator.wants("b")).toBe(false);
    expect(correlator.wants("a")).toBe(true);
    correlator.push(event(0, { user: "x" }, "b"));
    expect(correlator.flush()).toEqual([]);
    expect(correlator.stats()).toMatchObject([{ received: 0 }]);
  });

  test("the fields a match must be able to give", () => {
    const inner = correlation(
      { type: "event_count", rules: ["a"], "group-by": ["host"], condition: { gte: 2 } },
      "inner",
    );
    const outer = correlation(
      {
        type: "temporal",
        rules: ["inner", "b"],
        "group-by": ["who"],
        aliases: { who: { b: "name", inner: "user" } },
      },
      "outer",
    );
    const correlator = createCorrelator([outer, inner], rules);
    expect(correlator.fields("a")).toEqual(["host", "user"]);
    expect(correlator.fields("b")).toEqual(["name"]);
    expect(correlator.fields("c")).toEqual([]);
  });
});

describe("what cannot take part is counted", () => {
  const check = (
    name: string,
    body: CorrelationRule,
    events: RuleMatch[],
    stats: object,
    options?: CorrelatorOptions,
  ) =>
    test(name, () => {
      const correlator = createCorrelator([body], rules, options);
      for (const match of events) correlator.push(match);
      correlator.flush();
      expect(correlator.stats()).toMatchObject([stats]);
    });
  check("undated", counting({ gte: 1 }), [event(undefined), event(0)], {
    received: 2,
    undated: 1,
    matches: 1,
  });
  check("without the group field", counting({ gte: 1 }), [event(0, {}), event(0)], {
    received: 2,
    ungrouped: 1,
  });
  check("a group value too long to be one", counting({ gte: 1 }), [event(0, { user: "x".repeat(10_000) })], {
    ungrouped: 1,
  });
  const sum = correlation({ type: "value_sum", condition: { gte: 1, field: "bytes" } });
  check("without a number", sum, [event(0, { user: "x", bytes: "?" }), event(0)], { valueless: 2 });
  const values = correlation({ type: "value_count", condition: { gte: 1, field: "host" } });
  check("without a value", values, [event(0), event(0, { user: "x", host: "h" })], {
    valueless: 1,
    matches: 1,
  });
  check(
    "late beyond what was stated",
    counting({ gte: 1 }),
    [event(100), event(89), event(91)],
    { received: 3, late: 1 },
    { latenessMs: 10_000 },
  );
});

describe("bounds", () => {
  test("events listed in a match", () => {
    const { matches } = correlateAll([counting({ gte: 2 })], rules, series(0, 50), { maxEventsPerMatch: 10 });
    expect(matches).toMatchObject([{ eventCount: 50, eventsOmitted: 39, last: { ms: 49_000 } }]);
  });

  test("events listed in all open runs", () => {
    const groups = Array.from({ length: 20 }, (_, index) =>
      [0, 5, 10, 15, 20, 25].map((second) => event(second, { user: `u${index}` })),
    );
    const { matches } = correlateAll([counting({ gte: 2 })], rules, groups.flat(), { maxListedEvents: 40 });
    expect(matches).toHaveLength(20);
    expect(matches.every(({ eventCount, events }) => eventCount === 6 && events.length >= 1)).toBe(true);
    expect(matches.some(({ eventsOmitted }) => eventsOmitted > 0)).toBe(true);
  });

  test("a step of a temporal match stays cited beyond the bound", () => {
    const body = correlation({ type: "temporal_ordered", rules: ["a", "b"], timespan: "1h" });
    const last = event(60, { user: "x" }, "b");
    const { matches } = correlateAll([body], rules, [...series(0, 50), last], { maxEventsPerMatch: 10 });
    expect(matches[0]!.events.at(-1)?.ref).toBe(last.ref);
    expect(matches).toMatchObject([{ eventCount: 51 }]);
  });

  test("a group that floods its window still makes one run with an exact count", () => {
    const flood = Array.from({ length: 5000 }, (_, index) => event(index / 1000));
    const { matches, stats } = correlateAll([counting({ gte: 5 })], rules, flood, { maxEventsPerGroup: 100 });
    expect(matches).toMatchObject([{ eventCount: 5000, value: 100 }]);
    expect(stats).toMatchObject([{ evictedEvents: 4900 }]);
  });

  test("the bound never goes below what the condition counts to", () => {
    const { matches } = correlateAll(
      [counting({ gte: 200 })],
      rules,
      series(0, 200).map((match, index) => ({ ...match, time: { ms: index, ns: 0 } })),
      { maxEventsPerGroup: 10 },
    );
    expect(matches).toMatchObject([{ eventCount: 200, value: 200 }]);
  });

  test("a window with events missing is not judged by a condition that more events could undo", () => {
    const flood = Array.from({ length: 50 }, (_, index) => event(index / 10));
    const { matches, stats } = correlateAll([counting({ lte: 20 })], rules, flood, { maxEventsPerGroup: 20 });
    expect(matches).toEqual([]);
    expect(stats).toMatchObject([{ unjudgedWindows: 1 }]);
  });

  test("too many groups: the one idle longest is closed early", () => {
    const users = Array.from({ length: 50 }, (_, index) => [
      event(index / 100, { user: `u${index}` }),
      event(index / 100, { user: `u${index}` }),
    ]);
    const { matches, stats } = correlateAll([counting({ gte: 2 })], rules, users.flat(), { maxGroups: 10 });
    expect(matches).toHaveLength(50);
    expect(stats).toMatchObject([{ evictedGroups: 40, evictedEvents: 80, unjudgedWindows: 0 }]);
  });

  test("too many groups: a condition that more events could undo is not judged", () => {
    const users = Array.from({ length: 50 }, (_, index) => event(index / 100, { user: `u${index}` }));
    const { matches, stats } = correlateAll([counting({ lte: 2 })], rules, users, { maxGroups: 10 });
    expect(matches).toHaveLength(10);
    expect(stats).toMatchObject([{ evictedGroups: 40, unjudgedWindows: 40 }]);
  });

  test("too many waiting: the oldest go ahead", () => {
    const correlator = createCorrelator([counting({ gte: 2 })], rules, { maxPending: 10 });
    for (const match of series(0, 100)) correlator.push(match);
    expect(correlator.flush()).toMatchObject([{ eventCount: 100 }]);
    expect(correlator.stats()).toMatchObject([{ hurried: 90, late: 0 }]);
  });

  test("combinations carried to an outer correlation", () => {
    const inner = correlation({ type: "event_count", "group-by": ["host"], condition: { gte: 2 } }, "inner");
    const outer = correlation({ type: "event_count", rules: ["inner"], condition: { gte: 1 } }, "outer");
    const many = Array.from({ length: 1500 }, (_, index) =>
      event(index / 1000, { host: "h", user: `u${index}` }),
    );
    const { matches, stats } = correlateAll([inner, outer], rules, many);
    expect(matches).toHaveLength(1000);
    expect(stats[0]).toMatchObject({ uncarried: 500 });
  });
});

describe("references", () => {
  const refused = (
    correlations: CorrelationRule[],
    more = rules as { id: string; name?: string; path?: string }[],
  ) => {
    const { diagnostics } = createCorrelator(correlations, more);
    return diagnostics.map(({ code, severity }) => `${severity} ${code}`);
  };
  const link = (id: string, ...to: string[]) => correlation({ type: "temporal", rules: to }, id);

  test("unknown", () =>
    expect(refused([counting({ gte: 1 }, { rules: ["nobody"] })])).toEqual(["error unknown-rule"]));
  test("to itself", () => expect(refused([link("one", "one")])).toEqual(["error recursive-correlation"]));
  test("in a circle", () => {
    expect(refused([link("one", "two"), link("two", "three"), link("three", "one")])).toEqual(
      Array(3).fill("error recursive-correlation"),
    );
  });
  test("to a circle", () => {
    expect(refused([link("one", "two"), link("two", "two")])).toEqual([
      "error refused-inner-correlation",
      "error recursive-correlation",
    ]);
  });
  test("to a refused one", () => {
    expect(refused([link("one", "two"), link("two", "nobody")]).sort()).toEqual([
      "error refused-inner-correlation",
      "error unknown-rule",
    ]);
  });
  test("an ambiguous name", () => {
    const twins = [
      { id: "1", name: "same", path: "x.yml" },
      { id: "2", name: "same", path: "y.yml" },
    ];
    expect(refused([link("one", "same")], twins)).toEqual(["error ambiguous-rule"]);
  });
  test("of several rules of one name that of the same file", () => {
    const twins = [
      { id: "1", name: "same", path: "x.yml" },
      { id: "2", name: "same", path: "rules.yml" },
    ];
    const correlator = createCorrelator([link("one", "same")], twins);
    expect([correlator.wants("1"), correlator.wants("2")]).toEqual([false, true]);
  });
  test("a refused correlation silences nothing", () => {
    expect([...createCorrelator([link("one", "a", "nobody")], rules).silenced]).toEqual([]);
    expect([...createCorrelator([link("one", "a", "b")], rules).silenced]).toEqual(["a", "b"]);
  });
  test("a long chain, outermost first", () => {
    const chain = Array.from({ length: 200 }, (_, index) =>
      link(`n${index}`, index === 199 ? "a" : `n${index + 1}`),
    );
    const { matches, diagnostics } = correlateAll(chain, rules, [event(0)]);
    expect(diagnostics).toEqual([]);
    expect(matches.map(({ correlation: { id } }) => id)).toEqual(["n0"]);
    expect(citedEvents(matches[0]!)).toHaveLength(1);
  });
});

test("an inner match is cited with its own events", () => {
  const inner = correlation({ type: "event_count", condition: { gte: 3 } }, "inner");
  const outer = correlation({ type: "temporal_ordered", rules: ["inner", "b"], timespan: "1m" }, "outer");
  const failures = series(0, 3);
  const success = event(5, { user: "x" }, "b");
  const { matches } = correlateAll([outer, inner], rules, [...failures, success]);
  expect(matches).toHaveLength(1);
  expect(matches[0]).toMatchObject({ first: { ms: 0 }, last: { ms: 5000 }, eventCount: 2, value: 2 });
  expect(matches[0]!.events[0]).toMatchObject({ ruleIds: ["inner"], match: { eventCount: 3 } });
  expect(citedEvents(matches[0]!)).toEqual([
    ...failures.map(({ ref }) => ({ ref, ruleId: "a" })),
    { ref: success.ref, ruleId: "b" },
  ]);
});

test("what an inner match omits is counted", () => {
  const inner = correlation({ type: "event_count", condition: { gte: 3 } }, "inner");
  const outer = correlation({ type: "event_count", rules: ["inner"], condition: { gte: 1 } }, "outer");
  const { matches } = correlateAll([outer, inner], rules, series(0, 50), { maxEventsPerMatch: 10 });
  expect(matches).toMatchObject([{ eventCount: 1, eventsOmitted: 0 }]);
  expect(citedEvents(matches[0]!).length + uncitedCount(matches[0]!)).toBe(50);
});

test("matches that share inner matches are opened once", () => {
  const levels = Array.from({ length: 40 }, (_, index) =>
    correlation(
      { type: "temporal", rules: index === 0 ? ["a"] : [`l${index - 1}`, `r${index - 1}`] },
      `l${index}`,
    ),
  );
  const twins = levels.map((level, index) => ({ ...level, id: `r${index}` }));
  const { matches } = correlateAll([...levels, ...twins], rules, [event(0)]);
  expect(matches.map((match) => citedEvents(match).length)).toEqual([1, 1]);
});
