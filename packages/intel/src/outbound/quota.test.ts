import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { QuotaWindow } from "../provider.ts";
import { virustotal } from "../providers/virustotal/virustotal.ts";
import { startMs } from "../testing/outside.ts";
import { block, freshQuota, type QuotaState, readQuota, reserve } from "./quota.ts";

const minute = 60_000;

/** Starts of so many requests asked for at once, each as soon as it may. */
function starts(windows: readonly QuotaWindow[], count: number, nowMs = startMs, maxWaitMs = 1e12) {
  let state: QuotaState = freshQuota;
  return Array.from({ length: count }, () => {
    const step = reserve(state, windows, nowMs, maxWaitMs);
    state = step.state;
    return "startMs" in step.result ? step.result.startMs - nowMs : -1;
  });
}

describe("reserve", () => {
  it("four a minute: the fifth waits a minute, the ninth two", () => {
    expect(starts([{ limit: 4, per: "minute" }], 9)).toEqual([
      0,
      0,
      0,
      0,
      minute,
      minute,
      minute,
      minute,
      2 * minute,
    ]);
  });

  it("500 a day: the 501st waits for midnight UTC", () => {
    const day: QuotaState = {
      starts: Array.from({ length: 500 }, (_, i) => startMs - i * minute),
      blockedUntilMs: 0,
    };
    expect(reserve(day, virustotal.quota, startMs, 1e12).result).toEqual({ startMs: Date.UTC(2026, 10, 29) });
    const less = { ...day, starts: day.starts.slice(1) };
    expect(reserve(less, virustotal.quota, startMs, 1e12).result).toEqual({ startMs });
  });

  it("beyond the longest wait nothing is taken, and the time is told", () => {
    let state: QuotaState = freshQuota;
    for (let i = 0; i < 4; i++) state = reserve(state, virustotal.quota, startMs, 1000).state;
    const refused = reserve(state, virustotal.quota, startMs, 1000);
    expect(refused.result).toEqual({ freeAtMs: startMs + minute });
    expect(refused.state.starts).toHaveLength(4);
  });

  it("a block holds, and one of a wrong clock does not", () => {
    const blocked = block(freshQuota, startMs + 5000);
    expect(reserve(blocked, [], startMs, 1e6).result).toEqual({ startMs: startMs + 5000 });
    const wrong: QuotaState = {
      starts: Array(500).fill(startMs + 400 * 86_400_000),
      blockedUntilMs: startMs + 400 * 86_400_000,
    };
    expect(reserve(wrong, virustotal.quota, startMs, 1000).result).toEqual({ startMs });
  });

  it("no window ever holds more than its limit (property)", () => {
    const windows: QuotaWindow[] = [
      { limit: 3, per: "minute" },
      { limit: 7, per: "hour" },
    ];
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 20 * minute }), { minLength: 1, maxLength: 25 }),
        (gaps) => {
          let state: QuotaState = freshQuota;
          let now = startMs;
          const taken: number[] = [];
          for (const gap of gaps) {
            now += gap;
            const step = reserve(state, windows, now, 30 * minute);
            state = step.state;
            if ("startMs" in step.result) taken.push(step.result.startMs);
          }
          const most = (length: number) =>
            Math.max(
              0,
              ...taken.map((from) => taken.filter((one) => one >= from && one < from + length).length),
            );
          return most(minute) <= 3 && most(60 * minute) <= 7;
        },
      ),
    );
  });
});

describe("readQuota", () => {
  it.each([
    ["", undefined],
    ["{}", undefined],
    ['{"starts":["x"],"blockedUntilMs":0}', undefined],
    ['{"starts":[1],"blockedUntilMs":0}', { starts: [1], blockedUntilMs: 0 }],
  ])("%s", (text, state) => {
    expect(readQuota(text)).toEqual(state);
  });
});
