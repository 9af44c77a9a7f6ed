import { describe } from "vitest";
import { checkFormat } from "../../testing/format.ts";
import { format } from "./exchange-protocol.ts";

describe("windows/exchange-protocol", () => {
  checkFormat(format, [
    [
      "connection",
      "2024-03-05T10:14:02.123Z,EX1\\Default Frontend EX1,08DA1B2C3D4E5F60,0,10.0.0.3:25,203.0.113.9:50000,+,,",
      1,
      { "source.ip": "203.0.113.9", "destination.port": 25, "event.action": "connection-opened" },
    ],
    [
      "end",
      "2024-03-05T10:14:02.423Z,EX1\\Default Frontend EX1,08DA1B2C3D4E5F60,3,10.0.0.3:25,203.0.113.9:50000,-,,Remote",
      1,
      { "event.action": "connection-closed", "event.reason": "Remote" },
    ],
    ["empty", "", 0, {}],
  ]);
});
