import { describe, expect, it } from "vitest";
import { collect } from "../../testing/collect.ts";
import { format as xml } from "./xml.ts";

describe("generic/xml", () => {
  it("refuses unknown XML as a whole and says what it is", () => {
    const got = collect('<?xml version="1.0"?>\n<a><b/></a>', [xml]);
    expect(got.rejects).toEqual([
      { offset: 0, length: 33, line: 1, reason: 'XML of an unknown kind (root element "a")' },
    ]);
  });
  it("leaves text with angle brackets and Windows events alone", () => {
    expect(collect("<nick> hello\nmore", [xml]).format).toBe("unrecognised");
    expect(collect("<Event xmlns='x'></Event>", [xml]).format).toBe("unrecognised");
  });
});
