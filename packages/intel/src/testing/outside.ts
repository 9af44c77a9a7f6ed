import type { KeptRecord } from "../interpret.ts";
import { defaultLimits, type Outside } from "../outbound/ask.ts";
import { freshQuota, type QuotaState, type QuotaStore } from "../outbound/quota.ts";

/** A clock that moves only when somebody sleeps. */
export interface TestClock {
  nowMs: number;
  readonly slept: number[];
}

export const startMs = Date.UTC(2026, 10, 28, 12, 0, 0);

export function quotaInMemory(states = new Map<string, QuotaState>()): QuotaStore {
  return {
    read: (provider) => states.get(provider) ?? freshQuota,
    async change(provider, step) {
      const { state, result } = step(states.get(provider) ?? freshQuota);
      states.set(provider, state);
      return result;
    },
  };
}

/** The outside of a test: real sockets to one server of this machine, a clock and keys of its own. */
export function testOutside(
  base: string,
  change: Partial<Outside> = {},
): { outside: Outside; clock: TestClock; asked: string[] } {
  const clock: TestClock = { nowMs: startMs, slept: [] };
  const asked: string[] = [];
  const outside: Outside = {
    fetch: (url, init) => fetch(url, init),
    nowMs: () => clock.nowMs,
    sleep: async (ms) => {
      if (ms > 0) clock.slept.push(ms);
      clock.nowMs += ms;
    },
    quota: quotaInMemory(),
    keyOf: ({ key }) => (key === undefined ? undefined : "test-key-1"),
    baseOf: () => base,
    onAsk: ({ url }) => void asked.push(url),
    limits: { ...defaultLimits, timeoutMs: 20_000, maxBytes: 200_000 },
    ...change,
  };
  return { outside, clock, asked };
}

/** The record of a document that was saved by hand. */
export function savedRecord(provider: string, change: Partial<KeptRecord> = {}): KeptRecord {
  return {
    provider,
    part: "report",
    about: null,
    askedAt: null,
    keptAt: "2026-11-27T00:00:00Z",
    status: null,
    sha256: "0".repeat(64),
    failure: null,
    retryAfter: null,
    isRefusal: false,
    name: null,
    pointer: null,
    ...change,
  };
}
