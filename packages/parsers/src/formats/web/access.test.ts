import { describe, expect, it } from "vitest";
import { collect } from "../../testing/collect.ts";
import { format } from "./access.ts";

const stamp = "[05/Mar/2024:10:14:02 +0100]";
const read = (line: string) => collect(line, [format]);

describe("web/access", () => {
  it.each([
    [
      "common",
      `192.0.2.1 - - ${stamp} "GET / HTTP/1.0" 200 5`,
      { "source.ip": "192.0.2.1", "http.response.body.bytes": 5 },
    ],
    [
      "user",
      `192.0.2.1 - bob ${stamp} "GET / HTTP/1.0" 200 5`,
      { "user.name": "bob", "related.user": ["bob"] },
    ],
    [
      "vhost",
      `a.example:8080 192.0.2.1 - - ${stamp} "GET / HTTP/1.0" 200 5`,
      { "url.domain": "a.example", "source.ip": "192.0.2.1" },
    ],
    [
      "forwarding list",
      `198.51.100.1, 10.0.0.1 - - ${stamp} "GET / HTTP/1.0" 200 5`,
      { "source.ip": "198.51.100.1", "network.forwarded_ip": "198.51.100.1" },
    ],
    [
      "forwarding list of two public addresses: the last is what our side saw",
      `198.51.100.1, 203.0.113.9, 10.0.0.1 - - ${stamp} "GET / HTTP/1.0" 200 5`,
      { "source.ip": "203.0.113.9", "network.forwarded_ip": "198.51.100.1" },
    ],
    [
      "TLS bytes",
      `192.0.2.1 - - ${stamp} "\\x16\\x03" 400 0`,
      { "firebreak.raw.request": "\\x16\\x03", "event.outcome": "failure" },
    ],
    [
      "URL of a forward proxy",
      `192.0.2.1 - - ${stamp} "GET http://b.example:81/x?y#z HTTP/1.1" 200 5`,
      { "url.domain": "b.example", "url.port": 81, "url.query": "y", "url.fragment": "z" },
    ],
    ["HTTP/0.9", `192.0.2.1 - - ${stamp} "GET /old" 200 5`, { "url.path": "/old" }],
  ])("%s", (_name, line, expected) => {
    const { events } = read(line);
    expect(events[0]?.fields).toMatchObject(expected);
    expect(new Date(events[0]?.time?.ms ?? 0).toISOString()).toBe("2024-03-05T09:14:02.000Z");
    expect(events[0]?.time?.zoneSource).toBe("in-record");
  });

  it.each([
    ["no request", `192.0.2.1 - - ${stamp} 200 5`, "no format recognised for this line"],
    [
      "impossible date",
      '192.0.2.1 - - [99/Foo/2024:10:14:02 +0100] "GET / HTTP/1.0" 200 5',
      "no valid date in the brackets",
    ],
    ["cut", `192.0.2.1 - - ${stamp} "GET /`, "request without a closing quote"],
    ["a thousand quotes", `192.0.2.1 - - ${stamp} ${'"'.repeat(1000)}`, undefined],
  ])("broken: %s", (_name, line, reason) => {
    const got = read(line);
    if (reason === undefined) expect(got.events.length + got.rejects.length).toBe(1);
    else expect(got.rejects[0]?.reason).toBe(reason);
  });

  it("leaves lines of other formats alone", () => {
    expect(format.sniff("[Tue Mar 05 10:00:00 2024] [error] x")).toBe(0);
    expect(format.sniff("")).toBe(0);
  });
});
