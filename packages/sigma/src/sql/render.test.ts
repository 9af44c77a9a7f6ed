import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Condition, ValueTest } from "../condition/tree.ts";
import type { FieldValue } from "../event.ts";
import { loadRules } from "../load/rules.ts";
import { evaluate } from "../match/evaluate.ts";
import { columnField, jsonAllValues, jsonField } from "./field.ts";
import { renderSql, type SqlBinding } from "./render.ts";

type Event = Record<string, FieldValue>;

let connection: DuckDBConnection;

beforeAll(async () => {
  connection = await (await DuckDBInstance.create(":memory:")).connect();
  await connection.run("CREATE TABLE events (id INTEGER, host VARCHAR, rest VARCHAR)");
});

afterAll(() => connection.closeSync());

/** `host` is a column of its own, everything else is in `rest`. */
const binding: SqlBinding = {
  field: (name) =>
    name === "host" ? columnField("host") : jsonField("rest", name === "a" ? ["a", "a.old"] : [name]),
  keywords: jsonAllValues("rest"),
};

async function store(events: readonly Event[]): Promise<void> {
  await connection.run("DELETE FROM events");
  const appender = await connection.createAppender("events");
  for (const [id, { host, ...rest }] of events.entries()) {
    appender.appendInteger(id);
    if (host === undefined) appender.appendNull();
    else appender.appendVarchar(String(host));
    appender.appendVarchar(JSON.stringify(rest));
    appender.endRow();
  }
  appender.closeSync();
}

/** Per condition the ids of the events it is true of. */
async function inSql(conditions: readonly Condition[]): Promise<{ found: number[]; isExact: boolean }[]> {
  const rendered = conditions.map((condition) => renderSql(condition, binding));
  const columns = rendered.map(({ sql }) => sql).join(",\n");
  const reader = await connection.runAndReadAll(`SELECT ${columns} FROM events ORDER BY id`);
  const rows = reader.getRows();
  expect(rows.flat().filter((result) => result === null)).toEqual([]);
  return rendered.map(({ isExact }, column) => ({
    found: [...rows.keys()].filter((id) => rows[id]![column]),
    isExact,
  }));
}

function inMatcher(condition: Condition, events: readonly Event[]): number[] {
  const truth = ({ host, ...rest }: Event) =>
    evaluate(condition, {
      field: (name) => (name === "host" ? host : name === "a" ? (rest.a ?? rest["a.old"]) : rest[name]),
      values: () => Object.values(rest).flat().map(String),
    }).result;
  return [...events.keys()].filter((id) => truth(events[id]!));
}

async function check(conditions: readonly Condition[], events: readonly Event[]): Promise<void> {
  await store(events);
  for (const [at, { found, isExact }] of (await inSql(conditions)).entries()) {
    const condition = conditions[at]!;
    const expected = inMatcher(condition, events);
    if (isExact) expect({ condition, found }).toEqual({ condition, found: expected });
    else expect(found).toEqual(expect.arrayContaining(expected));
  }
}

const pieces = [
  "a",
  "B",
  "ab",
  "",
  "ſ",
  "S",
  "Σ",
  "ς",
  "İ",
  "i",
  "ß",
  "ẞ",
  "K",
  "k",
  "é",
  "É",
  "😀",
  "\\",
  "*",
  "?",
  "%",
  "_",
  "'",
  '"',
  "\n",
  ".",
  "-",
  "/",
  "–",
  "x1",
  "\0",
  "(",
  "]",
  "^",
  "$",
  " ",
];
const shortText = fc.array(fc.constantFrom(...pieces), { maxLength: 4 }).map((parts) => parts.join(""));
const addresses = fc.constantFrom(
  "192.0.2.1",
  "192.0.2.255",
  "192.0.3.0",
  "10.1.2.3",
  "::ffff:192.0.2.7",
  "2001:db8::1",
  "2001:db8:1::",
  "192.0.2",
  "0300.0.2.1",
  "256.1.1.1",
  "1.2.3.4.5",
  " 192.0.2.9 ",
  "0xc0.0.2.1",
  "3221225985",
  "fe80::1%eth0",
);
const numbers = fc.constantFrom(
  "5",
  "05",
  "+5",
  "-5",
  "5.",
  ".5",
  "5e3",
  " 5 ",
  "\u00a05",
  "5,0",
  "0x5",
  "1_000",
  "1e999",
  "-1e999",
  "1e-999",
  "5 5",
  "",
  "true",
  "99999999999999999999",
  "0.1",
);
const dates = fc.constantFrom(
  "2023-09-20 10:32:17",
  "2023-09-20T23:59:60Z",
  "2023-02-30",
  "1695205937",
  "2024-12-30",
  "10:32",
);
const someText = fc.oneof(shortText, addresses, numbers, dates);
const scalar = fc.oneof(
  { weight: 6, arbitrary: someText },
  fc.constantFrom<(number | boolean)[]>(0, 5, -5, 0.5, 1e21, 12345678901, true, false),
);
const value: fc.Arbitrary<FieldValue> = fc.oneof(
  { weight: 4, arbitrary: scalar },
  fc.array(scalar, { maxLength: 3 }),
);
const names = ["a", "b", "winlog.event_data.C", "a~/b"];
const optional = fc.option(value, { nil: undefined, freq: 3 });
const events = fc.array(
  fc
    .record({
      host: fc.option(someText, { nil: undefined, freq: 3 }),
      ...Object.fromEntries([...names, "a.old"].map((name) => [name, optional])),
    })
    .map(withoutAbsent),
  { minLength: 5, maxLength: 25 },
);

