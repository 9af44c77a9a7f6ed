import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./synology.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "failed",
      "User [bob] from [198.51.100.9] failed to log in via [DSM] due to authorization failure.",
      {
        "event.outcome": "failure",
        "event.category": ["authentication"],
        "user.name": "bob",
        "source.ip": "198.51.100.9",
      },
    ],
    [
      "login",
      "User [bob] from [ws7(198.51.100.9)] signed in to [DSM] successfully via [password].",
      {
        "event.outcome": "success",
        "event.category": ["authentication"],
        "source.domain": "ws7",
        "source.ip": "198.51.100.9",
      },
    ],
    [
      "transfer",
      "Event: delete, Path: /finance/x.xlsx, File/Folder: File, Size: 12.00 KB, User: bob, IP: 198.51.100.9",
      { "event.action": "file-deleted", "file.path": "/finance/x.xlsx" },
    ],
    ["other", "nothing known", undefined],
  ]),
);
