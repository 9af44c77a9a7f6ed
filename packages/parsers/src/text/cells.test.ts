import { describe, expect, test } from "vitest";
import { Cells } from "./cells.ts";

describe("Cells", () => {
  const cases: readonly (readonly [string, string, (string | undefined)[]])[] = [
    ["nothing", "", [undefined]],
    ["one", "a", ["a"]],
    ["absent ones", "a - b  --", ["a", undefined, "b", undefined, "--"]],
    ["a separator at the end", "a b ", ["a", "b", undefined]],
    ["more than the limit", "a b c d e f g", ["a", "b", "c", "d", "e"]],
  ];
  test.each(cases)("%s", (_, line, expected) => {
    const cells = new Cells(" ", 5);
    cells.read("an earlier line is forgotten");
    cells.read(line);
    expect(cells.count).toBe(expected.length);
    expect(expected.map((_, i) => cells.text(i))).toEqual(expected);
    expect(cells.text(-1)).toBeUndefined();
    expect(cells.text(expected.length)).toBeUndefined();
  });

  test("between", () => {
    const cells = new Cells(" ", 5);
    cells.read("2024-03-05 10:14:02 x");
    expect(cells.between(0, 1)).toBe("2024-03-05 10:14:02");
    expect(cells.between(1, 2)).toBe("10:14:02 x");
  });
});
