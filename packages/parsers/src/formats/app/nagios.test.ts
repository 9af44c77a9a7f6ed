import { describe } from "vitest";
import { checkFormat } from "../../testing/format.ts";
import { format } from "./nagios.ts";

describe("app/nagios", () => {
  checkFormat(format, [
    [
      "service alert with semicolons in its text",
      "[1709632801] SERVICE ALERT: web1;HTTP;CRITICAL;SOFT;1;refused; twice",
      1,
      {
        "@time": "2024-03-05T10:00:01.000Z",
        "host.name": "web1",
        "service.state": "CRITICAL",
        message: "refused; twice",
      },
    ],
    [
      "notification",
      "[1709632801] HOST NOTIFICATION: ops;web1;DOWN;mail;gone",
      1,
      { "user.name": "ops", "host.name": "web1" },
    ],
    [
      "command",
      "[1709632801] EXTERNAL COMMAND: ACKNOWLEDGE_SVC_PROBLEM;web1;HTTP;1",
      1,
      { "service.name": "HTTP" },
    ],
    ["another program's bracket", "[1709632801] Hello: there", 0, {}],
    ["empty", "", 0, {}],
  ]);
});
