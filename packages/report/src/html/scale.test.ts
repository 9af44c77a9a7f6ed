import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stretchesOf, ticksOf, xOf } from "./scale.ts";

const hour = 3_600_000;

describe("time scale", () => {
  test.each([
    ["nothing", [], 0],
    ["one instant", [5 * hour], 1],
    ["one busy hour", [0, hour / 2, hour], 1],
    ["a day's pause", [0, hour, 25 * hour, 26 * hour], 2],
    ["an instant far away", [0, 1000 * hour, 1000 * hour + 60_000], 2],
  ])("%s", (_name, times, count) => {
    expect(stretchesOf(times, 300, 950)).toHaveLength(count);
  });

  test("everything is drawn inside, in order, and every stretch has a tick", () => {
    const instant = fc.integer({ min: Date.UTC(1980, 0), max: Date.UTC(2100, 0) });
    fc.assert(
      fc.property(fc.array(instant, { minLength: 1, maxLength: 30 }), (times) => {
        times.sort((a, b) => a - b);
        const stretches = stretchesOf(times, 300, 950);
        const xs = times.map((ms) => xOf(ms, stretches));
        for (const [i, x] of xs.entries()) {
          expect(x).toBeGreaterThanOrEqual(i === 0 ? 300 : xs[i - 1]!);
          expect(x).toBeLessThanOrEqual(950);
        }
        for (const stretch of stretches) {
          const ticks = ticksOf(stretch);
          expect(ticks.length).toBeGreaterThan(0);
          expect(ticks.length).toBeLessThan(40);
        }
      }),
    );
  });
});
