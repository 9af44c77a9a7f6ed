import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./vsftpd.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "login",
      '[pid 2] [bob] OK LOGIN: Client "::ffff:198.51.100.9"',
      {
        "event.outcome": "success",
        "event.category": ["authentication"],
        "user.name": "bob",
        "source.ip": "198.51.100.9",
        "process.pid": 2,
      },
    ],
    [
      "failed",
      '[bob] FAIL LOGIN: Client "198.51.100.9"',
      { "event.outcome": "failure", "event.category": ["authentication"] },
    ],
    [
      "upload",
      '[pid 3] [bob] OK UPLOAD: Client "198.51.100.9", "/x, y.zip", 1884648 bytes, 41.44Kbyte/sec',
      { "event.action": "file-uploaded", "file.path": "/x, y.zip", "file.size": 1884648 },
    ],
  ]),
);
