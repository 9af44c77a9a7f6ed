import { describe, expect, it } from "vitest";
import { collect } from "../../testing/collect.ts";
import { format } from "./serv-u.ts";

const at = "[02] Tue 05Mar24 10:14:02 -";

describe("app/serv-u", () => {
  it("keeps address and user of a session", () => {
    const { events } = collect(
      [
        `${at} (000042) Connected to 203.0.113.9 (local address 10.0.0.5, port 22)`,
        `${at} (000042) User "bob" logged in`,
        `${at} (000042) Sent file C:\\a b.csv successfully (52 kB/sec - 1234 bytes)`,
        `${at} (000042) Closed session`,
        `${at} (000042) Sent file C:\\c.csv successfully (52 kB/sec - 1234 bytes)`,
      ].join("\n"),
      [format],
    );
    expect(new Date(events[0]!.time!.ms).toISOString()).toBe("2024-03-05T10:14:02.000Z");
    expect(events[0]?.fields).toMatchObject({ "destination.ip": "10.0.0.5", "destination.port": 22 });
    expect(events[2]?.fields).toMatchObject({
      "event.action": "file-downloaded",
      "file.path": "C:\\a b.csv",
      "file.size": 1234,
      "user.name": "bob",
      "source.ip": "203.0.113.9",
    });
    expect(events[4]?.fields).not.toHaveProperty("source.ip");
  });
  it.each([
    [
      "failed login",
      `${at} (1) Password for user "x" rejected`,
      { "event.action": "login-failed", "user.name": "x" },
    ],
    [
      "upload",
      `${at} (1) Received file "/in/a" successfully (1 kB/sec - 9 bytes)`,
      { "event.action": "file-uploaded", "file.size": 9 },
    ],
    ["dialogue", `${at} (1) 230 User logged in`, { "event.action": "login" }],
    [
      "exception",
      `${at} EXCEPTION: C0000005; CSUSSHSocket::ProcessReceive(); Type: 30`,
      { "error.code": "C0000005" },
    ],
  ])("%s", (_name, line, expected) => {
    expect(collect(line, [format]).events[0]?.fields).toMatchObject(expected);
  });
  it.each(["", "[02] Tue 45Mar24 10:16:00 - x", "[02] Tue 05Mar24 10:"])("makes no event of %j", (line) => {
    expect(collect(line, [format]).events).toHaveLength(0);
  });
});
