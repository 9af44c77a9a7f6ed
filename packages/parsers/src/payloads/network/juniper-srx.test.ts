import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./juniper-srx.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "a refused login of a daemon",
      "SSHD_LOGIN_FAILED: Login failed for user 'anna' from host '192.0.2.9'",
      { "user.name": "anna", "source.ip": "192.0.2.9", "event.outcome": "failure" },
    ],
    [
      "create",
      'RT_FLOW_SESSION_CREATE [junos@2636.1.1.1.2.26 source-address="192.0.2.10" source-port="4206" destination-address="203.0.113.5" destination-port="445" nat-source-address="198.51.100.1" nat-source-port="9" nat-destination-address="203.0.113.5" nat-destination-port="445" protocol-id="6" policy-name="out" source-zone-name="trust" destination-zone-name="untrust" username="N/A"]',
      {
        "event.action": "flow_started",
        "source.nat.ip": "198.51.100.1",
        "rule.name": "out",
        "user.name": null,
        "event.type": ["connection", "allowed", "start"],
        "event.code": "RT_FLOW_SESSION_CREATE",
      },
    ],
    [
      "close, plain",
      "RT_FLOW_SESSION_CLOSE: session closed TCP FIN: 192.0.2.10/4206->203.0.113.5/443 junos-https 198.51.100.1/9->203.0.113.5/443 src-nat None 6 out trust untrust 12345 5(300) 4(200) 12",
      {
        "event.type": ["connection", "end"],
        "source.bytes": 300,
        "network.bytes": 500,
        "event.duration": 12000000000.0,
        "event.reason": "TCP FIN",
        "network.transport": "tcp",
      },
    ],
    [
      "deny, plain",
      "RT_FLOW_SESSION_DENY: session denied 198.51.100.9/4206->192.0.2.10/22 junos-ssh 6(0) block untrust trust",
      { "event.action": "flow_deny", "rule.name": "block", "observer.ingress.zone": "untrust" },
    ],
    [
      "attack",
      'IDP_ATTACK_LOG_EVENT [junos@2636.1.1.1.2.135 source-address="198.51.100.9" destination-address="192.0.2.10" action="DROP" attack-name="TROJAN:X" protocol-name="TCP"]',
      { "event.kind": "alert", "rule.name": "TROJAN:X", "event.action": "security_threat" },
    ],
    [
      "command",
      "UI_CMDLINE_READ_LINE: User 'admin', command 'show configuration '",
      { "user.name": "admin", "process.command_line": "show configuration" },
    ],
    [
      "login",
      "UI_LOGIN_EVENT: User 'admin' login, class 'super-user' [1], ssh-connection '192.0.2.7 50000 192.0.2.1 22', client-mode 'cli'",
      { "event.category": ["authentication"], "user.name": "admin", "source.ip": "192.0.2.7" },
    ],
  ]),
);
