import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./slapd.ts";

describe("slapd", () => {
  checkPayload(payload, [
    [
      "line 1 of the fixture",
      "conn=1 fd=2 ACCEPT from IP=203.0.113.9:5000 (IP=0.0.0.0:389)",
      { "source.ip": "203.0.113.9", "source.port": 5000 },
    ],
    [
      "line 3 of the fixture",
      "conn=1 op=0 RESULT tag=97 err=49 text=",
      { "event.outcome": "failure", "error.code": "49" },
    ],
    ["nothing known", "hello", undefined],
    ["empty", "", undefined],
  ]);
});
