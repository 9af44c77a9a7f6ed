import type { QuotaWindow } from "../provider.ts";

/** Requests of one provider, kept between runs and shared by processes. */
export interface QuotaState {
  /** Milliseconds since 1970 of requests that were or will be started, ascending. */
  readonly starts: readonly number[];
  /** The provider asked not to be asked before this. */
  readonly blockedUntilMs: number;
}

export const freshQuota: QuotaState = { starts: [], blockedUntilMs: 0 };

/** Reads and changes the state of a provider as one step, whatever other processes do. */
export interface QuotaStore {
  change<T>(provider: string, step: (state: QuotaState) => { state: QuotaState; result: T }): Promise<T>;
  read(provider: string): QuotaState;
}

const lengthMs = { second: 1000, minute: 60_000, hour: 3_600_000, day: 86_400_000, week: 7 * 86_400_000 };

export type Reservation = { readonly startMs: number } | { readonly freeAtMs: number };

/**
 * Takes the next free place for a request. `freeAtMs` when it lies further off than `maxWaitMs`: then nothing is taken.
 * A "day" begins at 00:00 UTC (VirusTotal resets then); the other windows slide.
 */
export function reserve(
  state: QuotaState,
  windows: readonly QuotaWindow[],
  nowMs: number,
  maxWaitMs: number,
): { state: QuotaState; result: Reservation } {
  const kept = current(state, nowMs, maxWaitMs);
  const startMs = nextFree(kept, windows, nowMs);
  if (startMs - nowMs > maxWaitMs) return { state: kept, result: { freeAtMs: startMs } };
  const starts = [...kept.starts, startMs].sort((a, b) => a - b);
  return { state: { ...kept, starts }, result: { startMs } };
}

/** The state after the provider said "not before". */
export function block(state: QuotaState, untilMs: number): QuotaState {
  return { ...state, blockedUntilMs: Math.max(state.blockedUntilMs, untilMs) };
}

/** When a request could start. */
export function nextFree(state: QuotaState, windows: readonly QuotaWindow[], nowMs: number): number {
  let at = Math.max(nowMs, state.blockedUntilMs);
  for (let moved = true; moved; ) {
    moved = false;
    for (const window of windows) {
      const free = freeIn(window, state.starts, at);
      if (free > at) {
        at = free;
        moved = true;
      }
    }
  }
  return at;
}

function freeIn({ limit, per }: QuotaWindow, starts: readonly number[], at: number): number {
  const length = lengthMs[per];
  if (per === "day") {
    const day = Math.floor(at / length);
    const used = starts.filter((start) => Math.floor(start / length) === day).length;
    return used < limit ? at : (day + 1) * length;
  }
  const within = starts.filter((start) => start > at - length && start < at + length);
  return within.length < limit ? at : within[within.length - limit]! + length;
}

/** What still counts. A start far ahead, or a block of more than a week, was written by a clock that was wrong. */
function current(state: QuotaState, nowMs: number, maxWaitMs: number): QuotaState {
  const starts = state.starts.filter(
    (start) => start > nowMs - lengthMs.week && start <= nowMs + maxWaitMs + lengthMs.minute,
  );
  const isBlocked = state.blockedUntilMs > nowMs && state.blockedUntilMs <= nowMs + lengthMs.week;
  return { starts, blockedUntilMs: isBlocked ? state.blockedUntilMs : 0 };
}

/** Reads a stored state; anything else than one is an empty one, told by `undefined`. */
export function readQuota(text: string): QuotaState | undefined {
  try {
    const value = JSON.parse(text) as { starts?: unknown; blockedUntilMs?: unknown };
    const { starts, blockedUntilMs } = value;
    if (!Array.isArray(starts) || !starts.every(Number.isFinite) || typeof blockedUntilMs !== "number")
      return undefined;
    return { starts: starts as number[], blockedUntilMs };
  } catch {
    return undefined;
  }
}
