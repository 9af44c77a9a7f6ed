import { describe, expect, it } from "vitest";
import { checkPayload, readPayload } from "../../testing/payload.ts";
import { payload } from "./citrix-adc.ts";

describe(payload.name, () => {
  checkPayload(payload, [
    [
      "a login whose header a relay has shortened",
      'default SSLVPN LOGIN 123 0 : Context anna@192.0.2.9 - SessionId: 5- User anna - Client_ip 192.0.2.9 - Vserver 198.51.100.1:443 - Browser_type "Mozilla"',
      { "user.name": "anna", "source.ip": "192.0.2.9", "event.action": "vpn-login" },
    ],
    [
      "an attack that was stopped",
      "0-PPE-0 : default APPFW APPFW_SQL 123 0 : 192.0.2.9 1-PPE0 - sess profile1 http://www.example.com/a SQL Keyword check failed for field x <blocked>",
      {
        "source.ip": "192.0.2.9",
        "url.domain": "www.example.com",
        "event.action": "blocked",
        "rule.ruleset": "profile1",
      },
    ],
    [
      "VPN login",
      '0-PPE-0 : default SSLVPN LOGIN 1234 0 : Context bob@198.51.100.9 - SessionId: 77 - User bob - Client_ip 198.51.100.9 - Nat_ip "Mapped Ip" - Vserver 192.0.2.1:443 - Browser_type "Mozilla/5.0"',
      {
        "user.name": "bob",
        "source.ip": "198.51.100.9",
        "destination.port": 443,
        "event.outcome": "success",
        "user_agent.original": "Mozilla/5.0",
        "event.code": "LOGIN",
      },
    ],
    [
      "login failed",
      '0-PPE-1 : default AAA LOGIN_FAILED 12 0 : User bob - Client_ip 198.51.100.9 - Failure_reason "Invalid credentials"',
      { "event.outcome": "failure", "event.reason": "Invalid credentials" },
    ],
    [
      "command",
      '0-PPE-0 : GUI CMD_EXECUTED : User nsroot - Remote_ip 192.0.2.7 - Command "add system user mallory" - Status "Success"',
      {
        "process.command_line": "add system user mallory",
        "event.category": ["configuration"],
        "event.outcome": "success",
      },
    ],
    [
      "connection",
      "0-PPE-0 : default TCP CONN_TERMINATE 1874124822 0 :  Source 198.51.100.9:47990 - Destination 192.0.2.10:80 - Total_bytes_send 1 - Total_bytes_recv 2",
      { "source.port": 47990, "destination.ip": "192.0.2.10", "source.bytes": 2 },
    ],
  ]);
  it("reads the device's own stamp, month first", () => {
    const time = readPayload(
      payload,
      "03/04/2024:10:22:33 GMT ns1 0-PPE-0 : default SSLVPN LOGOUT 1 0 : User bob",
    )!.time!;
    expect([new Date(time.ms).toISOString(), time.zoneSource, time.dayMonthAmbiguous]).toEqual([
      "2024-03-04T10:22:33.000Z",
      "in-record",
      true,
    ]);
    const sure = readPayload(
      payload,
      "23/04/2024:10:22:33 ns1 0-PPE-0 : default SSLVPN LOGOUT 1 0 : User bob",
    )!.time!;
    expect([new Date(sure.ms).toISOString(), sure.dayMonthAmbiguous]).toEqual([
      "2024-04-23T10:22:33.000Z",
      undefined,
    ]);
  });
});
