import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./pulse-secure.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "bars",
      "ive | 2024-03-03 10:22:33 | AUT23457 | info | 10.251.0.1 |  | 198.51.100.9 | bob | Users | role |  |  | Login failed using auth server AD (Active Directory). Reason: Failed",
      {
        "user.name": "bob",
        "source.ip": "198.51.100.9",
        "event.outcome": "failure",
        "event.code": "AUT23457",
      },
    ],
    [
      "standard",
      "2024-03-03 10:22:33 - ive1 - [198.51.100.9] Root::bob(Users)[role1, role2] - Login succeeded for bob/Users from 198.51.100.9.",
      { "user.name": "bob", "event.outcome": "success", "firebreak.raw.roles": "role1, role2" },
    ],
    [
      "logout",
      "2024-03-03 10:22:33 - ive1 - [198.51.100.9] bob(Users)[role1] - Logout from 198.51.100.9 (session:1)",
      { "event.action": "logout" },
    ],
    ["other", "something", undefined],
  ]),
);
