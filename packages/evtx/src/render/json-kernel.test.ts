import fc from "fast-check";
import { expect, test, vi } from "vitest";
import {
  type Scalar,
  type TypedValue,
  type ValueTypeName,
  valueTypeIds,
  writeEvtx,
  type XmlNode,
} from "../../../../tools/evtx-writer/writer.ts";
import { raw, readAll } from "../../test/logs.ts";
import { openEvtx } from "../index.ts";
import { generalJsonText } from "./json-value.ts";

const numbers = (bits: number, isSigned: boolean) =>
  fc.bigInt({
    min: isSigned ? -(2n ** BigInt(bits - 1)) : 0n,
    max: 2n ** BigInt(isSigned ? bits - 1 : bits) - 1n,
  });
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 70 }),
  fc.string({
    unit: fc.constantFrom("a", "\\", '"', "\n", "\u0001", "\0", "é", "…", "\ud83d", "\ude00"),
    maxLength: 40,
  }),
);
const values: Partial<Record<ValueTypeName, fc.Arbitrary<Scalar>>> = {
  string: text,
  ansi: fc.string({ maxLength: 9 }),
  int8: numbers(8, true),
  uint8: numbers(8, false),
  int16: numbers(16, true),
  uint16: numbers(16, false),
  int32: numbers(32, true),
  uint32: numbers(32, false),
  int64: fc.oneof(numbers(64, true), numbers(40, true), fc.constant(0n)),
  uint64: fc.oneof(numbers(64, false), numbers(40, false), fc.constant(0n)),
  float: fc.float(),
  double: fc.double(),
  bool: fc.constantFrom(0, 1, 2, 4_000_000_000),
  binary: fc.uint8Array({ maxLength: 40 }),
  guid: fc.uuid(),
  sizet: numbers(64, false),
  filetime: fc.oneof(numbers(64, false), numbers(57, false)),
  systemtime: fc.uint8Array({ minLength: 16, maxLength: 16 }),
  sid: fc.constantFrom("S-1-5-18", "S-1-5-21-1-4294967295-3-500", "S-255-281474976710655"),
  hex32: numbers(32, false),
  hex64: fc.oneof(numbers(64, false), fc.constant(0n), fc.constant(0xfn)),
  evthandle: numbers(32, false),
  evtxml: fc.constant("<a/>"),
};
const types = Object.keys(values) as (keyof typeof values)[];

/** A value that fits its type, or is missing, empty, of another size, or a list. */
const value: fc.Arbitrary<TypedValue> = fc.constantFrom(...types).chain((type) =>
  fc.oneof(
    { weight: 8, arbitrary: values[type]!.map((one): TypedValue => ({ type, value: one })) },
    { weight: 1, arbitrary: fc.constant<TypedValue>({ type: "null", value: null }) },
    {
      weight: 1,
      arbitrary: fc.uint8Array({ maxLength: 20 }).map((bytes): TypedValue => ({ type, value: bytes })),
    },
    {
      weight: 1,
      arbitrary: fc.array(values[type]!, { maxLength: 4 }).map((list): TypedValue => ({ type, value: list })),
    },
  ),
);

const slotsOf = (list: readonly TypedValue[], from: number) =>
  list.map(({ type = "string", value: own }, i) => ({
    slot: from + i,
    type,
    array: Array.isArray(own),
    optional: i % 3 > 0,
  }));

function elements(list: readonly TypedValue[]): XmlNode[] {
  return slotsOf(list, 0).map((slot, i) =>
    i % 4 === 3
      ? { name: "Other", attributes: [["Value", [slot]]] }
      : { name: "Data", attributes: i % 5 === 4 ? [] : [["Name", [`n${i % 7}`]]], children: [slot] },
  );
}

test("the kernel and the general way make the same text", () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(value, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 4 }),
      (shapes) => {
        // Each shape comes twice: the kernel knows the template the second time.
        const records = [...shapes, ...shapes].map((list, i) => {
          const template = {
            guid: `${String(i % shapes.length).padStart(8, "0")}-5478-4994-a5ba-3e3b0328c30d`,
            root: { name: "EventData", children: elements(list) },
          };
          const id: TypedValue = { type: "uint16", value: 4624 };
          const system: XmlNode = {
            name: "System",
            children: [{ name: "EventID", children: [{ slot: 0, type: "uint16" }] }],
          };
          const nested: TypedValue = { type: "binxml", value: { template, values: list } };
          return raw([system, { slot: 1, type: "binxml", optional: true }], [id, nested], i + 1);
        });
        const bytes = writeEvtx(records);
        for (const record of readAll(bytes)) {
          const expected = generalJsonText(record.roots());
          expect(record.jsonText()).toBe(expected);
          expect(Buffer.from(record.jsonBytes()).toString()).toBe(expected);
        }
        expect(linesOf(bytes)).toBe(
          readAll(bytes)
            .map((record) => `${generalJsonText(record.roots())}\n`)
            .join(""),
        );
      },
    ),
    { numRuns: 300 },
  );
});

