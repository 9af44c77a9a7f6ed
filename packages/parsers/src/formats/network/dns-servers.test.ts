import { describe } from "vitest";
import { checkFormat } from "../../testing/format.ts";
import { format as adguardHome } from "./adguard-home.ts";
import { format as coredns } from "./coredns.ts";
import { format as kea } from "./kea.ts";
import { format as namedBare } from "./named-bare.ts";
import { format as technitium } from "./technitium.ts";
import { format as unbound } from "./unbound.ts";

const question = {
  "source.ip": "10.1.1.2",
  "dns.question.name": "www.example.com",
  "dns.question.type": "A",
};

describe("network/coredns", () => {
  checkFormat(coredns, [
    ["nothing", "", 0, {}],
    [
      "a query",
      '[INFO] 10.1.1.2:1234 - 5 "A IN www.example.com. udp 40 false 512" NOERROR qr,rd,ra 100 0.01s\n',
      1,
      {
        ...question,
        "@time": null,
        "source.port": 1234,
        "network.transport": "udp",
        "event.duration": 10_000_000,
      },
    ],
    [
      "a query behind a runtime's time",
      '2024-03-05T10:00:00.5Z [INFO] [2001:db8::1]:1234 - 5 "A IN www.example.com. tcp 40 false 512" NXDOMAIN qr 100 0.01s\n',
      1,
      { "@time": "2024-03-05T10:00:00.500Z", "source.ip": "2001:db8::1", "event.outcome": "failure" },
    ],
  ]);
});

describe("network/technitium", () => {
  checkFormat(technitium, [
    [
      "a query",
      "[2024-03-05 10:00:00 UTC] [10.1.1.2:1234] [UDP] QNAME: www.example.com; QTYPE: A; QCLASS: IN; RCODE: NoError; ANSWER: [192.0.2.7]\n",
      1,
      { ...question, "@time": "2024-03-05T10:00:00.000Z", "network.transport": "udp" },
    ],
    [
      "a refused login",
      "[2024-03-05 10:00:00 UTC] [10.1.1.2:1234] DnsServerCore.DnsWebServiceException: Invalid username or password for user: anna\n",
      1,
      { "source.ip": "10.1.1.2", "user.name": "anna", "event.outcome": "failure" },
    ],
    [
      "a change",
      "[2024-03-05 10:00:00 Local] [10.1.1.2:1234] [admin] Zone was deleted.\n",
      1,
      { "user.name": "admin" },
    ],
  ]);
});

describe("network/adguard-home", () => {
  checkFormat(adguardHome, [
    [
      "a login",
      '2024/03/05 10:00:00.123456 [info] auth: user "anna" successfully logged in from ip 10.1.1.2\n',
      1,
      {
        "@time": "2024-03-05T10:00:00.123Z",
        "user.name": "anna",
        "source.ip": "10.1.1.2",
        "event.outcome": "success",
      },
    ],
    [
      "a refused login",
      "2024/03/05 10:00:00.123456 [error] POST dns.example.com /control/login: from ip 10.1.1.2: invalid username or password\n",
      1,
      { "source.ip": "10.1.1.2", "event.outcome": "failure" },
    ],
    [
      "the older wording",
      "2023/02/21 08:05:56.233208 [error] POST 10.1.1.2 /control/login: invalid username or password\n",
      1,
      { "source.ip": "10.1.1.2", "url.domain": null },
    ],
  ]);
});

describe("linux/unbound as a file", () => {
  checkFormat(unbound, [
    [
      "a query",
      "[1709632800] unbound[12:0] info: 10.1.1.2 www.example.com. A IN\n",
      1,
      { ...question, "@time": "2024-03-05T10:00:00.000Z" },
    ],
    [
      "something else",
      "[1709632800] unbound[12:0] notice: init module 0: validator\n",
      1,
      { "log.level": "notice" },
    ],
  ]);
});

describe("linux/named without a time", () => {
  checkFormat(namedBare, [
    [
      "a query",
      "client @0x7f85b4026ed0 10.1.1.2#42520 (www.example.com): query: www.example.com IN A +E(0)K (192.0.2.53)\n",
      1,
      { ...question, "@time": null, "destination.ip": "192.0.2.53" },
    ],
  ]);
});

describe("network/kea", () => {
  checkFormat(kea, [
    [
      "a lease",
      "2024-03-05 10:00:00.123 INFO  [kea-dhcp4.leases/12.139] DHCP4_LEASE_ALLOC [hwtype=1 02:00:00:00:00:01], cid=[no info], tid=0x1: lease 10.1.1.77 has been allocated for 3600 seconds\n",
      1,
      {
        "source.ip": "10.1.1.77",
        "source.mac": "02-00-00-00-00-01",
        "event.code": "DHCP4_LEASE_ALLOC",
        "process.pid": 12,
      },
    ],
    [
      "a packet",
      "2024-03-05 10:00:00.123 INFO  [kea-dhcp4.packets/12] DHCP4_PACKET_RECEIVED [hwtype=1 02:00:00:00:00:01], cid=[no info], tid=0x1: DHCPDISCOVER (type 1) received from 0.0.0.0 to 255.255.255.255 on interface eth0\n",
      1,
      { "source.mac": "02-00-00-00-00-01" },
    ],
  ]);
});
