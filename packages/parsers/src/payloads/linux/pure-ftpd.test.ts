import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./pure-ftpd.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "failed",
      "(?@198.51.100.9) [WARNING] Authentication failed for user [bob]",
      {
        "event.outcome": "failure",
        "event.category": ["authentication"],
        "user.name": "bob",
        "source.ip": "198.51.100.9",
      },
    ],
    [
      "upload",
      "(bob@198.51.100.9) [NOTICE] /home/bob//x.zip uploaded  (1234 bytes, 5.00KB/sec)",
      { "event.action": "file-uploaded", "file.size": 1234, "user.name": "bob" },
    ],
    [
      "connect",
      "(?@198.51.100.9) [INFO] New connection from 198.51.100.9",
      { "user.name": null, "source.ip": "198.51.100.9" },
    ],
  ]),
);
