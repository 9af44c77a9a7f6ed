import { describe, expect, it } from "vitest";
import { checkPayload, readPayload } from "../../testing/payload.ts";
import { payload } from "./symantec-endpoint.ts";

const risk =
  "Virus found,IP Address: 10.0.0.7,Computer name: WS1,Source: Auto-Protect scan,Risk name: EICAR Test String,Occurrences: 1,File path: C:\\Users\\a\\x, y.txt,Description: ,Actual action: Cleaned by deletion,Requested action: Cleaned,Event time: 2024-03-05 10:14:02,Group Name: My Company\\Clients,User Name: bob,File size (bytes): 68";

describe(payload.name, () => {
  checkPayload(payload, [
    [
      "risk",
      risk.replace(", y", ""),
      {
        "event.kind": "alert",
        "event.action": "cleaned",
        "host.name": "WS1",
        "host.ip": ["10.0.0.7"],
        "file.path": "C:\\Users\\a\\x.txt",
        "file.size": 68,
        "user.name": "bob",
        "threat.software.name": "EICAR Test String",
      },
    ],
    [
      "risk with the bare path of old versions, left alone",
      'Security risk found,IP Address: 10.0.0.7,Computer name: WS1,Risk name: Backdoor.X,Occurrences: 1,e:\\tools\\x.exe,"a, b",Actual action: Left alone',
      { "event.action": "detected", "file.path": "e:\\tools\\x.exe", "rule.name": "Backdoor.X" },
    ],
    [
      "outbound traffic",
      "WS1,Local Host IP: 10.0.8.1,Local Port: 50221,Remote Host IP: 203.0.113.9,Remote Host Name: q,Remote Port: 443,Outbound,Application: C:/x.exe,Action: Allowed",
      {
        "source.ip": "10.0.8.1",
        "destination.ip": "203.0.113.9",
        "destination.port": 443,
        "network.direction": "outbound",
        "event.action": "allowed",
      },
    ],
    [
      "inbound traffic",
      "WS1,Local Host IP: 10.0.8.1,Local Port: 445,Remote Host IP: 203.0.113.9,Remote Port: 50221,Inbound,Action: Blocked",
      {
        "source.ip": "203.0.113.9",
        "destination.ip": "10.0.8.1",
        "destination.port": 445,
        "event.action": "blocked",
      },
    ],
    [
      "intrusion",
      "WS1,Event Description: [SID: 30104] Attack: probe. Traffic has been blocked from this application: SYSTEM,Event Type: Intrusion Detected,Local Host IP: 10.0.8.1,Local Host MAC: 005056AABBCC,Remote Host IP: 203.0.113.9,Inbound,TCP,User Name: ann,Domain Name: CORP,Local Port: 445,Remote Port: 50221,CIDS Signature ID: 30104,CIDS Signature string: Attack: probe",
      {
        "event.kind": "alert",
        "event.action": "blocked",
        "host.name": "WS1",
        "user.name": "ann",
        "user.domain": "CORP",
        "rule.id": "30104",
        "destination.mac": "00-50-56-AA-BB-CC",
        "network.transport": "tcp",
      },
    ],
    [
      "behaviour",
      "WS1,Blocked,Access denied,File Write,Begin: 2024-03-05 10:11:00,Rule: Built-in rule,1234,C:/Windows/a.exe,0,No Module Name,C:\\Users\\ann\\b.dll,User Name: ann,Domain Name: CORP",
      {
        "event.action": "blocked",
        "event.type": ["denied"],
        "process.pid": 1234,
        "process.executable": "C:/Windows/a.exe",
        "file.path": "C:\\Users\\ann\\b.dll",
        "host.name": "WS1",
      },
    ],
    [
      "administrator",
      "Site: Site_B,Server Name: S,Domain Name: D,Admin: root,Event Description: Administrator log on failed",
      { "event.action": "login-failed", "event.outcome": "failure", "user.name": "root" },
    ],
    [
      "server",
      "Site: S,Server Name: x,The management server received the client log successfully,a",
      { "event.kind": "event" },
    ],
  ]);
  it("takes the event's own time, whose zone is not stated", () => {
    const time = readPayload(payload, risk)?.time;
    expect(time && new Date(time.ms).toISOString()).toBe("2024-03-05T10:14:02.000Z");
    expect(time?.zoneSource).toBe("assumed");
  });
});
