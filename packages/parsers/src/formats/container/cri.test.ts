import { describe, expect, it } from "vitest";
import { collect } from "../../testing/collect.ts";
import { format } from "./cri.ts";

describe("container/cri", () => {
  it.each([
    [
      "full",
      "2024-03-05T09:14:02.1Z stdout F hello 192.0.2.1",
      { message: "hello 192.0.2.1", "related.ip": ["192.0.2.1"] },
    ],
    ["partial", "2024-03-05T09:14:02.1Z stderr P hel", { "firebreak.raw.partial": true }],
  ])("%s", (_name, line, expected) => {
    expect(collect(line, [format]).events[0]?.fields).toMatchObject(expected);
  });
  it("joins partial lines of one stream", () => {
    const at = "2024-03-05T09:14:02.1Z";
    const { events } = collect(`${at} stdout P a\n${at} stdout P b\n${at} stdout F c\n${at} stdout F d\n`, [
      format,
    ]);
    expect(events.map((event) => event.fields.message)).toEqual(["abc", "d"]);
    expect(events[0]?.fields["firebreak.raw.partial"]).toBeUndefined();
    const broken = collect(`${at} stdout P a\n${at} stderr F x\n`, [format]).events;
    expect(broken.map((event) => event.fields.message)).toEqual(["a", "x"]);
  });
  it("reads a web access line within", () => {
    const line = `2024-03-05T09:14:02.1Z stdout F 203.0.113.9 - - [05/Mar/2024:09:14:01 +0000] "GET /a HTTP/1.1" 404 12 "-" "curl/8"`;
    const event = collect(line, [format]).events[0]!;
    expect(event.dataset).toBe("web/access");
    expect(event.fields).toMatchObject({
      "source.ip": "203.0.113.9",
      "url.path": "/a",
      "firebreak.raw.stream": "stdout",
    });
    expect(new Date(event.time!.ms).toISOString()).toBe("2024-03-05T09:14:02.100Z");
  });
  it("rejects an impossible time and leaves other lines alone", () => {
    expect(collect("2024-13-05T09:14:02.1Z stdout F x", [format]).rejects[0]?.reason).toBe("no valid time");
    expect(collect("2024-03-05T09:14:02.1Z out F x", [format]).events).toHaveLength(0);
  });
});
