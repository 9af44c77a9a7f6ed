import type { LineFormat } from "@firebreak/model/format";
import { describe, expect, it } from "vitest";
import { collect } from "./testing/collect.ts";

/** Reads the lines that begin with its mark and votes for them as strongly as told. */
function marked(mark: string, vote: number): LineFormat {
  return {
    kind: "line",
    name: `test/${mark}`,
    title: mark,
    version: 1,
    notes: "",
    sniff: (line) => (line.startsWith(mark) ? vote : 0),
    open: () => ({
      parse: (record) => (record.startsWith(mark) ? { dataset: `test/${mark}`, fields: {} } : undefined),
    }),
  };
}

describe("LineRouter", () => {
  it("keeps asking a format with a weak vote that read the record before", () => {
    const text = "a 1\na 2\nw 1\nw 2\nw 3\na 3\n";
    const read = collect(text, [marked("a", 0.9), marked("w", 0.1)]);
    expect(read.rejects).toEqual([]);
    expect(read.events.map((event) => event.dataset)).toEqual([
      "test/a",
      "test/a",
      "test/w",
      "test/w",
      "test/w",
      "test/a",
    ]);
  });
  it("finds a format that the head does not show", () => {
    const text = `${"a 1\n".repeat(300)}w 1\nw 2\n`;
    const read = collect(text, [marked("a", 0.9), marked("w", 0.1)]);
    expect(read.rejects).toEqual([]);
    expect(read.events.at(-1)?.dataset).toBe("test/w");
  });
});
