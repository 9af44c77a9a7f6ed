import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./samba.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "failed",
      "Auth: [SMB2,(null)] user [CORP]\\[bob] at [Fri, 01 Mar 2024 10:04:52.030937 UTC] with [NTLMv2] status [NT_STATUS_WRONG_PASSWORD] workstation [WS7] remote host [ipv4:198.51.100.9:62419] mapped to [CORP]\\[bob]. local host [ipv4:192.0.2.1:445] #015",
      {
        "event.outcome": "failure",
        "event.category": ["authentication"],
        "user.name": "bob",
        "user.domain": "CORP",
        "source.ip": "198.51.100.9",
        "source.port": 62419,
        "event.reason": "NT_STATUS_WRONG_PASSWORD",
      },
    ],
    [
      "audit",
      "bob|198.51.100.9|ws7|finance|unlinkat|ok|secret.docx",
      { "event.action": "file-deleted", "file.path": "secret.docx", "firebreak.raw.share": "finance" },
    ],
  ]),
);
