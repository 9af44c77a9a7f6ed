import fc from "fast-check";
import { expect, test } from "vitest";
import { fold } from "./fold.ts";
import { Marks } from "./marks.ts";
import { canBeRaw } from "./raw-table.ts";
import { Scanner } from "./scanner.ts";

test("two units beyond ASCII fold to ASCII", () => {
  const found: number[] = [];
  for (let unit = 0x80; unit <= 0xffff; unit++) {
    if (/[\0-\x7f]/.test(fold(String.fromCharCode(unit)))) found.push(unit);
  }
  expect(found).toEqual([0x17f, 0x212a]);
});

function marksIn(find: (into: Marks) => void): number[] {
  const marks = new Marks();
  find(marks);
  return [...new Set(marks.list.subarray(0, marks.count))].sort((a, b) => a - b);
}

const char = fc.constantFrom("a", "b", "k", "s", "K", "S", ":", "\\", "_");
const odd = fc.constantFrom("\u212a", "ſ", "é", "\u2b00", "😀");
const anyChar = fc.oneof({ weight: 8, arbitrary: char }, { weight: 1, arbitrary: odd });
const literals = fc.array(fc.string({ unit: char, minLength: 6, maxLength: 14 }), {
  minLength: 1,
  maxLength: 6,
});
/** What is in the bytes: text, a literal in its letters or others, or an odd number of bytes that are no text. */
const piece = fc.oneof(
  fc.string({ unit: anyChar, maxLength: 12 }),
  fc.tuple(fc.nat(5), fc.constantFrom("as is", "capitals", "signs")),
  fc.uint8Array({ maxLength: 5 }),
);

test("finds in the bytes of texts what is in the texts, wherever they start", () => {
  fc.assert(
    fc.property(literals, fc.array(piece, { maxLength: 8 }), fc.nat(3), (texts, pieces, offset) => {
      const folded = texts.map(fold);
      const scanner = new Scanner();
      for (const [at, text] of folded.entries()) scanner.add(text, "anywhere", at);
      const parts: Uint8Array[] = [Buffer.alloc(offset)];
      const expected = new Set<number>();
      for (const one of pieces) {
        if (one instanceof Uint8Array) {
          parts.push(one);
          continue;
        }
        const text = typeof one === "string" ? one : written(texts[one[0] % texts.length]!, one[1]);
        parts.push(Buffer.from(text, "utf16le"));
        for (const [at, literal] of folded.entries()) if (fold(text).includes(literal)) expected.add(at);
      }
      const bytes = Buffer.concat([...parts, Buffer.alloc(3)]);
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
      const raw = { view, from: offset, end: bytes.length - 3, fixed: [] };
      const found = marksIn((into) => scanner.findInRaw(raw, into));
      // What stands across two texts may be found too.
      expect(found).toEqual(expect.arrayContaining([...expected]));
      for (const at of found) {
        const isThere = [0, 1].some((shift) =>
          fold(bytes.subarray(offset + shift, raw.end).toString("utf16le")).includes(folded[at]!),
        );
        expect(isThere).toBe(true);
      }
    }),
    { numRuns: 2000 },
  );
});

function written(text: string, how: string): string {
  if (how === "capitals") return text.toUpperCase();
  return how === "signs" ? text.replaceAll("k", "\u212a").replaceAll("s", "ſ") : text;
}

test("texts that many events share are searched once", () => {
  const scanner = new Scanner();
  scanner.add("privilege::", "anywhere", 7);
  const raw = { view: new DataView(new ArrayBuffer(0)), from: 0, end: 0, fixed: [["x"], ["a Privilege::b"]] };
  for (let round = 0; round < 2; round++) {
    expect(marksIn((into) => scanner.findInRaw(raw, into))).toEqual([7]);
  }
});

test.each<[text: string, place: "anywhere" | "start", expected: boolean]>([
  ["sekurlsa::", "anywhere", true],
  ["sekurlsa::", "start", false],
  ["short", "anywhere", false],
  ["lönger", "anywhere", false],
  ["a\0bcdef", "anywhere", false],
])("%j %s can be searched in bytes: %j", (text, place, expected) => {
  expect(canBeRaw([{ text, place, marks: [] }])).toBe(expected);
});
