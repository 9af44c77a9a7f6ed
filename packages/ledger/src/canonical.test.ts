import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson, type JsonValue } from "./canonical.ts";

/** IEEE 754 bits → text, from RFC 8785 appendix B. */
const numbers: [string, string][] = [
  ["0000000000000000", "0"],
  ["8000000000000000", "0"],
  ["0000000000000001", "5e-324"],
  ["8000000000000001", "-5e-324"],
  ["7fefffffffffffff", "1.7976931348623157e+308"],
  ["ffefffffffffffff", "-1.7976931348623157e+308"],
  ["4340000000000000", "9007199254740992"],
  ["c340000000000000", "-9007199254740992"],
  ["4430000000000000", "295147905179352830000"],
  ["44b52d02c7e14af5", "9.999999999999997e+22"],
  ["44b52d02c7e14af6", "1e+23"],
  ["44b52d02c7e14af7", "1.0000000000000001e+23"],
  ["444b1ae4d6e2ef4e", "999999999999999700000"],
  ["444b1ae4d6e2ef4f", "999999999999999900000"],
  ["444b1ae4d6e2ef50", "1e+21"],
  ["3eb0c6f7a0b5ed8c", "9.999999999999997e-7"],
  ["3eb0c6f7a0b5ed8d", "0.000001"],
  ["41b3de4355555553", "333333333.3333332"],
  ["41b3de4355555557", "333333333.33333343"],
  ["becbf647612f3696", "-0.0000033333333333333333"],
  ["43143ff3c1cb0959", "1424953923781206.2"],
];

describe("canonicalJson", () => {
  test.each(numbers)("number %s is %s", (bits, text) => {
    expect(canonicalJson(Buffer.from(bits, "hex").readDoubleBE(0))).toBe(text);
  });

  test("keys are sorted by UTF-16 code units (RFC 8785 section 3.2.3)", () => {
    const value = { "\u20ac": 1, "\r": 2, "\ufb33": 3, 1: 4, "\ud83d\ude00": 5, "\u0080": 6, "\u00f6": 7 };
    expect(canonicalJson(value)).toBe(
      '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}',
    );
  });

  test.each([
    [
      "control characters",
      "\u0000\b\t\n\u000b\f\r\u001f\u007f",
      '"\\u0000\\b\\t\\n\\u000b\\f\\r\\u001f\u007f"',
    ],
    ["quote, backslash, slash", '"\\/', '"\\"\\\\/"'],
    ["line separators stay", "\u2028\u2029", '"\u2028\u2029"'],
    ["literals and nesting", [null, true, false, {}, []], "[null,true,false,{},[]]"],
    ["a key named __proto__", JSON.parse('{"b":1,"__proto__":{"a":2}}'), '{"__proto__":{"a":2},"b":1}'],
  ] as [string, JsonValue, string][])("%s", (_name, value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  test.each([
    ["NaN", Number.NaN],
    ["infinity", Number.POSITIVE_INFINITY],
    ["undefined member", { a: undefined }],
    ["hole in an array", Object.assign([1], { length: 3 })],
    ["lone surrogate", "\ud800"],
    ["lone surrogate in a key", { "\udc00": 1 }],
    ["bigint", 1n],
    ["Date", new Date(0)],
    ["Map", new Map()],
    ["nesting without end", Array.from({ length: 70 }).reduce((inner) => [inner], 0)],
  ])("refuses %s", (_name, value) => {
    expect(() => canonicalJson(value as JsonValue)).toThrow("canonical JSON");
  });

  test("reading back and writing again gives the same text, whatever the key order", () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: "binary" }), (value) => {
        let text: string;
        try {
          text = canonicalJson(value as JsonValue);
        } catch {
          return;
        }
        expect(canonicalJson(reversed(JSON.parse(text)))).toBe(text);
      }),
    );
  });
});

function reversed(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([k, v]) => [k, reversed(v as JsonValue)]),
  );
}
