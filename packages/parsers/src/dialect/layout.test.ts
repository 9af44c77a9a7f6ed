import { describe, expect, it } from "vitest";
import { splitWords } from "./cells.ts";
import { findLayout } from "./layout.ts";

const rows = (count: number, line: (i: number) => string) => Array.from({ length: count }, (_, i) => line(i));

describe("findLayout", () => {
  it.each<[string, string[], unknown]>([
    ["nothing", [], undefined],
    ["JSON lines", rows(5, (i) => `{"a":${i}}`), { kind: "json" }],
    [
      "pairs between blanks",
      rows(5, (i) => `src=10.0.0.${i} dst=192.0.2.1 act=allow`),
      { kind: "key-value", separator: " ", assign: "=" },
    ],
    [
      "pairs between bars",
      rows(5, (i) => `src=10.0.0.${i}|user=a b|act=allow`),
      { kind: "key-value", separator: "|", assign: "=" },
    ],
    [
      "pairs with a colon",
      rows(5, (i) => `src:10.0.0.${i};user:bob;act:allow`),
      { kind: "key-value", separator: ";", assign: ":" },
    ],
    [
      "a table with a header",
      ["when;who;where", ...rows(5, (i) => `2024-03-0${i + 1};u${i};10.0.0.${i}`)],
      { kind: "delimited", separator: ";", header: true },
    ],
    [
      "a table without names",
      rows(5, (i) => `2024-03-03 10:00:0${i}|10.0.0.${i}|443|allow`),
      { kind: "delimited", separator: "|", header: false },
    ],
    [
      "a W3C header",
      ["#Fields: date time c-ip", ...rows(4, (i) => `2024-03-03 10:00:0${i} 10.0.0.1`)],
      { kind: "w3c" },
    ],
    [
      "a header with tabs",
      ["#separator \\x09", "#fields\tts\tid", ...rows(4, (i) => `170000000${i}.0\tx${i}`)],
      { kind: "delimited", separator: "\t", header: false },
    ],
    [
      "fixed columns",
      [
        "alice     10.0.0.1       ok",
        "bob smith 192.168.100.9  ok",
        "carol     10.0.0.7       failed",
        "d e       10.0.0.9       ok",
      ],
      undefined,
    ],
    [
      "words as often in each line",
      rows(6, (i) => `10.0.0.${i} - [03/Mar/2024:10:00:0${i} +0000] "GET /${i} x" 200`),
      { kind: "words" },
    ],
    [
      "prose",
      [
        "the quick brown fox",
        "jumps",
        "over the lazy dog again and again",
        "and then, some more",
        "it slept",
      ],
      undefined,
    ],
  ])("%s", (_, lines, layout) => expect(findLayout(lines)?.layout).toEqual(layout));

  it("finds columns that begin at one character", () => {
    const lines = [
      "alice     pts/0    10.0.0.1       still in  x",
      "bob       tty1                    gone      y",
      "carol     pts/2    192.168.100.9  gone away z",
      "dave      pts/3    10.0.0.9       gone      x",
    ];
    expect(findLayout(lines)).toMatchObject({ layout: { kind: "fixed" } });
  });
});

it.each([
  ["", []],
  ["a  b\tc", ["a", "b", "c"]],
  ['a "b c" [d e]', ["a", "b c", "d e"]],
  ['"a \\" b" c', ['a \\" b', "c"]],
  ['"open [open', ['"open', "[open"]],
])("splitWords(%j)", (text, words) => expect(splitWords(text)).toEqual(words));
