import { describe, expect, it } from "vitest";
import { collect } from "../../testing/collect.ts";
import { format } from "./filezilla-server.ts";

describe("app/filezilla-server", () => {
  it("joins a login of the 1.x log over its replies", () => {
    const { events } = collect(
      [
        "2024-03-05T10:14:01.069Z >> [FTP Session 36 203.0.113.9] USER bob",
        "2024-03-05T10:14:01.101Z << [FTP Session 36 203.0.113.9] 331 Please, specify the password.",
        "2024-03-05T10:14:01.201Z >> [FTP Session 36 203.0.113.9] PASS ****",
        "2024-03-05T10:14:01.301Z << [FTP Session 36 203.0.113.9] 530 Login incorrect.",
      ].join("\n"),
      [format],
    );
    expect(events.map((event) => event.fields["event.action"])).toEqual([
      "ftp-command",
      "ftp-reply",
      "ftp-command",
      "login-failed",
    ]);
    expect(events[3]?.fields).toMatchObject({ "user.name": "bob", "source.ip": "203.0.113.9" });
    expect(events[0]?.time?.zoneSource).toBe("in-record");
  });
  it.each([
    [
      "order proven",
      "(000001) 25/1/2022 09:04:11 - (bob) (203.0.113.9)> 230 Logged on",
      "2022-01-25T09:04:11",
      undefined,
    ],
    [
      "order unknown",
      "(000001) 1/5/2022 7:04:11 PM - (bob) (203.0.113.9)> 230 Logged on",
      "2022-01-05T19:04:11",
      true,
    ],
    [
      "24 hours with PM",
      "(000001) 25/1/2022 19:04:11 PM - (bob) (203.0.113.9)> 230 Logged on",
      "2022-01-25T19:04:11",
      undefined,
    ],
  ])("reads the 0.9 log: %s", (_name, line, iso, ambiguous) => {
    const event = collect(line, [format]).events[0]!;
    expect(event.fields).toMatchObject({
      "event.action": "login",
      "user.name": "bob",
      "source.ip": "203.0.113.9",
    });
    expect(new Date(event.time!.ms).toISOString().slice(0, 19)).toBe(iso);
    expect(event.time?.dayMonthAmbiguous).toBe(ambiguous);
  });
  it.each([
    ["impossible day", "2024-13-45T10:14:11.000Z << [FTP Session 36 203.0.113.9 x] 221 Goodbye."],
    ["cut", "(000175) 25/1/2022 19:04:"],
    ["others' lines", "2024-03-05T10:14:01.069Z << [worker] 200 ok"],
  ])("makes no event of: %s", (_name, line) => {
    expect(collect(line, [format]).events).toHaveLength(0);
  });
});
