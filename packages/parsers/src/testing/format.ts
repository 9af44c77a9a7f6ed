import type { Fields } from "@firebreak/model/event";
import type { LineFormat } from "@firebreak/model/format";
import { expect, it } from "vitest";
import { collect, unaccountedBytes } from "./collect.ts";

/** Text, the number of events that it holds, and fields of the first; "@time" is its time, null when it has none. */
export type FormatCase = [
  name: string,
  text: string,
  events: number,
  expected: Record<string, Fields[string] | null>,
];

/** Runs a table of texts through one line format, then all of them cut short: every byte accounted for, no throw. */
export function checkFormat(format: LineFormat, cases: readonly FormatCase[]): void {
  it.each(cases)("%s", (_, text, count, expected) => {
    const { events } = collect(text, [format]);
    expect(events).toHaveLength(count);
    const first = events[0];
    for (const [field, value] of Object.entries(expected)) {
      const got =
        field === "@time" ? first?.time && new Date(first.time.ms).toISOString() : first?.fields[field];
      expect([field, got ?? null]).toEqual([field, value]);
    }
  });
  it("accounts for every byte of cut text", () => {
    for (const [, text] of cases) {
      const step = Math.max(1, Math.floor(text.length / 40));
      for (let end = 1; end <= text.length; end += step) {
        const bytes = new TextEncoder().encode(text.slice(0, end));
        expect(unaccountedBytes(collect(bytes, [format]), bytes.length)).toBe(0);
      }
    }
  });
  it("does not claim other lines", () => {
    const head = { bytes: new Uint8Array(), text: "", lines: [], fileName: "input.log" };
    for (const line of ["", "hello world", '{"a":1}', "a,b,c", '10.0.0.1 - - [x] "GET / HTTP/1.1" 200 1'])
      expect(format.sniff(line, head)).toBe(0);
  });
}
