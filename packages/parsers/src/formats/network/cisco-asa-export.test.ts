import { describe } from "vitest";
import { checkFormat } from "../../testing/format.ts";
import { format } from "./cisco-asa-export.ts";

describe("network/cisco-asa-export", () => {
  checkFormat(format, [
    ["nothing", "", 0, {}],
    [
      "ASDM's viewer",
      "6|Mar 05 2024 10:00:00|302021: Teardown ICMP connection for faddr 198.51.100.9/1 gaddr 192.0.2.1/0 laddr 10.1.1.2/0\n",
      1,
      { "@time": "2024-03-05T10:00:00.000Z", "event.code": "302021", "source.ip": "198.51.100.9" },
    ],
    [
      "ASDM's columns",
      '4|Mar 05 2024|10:00:00|106023|198.51.100.9|4000|10.1.1.2|22|Deny tcp src outside:198.51.100.9/4000 dst inside:10.1.1.2/22 by access-group "out" [0x0, 0x0]\n',
      1,
      { "event.code": "106023", "destination.port": 22, "rule.name": "out" },
    ],
    [
      "a text alone",
      'Deny tcp src outside:198.51.100.9/4000 dst inside:10.1.1.2/22 by access-group "out" [0x0, 0x0]\n',
      1,
      { "@time": null, "event.code": null, "source.port": 4000, "event.action": "firewall-rule" },
    ],
    [
      "a text behind its id",
      "302020: Built inbound ICMP connection for faddr 198.51.100.9/1 gaddr 192.0.2.1/0 laddr 10.1.1.2/0\n",
      1,
      { "event.code": "302020" },
    ],
    ["words that only begin so", "Deny tcp from the start\nBuilt inbound or not\n", 0, {}],
  ]);
});
