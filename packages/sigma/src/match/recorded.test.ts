import fc from "fast-check";
import { expect, test } from "vitest";
import { isNumberLike } from "../event.ts";
import { fold } from "./fold.ts";
import { narrowFolded } from "./recorded.ts";
import { Scanner } from "./scanner.ts";

function recorded(text: string, offset: number) {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(text, "utf16le"), Buffer.alloc(1)]);
  return { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length), at: offset, count: text.length };
}

const into = Buffer.alloc(64);
const intoView = new DataView(into.buffer, into.byteOffset, into.length);
const anyText = fc.string({
  unit: fc.constantFrom("a", "Z", "@", "[", "`", "{", "\\", "0", " ", "\0", "é", "ſ"),
  maxLength: 20,
});

test.each([
  ["", ""],
  ["C:\\Windows\\CMD.exe", "c:\\windows\\cmd.exe"],
  ["@AZ[`az{\x7f\x01", "@az[`az{\x7f\x01"],
  ["ended\0\0\0", "ended"],
  ["a\0b and more", undefined],
  ["abc\0", "abc"],
  ["é", undefined],
  ["four\u0100", undefined],
  ["x".repeat(65), undefined],
])("%j is narrowed to %j", (text, expected) => {
  for (const offset of [0, 1, 3]) {
    const length = narrowFolded(recorded(text, offset), intoView);
    expect(length < 0 ? undefined : into.toString("latin1", 0, length)).toBe(expected);
  }
});

test("a text that is not decoded has the rules that it has when it is, or asks to be decoded", () => {
  const literals = fc.array(fc.tuple(anyText, fc.boolean()), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(literals, anyText, fc.nat(5), (texts, value, offset) => {
      const scanner = new Scanner();
      for (const [i, [text, whole]] of texts.entries())
        if (whole || text !== "") scanner.add(fold(text), whole, i);
      const found = new Set<number>();
      const isDone = scanner.scanRecorded(recorded(value, offset), (rules) => {
        for (const rule of rules) found.add(rule);
      });
      if (isDone)
        expect([...found].sort()).toEqual([...new Set(scanner.scan(fold(value.replace(/\0+$/, ""))))].sort());
    }),
    { numRuns: 2000 },
  );
});

test.each([
  "4688",
  "-1.5e+20",
  "0x3e7",
  "{54849625-5478-4994-a5ba-3e3b0328c30d}",
  "s-1-5-21-7",
  "true",
  "nan",
])("%s may be part of a number", (text) => expect(isNumberLike(text)).toBe(true));

test.each(["kiwi", "a b", "\\x", "eo.oe.kiwi", "dpapi::masterkey"])("%s is no part of a number", (text) =>
  expect(isNumberLike(text)).toBe(false),
);
