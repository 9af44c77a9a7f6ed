import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FieldValue } from "./event.ts";
import { nestFields } from "./nest.ts";
import { nestedJson } from "./nested-json.ts";

function check(fields: Record<string, FieldValue>): void {
  expect(nestedJson(fields)).toBe(JSON.stringify(nestFields(fields)));
}

describe("nestedJson", () => {
  it.each<[string, Record<string, FieldValue>]>([
    ["nothing", {}],
    ["one", { a: 1 }],
    ["nested, interleaved", { "a.b": 1, c: "x", "a.d.e": true, "a.d.f": ["x", 1] }],
    ["a value beside members", { a: 1, "a.b": 2, "a.c.d": 3, "a.c": 4 }],
    ["keys that are numbers", { "a.10": 1, "a.9": 2, "a.x": 3, "a.01": 4, "2": 5 }],
    ["hostile names and values", { "__proto__.x": 'say "hi"\\', "a\n.\u0000": "\ud800", "": "", "..": 1 }],
    ["numbers that JSON has not", { a: Number.NaN, b: -0, c: 1e21, d: 1.5 }],
  ])("%s", (_, fields) => check(fields));

  it("joins maps: the last value of a name, at its first place", () => {
    expect(nestedJson({ a: 1, "b.c": 2 }, { a: 3, "b.d": 4 })).toBe('{"a":3,"b":{"c":2,"d":4}}');
  });

  it("gives for any fields what JSON.stringify gives of the nested object", () => {
    const name = fc.oneof(
      fc
        .array(fc.constantFrom("a", "b", "0", "12", "value"), { minLength: 1, maxLength: 4 })
        .map((parts) => parts.join(".")),
      fc.string(),
    );
    const value = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.integer(),
      fc.double(),
      fc.boolean(),
      fc.array(fc.string(), { maxLength: 2 }),
    );
    fc.assert(fc.property(fc.dictionary(name, value, { noNullPrototype: true }), check));
  });
});
