import { describe, expect, it } from "vitest";
import { collect } from "../../testing/collect.ts";
import { format as logfmt } from "./logfmt.ts";

describe("generic/logfmt", () => {
  it("infers the meaning of keys", () => {
    const { fields } = collect('time=2024-03-05T10:00:00Z level=warn msg="a \\"b\\"" client_ip=192.0.2.1', [
      logfmt,
    ]).events[0]!;
    expect(fields).toMatchObject({ "source.ip": "192.0.2.1", "log.level": "warn", message: 'a "b"' });
  });
  it("reads a path as a URL when the record has a method", () => {
    expect(collect("path=/a?b method=GET", [logfmt]).events[0]?.fields).toMatchObject({
      "url.path": "/a",
      "url.query": "b",
    });
    expect(collect("path=/etc/passwd op=read", [logfmt]).events[0]?.fields).toMatchObject({
      "file.path": "/etc/passwd",
    });
  });
  it("bounds the number of pairs", () => {
    const line = Array.from({ length: 2000 }, (_, i) => `k${i}=v`).join(" ");
    expect(collect(line, [logfmt]).events[0]?.fields["firebreak.truncated"]).toBe(true);
  });
  it.each(["one=pair", "no pairs at all", "==", "a b=c d=e"])("is not %s", (line) => {
    expect(collect(line, [logfmt]).events).toHaveLength(0);
  });
});
