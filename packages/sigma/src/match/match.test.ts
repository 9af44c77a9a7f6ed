import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Pattern } from "../condition/tree.ts";
import { parsePattern } from "../detection/pattern.ts";
import { RecentTexts, remembered } from "./cache.ts";
import { compileRun } from "./char-run.ts";
import { fold } from "./fold.ts";
import { Marks } from "./marks.ts";
import { compileRegex } from "./regex.ts";
import { regexNeeds, requiredLiterals } from "./regex-literals.ts";
import { Scanner } from "./scanner.ts";
import { putString } from "./text-bytes.ts";
import { compileWildcard } from "./wildcard.ts";

/** Few letters, so that random texts meet random patterns. */
const letters = fc.string({ unit: fc.constantFrom("a", "b", "\\", ".", "é", "-"), maxLength: 12 });
const patterns = fc.array(
  fc.oneof(
    letters.filter((text) => text !== ""),
    fc.constantFrom<0 | 1>(0, 1),
  ),
  {
    maxLength: 7,
  },
);

describe("wildcards", () => {
  test("mean what the same regular expression means", () => {
    fc.assert(
      fc.property(patterns, letters, (pattern: Pattern, text) => {
        const source = pattern.map((part) =>
          part === 0 ? "[^]*" : part === 1 ? "[^]" : String(part).replaceAll(/[\\.-]/g, "\\$&"),
        );
        const expected = new RegExp(`^${source.join("")}$`).test(text);
        expect(compileWildcard(pattern)(text)).toBe(expected);
      }),
      { numRuns: 3000 },
    );
  });

  test("a literal text is its own pattern once escaped", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", "\\", "*", "?") }), (text) => {
        const escaped = text.replaceAll(/[\\*?]/g, "\\$&");
        expect(parsePattern(escaped)).toEqual(text === "" ? [] : [text]);
      }),
    );
  });

  test("a long hostile pattern ends soon", () => {
    const pattern: Pattern = Array.from({ length: 400 }, (_, at) => (at % 2 === 0 ? 0 : "aab"));
    const started = performance.now();
    expect(compileWildcard([...pattern, "c"])("aaab".repeat(20_000))).toBe(false);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe("folding", () => {
  test.each([
    ["ASCII", "AbC", "abc"],
    ["final sigma", "ΟΔΥΣΣΕΥΣ", "οδυσσευσ"],
    ["kelvin sign", "\u212a", "k"],
    ["dotted capital I stays", "İX", "İx"],
    ["sharp s", "ẞ", "ß"],
    ["long s", "ſ", "s"],
  ])("%s", (_name, text, expected) => {
    expect(fold(text)).toBe(expected);
  });

  test("folding keeps containment", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        fc.string({ unit: "binary" }),
        fc.string({ unit: "binary" }),
        (a, b, c) => {
          expect(fold(a + b + c).includes(fold(b))).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test("folding twice changes nothing", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(fold(fold(text))).toBe(fold(text));
      }),
    );
  });
});

function marksIn(scanner: Scanner, value: string): number[] {
  const marks = new Marks();
  scanner.find(value, marks);
  return sorted(marks);
}

function marksInBytes(scanner: Scanner, from: number, end: number): number[] {
  const marks = new Marks();
  scanner.findInBytes(from, end, marks);
  return sorted(marks);
}

function sorted({ list, count }: Marks): number[] {
  return [...new Set(list.subarray(0, count))].sort((a, b) => a - b);
}

