import { describe, expect, it } from "vitest";
import { collect } from "../../testing/collect.ts";
import { format } from "./umbrella.ts";

describe("proxy/umbrella", () => {
  it.each([
    [
      "DNS",
      '"2024-03-05 09:14:02","bob (bob@example.org)","x","10.0.0.1","192.0.2.1","Blocked","1 (A)","NOERROR","bad.example.","Malware"',
      {
        "user.name": "bob",
        "user.email": "bob@example.org",
        "dns.question.name": "bad.example",
        "event.action": "dns-request-Blocked",
      },
    ],
    [
      "proxy",
      '"2024-03-05 09:14:02","bob","10.0.0.1","192.0.2.1","203.0.113.1","text/html","ALLOWED","http://a.example/x","-","ua","200","1","2","",""',
      { "url.domain": "a.example", "destination.ip": "203.0.113.1", "event.action": "ALLOWED" },
    ],
  ])("%s", (_name, line, expected) => {
    const event = collect(line, [format]).events[0]!;
    expect(event.fields).toMatchObject(expected);
    expect(event.time?.zoneSource).toBe("format-default");
  });
  it("leaves other quoted tables alone", () => {
    expect(collect('"2024-03-05 09:14:02","Allowed","x"', [format]).events).toHaveLength(0);
    expect(format.sniff('"a","Allowed","b"')).toBe(0);
  });
});
