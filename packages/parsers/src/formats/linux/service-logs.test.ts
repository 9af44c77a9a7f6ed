import { describe } from "vitest";
import { checkFormat } from "../../testing/format.ts";
import { format as exim } from "./exim.ts";
import { format as fail2ban } from "./fail2ban.ts";
import { format as named } from "./named.ts";
import { format as vmware } from "./vmware.ts";

describe("linux/exim", () =>
  checkFormat(exim, [
    [
      "received",
      "2024-03-03 10:22:33 1rgXxx-0005MB-00 <= bob@example.org H=gw.example [198.51.100.9]:4000 P=esmtpsa A=plain_login:bob S=812\n",
      1,
      { "@time": "2024-03-03T10:22:33.000Z", "user.name": "bob", "source.ip": "198.51.100.9" },
    ],
    [
      "zone",
      "2024-03-03 10:22:33 +0100 1rgXxx-0005MB-00 Completed\n",
      1,
      { "@time": "2024-03-03T09:22:33.000Z" },
    ],
  ]));

describe("linux/fail2ban", () =>
  checkFormat(fail2ban, [
    [
      "ban",
      "2024-03-03 10:22:33,123 fail2ban.actions        [812]: NOTICE  [sshd] Ban 198.51.100.9\n",
      1,
      {
        "@time": "2024-03-03T10:22:33.123Z",
        "event.action": "blocked",
        "source.ip": "198.51.100.9",
        "process.pid": 812,
      },
    ],
  ]));

describe("linux/named", () =>
  checkFormat(named, [
    [
      "query",
      "03-Mar-2024 10:22:33.205 queries: info: client @0x7f 192.0.2.3#61568 (bad.example): query: bad.example IN A +E(0)K (192.0.2.53)\n",
      1,
      { "@time": "2024-03-03T10:22:33.205Z", "dns.question.name": "bad.example", "log.level": "info" },
    ],
  ]));

describe("vmware/esxi", () =>
  checkFormat(vmware, [
    [
      "login",
      "2024-03-03T10:22:33.193Z info hostd[2100] [Originator@6876 sub=Vimsvc opID=1] Event 42 : User root@198.51.100.9 logged in as VMware-client\n",
      1,
      { "user.name": "root", "source.ip": "198.51.100.9", "event.outcome": "success" },
    ],
    [
      "event of vCenter",
      "2024-03-03T10:22:33.193Z info vpxd[5] [Originator@6876 sub=x] Event [7] [1-1] [2024-03-03T10:22:33.1Z] [vim.event.UserLoginSessionEvent] [info] [OFFICE\\ann] [] [7] [User OFFICE\\ann@192.0.2.7 logged in as x]\n",
      1,
      { "user.name": "ann", "user.domain": "OFFICE", "source.ip": "192.0.2.7", "event.outcome": "success" },
    ],
    [
      "joined",
      "2024-03-03T10:22:33.193Z warning vpxd[47756] [Originator@6876 sub=x] Exception (\n--> )\n2024-03-03T10:22:34.193Z info vpxd[1] [Originator@6876 sub=x] y\n",
      2,
      {},
    ],
  ]));