function withoutAbsent(event: Record<string, FieldValue | undefined>): Event {
  return Object.fromEntries(
    Object.entries(event).filter((entry): entry is [string, FieldValue] => entry[1] !== undefined),
  );
}

const cased = fc.constantFrom({}, { cased: true as const });
const comparison = fc.constantFrom("lt", "lte", "gt", "gte", "eq");
const plainTest = fc
  .tuple(fc.constantFrom("equals", "contains", "startswith", "endswith"), someText, cased)
  .map(([op, text, flag]) => ({ op, value: text, ...flag }) as ValueTest);
const wildcardTest = fc
  .tuple(
    fc.array(
      fc.oneof(
        shortText.filter((text) => text !== ""),
        fc.constantFrom<(0 | 1 | 2)[]>(0, 0, 1, 2),
      ),
      { minLength: 1, maxLength: 5 },
    ),
    cased,
  )
  .map(([pattern, flag]) => ({ op: "wildcard", pattern, ...flag }) as ValueTest);
const regexTest = fc
  .tuple(
    fc.constantFrom(
      "a",
      "^a",
      "b$",
      "a.b",
      "^.$",
      "[ab]+",
      "\\d{1,3}",
      "(a|b)b",
      "\\bx1\\b",
      "\\.",
      "(?i)AB",
      "^$",
      "é",
      "\\s",
      "k",
      "a{2,}",
      "\\Qa",
      "x|^b",
    ),
    fc.constantFrom("", "i", "m", "s", "im", "ims"),
  )
  .map(([pattern, flags]) => ({ op: "regex", pattern, flags }) as ValueTest);
const keywordTest = fc.oneof(plainTest, wildcardTest, regexTest);
const fieldTest = fc.oneof(
  { weight: 4, arbitrary: plainTest },
  { weight: 3, arbitrary: wildcardTest },
  { weight: 2, arbitrary: regexTest },
  fc.constant<ValueTest>({ op: "null" }),
  fc.boolean().map((isThere): ValueTest => ({ op: "exists", value: isThere })),
  fc
    .constantFrom("192.0.2.0/24", "10.0.0.0/8", "0.0.0.0/0", "192.0.2.1/32", "2001:db8::/32")
    .map((network): ValueTest => ({ op: "cidr", network })),
  fc
    .tuple(comparison, fc.constantFrom(5, 0, -5, 0.5, 1e21, 4999))
    .map(([how, limit]) => ({ op: "compare", comparison: how, value: limit }) as ValueTest),
  fc
    .tuple(fc.constantFrom("hour", "year", "week"), comparison, fc.constantFrom(10, 2023, 38))
    .map(([part, how, limit]) => ({ op: "date-part", part, comparison: how, value: limit }) as ValueTest),
  fc
    .tuple(
      fc.constantFrom(...names, "host"),
      fc.constantFrom("equals", "contains", "startswith", "endswith"),
      cased,
    )
    .map(([field, how, flag]) => ({ op: "field-ref", field, how, ...flag }) as ValueTest),
);

const { tree } = fc.letrec<{ tree: Condition; leaf: Condition }>((tie) => ({
  leaf: fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .tuple(fc.constantFrom(...names, "host"), fc.array(fieldTest, { minLength: 1, maxLength: 5 }))
        .map(([field, tests]) => ({ kind: "field", field, tests }) as Condition),
    },
    fc
      .array(keywordTest, { minLength: 1, maxLength: 3 })
      .map((tests) => ({ kind: "keyword", tests }) as Condition),
    fc.boolean().map((truth): Condition => ({ kind: "constant", value: truth })),
  ),
  tree: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    { weight: 3, arbitrary: tie("leaf") },
    fc.array(tie("tree"), { minLength: 1, maxLength: 3 }).map((items): Condition => ({ kind: "and", items })),
    fc.array(tie("tree"), { minLength: 1, maxLength: 3 }).map((items): Condition => ({ kind: "or", items })),
    tie("tree").map((item): Condition => ({ kind: "not", item })),
  ),
}));

