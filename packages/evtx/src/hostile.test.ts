import fc from "fast-check";
import { expect, test } from "vitest";
import { type Fragment, type Template, writeEvtx } from "../../../tools/evtx-writer/writer.ts";
import { logon, parseExact, raw, readOne, someGuid, someTime, spec } from "../test/logs.ts";
import { openEvtx } from "./index.ts";

/** Everything a consumer may do with a log. */
function exercise(bytes: Uint8Array): void {
  const file = openEvtx(bytes, { recover: true });
  file.forEachRecord((record) => {
    record.get("EventData.TargetUserName");
    record.get("Channel");
    record.forEachSystem(() => {});
    record.forEachData(() => {});
    expect(parseExact(record.jsonText())).toEqual(record.toJSON());
    record.toXML();
  });
  const covered = file.accounting().reduce((sum, range) => sum + range.length, 0);
  expect(covered).toBe(bytes.length);
}

const healthy = writeEvtx([
  logon(1),
  spec({ recordId: 2, qualifiers: 1, eventData: [{ value: "a" }, { value: "b" }], binary: Uint8Array.of(1) }),
  spec({ recordId: 3, userData: { name: "X", children: [{ name: "Y", type: "uint32", value: 4 }] } }),
  {
    ...raw([
      {
        name: "A",
        attributes: [["b", [{ slot: 0, type: "guid" }]]],
        children: [{ cdata: "c" }, { entityRef: "amp" }],
      },
    ]),
    recordId: 4,
  },
  { recordId: 5, time: someTime, fragment: { element: { name: "Event", children: [{ name: "System" }] } } },
]);
const used = 4096 + 512 + 6000;

test("mutated logs give records or diagnostics, never an exception", () => {
  const change = fc.tuple(fc.integer({ min: 4096, max: used }), fc.integer({ min: 0, max: 255 }));
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 12 }), (changes) => {
      const bytes = healthy.slice();
      for (const [at, value] of changes) bytes[at] = value;
      exercise(bytes);
    }),
    { numRuns: 300 },
  );
});

test("cut logs and random bytes", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: used }), (length) => exercise(healthy.slice(0, length))),
    { numRuns: 60 },
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), (body) => {
      const bytes = healthy.slice();
      bytes.set(body, 4096 + 512 + 24);
      exercise(bytes);
    }),
    { numRuns: 60 },
  );
});

/** Fragments in fragments, each placed `copies` times in the one around it. */
function nest(depth: number, copies: number): Fragment {
  const template: Template = {
    guid: someGuid,
    root: {
      name: "N",
      children: Array.from({ length: copies }, () => ({
        name: "V",
        children: [{ slot: 0, type: "binxml" as const }],
      })),
    },
  };
  let fragment: Fragment = { element: { name: "Leaf", children: ["end"] } };
  for (let i = 0; i < depth; i++)
    fragment = { template, values: [{ type: "binxml", value: fragment }], header: false };
  return fragment;
}

test.each([
  ["deep", 200, 1],
  ["multiplying", 60, 2],
  ["multiplying more", 20, 10],
])("fragments within fragments end: %s", (_name, depth, copies) => {
  const start = performance.now();
  const bytes = writeEvtx([{ recordId: 1, time: someTime, fragment: nest(depth, copies) }]);
  exercise(bytes);
  expect(performance.now() - start).toBeLessThan(20_000);
});

test("elements nested without end are cut", () => {
  let element = { name: "E", children: [] as object[] };
  for (let i = 0; i < 2000; i++) element = { name: "E", children: [element] };
  const bytes = writeEvtx([{ recordId: 1, time: someTime, fragment: { element: element as never } }]);
  exercise(bytes);
  const file = openEvtx(bytes);
  for (const record of file.records()) record.jsonText();
  expect(file.diagnostics.map(({ code }) => code)).toContain("depth-limit");
});

test("a slot number that the instance does not have", () => {
  const record = readOne(raw([{ name: "A", children: [{ slot: 9, type: "uint32" }] }], [{ value: "x" }]));
  expect(record.toJSON()).toEqual({ Event: { A: null } });
});

test("names that are special to JavaScript objects", () => {
  const names = ["__proto__", "constructor", "toString", "hasOwnProperty"];
  const record = readOne(spec({ eventData: names.map((name) => ({ name, value: name })) }));
  expect([...record.eventData()].map(([name, value]) => [name, value])).toEqual(
    names.map((name) => [name, name]),
  );
  expect(record.get("EventData.__proto__")).toBe("__proto__");
  const data = (JSON.parse(record.jsonText()) as { Event: { EventData: object } }).Event.EventData;
  expect(Object.keys(data)).toEqual(names);
  const plain = (record.toJSON() as { Event: { EventData: object } }).Event.EventData;
  expect(Object.keys(plain)).toEqual(names);
});

test("two templates of one GUID are two templates", () => {
  const record = (name: string, id: number) => ({
    recordId: id,
    time: someTime,
    fragment: { template: { guid: someGuid, root: { name: "Event", children: [{ name }] } }, values: [] },
  });
  const first = openEvtx(writeEvtx([record("A", 1)]));
  const second = openEvtx(writeEvtx([record("B", 1)]));
  const texts = [first, second, first].map((file) => [...file.records()][0]!.jsonText());
  expect(texts).toEqual(['{"Event":{"A":null}}', '{"Event":{"B":null}}', '{"Event":{"A":null}}']);
});
