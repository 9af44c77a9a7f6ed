import { describe, expect, it } from "vitest";
import { renderRows } from "./table.ts";

const rows = [
  { Count: 12, Name: "alice", First: null },
  { Count: 3, Name: '=cmd|"x"', First: "2026-03-01T08:00:00Z" },
  { Count: 1, Name: "a\u001b[31mb\nc", First: "" },
];

describe("rows", () => {
  it("as a table: numbers to the right, nothing that a terminal obeys", () => {
    const lines = renderRows(rows, ["Count", "Name", "First"], "table").split("\n");
    const width = "a\\u001b[31mb c".length;
    expect(lines).toEqual([
      `Count  ${"Name".padEnd(width)}  First`,
      "   12  alice",
      `    3  ${'=cmd|"x"'.padEnd(width)}  2026-03-01T08:00:00Z`,
      "    1  a\\u001b[31mb c",
      "",
    ]);
  });
  it("as CSV: no cell is a formula", () => {
    expect(renderRows(rows, ["Count", "Name"], "csv").split("\n").slice(0, 3)).toEqual([
      "Count,Name",
      "12,alice",
      `3,"'=cmd|""x"""`,
    ]);
  });
  it("as JSON lines", () => {
    expect(renderRows(rows.slice(0, 1), ["Count"], "jsonl")).toBe(
      '{"Count":12,"Name":"alice","First":null}\n',
    );
  });
});
