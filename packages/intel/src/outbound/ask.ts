import { formatInstant } from "@firebreak/model/time";
import type { KeptRecord } from "../interpret.ts";
import type { Observable } from "../observable.ts";
import type { Provider, Question } from "../provider.ts";
import { type Exchange, type ExchangeRequest, exchange, type Fetch } from "./exchange.ts";
import { block, type QuotaStore, type Reservation, reserve } from "./quota.ts";
import { retryAfterMs } from "./retry-after.ts";

/** Everything that asking needs from outside: passed in, so that a test has its own clock and nothing is hidden. */
export interface Outside {
  readonly fetch: Fetch;
  readonly nowMs: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly quota: QuotaStore;
  readonly keyOf: (provider: Provider) => string | undefined;
  readonly baseOf: (provider: Provider) => string | undefined;
  /** Called before anything is sent. */
  readonly onAsk: (request: {
    provider: string;
    part: string;
    method: string;
    url: string;
    about: Observable;
  }) => void;
  readonly limits: AskLimits;
}

export interface AskLimits {
  /** Longest wait for a free place in the quota, or for what Retry-After asks. */
  readonly maxWaitMs: number;
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

export const defaultLimits: AskLimits = { maxWaitMs: 120_000, timeoutMs: 30_000, maxBytes: 32 << 20 };

/** A question's outcome: the record for the ledger, and the bytes if there are any. */
export interface Asked {
  readonly record: KeptRecord;
  readonly bytes?: Uint8Array;
}

const attempts = 3;
const backOffMs = [1000, 4000];

/** Asks one question, within the quota, with retries for what may pass. Never throws for what the network does. */
export async function ask(
  provider: Provider,
  question: Question,
  about: Observable,
  outside: Outside,
): Promise<Asked> {
  const base = outside.baseOf(provider);
  if (base === undefined)
    return refusal(provider, question, about, outside, `no address is set: ${provider.base?.variable ?? ""}`);
  const key = outside.keyOf(provider);
  if (key === undefined && provider.key?.isRequired)
    return refusal(provider, question, about, outside, `no key is set: ${provider.key.variable}`);
  const request: ExchangeRequest = {
    url: `${base.replace(/\/+$/, "")}${question.path}`,
    method: question.method,
    headers: {
      Accept: "application/json",
      "User-Agent": "firebreak",
      ...question.headers,
      ...(key !== undefined && provider.key?.headers(key)),
    },
    ...(question.body !== undefined && { body: question.body }),
  };
  let last: Exchange = { failure: "not tried", isLasting: true };
  for (let attempt = 0; attempt < attempts; attempt++) {
    const place = await takePlace(provider, outside);
    if ("freeAtMs" in place) {
      const until = iso(place.freeAtMs);
      if (attempt > 0) break;
      return refusal(
        provider,
        question,
        about,
        outside,
        `the quota is used up; the next question is free at ${until}`,
        until,
      );
    }
    await outside.sleep(Math.max(0, place.startMs - outside.nowMs()));
    outside.onAsk({
      provider: provider.id,
      part: question.part,
      method: request.method,
      url: request.url,
      about,
    });
    last = await exchange(outside.fetch, request, limitsFor(provider, outside.limits));
    if (!(await shouldRetry(provider, last, attempt, outside))) break;
  }
  return outcome(provider, question, about, outside, last);
}

function limitsFor(provider: Provider, limits: AskLimits) {
  return { ...limits, ...(provider.mayLeadTo && { mayLeadTo: provider.mayLeadTo }) };
}

function takePlace(provider: Provider, { quota, nowMs, limits }: Outside): Promise<Reservation> {
  return quota.change(provider.id, (state) => reserve(state, provider.quota, nowMs(), limits.maxWaitMs));
}

/** True after waiting, when another try makes sense. A "not before" holds for every process, also when we give up. */
async function shouldRetry(
  provider: Provider,
  last: Exchange,
  attempt: number,
  outside: Outside,
): Promise<boolean> {
  const { nowMs, quota, limits, sleep } = outside;
  const isPassing = "failure" in last ? !last.isLasting : last.status === 429 || last.status >= 500;
  if (!isPassing) return false;
  const now = nowMs();
  const stated = "failure" in last ? undefined : retryAfterMs(last.headers, now);
  if (stated !== undefined)
    await quota.change(provider.id, (state) => ({ state: block(state, stated), result: undefined }));
  if (attempt + 1 >= attempts) return false;
  const waitMs = stated === undefined ? (backOffMs[attempt] ?? 0) : stated - now;
  if (waitMs > limits.maxWaitMs) return false;
  // A 429 without a date says that the quota is not what we think: a moment later it would be the same.
  if (!("failure" in last) && last.status === 429 && stated === undefined) return false;
  await sleep(waitMs);
  return true;
}

function outcome(
  provider: Provider,
  question: Question,
  about: Observable,
  outside: Outside,
  last: Exchange,
): Asked {
  const record = emptyRecord(provider, question, about, outside);
  if ("failure" in last) return { record: { ...record, failure: last.failure } };
  const retry =
    last.status === 429 || last.status >= 500 ? retryAfterMs(last.headers, outside.nowMs()) : undefined;
  return {
    record: { ...record, status: last.status, ...(retry !== undefined && { retryAfter: iso(retry) }) },
    bytes: last.bytes,
  };
}

function emptyRecord(
  provider: Provider,
  { part }: Question,
  about: Observable,
  { nowMs }: Outside,
): KeptRecord {
  const now = iso(nowMs());
  return {
    provider: provider.id,
    part,
    // A list is about nothing in particular: it is pulled whole, and says of every observable whether it is on it.
    about: provider.kind === "list" ? null : about,
    askedAt: now,
    keptAt: now,
    status: null,
    sha256: null,
    failure: null,
    retryAfter: null,
    isRefusal: false,
    name: null,
    pointer: null,
  };
}

function iso(ms: number): string {
  return formatInstant({ ms, ns: 0 });
}

export function refusal(
  provider: Provider,
  question: Question,
  about: Observable,
  outside: Outside,
  why: string,
  retryAfter: string | null = null,
): Asked {
  const record = emptyRecord(provider, question, about, outside);
  return { record: { ...record, askedAt: null, failure: why, retryAfter, isRefusal: true } };
}
