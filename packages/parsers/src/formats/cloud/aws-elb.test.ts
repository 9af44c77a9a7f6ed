import { describe, expect, it } from "vitest";
import { collect } from "../../testing/collect.ts";
import { format } from "./aws-elb.ts";

describe("cloud/aws-elb", () => {
  it.each([
    [
      "application",
      'http 2024-03-05T09:14:02.356586Z app/web/1 192.0.2.1:51 10.0.0.7:80 0.0 0.1 0.0 200 200 34 366 "GET http://a.example:80/x HTTP/1.1" "curl/8" - - arn "Root=1" "-" "-" 0 2024-03-05T09:14:02.1Z "forward" "-" "-" "-" "-" "-" "-"',
      { "source.ip": "192.0.2.1", "destination.port": 80, "url.path": "/x" },
    ],
    [
      "no target, no request",
      'http 2024-03-05T09:14:02.356586Z app/web/1 192.0.2.1:51 - -1 -1 -1 460 - 0 0 "- http://a.example:80- -" "-" - - - "-" "-" "-" - 2024-03-05T09:14:02.1Z "-"',
      { "http.response.status_code": 460 },
    ],
    [
      "classic TCP",
      '2024-03-05T09:14:02.356586Z lb 192.0.2.1:51 10.0.0.7:80 0.1 0.1 0.1 - - 82 305 "- - - " "-" - -',
      { "source.bytes": 82, "destination.bytes": 305 },
    ],
  ])("%s", (_name, line, expected) => {
    const event = collect(line, [format]).events[0]!;
    expect(event.fields).toMatchObject(expected);
    expect(event.time).toMatchObject({ zoneSource: "in-record", ns: 586000 });
  });
  it("rejects a cut line", () => {
    expect(
      collect("http 2024-03-05T09:14:02.3Z app/web/1 192.0.2.1:51", [format]).rejects[0]?.reason,
    ).toContain("too few");
    expect(format.sniff("http is a protocol")).toBe(0);
  });
});
