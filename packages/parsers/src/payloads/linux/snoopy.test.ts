import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./snoopy.ts";

describe("snoopy", () => {
  checkPayload(payload, [
    [
      "line 1 of the fixture",
      "[uid:0 sid:1 tty:(none) cwd:/ filename:/bin/sh]: sh -c id",
      { "process.executable": "/bin/sh", "process.command_line": "sh -c id" },
    ],
    ["nothing known", "hello", undefined],
    ["empty", "", undefined],
  ]);
});
