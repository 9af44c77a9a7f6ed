import { describe, expect, it } from "vitest";
import { collect } from "../../testing/collect.ts";
import { format } from "./squid.ts";

const read = (line: string) => collect(line, [format]);

describe("proxy/squid", () => {
  it.each([
    [
      "hit",
      "1709630044.123 5 10.0.0.1 TCP_HIT/200 10 GET http://a.example/b.js - HIER_NONE/- text/js",
      { "event.action": "TCP_HIT", "url.extension": "js", "destination.domain": "a.example" },
    ],
    [
      "denied",
      "1709630044.123 5 10.0.0.1 TCP_DENIED/403 10 GET http://a.example/ bob HIER_NONE/- text/html",
      { "event.action": "TCP_DENIED", "user.name": "bob" },
    ],
    [
      "tunnel",
      "1709630044.123 5 10.0.0.1 TCP_TUNNEL/200 10 CONNECT a.example:443 - HIER_DIRECT/192.0.2.7 -",
      { "url.domain": "a.example", "destination.port": 443, "destination.ip": "192.0.2.7" },
    ],
    [
      "custom columns",
      '1709630044.123 5 10.0.0.1 TCP_HIT/200 10 GET http://a.example/ - HIER_NONE/- - "UA x"',
      { "firebreak.raw.extra": '"UA x"' },
    ],
  ])("%s", (_name, line, expected) => {
    const event = read(line).events[0]!;
    expect(event.fields).toMatchObject(expected);
    expect(event.time?.ms).toBe(1709630044123);
  });

  it("rejects a cut line and leaves others alone", () => {
    expect(read("1709630044.123 5 10.0.0.1 TCP_HIT/200 ").rejects[0]?.reason).toBe(
      "cut or broken Squid line",
    );
    expect(format.sniff("1709630044.123 hello")).toBe(0);
  });
});
