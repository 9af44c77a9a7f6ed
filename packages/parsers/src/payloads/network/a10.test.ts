import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./a10.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "signed in",
      '[ACOS]<5>  ADMIN: Session for user "admin" from 192.0.2.7 login successful',
      {
        "user.name": "admin",
        "event.outcome": "success",
        "source.ip": "192.0.2.7",
        "log.level": "notice",
      },
    ],
    [
      "a server",
      "[ACOS]<4>  SLB server web1 (192.0.2.20) is down",
      { "event.category": ["host"], "log.level": "warning" },
    ],
    ["other", "[ACOS] hello", undefined],
  ]),
);
