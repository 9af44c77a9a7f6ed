import { describe } from "vitest";
import { checkFormat } from "../../testing/format.ts";
import { format } from "./lighttpd-error.ts";

describe("web/lighttpd-error", () => {
  checkFormat(format, [
    [
      "wrong password",
      "2024-03-05 10:14:03: (mod_auth.c.525) password doesn't match for /private username: amy IP: 203.0.113.9",
      1,
      { "user.name": "amy", "source.ip": "203.0.113.9", "event.outcome": "failure" },
    ],
    ["empty", "", 0, {}],
  ]);
});
