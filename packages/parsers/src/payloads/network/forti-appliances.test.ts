import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./forti-appliances.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "a mail let through",
      'date=2024-03-05 time=11:12:13 device_id=FE-2KE1 log_id=0200012345 type=statistics pri=information client_name="mail.example.org [192.0.2.9]" dst_ip="198.51.100.3" from="bob@example.org" to="anna@example.com" direction="in" disposition="Accept"',
      {
        "event.code": "0200012345",
        "event.action": "accept",
        "event.outcome": "success",
        "source.ip": "192.0.2.9",
        "source.domain": "mail.example.org",
        "destination.ip": "198.51.100.3",
        "email.direction": "inbound",
      },
    ],
    [
      "an attack on a web server",
      'date=2024-03-05 time=11:12:13 log_id=20000008 device_id=FVVM01 timezone="(GMT+1:00)Amsterdam" type=attack pri=alert proto=tcp service=https/tls1.2 action=Alert_Deny policy="shop" src=192.0.2.9 src_port=50001 dst=198.51.100.10 dst_port=443 http_method=get http_url="/a" http_host="www.example.com"',
      {
        "event.kind": "alert",
        "event.action": "alert_deny",
        "event.outcome": "failure",
        "source.port": 50001,
        "url.domain": "www.example.com",
        "network.protocol": "https",
      },
    ],
    [
      "a change of policy",
      'date=2024-03-05 time=11:12:13 devid=FMG-VM001 type=event subtype=objcfg log_id=0001010001 user=admin userfrom=GUI(192.0.2.7) action=edit msg="Changed policy"',
      {
        "event.category": ["configuration"],
        "event.action": "edit",
        "user.name": "admin",
        "source.ip": "192.0.2.7",
      },
    ],
    [
      "a client's blocked page",
      'devid=FCT8001 hostname=WS7 user=anna date=2024-03-05 time=11:12:13 type=traffic srcname="chrome.exe" srcip=10.0.0.5 dstip=198.51.100.8 dstport=443 proto=6 utmaction=blocked direction=outbound',
      {
        "host.name": "WS7",
        "process.name": "chrome.exe",
        "event.action": "blocked",
        "event.type": ["connection", "denied"],
        "network.direction": "outbound",
      },
    ],
    ["FortiGate", "date=2024-03-05 time=11:12:13 devid=FGT60 logid=1 type=traffic", undefined],
  ]),
);
