import { describe } from "vitest";
import { checkFormat } from "../../testing/format.ts";
import { format } from "./vdsm.ts";

const call =
  "Thread-15::DEBUG::2024-03-05 10:14:02,737::clientIF::54::vds::(wrapper) [203.0.113.9]::call getVdsCapabilities";

describe("virtual/vdsm", () => {
  checkFormat(format, [
    [
      "a call",
      call,
      1,
      { "@time": "2024-03-05T10:14:02.737Z", "source.ip": "203.0.113.9", "log.origin.function": "wrapper" },
    ],
    [
      "a traceback",
      `${call}\nFile "x.py", line 1, in run\n    go()\nOSError: gone\n${call}`,
      2,
      { "process.thread.name": "Thread-15" },
    ],
    ["empty", "", 0, {}],
  ]);
});