describe("a query finds what the matcher matches", () => {
  test("any condition over any events", async () => {
    await fc.assert(fc.asyncProperty(fc.array(tree, { minLength: 10, maxLength: 20 }), events, check), {
      numRuns: 15,
      seed: 20_261_122,
      endOnFailure: true,
    });
  });

  test("one test at a time, plain and denied", async () => {
    const one = fc
      .tuple(fc.constantFrom("a", "host"), fieldTest, fc.boolean())
      .map(([field, single, isDenied]): Condition => {
        const node: Condition = { kind: "field", field, tests: [single] };
        return isDenied ? { kind: "not", item: node } : node;
      });
    await fc.assert(fc.asyncProperty(fc.array(one, { minLength: 20, maxLength: 40 }), events, check), {
      numRuns: 30,
      seed: 20_261_122,
      endOnFailure: true,
    });
  });

  test("rules as they are written", async () => {
    const stored: Event[] = [
      {
        a: "C:\\Windows\\System32\\cmd.exe",
        b: ["whoami /all", "x"],
        "winlog.event_data.C": 4688,
        host: "WS-01",
      },
      { a: "c:\\windows\\system32\\CMD.EXE", b: "net user", host: "ws-01" },
      { a: "powershell -enc SQBFAFgA", b: "198.51.100.7", "winlog.event_data.C": "4688" },
      {},
    ];
    const detections = [
      "{ s: { a|endswith: '\\cmd.exe' }, condition: s }",
      "{ s: { a|endswith: '\\cmd.exe', b|contains: whoami }, f: { host: WS-0?9 }, condition: s and not f }",
      "{ s: { a|contains|all: [windows, cmd] }, condition: s }",
      "{ s: { a|cased: 'C:\\Windows*' }, condition: not s }",
      "{ s: { a|windash|contains: ' -enc' }, condition: s }",
      "{ s: { winlog.event_data.C: 4688 }, condition: s }",
      "{ s: { winlog.event_data.C|gte: 4000 }, condition: s }",
      "{ s: { b|re: '^net\\s' }, condition: s }",
      "{ s: { b: null }, condition: s }",
      "{ s: { b|exists: false }, condition: s }",
      "{ s: { b|cidr: 198.51.100.0/24 }, condition: s }",
      "{ k: [whoami, user], condition: k }",
      "{ s1: { a: '*' }, s2: { host: '*' }, condition: all of s* }",
    ];
    await store(stored);
    for (const detection of detections) {
      const text = `title: t\nlogsource: { product: windows }\ndetection: ${detection}\n`;
      const { rules, diagnostics } = loadRules([{ path: "rule.yml", text }]);
      expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
      const [result] = await inSql([rules[0]!.condition]);
      const { found } = result!;
      expect({ detection, found }).toEqual({ detection, found: inMatcher(rules[0]!.condition, stored) });
      expect({ detection, isFound: found.length > 0 }).toEqual({ detection, isFound: true });
    }
  });
});

describe("hostile texts stay texts", () => {
  const texts = ["'; DROP TABLE events; --", "\\'", "''", "a\0b", "$1", "(?i)", "%", "\ufdd0"];
  test.each(texts)("%j", async (text) => {
    const condition: Condition = {
      kind: "field",
      field: "a",
      tests: [
        { op: "contains", value: text, cased: true },
        { op: "wildcard", pattern: [text, 0, text] },
      ],
    };
    await check([condition], [{ a: text }, { a: `x${text}x` }, { a: "other" }]);
    const named: Condition = { kind: "field", field: text, tests: [{ op: "exists", value: true }] };
    await check([named], [{ [text]: "x" }, { a: "x" }]);
  });
});

test("what SQL cannot judge is said", () => {
  const isExact = (single: ValueTest) =>
    renderSql({ kind: "field", field: "a", tests: [single] }, binding).isExact;
  expect(isExact({ op: "equals", value: "x" })).toBe(true);
  expect(isExact({ op: "cidr", network: "2001:db8::/32" })).toBe(false);
  expect(isExact({ op: "date-part", part: "hour", comparison: "eq", value: 3 })).toBe(false);
});
