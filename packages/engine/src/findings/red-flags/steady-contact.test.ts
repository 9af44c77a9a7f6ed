import { describe, expect, it } from "vitest";
import { rhythmOf } from "./steady-contact.ts";

const every = (ms: number, count: number, jitter: (at: number) => number = () => 0) =>
  Array.from({ length: count }, (_, at) => at * ms + jitter(at));

describe("the rhythm of contacts", () => {
  it.each<[name: string, times: number[], contacts: number | undefined]>([
    ["none", [], undefined],
    ["one", [5], undefined],
    ["too few", every(60_000, 23), undefined],
    ["enough", every(60_000, 24), 24],
    ["begin and end of a session are one contact", every(60_000, 30).flatMap((ms) => [ms, ms + 1500]), 30],
    ["a flood is no rhythm", every(1000, 500), undefined],
  ])("%s", (_name, times, contacts) => {
    expect(rhythmOf(times)?.contacts).toBe(contacts);
  });

  it.each<[name: string, times: number[], isEven: boolean]>([
    ["to the second", every(60_000, 100), true],
    ["with a tenth of jitter", every(60_000, 100, (at) => ((at * 7919) % 13) * 450), true],
    ["with a night's pause", [...every(60_000, 60), ...every(60_000, 60).map((ms) => ms + 30_000_000)], true],
    [
      "as people browse",
      every(60_000, 100, (at) => ((at * 7919) % 101) ** 2 * 10).sort((a, b) => a - b),
      false,
    ],
  ])("%s", (_name, times, isEven) => {
    expect(rhythmOf(times)!.unevenness <= 0.2).toBe(isEven);
  });
});
