import { expect, it } from "vitest";
import { startMs } from "../testing/outside.ts";
import { retryAfterMs } from "./retry-after.ts";

it.each<[string, Record<string, string>, number | undefined]>([
  ["seconds", { "Retry-After": "120" }, 120_000],
  ["a date", { "Retry-After": "Sat, 28 Nov 2026 12:05:00 GMT" }, 300_000],
  ["a date gone by", { "Retry-After": "Sat, 28 Nov 2020 12:05:00 GMT" }, 0],
  ["urlscan's seconds", { "X-Rate-Limit-Reset-After": "30" }, 30_000],
  ["AbuseIPDB's epoch", { "X-RateLimit-Reset": String(startMs / 1000 + 60) }, 60_000],
  ["urlscan's date", { "X-Rate-Limit-Reset": "2026-11-28T12:01:00.000Z" }, 60_000],
  ["nonsense", { "Retry-After": "soon" }, undefined],
  ["nothing", {}, undefined],
])("%s", (_, headers, afterMs) => {
  const found = retryAfterMs(new Headers(headers), startMs);
  expect(found === undefined ? undefined : found - startMs).toBe(afterMs);
});
