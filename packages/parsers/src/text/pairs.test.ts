import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maxPairs, type PairStyle, readPairs } from "./pairs.ts";

function pairs(text: string, style?: PairStyle): string[][] {
  const out: string[][] = [];
  readPairs(text, 0, (name, value) => void out.push([name, value]), style);
  return out;
}

describe("readPairs", () => {
  it.each<[string, string, PairStyle | undefined, string[][]]>([
    ["empty", "", undefined, []],
    ["no pair", "just words", undefined, []],
    [
      "plain",
      "a=1 b=2",
      undefined,
      [
        ["a", "1"],
        ["b", "2"],
      ],
    ],
    [
      "quoted",
      'a="x y" b=2',
      undefined,
      [
        ["a", "x y"],
        ["b", "2"],
      ],
    ],
    [
      "escaped quote",
      String.raw`a="x \"y\" \\" b=2`,
      undefined,
      [
        ["a", 'x "y" \\'],
        ["b", "2"],
      ],
    ],
    [
      "empty value",
      "a= b=2",
      undefined,
      [
        ["a", ""],
        ["b", "2"],
      ],
    ],
    ["never closed", 'a="x b=2', undefined, [["a", "x b=2"]]],
    ["words before", "hello there a=1", undefined, [["a", "1"]]],
    [
      "equals in value",
      "url=/x?a=b c=d",
      undefined,
      [
        ["url", "/x?a=b"],
        ["c", "d"],
      ],
    ],
    [
      "commas",
      "a=1, b=2",
      undefined,
      [
        ["a", "1,"],
        ["b", "2"],
      ],
    ],
    [
      "spaces in value",
      "a=Unknown (0x0000) b=2 x",
      { spaces: true },
      [
        ["a", "Unknown (0x0000)"],
        ["b", "2 x"],
      ],
    ],
    [
      "semicolons",
      'a:"x; y"; b:"2"; c:3',
      { separator: ";", assign: ":" },
      [
        ["a", "x; y"],
        ["b", "2"],
        ["c", "3"],
      ],
    ],
    [
      "tabs",
      "a=1 2\tb=3",
      { separator: "\t" },
      [
        ["a", "1 2"],
        ["b", "3"],
      ],
    ],
    ["no name", "=1 b=2", undefined, [["b", "2"]]],
  ])("%s", (_, text, style, expected) => expect(pairs(text, style)).toEqual(expected));

  it("stops at the bound and says so", () => {
    let count = 0;
    const cut = readPairs("k=v ".repeat(maxPairs + 5), 0, () => void count++);
    expect([cut, count]).toEqual([true, maxPairs]);
  });
  it("ends on any text", () => {
    const hostile = fc.stringMatching(/^[a= "'\\,;:\t]{0,60}$/);
    fc.assert(fc.property(hostile, fc.boolean(), (text, spaces) => void pairs(text, { spaces })));
  });
});
