import fc from "fast-check";
import { expect, test } from "vitest";
import { ansiText, decodeUnits, isTextAt, unitsBeforeNul, utf16Text } from "./text.ts";

const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.string({ maxLength: 80 }),
  // Alike in length and in most units: what a cache confuses if it compares too little.
  fc.stringMatching(/^C:\\Windows\\[ab]{20}\\x$/),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 80 })
    .map((units) => String.fromCharCode(...units)),
);

test("any text at any offset comes back, whatever was read before it", () => {
  fc.assert(
    fc.property(fc.array(text, { maxLength: 12 }), fc.integer({ min: 0, max: 3 }), (texts, offset) => {
      const bytes = new Uint8Array([
        ...new Uint8Array(offset),
        ...texts.flatMap((item) => [...Buffer.from(item, "utf16le")]),
      ]);
      const view = new DataView(bytes.buffer);
      let at = offset;
      for (const item of texts) {
        expect(utf16Text(bytes, at, item.length)).toBe(item);
        expect(decodeUnits(view, at, item.length)).toBe(item);
        expect(isTextAt(item, bytes, at)).toBe(true);
        at += 2 * item.length;
      }
    }),
    { numRuns: 300 },
  );
});

test("long texts", () => {
  for (const item of [
    "x".repeat(32_768),
    "\u00e9".repeat(9000),
    "\u4e00".repeat(32_768),
    `${"y".repeat(5000)}\u{1f600}`,
  ]) {
    const bytes = new Uint8Array(Buffer.from(item, "utf16le"));
    expect(utf16Text(bytes, 0, item.length)).toBe(item);
    expect(decodeUnits(new DataView(bytes.buffer), 0, item.length)).toBe(item);
  }
});

test.each([
  ["none", "abc", 3],
  ["at the end", "abc\0", 3],
  ["inside", "a\0c", 1],
  ["at once", "\0", 0],
  ["a unit with a zero byte is no NUL", "\u0100a", 2],
])("units before the NUL: %s", (_name, value, expected) => {
  const bytes = new Uint8Array(Buffer.from(value, "utf16le"));
  expect(unitsBeforeNul(bytes, 0, value.length)).toBe(expected);
});

test("ANSI is Windows-1252, NULs left out", () => {
  expect(ansiText(Uint8Array.of(0x41, 0x80, 0x99, 0xe9, 0, 0x42), 0, 6)).toBe("A\u20ac\u2122\u00e9B");
});
