import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitCsvRow } from "./csv-row.ts";

describe("splitCsvRow", () => {
  it.each([
    ["empty", "", [""]],
    ["one", "a", ["a"]],
    ["many", "a,,c,", ["a", "", "c", ""]],
    ["quoted separator", 'a,"b,c",d', ["a", "b,c", "d"]],
    ["doubled quote", '"say ""hi""",x', ['say "hi"', "x"]],
    ["text behind a quote", '"a"b,c', ["ab", "c"]],
    ["never closed", 'a,"b,c', ["a", "b,c"]],
    ["quote inside a bare cell", 'a"b,c', ['a"b', "c"]],
  ])("%s", (_, row, cells) => expect(splitCsvRow(row)).toEqual(cells));
  it("keeps the remainder in the last cell allowed", () =>
    expect(splitCsvRow("a,b,c,d", ",", 3)).toEqual(["a", "b", "c,d"]));
  it("reads back what was quoted", () => {
    const quote = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), (cells) => {
        expect(splitCsvRow(cells.map(quote).join(","))).toEqual(cells);
      }),
    );
  });
});
