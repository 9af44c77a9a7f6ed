import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./dhcpd.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "ack",
      "DHCPACK on 192.0.2.120 to 00:50:56:13:60:56 (ws7) via eth1 relay eth1 lease-duration 600",
      {
        "event.action": "dhcp-ack",
        "source.ip": "192.0.2.120",
        "source.mac": "00-50-56-13-60-56",
        "source.domain": "ws7",
        "observer.ingress.interface.name": "eth1",
        "host.hostname": null,
      },
    ],
    [
      "request",
      "DHCPREQUEST for 192.0.2.120 (192.0.2.1) from 00:50:56:13:60:56 (ws7) via eth1",
      { "event.action": "dhcp-request" },
    ],
    ["nak", "DHCPNAK on 192.0.2.120 to 00:50:56:13:60:56 via eth1", { "event.action": "dhcp-nak" }],
    [
      "dnsmasq",
      "DHCPACK(br0) 192.0.2.121 0:50:56:13:60:57 phone",
      { "source.mac": "00-50-56-13-60-57", "source.domain": "phone" },
    ],
  ]),
);
