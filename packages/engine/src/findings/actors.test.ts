import { describe, expect, it } from "vitest";
import { actorsOf } from "./actors.ts";
import type { EventRow } from "./rows.ts";

const row = (rest: object, more: Partial<EventRow> = {}) =>
  ({ host: null, observer: null, rest: JSON.stringify(rest), ...more }) as EventRow;

describe("actorsOf", () => {
  it("takes the hash of a file and not the confidence with which its column was recognised", () => {
    const rest = { "file.hash.sha256": "AB12", "firebreak.inference.file.hash.sha256": 0.98 };
    expect(actorsOf(row(rest))).toEqual([{ type: "hash", value: "ab12", role: "hash" }]);
  });

  it("names nobody in an empty record", () => {
    expect(actorsOf(row({}))).toEqual([]);
  });
});
