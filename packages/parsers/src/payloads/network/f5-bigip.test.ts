import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./f5-bigip.ts";

describe("network/f5-bigip", () => {
  checkPayload(payload, [
    [
      "a session",
      "01490500:5: /Common/ap:Common:8c6be305: New session from client IP 192.0.2.9 (ST=x/CC=US/C=NA) at VIP 198.51.100.1 Listener /Common/vs (Reputation=Unknown)",
      {
        "event.code": "01490500",
        "source.ip": "192.0.2.9",
        "destination.ip": "198.51.100.1",
        "event.severity": 5,
      },
    ],
    ["its user", "01490010:5: /Common/ap:Common:8c6be305: Username 'anna'", { "user.name": "anna" }],
    [
      "a refused login",
      "01490107:3: /Common/ap:Common:8c6be305: AD module: authentication with 'anna' failed: no such user",
      { "user.name": "anna", "event.outcome": "failure", "event.reason": "no such user" },
    ],
    [
      "a handshake",
      "01260013:4: SSL Handshake failed for TCP 192.0.2.9:50365 -> 198.51.100.1:443",
      { "network.transport": "tcp", "source.port": 50365, "destination.port": 443 },
    ],
    [
      "an administrator's command",
      "01420002:5: AUDIT - pid=16322 user=root folder=/ module=(tmos)# status=[Command OK] cmd_data=list sys",
      { "user.name": "root", "process.command_line": "list sys", "event.outcome": "success" },
    ],
    [
      "an administrator's session",
      "user=root(root) partition=[All] level=Administrator tty=ssh host=192.0.2.9 attempts=1 start=x",
      { "user.name": "root", "source.ip": "192.0.2.9", "event.action": "login" },
    ],
    [
      "the web firewall",
      'unit_hostname="bigip",policy_name="/Common/pol",request_status="blocked",response_code="0",ip_client="192.0.2.9",method="GET",attack_type="SQL-Injection",uri="/a.php?x=1",dest_ip="198.51.100.1",dest_port="443"',
      {
        "event.kind": "alert",
        "event.action": "blocked",
        "source.ip": "192.0.2.9",
        "url.path": "/a.php",
        "rule.name": "SQL-Injection",
        "http.response.status_code": null,
      },
    ],
    ["a number and nothing", "01260013:4: ", { "event.code": "01260013", "event.category": ["host"] }],
  ]);
});
