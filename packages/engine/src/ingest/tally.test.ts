import { describe, expect, it } from "vitest";
import { Tally } from "./tally.ts";

describe("Tally", () => {
  it.each<[string, string[], [string, number][]]>([
    ["nothing", [], []],
    ["one name", ["a"], [["a", 1]]],
    [
      "neighbours",
      ["b", "b", "a"],
      [
        ["a", 1],
        ["b", 2],
      ],
    ],
    [
      "a name that comes again",
      ["a", "b", "a", "b", "b"],
      [
        ["a", 2],
        ["b", 3],
      ],
    ],
    [
      "names of what objects inherit",
      ["__proto__", "", "constructor", ""],
      [
        ["", 2],
        ["__proto__", 1],
        ["constructor", 1],
      ],
    ],
  ])("counts %s", (_, names, wanted) => {
    const tally = new Tally();
    for (const name of names) tally.add(name);
    expect(tally.entries()).toEqual(wanted);
  });
});
