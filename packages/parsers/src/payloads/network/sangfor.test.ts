import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./sangfor.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "denied",
      "Log type: service control or application control, policy name:deny-all, user:anna, source IP:10.0.0.5, source port:50000, destination IP:198.51.100.8, destination port:443, action:Deny",
      { "rule.name": "deny-all", "user.name": "anna", "source.port": 50000, "event.outcome": "failure" },
    ],
    ["other", "Log type: x", undefined],
  ]),
);
