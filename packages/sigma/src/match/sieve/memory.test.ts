import { expect, test } from "vitest";
import { addressOf, foundRules, noRoom, putWords, renewTables, search, tablesAge, wordAt } from "./memory.ts";

/** A program of no steps, for which rules without guard are all that is found. */
function programOf(always: readonly number[]): number {
  const seen = putWords(new Int32Array(8));
  return putWords([0, seen, putWords(always), always.length, 0, 0, 0, 0]);
}

const find = (program: number) => [
  ...foundRules.subarray(
    0,
    search(program, 0, 0, () => -1),
  ),
];

test("tables that are full are renewed, but not again and again", () => {
  const program = programOf([3, 5]);
  expect(find(program)).toEqual([3, 5]);
  const key = {};
  const first = addressOf(key, () => putWords([7]));
  expect(addressOf(key, () => putWords([8]))).toBe(first);
  expect(() => {
    for (;;) putWords(new Int32Array(1 << 18));
  }).toThrow(noRoom);
  // A crafted log fills them with little; then the next sources of events do without.
  expect(renewTables()).toBe(false);
  expect(() => putWords([1])).toThrow(noRoom);
  expect(find(program)).toEqual([3, 5]);
  for (let event = 0; event < 1 << 17; event++) search(program, 0, 0, () => -1);
  const age = tablesAge();
  expect(renewTables()).toBe(true);
  expect(tablesAge()).toBe(age + 1);
  expect(wordAt(addressOf(key, () => putWords([9])))).toBe(9);
  expect(find(programOf([1]))).toEqual([1]);
});
