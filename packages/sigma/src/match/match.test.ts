import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Pattern } from "../condition/tree.ts";
import { parsePattern } from "../detection/pattern.ts";
import { RecentTexts, remembered } from "./cache.ts";
import { fold } from "./fold.ts";
import { compileRegex } from "./regex.ts";
import { regexNeeds, requiredLiterals } from "./regex-literals.ts";
import { Scanner } from "./scanner.ts";
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

describe("scanner", () => {
  const texts = fc.array(
    fc.string({ unit: fc.constantFrom("a", "b", "c", "é", "😀"), minLength: 1, maxLength: 6 }),
    {
      maxLength: 30,
    },
  );

  test("finds exactly the texts that are there", () => {
    fc.assert(
      fc.property(
        texts,
        texts,
        fc.string({ unit: fc.constantFrom("a", "b", "c", "é", "😀"), maxLength: 40 }),
        (parts, wholes, value) => {
          const scanner = new Scanner();
          parts.forEach((text, at) => {
            scanner.add(text, false, at);
          });
          wholes.forEach((text, at) => {
            scanner.add(text, true, 100 + at);
          });
          const expected = [
            ...parts.flatMap((text, at) => (value.includes(text) ? [at] : [])),
            ...wholes.flatMap((text, at) => (value === text ? [100 + at] : [])),
          ];
          expect([...new Set(scanner.scan(value))].sort((a, b) => a - b)).toEqual(expected);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test("an empty scanner finds nothing", () => {
    expect([...new Scanner().scan("anything")]).toEqual([]);
  });
});

describe("literals that a regular expression needs", () => {
  test.each<[pattern: string, expected: string[] | undefined]>([
    ["abc", ["abc"]],
    ["abc|def", ["abc", "def"]],
    ["ab?c", ["a"]],
    ["ab*cde", ["cde"]],
    ["ab+cd", ["ab"]],
    ["a{2}bcd", ["bcd"]],
    ["a{0,3}b", ["b"]],
    ["x(foo|ba)yz", ["yz"]],
    ["(?:copy|move)\\s", ["copy", "move"]],
    ["(?:copy|move)?\\sx", ["x"]],
    ["(?i)Invoke", ["Invoke"]],
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

  test.each<[pattern: string, literals: string[][], length: number]>([
    ["", [], 0],
    ["cmd.{2,5}(?:copy|move)\\s", [["cmd"], ["copy", "move"]], 10],
    ["\\s[a-f0-9]{64}\\s[a-f0-9]{16}", [], 82],
    ["(.){200,}", [], 200],
    ["a(bc){3}d?", [["a"], ["bc"]], 7],
    ["\\bx$", [["x"]], 1],
    ["(", [], 0],
  ])("%s: all that is needed", (pattern, literals, length) => {
    expect(regexNeeds(pattern)).toEqual({ literals, length });
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
      "(b|)",
      "|",
      "\\.",
      "^",
      "$",
    );
    const pattern = fc.array(atom, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(""));
    const value = fc.string({ unit: fc.constantFrom("a", "b", "c", "."), maxLength: 8 });
    fc.assert(
      fc.property(pattern, value, (source, text) => {
        if (!compileRegex(source, "")(text)) return;
        const { literals, length } = regexNeeds(source);
        for (const set of literals) expect(set.some((literal) => text.includes(literal))).toBe(true);
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
