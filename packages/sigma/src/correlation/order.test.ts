import fc from "fast-check";
import { expect, test } from "vitest";
import { compareRefs, isWithin } from "./order.ts";
import { createOrderedQueue } from "./queue.ts";

const sign = (number: number) => Math.sign(number);

test.each([
  ["abc:9", "abc:10", -1],
  ["abc:10", "abc:9", 1],
  ["abc:10", "abc:10", 0],
  ["abc:10", "abc:10.0", -1],
  ["abc:10.2", "abc:10.10", -1],
  ["abc:10.9", "abc:11", -1],
  ["abd:1", "abc:2", 1],
  ["x", "y", -1],
  ["a:b", "a:c", -1],
  ["a:b:2", "a:b:10", -1],
  ["one@a:1/x", "one@a:1/y", -1],
])("%s and %s", (a, b, expected) => {
  expect(sign(compareRefs(a, b))).toBe(expected);
});

test("references have one total order", () => {
  const ref = fc.oneof(
    fc.tuple(fc.constantFrom("a", "b", "a:b"), fc.nat(30)).map(([file, offset]) => `${file}:${offset}`),
    fc
      .tuple(fc.constantFrom("a", "b"), fc.nat(3), fc.nat(30))
      .map(([file, offset, sub]) => `${file}:${offset}.${sub}`),
  );
  fc.assert(
    fc.property(ref, ref, ref, (a, b, c) => {
      expect(sign(compareRefs(a, b))).toBe(0 - sign(compareRefs(b, a)) || 0);
      if (compareRefs(a, b) <= 0 && compareRefs(b, c) <= 0) expect(compareRefs(a, c)).toBeLessThanOrEqual(0);
      expect(compareRefs(a, b) === 0).toBe(a === b);
    }),
    { numRuns: 2000, seed: 1 },
  );
});

test.each([
  [{ ms: 0, ns: 0 }, { ms: 10, ns: 0 }, true],
  [{ ms: 0, ns: 0 }, { ms: 10, ns: 1 }, false],
  [{ ms: 0, ns: 1 }, { ms: 10, ns: 1 }, true],
  [{ ms: 0, ns: 999_999 }, { ms: 9, ns: 0 }, true],
  [{ ms: -10, ns: 0 }, { ms: 0, ns: 0 }, true],
  [{ ms: 0, ns: 0 }, { ms: 11, ns: 0 }, false],
])("within 10 ms: %o %o %s", (earlier, later, expected) => {
  expect(isWithin(earlier, later, 10)).toBe(expected);
});

test("the queue gives back what it was given, in order", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(50), fc.boolean()), { maxLength: 200 }), (steps) => {
      const queue = createOrderedQueue<number>((a, b) => a - b);
      const model: number[] = [];
      for (const [number, isPop] of steps) {
        if (isPop) expect(queue.pop()).toBe(model.shift());
        else {
          queue.push(number);
          model.push(number);
          model.sort((a, b) => a - b);
        }
        expect(queue.size).toBe(model.length);
        expect(queue.peek()).toBe(model[0]);
      }
    }),
    { numRuns: 500, seed: 1 },
  );
});
