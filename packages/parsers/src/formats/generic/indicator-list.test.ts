import { describe, expect, it } from "vitest";
import { collect } from "../../testing/collect.ts";
import { format as indicators } from "./indicator-list.ts";

describe("generic/indicator-list", () => {
  it.each([
    ["192.0.2.1", "threat.indicator.ip", "192.0.2.1"],
    ["evil.example[.]net", "threat.indicator.url.domain", "evil.example.net"],
    ["hxxps://a.example/x", "threat.indicator.url.original", "https://a.example/x"],
    ["10.0.0.0/8", "threat.indicator.name", "10.0.0.0/8"],
  ])("%s", (line, field, value) => {
    const event = collect(line, [indicators]).events[0]!;
    expect(event.fields[field]).toBe(value);
    expect(event.fields["event.kind"]).toBe("enrichment");
    expect(event.time).toBeUndefined();
  });
  it.each(["readme.txt", "word", "300.1.1.1", "two words"])("is not %s", (line) => {
    expect(collect(line, [indicators]).events).toHaveLength(0);
  });
});
