import { describe, expect, it } from "vitest";
import { collect } from "../../testing/collect.ts";
import { format } from "./tcpdump.ts";

const read = (line: string) => collect(line, [format]).events[0]!;

describe("ids/tcpdump", () => {
  it.each([
    [
      "SYN",
      "10:14:02.5 IP 192.0.2.1.1000 > 10.0.0.1.22: Flags [S], length 0",
      {
        "source.ip": "192.0.2.1",
        "source.port": 1000,
        "destination.port": 22,
        "event.action": "connection-attempted",
      },
    ],
    [
      "IPv6",
      "10:14:02.5 IP6 2001:db8::1.53 > 2001:db8::2.99: 1 0/0/0 (1)",
      { "source.ip": "2001:db8::1", "source.port": 53 },
    ],
    [
      "names",
      "10:14:02.5 IP a.example.https > b.example.80: Flags [.], length 0",
      { "source.domain": "a.example", "destination.port": 80 },
    ],
    [
      "question",
      "10:14:02.5 IP 10.0.0.1.5 > 10.0.0.2.53: 7+ AAAA? x.example. (27)",
      { "dns.question.name": "x.example", "dns.question.type": "AAAA" },
    ],
  ])("%s", (_name, line, expected) => {
    expect(read(line).fields).toMatchObject(expected);
  });
  it("is dated only where a date is printed", () => {
    expect(read("10:14:02.5 IP 192.0.2.1.1 > 10.0.0.1.2: x").time).toBeUndefined();
    expect(read("2024-03-05 10:14:02.5 IP 192.0.2.1.1 > 10.0.0.1.2: x").time?.zoneSource).toBe("assumed");
    expect(read("1709630042.5 IP 192.0.2.1.1 > 10.0.0.1.2: x").time?.ms).toBe(1709630042500);
  });
  it("leaves other lines alone", () => {
    expect(collect("10:14:02.5 IP cut", [format]).events).toHaveLength(0);
  });
});
