import type { Finding } from "@firebreak/model/picture";
import { severityRank } from "@firebreak/model/severity";
import { describe, expect, it } from "vitest";
import { undeclaredProfile } from "../organisation/profile.ts";
import { foldIntoChains, foldMatches } from "./fold.ts";
import { weighDeclaredRole } from "./weigh/declared-roles.ts";

const cite = (ref: string) => ({
  ref,
  path: "a.log",
  offset: 0,
  length: 1,
  time: `2024-01-01T00:00:0${ref}Z`,
});

function finding(over: Partial<Finding>, refs: string[] = []): Finding {
  return {
    id: "F-1",
    kind: "correlation",
    title: "t",
    statement: "s.",
    severity: "medium",
    confidence: 50,
    start: null,
    end: null,
    entities: [],
    techniques: [],
    events: refs.map(cite),
    eventsOmitted: 0,
    alternatives: [],
    ...over,
  };
}

describe("foldMatches", () => {
  it("lists every group with its exact counts, and cites each group", () => {
    const told = ["1", "2", "3"].map((ref) => ({
      finding: finding({ start: `2024-01-0${ref}T00:00:00Z` }, [ref]),
      about: ref === "3" ? "user b" : "user a",
      count: 10,
    }));
    const folded = foldMatches("c", "Guessing", told);
    expect(folded.title).toBe("Guessing (3 times, 2 groups)");
    expect(folded.statement).toContain("user a (2 times, 20 records); user b (1 time, 10 records)");
    expect(folded.events.map(({ ref }) => ref)).toEqual(["1", "2", "3"]);
    expect(folded.eventsOmitted).toBe(27);
    expect(folded.start).toBe("2024-01-01T00:00:00Z");
  });
});

describe("foldIntoChains", () => {
  const rank = ({ severity }: Finding) => severityRank(severity);
  const fold = (chain: Partial<Finding>, correlation: Partial<Finding>, refs: string[]) =>
    foldIntoChains([finding({ kind: "chain", ...chain }, ["1", "2"])], [finding(correlation, refs)], rank);
  const technique = [{ id: "T1110", name: "", events: [] }];

  it.each([
    ["covered and no more severe", { severity: "high" }, {}, ["1"], 0],
    ["a record of its own", { severity: "high" }, {}, ["1", "3"], 1],
    ["more severe, other technique", { severity: "low" }, { techniques: technique }, ["1"], 1],
    [
      "medium, the same technique",
      { severity: "low", techniques: technique },
      { techniques: technique },
      ["1"],
      0,
    ],
    [
      "high, the same technique",
      { severity: "low", techniques: technique },
      { severity: "high", techniques: technique },
      ["1"],
      1,
    ],
  ] as const)("%s", (_, chain, correlation, refs, left) => {
    const folded = fold(chain as Partial<Finding>, correlation as Partial<Finding>, [...refs]);
    expect(folded.correlations).toHaveLength(left);
    if (left === 0) expect(folded.chains[0]!.statement).toContain('"t"');
  });
});

describe("weighDeclaredRole", () => {
  const profile = {
    ...undeclaredProfile,
    assets: [{ name: "SCAN01", addresses: ["10.0.0.9"], role: "vulnerability scanner", critical: false }],
  };
  const scan = { entities: [{ type: "address" as const, value: "10.0.0.9", role: "source" }] };

  it("lowers what a declared scanner does by its nature, and says so", () => {
    const weighed = weighDeclaredRole(profile, finding({ ...scan, title: "Port scan", severity: "high" }));
    expect(weighed).toMatchObject({ severity: "low", confidence: 25 });
    expect(weighed.statement).toContain("SCAN01 (vulnerability scanner)");
  });
  it.each([
    ["other behaviour", { ...scan, title: "Shadow copies deleted" }],
    [
      "another machine",
      { title: "Port scan", entities: [{ type: "address" as const, value: "10.0.0.8", role: "source" }] },
    ],
    [
      "two machines",
      {
        title: "Port scan",
        entities: [...scan.entities, { type: "address" as const, value: "10.0.0.8", role: "source" }],
      },
    ],
  ])("leaves %s alone", (_, over) => {
    const one = finding({ severity: "high", ...over });
    expect(weighDeclaredRole(profile, one)).toBe(one);
  });
});
