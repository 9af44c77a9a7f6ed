import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./moveit-audit.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "failed sign-on",
      "User 'Bob Meier' (bob) : FAILED: Sign On, ID: 812, IPAddress: 203.0.113.9, Username: bob, AgentBrand: MOVEit, Message: Invalid password, try again",
      {
        "event.action": "login-failed",
        "event.outcome": "failure",
        "user.name": "bob",
        "user.full_name": "Bob Meier",
        "source.ip": "203.0.113.9",
        "event.reason": "Invalid password, try again",
      },
    ],
    [
      "download",
      "User 'bob' (bob) : Download File, ID: 813, IPAddress: 203.0.113.9, Username: bob, FileName: a.zip, FolderPath: /Home/bob, FileSize: 1234, AgentBrand: MOVEit",
      {
        "event.action": "file-downloaded",
        "file.path": "/Home/bob/a.zip",
        "file.size": 1234,
        "event.outcome": "success",
      },
    ],
    [
      "account",
      "Admin : Add User, ID: 9, IPAddress: 10.0.0.5, Username: admin, AgentBrand: MOVEit",
      { "event.category": ["iam"], "event.action": "add-user" },
    ],
    ["another product", "IPAddress: 10.0.0.5", undefined],
  ]),
);
