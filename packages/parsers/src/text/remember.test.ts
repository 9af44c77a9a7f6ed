import { describe, expect, test } from "vitest";
import { remembering } from "./remember.ts";

describe("remembering", () => {
  test("reads a text once, also where the answer is undefined", () => {
    const asked: string[] = [];
    const read = remembering((text) => {
      asked.push(text);
      return text === "a" ? 1 : undefined;
    });
    expect(["a", "b", "a", "b"].map(read)).toEqual([1, undefined, 1, undefined]);
    expect(asked).toEqual(["a", "b"]);
  });

  test("long texts are not kept, and too many are forgotten", () => {
    let count = 0;
    const read = remembering(() => ++count, { max: 2, longest: 3 });
    expect([read("long"), read("long")]).toEqual([1, 2]);
    expect([read("a"), read("b"), read("c"), read("c"), read("a")]).toEqual([3, 4, 5, 5, 6]);
  });
});
