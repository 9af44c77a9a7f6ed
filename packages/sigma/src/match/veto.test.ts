import { expect, test } from "vitest";
import { loadRules } from "../load/rules.ts";
import { vetoesOf } from "./veto.ts";

function vetoes(detection: string) {
  const text = `title: T\nid: t\nlogsource: { category: test }\ndetection: { ${detection} }\n`;
  const { rules } = loadRules([{ path: "t.yml", text }]);
  return vetoesOf(rules[0]!.condition);
}

const inA = (text: string, place: string) => ({ field: "A", text, place });

test.each<[string, object[]]>([
  ["s: { A|contains: X }, condition: not s", [inA("x", "anywhere")]],
  ["s: { A|endswith: [.exe, .scr] }, condition: not s", [inA(".exe", "end"), inA(".scr", "end")]],
  ["s: { A: [x, null, ''] }, condition: not s", [inA("x", "whole"), inA("", "whole")]],
  [
    "s: { B: y }, f1: { A|startswith: x }, f2: { A: z }, condition: s and not 1 of f*",
    [inA("x", "start"), inA("z", "whole")],
  ],
  ["s: { A: x, B: y }, condition: not s", []],
  ["s: { A|contains|all: [x, y] }, condition: not s", []],
  ["s: { A|contains|cased: X }, condition: not s", []],
  ["s: { A: x* }, t: { A: '*a*b' }, condition: not s and not t", [inA("x", "start")]],
  ["s: { A: x }, t: { B: y }, condition: not s or t", []],
  ["s: { A: x }, condition: s", []],
  ["s: [x], condition: not s", []],
])("%s: the rule is false by %j", (detection, expected) => {
  expect(vetoes(detection).literals).toEqual(expected);
});

test("networks of IPv4, runs that a pattern needs, and fields that must be equal", () => {
  const found = vetoes(
    "f: { A|cidr: [10.1.2.3/8, '2001:db8::/32'] }, s: { B|re: '[0-9a-f]{32}' }, p: { C|fieldref: D }, condition: s and p and not f",
  );
  expect(found.networks).toEqual([{ field: "A", networks: Int32Array.from([10 << 24, 0xff << 24]) }]);
  expect(found.runs).toEqual([{ field: "B", run: { chars: [..."0123456789abcdef"], count: 32 } }]);
  expect(found.pairs).toEqual([{ field: "C", other: "D" }]);
});
