import { describe, expect, it } from "vitest";
import { collect } from "../../testing/collect.ts";
import { format } from "./nginx-error.ts";

const read = (line: string) => collect(line, [format]);

describe("web/nginx-error", () => {
  it.each([
    [
      "request",
      '2024/03/05 10:14:02 [error] 1#2: *3 x, client: 192.0.2.1, server: a, request: "GET /q HTTP/1.1", host: "b"',
      { "source.ip": "192.0.2.1", "url.path": "/q", "url.domain": "b", message: "x" },
    ],
    [
      "no connection",
      "2024/03/05 10:14:02 [emerg] 1#1: bind() failed",
      { "log.level": "emerg", message: "bind() failed" },
    ],
    [
      "failed login",
      '2024/03/05 10:14:02 [error] 1#2: *3 user "bob": password mismatch, client: 192.0.2.1',
      { "user.name": "bob", "event.outcome": "failure" },
    ],
  ])("%s", (_name, line, expected) => {
    const event = read(line).events[0]!;
    expect(event.fields).toMatchObject(expected);
    expect(event.time!.zoneSource).toBe("assumed");
  });

  it("rejects an impossible date and passes over other text", () => {
    expect(read("2024/13/05 10:14:02 [error] 1#2: x").rejects[0]?.reason).toBe("no valid date");
    expect(format.sniff("2024/03/05 10:14:02 something")).toBe(0);
  });
});
