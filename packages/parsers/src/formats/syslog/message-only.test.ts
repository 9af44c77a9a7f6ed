import { describe } from "vitest";
import { checkFormat } from "../../testing/format.ts";
import { format } from "./message-only.ts";

describe("a syslog message without its header", () => {
  checkFormat(format, [
    [
      "known by its text",
      "%SEC-6-IPACCESSLOGP: list EDGE denied tcp 198.51.100.9(55244) -> 192.0.2.10(22), 1 packet\n",
      1,
      { "event.code": "IPACCESSLOGP", "source.ip": "198.51.100.9", "@time": null },
    ],
    [
      "known by its program",
      "dhcpd[7]: DHCPACK on 192.0.2.120 to 00:50:56:13:60:56 (ws7) via eth1\n",
      1,
      { "source.ip": "192.0.2.120", "process.name": "dhcpd", "process.pid": 7 },
    ],
    [
      "a severity before the program",
      "notice apmd[11023]: 01490010:5: /Common/ap:Common:8c6be305: Username 'anna'\n",
      1,
      { "user.name": "anna", "event.code": "01490010", "log.level": "notice" },
    ],
    ["a program that nobody reads", "frobnicate[7]: did a thing\n", 0, {}],
    ["pairs of nobody", "a=1 b=2 c=3 user=anna src=192.0.2.1\n", 0, {}],
    [
      "a header",
      "Mar  3 10:22:33 gw1 dhcpd[7]: DHCPACK on 192.0.2.120 to 00:50:56:13:60:56 via eth1\n",
      0,
      {},
    ],
  ]);
});
