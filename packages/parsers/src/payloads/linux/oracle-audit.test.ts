import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./oracle-audit.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "SYSDBA login",
      "LENGTH : '160' ACTION :[7] 'CONNECT' DATABASE USER:[3] 'sys' PRIVILEGE :[6] 'SYSDBA' CLIENT USER:[6] 'oracle' CLIENT TERMINAL:[5] 'pts/1' STATUS:[4] '1017' DBID:[10] '1234567890'",
      {
        "event.action": "login-failed",
        "event.outcome": "failure",
        "error.code": "ORA-01017",
        "user.name": "sys",
        "user.roles": ["SYSDBA"],
        "source.user.name": "oracle",
      },
    ],
    [
      "standard record with an address",
      'LENGTH: "263" SESSIONID:[6] "123456" USERID:[5] "SCOTT" ACTION:[3] "100" RETURNCODE:[1] "0" COMMENT$TEXT:[97] "Authenticated by: DATABASE; Client address: (ADDRESS=(PROTOCOL=tcp)(HOST=203.0.113.9)(PORT=51544))" DBID:[1] "1"',
      {
        "event.action": "login",
        "event.outcome": "success",
        "source.ip": "203.0.113.9",
        "source.port": 51544,
        "user.name": "SCOTT",
      },
    ],
    [
      "statement with quotes in it",
      "ACTION :[40] 'create user eve identified by 'x' force1' DATABASE USER:[1] '/' STATUS:[1] '0' ACTION NUMBER:[2] '51'",
      { "event.action": "create-user", "event.category": ["iam", "database"], "event.code": "51" },
    ],
    ["another message", "ACTION: none", undefined],
  ]),
);
