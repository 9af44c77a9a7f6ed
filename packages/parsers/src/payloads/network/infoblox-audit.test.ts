import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./infoblox-audit.ts";

describe("network/infoblox-audit", () => {
  checkPayload(payload, [
    [
      "a login",
      "2024-03-05 10:00:00.123Z [anna]: Login_Allowed - - to=AdminConnector ip=10.1.1.9 auth=LOCAL group=admins apparently_via=GUI",
      { "user.name": "anna", "source.ip": "10.1.1.9", "event.outcome": "success" },
    ],
    [
      "a refusal",
      "2024-03-05 10:00:00.123Z [eve]: Login_Denied - - to=AdminConnector ip=192.0.2.9",
      { "event.outcome": "failure" },
    ],
    [
      "a change by a name with a blank",
      "2024-03-05 10:00:00.123Z [a\\040b]: Deleted Zone example.com",
      { "user.name": "a b", "event.action": "deleted" },
    ],
    ["words", "2024-03-05 10:00:00.123Z of nobody", undefined],
  ]);
});
