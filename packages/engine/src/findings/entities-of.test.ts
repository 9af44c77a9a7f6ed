import { describe, expect, it } from "vitest";
import { summariseActors } from "./entities-of.ts";
import type { EventRow } from "./rows.ts";

const asked = (name: string) => ({ rest: "{}", host: null, dns_name: name }) as EventRow;
const domains = (names: readonly string[]) => summariseActors(names.map(asked)).map(({ value }) => value);
const carried = (n: number) => `${String(n).padStart(30, "a")}.${"b".repeat(12)}.t.example.org`;

describe("summariseActors", () => {
  it.each<[string, string[], string[]]>([
    ["nothing", [], []],
    [
      "names that carry data become the domain that they end in",
      [...Array(12).keys()].map(carried),
      ["bbbbbbbbbbbb.t.example.org"],
    ],
    [
      "sites of one country stay sites",
      [..."abcdefghijkl"].map((letter) => `${letter}.co.example`),
      [..."abcdefghijkl"].map((letter) => `${letter}.co.example`),
    ],
    ["a few long names stay as they are", [carried(1), carried(2)], [carried(1), carried(2)]],
  ])("%s", (_name, names, expected) => {
    expect(domains(names)).toEqual(expected);
  });
});
