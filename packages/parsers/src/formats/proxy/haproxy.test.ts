import { describe, expect, it } from "vitest";
import { collect } from "../../testing/collect.ts";
import { format } from "./haproxy.ts";

const read = (line: string) => collect(line, [format]);

describe("proxy/haproxy", () => {
  it.each([
    [
      "HTTP",
      '192.0.2.1:5 [05/Mar/2024:10:14:02.143] fe be/s1 0/0/7/14/21 200 11 - - ---- 2/1/0/0/0 0/0 "GET /a HTTP/1.1"',
      { "url.path": "/a", "source.port": 5, "firebreak.raw.server": "s1" },
    ],
    [
      "bad request",
      '192.0.2.1:5 [05/Mar/2024:10:14:02.143] fe fe/<NOSRV> -1/-1/-1/-1/0 400 187 - - PR-- 1/1/0/0/0 0/0 "<BADREQ>"',
      { "firebreak.raw.request": "<BADREQ>", "event.outcome": "failure" },
    ],
    [
      "TCP",
      "[2001:db8::1]:5 [05/Mar/2024:10:14:02.143] fe be/s1 0/0/5007 212 -- 0/0/0/0/3 0/0",
      { "source.ip": "2001:db8::1", "network.transport": "tcp" },
    ],
  ])("%s", (_name, line, expected) => {
    const event = read(line).events[0]!;
    expect(event.fields).toMatchObject(expected);
    expect(event.time?.zoneSource).toBe("assumed");
  });
  it("rejects an impossible date and leaves other lines alone", () => {
    expect(
      read("192.0.2.1:5 [99/Mar/2024:10:14:02.143] fe be/s1 0/0/5007 212 -- 0/0/0/0/3 0/0").rejects[0]
        ?.reason,
    ).toContain("date");
    expect(read("192.0.2.1:5 [05/Mar/2024:10:14:02.143] cut").events).toHaveLength(0);
  });
});