describe("scanner", () => {
  const letter = fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom("a", "b", "c") },
    { weight: 1, arbitrary: fc.constantFrom("é", "😀") },
  );
  const shortTexts = fc.array(fc.string({ unit: letter, minLength: 1, maxLength: 6 }), { maxLength: 30 });
  const longTexts = fc.array(fc.string({ unit: letter, minLength: 5, maxLength: 12 }), { maxLength: 30 });
  const texts = fc.oneof(shortTexts, longTexts);

  test("finds exactly the texts that are there", () => {
    fc.assert(
      fc.property(texts, texts, fc.string({ unit: letter, maxLength: 40 }), (parts, wholes, value) => {
        const scanner = new Scanner();
        parts.forEach((text, at) => {
          scanner.add(text, "anywhere", at);
          scanner.add(text, "start", 100 + at);
          scanner.add(text, "end", 200 + at);
        });
        wholes.forEach((text, at) => {
          scanner.add(text, "whole", 300 + at);
        });
        const expected = [
          ...parts.flatMap((text, at) => (value.includes(text) ? [at] : [])),
          ...parts.flatMap((text, at) => (value.startsWith(text) ? [100 + at] : [])),
          ...parts.flatMap((text, at) => (value.endsWith(text) ? [200 + at] : [])),
          ...wholes.flatMap((text, at) => (value === text ? [300 + at] : [])),
        ];
        expect(marksIn(scanner, value)).toEqual(expected);
        const end = putString(value, 7);
        expect(end < 0).toBe(/[^\0-\x7f]/.test(value));
        if (end >= 0) expect(marksInBytes(scanner, 7, end)).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  });

  test("an empty scanner finds nothing", () => {
    expect(marksIn(new Scanner(), "anything")).toEqual([]);
    expect(marksInBytes(new Scanner(), 0, putString("anything", 0))).toEqual([]);
  });
});

describe("literals that a regular expression needs", () => {
  test.each<[pattern: string, expected: string[] | undefined]>([
    ["abc", ["abc"]],
    ["abc|def", ["abc", "def"]],
    ["ab?c", ["a"]],
    ["ab*cde", ["cde"]],
    ["ab+cd", ["bcd"]],
    ["a{2}bcd", ["aabcd"]],
    ["a{2,}bcd", ["aabcd"]],
    ["a[xY]c", ["axc", "ayc"]],
    ["[0-9a-f]cmd\\.exe", ["cmd.exe"]],
    ["[a-z]{1,9}\\.[ab]", [..."abcdefghijklmnopqrstuvwxyz"].flatMap((one) => [`${one}.a`, `${one}.b`])],
    ["ab\\sc", ["ab\tc", "ab\nc", "ab\fc", "ab\rc", "ab c"]],
    ["x\\w{3}y", ["x"]],
    ["[^a]b", ["b"]],
    ["[]a]bc", ["]bc", "abc"]],
    ["[a-]bc", ["abc", "-bc"]],
    ["[\\p{L}]bc", ["bc"]],
    ["a{0,3}b", ["b"]],
    ["x(foo|ba)yz", ["yz"]],
    ["(?:copy|move)\\s", ["copy", "move"]],
    ["(?:copy|move)?\\sx", ["x"]],
    ["(?i)Invoke", ["invoke"]],
    ["\\d+\\.exe", [".exe"]],
    ["[abc]+", undefined],
    ["", undefined],
    ["a|", undefined],
    [".*", undefined],
    ["\\x41bc", undefined],
    ["\\p{L}bc", undefined],
    ["[[:alpha:]]bc", undefined],
    ["\\Qa.b\\E", undefined],
    ["a{x", undefined],
    ["(", undefined],
  ])("%s", (pattern, expected) => {
    expect(requiredLiterals(pattern)).toEqual(expected);
  });

  const digits = [..."0123456789"];
  test.each<[pattern: string, literals: string[][], runs: [string[], number][], length: number]>([
    ["", [], [], 0],
    ["cmd.{2,5}(?:copy|move)\\s", [["cmd"], ["copy", "move"]], [], 10],
    [
      "[A-Ba]{64}\\s(\\d{16,})",
      [],
      [
        [["a", "b"], 64],
        [digits, 16],
      ],
      81,
    ],
    ["\\d{64}|\\d{16}", [], [], 16],
    ["(?:\\d{16})?x", [["x"]], [], 1],
    ["(.){200,}", [], [], 200],
    ["a(bc){3}d?", [["a"], ["bc"]], [], 7],
    ["\\bx$", [["x"]], [], 1],
    ["(", [], [], 0],
  ])("%s: all that is needed", (pattern, literals, runs, length) => {
    const expected = { literals, runs: runs.map(([chars, count]) => ({ chars, count })), length };
    const needs = regexNeeds(pattern);
    expect({ ...needs, literals: needs.literals.filter((set) => set.length < 9) }).toEqual(expected);
  });

  test.each([
    ["", 3, false],
    ["121", 3, true],
    ["12a21", 3, false],
    ["12a221", 3, true],
    ["x12x1222x", 4, true],
    ["12x12é12x", 3, false],
    ["é1111", 4, true],
  ])("%j has %i digits side by side: %j", (text, count, expected) => {
    expect(compileRun({ chars: ["1", "2"], count })(text)).toBe(expected);
  });

  test("are in every text the pattern matches", () => {
    const atom = fc.constantFrom(
      "a",
      "b",
      "c",
      "a?",
      "b+",
      "c*",
      "(ab|c)",
      "(?:a|bc)+",
      "[ab]",
      ".",
      "a{2}",
      "[ab]{2}",
      "[bc]{1,2}",
      "\\w",
      "[^a]",
      "b{8}",
      "[ab]{8,}",
      "(b|)",
      "|",
      "\\.",
      "^",
      "$",
    );
    const pattern = fc.array(atom, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(""));
    const value = fc.string({ unit: fc.constantFrom("a", "b", "c", "."), maxLength: 12 });
    fc.assert(
      fc.property(pattern, value, (source, text) => {
        if (!compileRegex(source, "")(text)) return;
        const { literals, runs, length } = regexNeeds(source);
        for (const set of literals) expect(set.some((literal) => text.includes(literal))).toBe(true);
        for (const run of runs) expect(compileRun(run)(text)).toBe(true);
        expect(text.length).toBeGreaterThanOrEqual(length);
      }),
      { numRuns: 3000 },
    );
  });
});

describe("memory", () => {
  test("is bounded and gives back only what was set", () => {
    const cache = new RecentTexts<number>(10);
    for (let at = 0; at < 1000; at++) {
      cache.set(`k${at}`, at);
      expect(cache.get(`k${at}`)).toBe(at);
    }
    const kept = Array.from({ length: 1000 }, (_, at) => cache.get(`k${at}`));
    expect(kept.filter((found) => found !== undefined).length).toBeLessThanOrEqual(16);
    for (const [at, found] of kept.entries()) expect([undefined, at]).toContain(found);
    expect(cache.get("")).toBeUndefined();
  });

  test("asks once for a text", () => {
    let asked = 0;
    const test = remembered((text) => {
      asked++;
      return text === "yes";
    });
    expect([test("yes"), test("no"), test("yes"), test("no")]).toEqual([true, false, true, false]);
    expect(asked).toBe(2);
  });
});
