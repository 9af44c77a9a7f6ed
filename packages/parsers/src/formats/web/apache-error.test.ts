import { describe, expect, it } from "vitest";
import { collect } from "../../testing/collect.ts";
import { format } from "./apache-error.ts";

const read = (line: string) =>
  collect(line, [format], { time: { zone: { zone: "Europe/Zurich", source: "case-setting" } } });

describe("web/apache-error", () => {
  it.each([
    [
      "2.4",
      "[Tue Mar 05 10:14:02.123456 2024] [ssl:warn] [pid 7:tid 8] [client 192.0.2.1:5] AH01909: text",
      {
        "source.ip": "192.0.2.1",
        "source.port": 5,
        "service.name": "ssl",
        "event.code": "AH01909",
        message: "text",
      },
    ],
    [
      "2.2",
      "[Tue Mar  5 10:14:02 2024] [notice] caught SIGTERM",
      { "log.level": "notice", message: "caught SIGTERM" },
    ],
    ["a bracket in the message", "[Tue Mar 05 10:14:02 2024] [error] [x] y", { message: "[x] y" }],
    [
      "failed login",
      '[Tue Mar 05 10:14:02 2024] [error] [client 192.0.2.1] user bob: authentication failure for "/x": Password Mismatch',
      { "user.name": "bob", "event.outcome": "failure" },
    ],
  ])("%s", (_name, line, expected) => {
    const event = read(line).events[0]!;
    expect(event.fields).toMatchObject(expected);
    expect(new Date(event.time!.ms).toISOString().slice(0, 19)).toBe("2024-03-05T09:14:02");
    expect(event.time!.zoneSource).toBe("case-setting");
  });

  it("rejects an impossible time and passes over other text", () => {
    expect(read("[Tue Mar 05 25:14:02 2024] [error] x").rejects[0]?.reason).toBe(
      "no valid date in the brackets",
    );
    expect(format.sniff("[05/Mar/2024:10:14:02 +0100] x")).toBe(0);
  });
});
