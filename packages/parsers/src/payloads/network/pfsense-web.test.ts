import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./pfsense-web.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "signed in",
      "/index.php: Successful login for user 'admin' from: 192.0.2.7 (Local Database)",
      { "event.outcome": "success", "user.name": "admin", "source.ip": "192.0.2.7" },
    ],
    [
      "refused",
      "/index.php: webConfigurator authentication error for user 'root' from: 198.51.100.9",
      { "event.outcome": "failure", "user.name": "root", "source.ip": "198.51.100.9" },
    ],
    [
      "OPNsense",
      "user root could not authenticate for WebGui. [using OPNsense\\Auth\\Services\\WebGui + Local]",
      { "event.outcome": "failure", "user.name": "root" },
    ],
    [
      "left",
      "/index.php: User logged out for user 'admin' from: 192.0.2.7 (Local Database)",
      { "event.type": ["end"], "event.outcome": null },
    ],
    [
      "changed",
      "/system.php: Configuration Change: admin@192.0.2.7 (Local Database): Edited rule",
      { "event.category": ["configuration"], "user.name": "admin" },
    ],
    ["other", "[pool www] child 12 started", undefined],
  ]),
);
