import { describe, expect, it } from "vitest";
import { collect } from "../../testing/collect.ts";
import { format } from "./mongodb.ts";

describe("database/mongodb", () => {
  it.each([
    [
      "login",
      "2024-03-05T10:14:02.123+0100 I ACCESS   [conn1] Successfully authenticated as principal bob on admin",
      { "user.name": "bob", "event.outcome": "success" },
    ],
    [
      "failure",
      "2024-03-05T10:14:02.123+0100 I ACCESS   [conn1] SCRAM-SHA-256 authentication failed for bob on admin from client 192.0.2.1:5 ; x",
      { "source.ip": "192.0.2.1", "event.outcome": "failure" },
    ],
    ["warning", "2024-03-05T10:14:02.123+0100 W CONTROL  [main] text", { "log.level": "W", message: "text" }],
  ])("%s", (_name, line, expected) => {
    const event = collect(line, [format]).events[0]!;
    expect(event.fields).toMatchObject(expected);
    expect(event.time?.zoneSource).toBe("in-record");
  });
  it("leaves other lines alone", () => {
    expect(collect("2024-03-05T10:14:02.123+0100 I hello", [format]).events).toHaveLength(0);
  });
});
