import fc from "fast-check";
import { expect, test } from "vitest";
import { isNumberLike } from "../event.ts";
import { fold } from "./fold.ts";
import type { LiteralPlace } from "./guard.ts";
import { Marks } from "./marks.ts";
import { narrowFolded } from "./recorded.ts";
import { Scanner } from "./scanner.ts";
import { putRecorded } from "./text-bytes.ts";

function recorded(text: string, offset: number) {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(text, "utf16le"), Buffer.alloc(1)]);
  return { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length), at: offset, count: text.length };
}

const into = Buffer.alloc(64);
const intoView = new DataView(into.buffer, into.byteOffset, into.length);
const from = 3;
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
  ["x".repeat(62), undefined],
])("%j is narrowed to %j", (text, expected) => {
  for (const offset of [0, 1, 3]) {
    const end = narrowFolded(recorded(text, offset), intoView, from);
    expect(end < 0 ? undefined : into.toString("latin1", from, end)).toBe(expected);
  }
});

const anyPlace = fc.constantFrom<LiteralPlace[]>("anywhere", "start", "end", "whole");

function setOf({ list, count }: Marks): number[] {
  return [...new Set(list.subarray(0, count))].sort();
}

test("a text that is not decoded has the rules that it has when it is, or asks to be decoded", () => {
  const literals = fc.array(fc.tuple(anyText, anyPlace), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(literals, anyText, fc.nat(5), (texts, value, offset) => {
      const scanner = new Scanner();
      for (const [i, [text, place]] of texts.entries())
        if (place === "whole" || text !== "") scanner.add(fold(text), place, i);
      const end = putRecorded(recorded(value, offset), offset);
      if (end < 0) return;
      const found = new Marks();
      scanner.findInBytes(offset, end, found);
      const expected = new Marks();
      scanner.find(fold(value.replace(/\0+$/, "")), expected);
      expect(setOf(found)).toEqual(setOf(expected));
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
