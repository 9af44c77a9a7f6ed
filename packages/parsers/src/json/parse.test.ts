import { describe, expect, test } from "vitest";
import { parseJson } from "./parse.ts";

describe("parseJson", () => {
  test("an integer that a double cannot hold keeps its digits, wherever it stands", () => {
    for (let before = 0; before < 40; before++) {
      const text = `{"${"k".repeat(before)}":1,"big":9007199254740993}`;
      expect(parseJson(text)).toEqual({ ["k".repeat(before)]: 1, big: "9007199254740993" });
    }
  });

  const cases: readonly (readonly [string, string, unknown])[] = [
    ["fifteen digits", "[123456789012345]", [123456789012345]],
    ["sixteen that fit", "[9007199254740991]", [9007199254740991]],
    ["negative", "[-9007199254740993]", ["-9007199254740993"]],
    ["digits in a text", '["9007199254740993"]', ["9007199254740993"]],
    ["a fraction", "[0.12345678901234568]", [0.12345678901234568]],
    ["no JSON", "{9007199254740993", undefined],
  ];
  test.each(cases)("%s", (_, text, expected) => expect(parseJson(text)).toEqual(expected));
});
