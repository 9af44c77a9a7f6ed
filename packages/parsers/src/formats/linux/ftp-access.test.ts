import { describe, expect, it } from "vitest";
import { collect } from "../../testing/collect.ts";
import { format as access } from "../web/access.ts";
import { format } from "./ftp-access.ts";

const client = "203.0.113.9 UNKNOWN bob [05/Mar/2024:10:14:02 +0100]";

describe("linux/ftp-access", () => {
  it.each([
    [
      "upload",
      `${client} "STOR a b.zip" 226 1234`,
      { "event.action": "file-uploaded", "file.path": "a b.zip", "file.size": 1234, "user.name": "bob" },
    ],
    [
      "download",
      `${client} "RETR /a" 226 9`,
      { "event.action": "file-downloaded", "event.outcome": "success" },
    ],
    [
      "refused",
      `${client} "RETR /etc/shadow" 550 -`,
      { "event.action": "file-access-failed", "event.outcome": "failure" },
    ],
    [
      "failed login",
      `203.0.113.9 UNKNOWN nobody [05/Mar/2024:10:14:02 +0100] "PASS (hidden)" 530 -`,
      { "event.action": "login-failed" },
    ],
    [
      "Pure-FTPd",
      `203.0.113.9 - bob [05/Mar/2024:10:14:02 +0100] "PUT /home/bob/a.zip" 200 1234`,
      { "event.action": "file-uploaded", "source.ip": "203.0.113.9" },
    ],
    ["other command", `${client} "CWD /x" 250 -`, { "event.action": "ftp-command" }],
  ])("%s", (_name, line, expected) => {
    const event = collect(line, [access, format]).events[0]!;
    expect(event.dataset).toBe("linux/ftp-access");
    expect(event.fields).toMatchObject(expected);
    expect(new Date(event.time!.ms).toISOString()).toBe("2024-03-05T09:14:02.000Z");
  });
  it("leaves web servers' lines to them", () => {
    const line = `203.0.113.9 - - [05/Mar/2024:10:14:02 +0100] "PUT /a HTTP/1.1" 201 0`;
    expect(collect(line, [access, format]).events[0]?.dataset).toBe("web/access");
    expect(
      collect(`203.0.113.9 - - [05/Mar/2024:10:14:02 +0100] "GET /a" 200 9`, [format]).events,
    ).toHaveLength(0);
  });
  it("rejects an impossible day", () => {
    expect(collect(`${client.replace("05/Mar", "45/Mar")} "STOR a" 226 1`, [format]).rejects[0]?.reason).toBe(
      "no valid time",
    );
  });
});
