import { describe } from "vitest";
import { checkFormat } from "../../testing/format.ts";
import { format } from "./journald-json.ts";

const entry = (more: object) =>
  JSON.stringify({
    __CURSOR: "s=1",
    __REALTIME_TIMESTAMP: "1709461353123456",
    _HOSTNAME: "web1",
    _UID: "0",
    ...more,
  });

describe("linux/journald-json", () =>
  checkFormat(format, [
    [
      "message of sshd",
      entry({
        MESSAGE: "Failed password for root from 198.51.100.9 port 4000 ssh2",
        SYSLOG_IDENTIFIER: "sshd",
        _PID: "77",
        PRIORITY: "6",
        SYSLOG_FACILITY: "10",
      }),
      1,
      {
        "@time": "2024-03-03T10:22:33.123Z",
        "source.ip": "198.51.100.9",
        "user.name": "root",
        "process.pid": 77,
        "log.syslog.priority": 86,
        "host.name": "web1",
      },
    ],
    ["bytes", entry({ MESSAGE: [104, 105, 255], SYSLOG_IDENTIFIER: "x" }), 1, { message: "hi\ufffd" }],
    [
      "null",
      entry({ MESSAGE: null, _CMDLINE: "/bin/x -y" }),
      1,
      { message: null, "process.command_line": "/bin/x -y" },
    ],
    [
      "repeated field",
      entry({ MESSAGE: "x", UNIT: ["a.service", "b.service"] }),
      1,
      { "firebreak.raw.UNIT": "a.service" },
    ],
    ["broken", '{"__REALTIME_TIMESTAMP":"1', 0, {}],
    ["no time", entry({ __REALTIME_TIMESTAMP: "x", MESSAGE: "y" }), 1, { "@time": null }],
  ]));
