import { describe, expect, it } from "vitest";
import { summariseActors } from "./entities-of.ts";
import { blankRow, type EventRow, refOf } from "./rows.ts";

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
    [
      "five names are enough where each carries a lot",
      [...Array(5).keys()].map((n) => `${"c".repeat(45)}${n}.t.example.org`),
      ["t.example.org"],
    ],
    ["a few long names stay as they are", [carried(1), carried(2)], [carried(1), carried(2)]],
  ])("%s", (_name, names, expected) => {
    expect(domains(names)).toEqual(expected);
  });

  it("only mentions what the surroundings reached", () => {
    const row = {
      ...blankRow,
      evidence: "e",
      offset: 1,
      host: "PC1",
      source_ip: "10.0.0.2",
      destination_ip: "192.0.2.9",
    } as EventRow;
    const told = (surroundings: string[]) =>
      summariseActors([row], new Set(surroundings)).map(({ value, role }) => [value, role]);
    expect(told([])).toContainEqual(["192.0.2.9", "destination"]);
    expect(told([refOf(row)])).toEqual(
      expect.arrayContaining([
        ["192.0.2.9", "mentioned"],
        ["10.0.0.2", "source"],
        ["PC1", "host"],
      ]),
    );
  });
});
