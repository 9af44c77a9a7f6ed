import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./vmware.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "login",
      "info hostd[2100] [Originator@6876 sub=Vimsvc.ha-eventmgr opID=1] Event 42 : User root@198.51.100.9 logged in as VMware-client/6.5",
      {
        "event.outcome": "success",
        "event.category": ["authentication"],
        "user.name": "root",
        "source.ip": "198.51.100.9",
      },
    ],
    [
      "failed",
      "Event 43 : Cannot login root@198.51.100.9",
      { "event.outcome": "failure", "event.category": ["authentication"], "source.ip": "198.51.100.9" },
    ],
    [
      "shell",
      "[root]: esxcli vm process kill --type=force --world-id=1",
      {
        "event.action": "shell-command",
        "process.command_line": "esxcli vm process kill --type=force --world-id=1",
        "user.name": "root",
      },
    ],
  ]),
);
