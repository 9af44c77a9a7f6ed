import { describe } from "vitest";
import { checkFormat } from "../../testing/format.ts";
import { format } from "./ossec-alert.ts";

const record =
  "** Alert 1709633642.1234: mail  - syslog,sshd,authentication_failed,\n2024 Mar 05 10:14:02 (web1) 10.0.0.9->/var/log/auth.log\nRule: 5716 (level 5) -> 'SSHD authentication failed.'\nSrc IP: 203.0.113.9\nSrc Port: 5000\nUser: amy\nMar  5 10:14:02 web1 sshd[1]: Failed password for amy from 203.0.113.9 port 5000 ssh2";

describe("endpoint/ossec-alert", () => {
  checkFormat(format, [
    ["one", record, 1, { "rule.id": "5716", "user.name": "amy", "source.port": 5000, "host.name": "web1" }],
    ["two", `${record}\n\n${record}`, 2, {}],
    ["empty", "", 0, {}],
  ]);
});
