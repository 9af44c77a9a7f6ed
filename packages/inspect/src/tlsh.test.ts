import { expect, it } from "vitest";
import { tlshOf } from "./tlsh.ts";

/** Deterministic bytes with some likeness to text. */
function sampleBytes(length: number, seed: number): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return 32 + ((state >> 16) % 90);
  });
}

// Expected digests were made with the reference implementation (py-tlsh 5.0.0).
it.each([
  [60, 1, "T172A002565A156F98C29A9131CEA20D21A9D2432371456C235B837DF20E4E6D85A1525C"],
  [700, 2, "T19A014474E541C7F5EE21865D39AE13E8A37465B1040DCD4601746E566041B05A34A6BA"],
  [5000, 3, "T10EA17F4CE2E0B882CC13A4243573977FD5AA13AD686C213D7FFA0106AD6EDE01956B25"],
])("%i bytes", (length, seed, expected) => {
  expect(tlshOf(sampleBytes(length, seed))).toBe(expected);
});

it.each([
  ["nothing", new Uint8Array()],
  ["too short", sampleBytes(49, 1)],
  ["one value", new Uint8Array(10_000)],
])("%s has no digest", (_name, bytes) => expect(tlshOf(bytes)).toBeUndefined());
