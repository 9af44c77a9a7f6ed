import { describe, expect, it } from "vitest";
import { collect } from "../../testing/collect.ts";
import { format } from "./moveit.ts";

const at = "2024-03-05 10:14:02.163 #0A z10";

describe("app/moveit", () => {
  it.each([
    [
      "failed sign-on",
      `${at} <0> (21652) SILUser.ExecuteSignon: Signon failed for username: bob from IP address: 203.0.113.9`,
      {
        "event.action": "login-failed",
        "user.name": "bob",
        "source.ip": "203.0.113.9",
        "log.logger": "SILUser.ExecuteSignon",
        "process.thread.id": 10,
      },
    ],
    [
      "transaction",
      `${at} Header X-siLock-Transaction: session_setvars`,
      { "firebreak.raw.X-siLock-Transaction": "session_setvars" },
    ],
    [
      "plain",
      `${at} UserEngine: started`,
      { message: "UserEngine: started", "firebreak.raw.debug_level": "10" },
    ],
  ])("%s", (_name, line, expected) => {
    expect(collect(line, [format]).events[0]?.fields).toMatchObject(expected);
  });
  it("joins a stack trace and takes local time", () => {
    const { events } = collect(
      `${at} SILGuestAccess.GetHTML: Caught exception of type ArgumentException: x\n   at A.B()\n   at C.D()\n${at} E: y`,
      [format],
    );
    expect(events).toHaveLength(2);
    expect(events[0]?.fields["error.type"]).toBe("ArgumentException");
    expect(events[0]?.time?.zoneSource).toBe("assumed");
  });
  it.each(["", "2024-02-31 10:14:06.000 #20 z60 never", "2024-03-05 10:14:06.0"])(
    "makes no event of %j",
    (line) => {
      expect(collect(line, [format]).events).toHaveLength(0);
    },
  );
});
