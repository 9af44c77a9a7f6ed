import { describe } from "vitest";
import { checkFormat } from "../../testing/format.ts";
import { format } from "./unified-log.ts";

describe("macos/unified-log", () => {
  checkFormat(format, [
    [
      "log show",
      "2024-03-05 10:14:02.123456+0100 0x1a2b     Default     0x0                  123    0    sshd: Failed password for amy from 203.0.113.9 port 5000 ssh2",
      1,
      { "user.name": "amy", "source.ip": "203.0.113.9", "process.pid": 123 },
    ],
    [
      "syslog style",
      "2024-03-05 10:14:05.123456+0100  mac1 kernel[0]: (AppleACPI) [com.apple.x:y] hello",
      1,
      { "host.name": "mac1", "event.provider": "com.apple.x" },
    ],
    ["empty", "", 0, {}],
  ]);
});