/** What `writeJson` gives: whole lines each time. */
function linesOf(bytes: Uint8Array): string {
  let lines = "";
  openEvtx(bytes).writeJson((part) => {
    expect(part.at(-1)).toBe(0x0a);
    lines += Buffer.from(part).toString();
  });
  return lines;
}

test("lines come together over many records, those of the general way in their place, long ones too", () => {
  const slot = (type: ValueTypeName): XmlNode => ({ name: "A", children: [{ slot: 0, type }] });
  const records = Array.from({ length: 120 }, (_, i) => {
    const isRare = i % 7 === 3;
    const value: TypedValue = isRare
      ? { type: "double", value: i }
      : { value: "\u0001".repeat((i * 37) % 9000) };
    return raw([slot(isRare ? "double" : "string")], [value], i + 1);
  });
  // A value that stands a hundred times over: more than the output holds.
  const many = Array.from({ length: 100 }, () => slot("string"));
  records.splice(60, 0, raw(many, [{ value: "\u0001".repeat(9000) }], 500));
  const bytes = writeEvtx(records);
  const texts = readAll(bytes).map((record) => `${record.jsonText()}\n`);
  expect(Math.max(...texts.map(({ length }) => length))).toBeGreaterThan(1 << 20);
  expect(linesOf(bytes)).toBe(texts.join(""));
  expect(openEvtx(bytes).writeJson(() => {}, { fromChunk: 0, toChunk: 0 })).toBe(0);
});

test("a value that stands thousands of times in its template", () => {
  const many: XmlNode[] = Array.from({ length: 2500 }, () => ({
    name: "A",
    children: [{ slot: 0, type: "string" }],
  }));
  for (const record of readAll(writeEvtx([1, 2].map((id) => raw(many, [{ value: "ab" }], id))))) {
    expect(record.jsonText()).toBe(generalJsonText(record.roots()));
  }
});

test("a runtime without WebAssembly gives the same lines", async () => {
  const logs = [1, 2, 3].map((id) =>
    raw([{ name: "A", children: [{ slot: 0, type: "string" }] }], [{ value: `v${id}` }], id),
  );
  const bytes = writeEvtx(logs);
  const expected = linesOf(bytes);
  const runtime = globalThis as { WebAssembly?: unknown };
  const kept = runtime.WebAssembly;
  vi.resetModules();
  runtime.WebAssembly = undefined;
  try {
    const { openEvtx: open } = await import("../index.ts");
    const parts: Uint8Array[] = [];
    expect(open(bytes).writeJson((part) => parts.push(part.slice()))).toBe(3);
    expect(Buffer.concat(parts).toString()).toBe(expected);
    expect([...open(bytes).records()].map((record) => `${record.jsonText()}\n`).join("")).toBe(expected);
  } finally {
    runtime.WebAssembly = kept;
  }
});

test("every type of value is tried", () => {
  const missing = Object.keys(valueTypeIds).filter((name) => !types.includes(name as ValueTypeName));
  expect(missing).toEqual(["null", "binxml"]);
});

test("a record that fills its output leaves room for what comes after a nested one", () => {
  // Each use of the slot doubles the text; the outer template goes on after the nested one.
  const long = "\u0001".repeat(9000);
  const twice: XmlNode[] = Array.from({ length: 20 }, (_, i) => ({
    name: "Data",
    attributes: [["Name", [`d${i}`]]],
    children: [{ slot: 0, type: "string" }],
  }));
  const after: XmlNode[] = [{ name: "After", children: ["z".repeat(8000)] }];
  const template = {
    guid: "54849625-5478-4994-a5ba-3e3b0328c30e",
    root: { name: "EventData", children: twice },
  };
  const nested: TypedValue = { type: "binxml", value: { template, values: [{ value: long }] } };
  const make = (id: number) => raw([{ slot: 0, type: "binxml" }, ...after], [nested], id);
  for (const record of readAll(writeEvtx([make(1), make(2), make(3)]))) {
    expect(record.jsonText()).toBe(generalJsonText(record.roots()));
  }
});
