import type { EntityState, EntityType, Finding, PictureEntity } from "@firebreak/model/picture";
import { describe, expect, it } from "vitest";
import { summarise } from "./summary.ts";

const counts = { records: 3, files: 1 } as Parameters<typeof summarise>[2];

function entity(type: EntityType, value: string, state: EntityState): PictureEntity {
  return {
    type,
    value,
    state,
    score: 70,
    reasons: [],
    events: [],
    eventsOmitted: 0,
    first: null,
    last: null,
    facts: [],
  };
}

function finding(title: string, start: string | null): Finding {
  return {
    id: title,
    kind: "detection",
    title,
    statement: title,
    severity: "high",
    confidence: 70,
    start,
    end: start,
    entities: [],
    techniques: [],
    events: [],
    eventsOmitted: 0,
    alternatives: [],
  };
}

describe("summary", () => {
  it("says of nothing found that it speaks of these records only", () => {
    expect(summarise([], [], counts, [])).toEqual([
      "3 records in 1 file were read; 0 findings of medium severity or more.",
      "Confirmed: none. Suspected: none.",
      "Nothing of medium severity or more was found in what was read. That is a statement about these records, not about the organisation.",
    ]);
  });

  it("tells since when, and names who is affected by type", () => {
    const entities = [
      entity("host", "matthew", "suspected"),
      entity("account", "matthew", "suspected"),
      entity("account", "ida", "suspected"),
      entity("address", "198.51.100.7", "confirmed"),
      entity("file", "a.exe", "suspected"),
      entity("host", "printer", "context"),
    ];
    const told = summarise(
      [finding("A", "2024-05-06T07:08:09.123456700Z"), finding("B", null)],
      entities,
      counts,
      ["a note"],
    );
    expect(told).toEqual([
      "3 records in 1 file were read; 2 findings of medium severity or more.",
      "high (confidence 70): A; from 2024-05-06 07:08:09 UTC",
      "high (confidence 70): B; without a usable time",
      "Confirmed: address 198.51.100.7. Suspected: host matthew; accounts matthew, ida.",
      "a note",
    ]);
  });

  it("says how many more there are of what it does not name", () => {
    const findings = Array.from({ length: 7 }, (_, i) => finding(`F${i}`, null));
    const entities = Array.from({ length: 14 }, (_, i) => entity("host", `h${i}`, "suspected"));
    const told = summarise(findings, entities, counts, []);
    expect(told[0]).toContain("7 findings of medium severity or more, the first 5 of which follow.");
    expect(told).toHaveLength(7);
    expect(told[6]).toMatch(/Suspected: hosts h0, .*, h11 and 2 more\.$/);
  });
});
