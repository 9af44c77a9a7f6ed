import { describe, expect, it } from "vitest";
import { collect } from "../../testing/collect.ts";
import { format } from "./zscaler.ts";

describe("proxy/zscaler", () => {
  it.each([
    [
      "tunnel",
      "2024-03-05 09:14:02\taction=Allowed\tClientIP=10.0.0.1\turl=a.example:443\tvendor=Zscaler",
      { "url.domain": "a.example", "url.port": 443, "event.action": "allowed" },
    ],
    [
      "page",
      "2024-03-05 09:14:02\taction=Blocked\turl=a.example/x?y\tvendor=Zscaler\tthreatname=None",
      { "url.domain": "a.example", "url.path": "/x", "event.action": "blocked" },
    ],
    [
      "junk address",
      "2024-03-05 09:14:02\tClientIP=nowhere\tvendor=Zscaler",
      { "firebreak.raw.ClientIP": "nowhere" },
    ],
  ])("%s", (_name, line, expected) => {
    expect(collect(line, [format]).events[0]?.fields).toMatchObject(expected);
  });
  it("leaves other tab-separated lines alone", () => {
    expect(format.sniff("a=b\tc=d")).toBe(0);
  });
});
