import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./cylance.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "threat",
      `Event Type: Threat, Event Name: threat_quarantined, Device Name: WS1, IP Address: (10.0.0.7, 192.0.2.7), File Name: a.exe, Path: C:\\Tmp\\, SHA256: ${"AB".repeat(32)}, Status: Quarantined, Cylance Score: 100, Zone Names: (Office, Berlin), Device Id: 81-89`,
      {
        "event.kind": "alert",
        "event.action": "quarantined",
        "host.name": "WS1",
        "host.ip": ["10.0.0.7", "192.0.2.7"],
        "file.path": "C:\\Tmp\\a.exe",
        "file.hash.sha256": "ab".repeat(32),
        "firebreak.raw.Cylance Score": "100",
        "firebreak.raw.Zone Names": "Office, Berlin",
      },
    ],
    [
      "memory protection",
      "Event Type: ExploitAttempt, Event Name: blocked, Device Name: WS1, IP Address: (10.0.0.7), Action: Blocked, Process ID: 4120, Process Name: C:\\x\\y.exe, User Name: CORP\\bob, Violation Type: LSASS Read",
      {
        "event.action": "blocked",
        "process.pid": 4120,
        "process.executable": "C:\\x\\y.exe",
        "user.name": "bob",
        "rule.name": "LSASS Read",
      },
    ],
    [
      "console login",
      "Event Type: AuditLog, Event Name: LoginSuccess, Message: Provider: CylancePROTECT, Source IP: 203.0.113.9, User: Ann Meier (ann@corp.example)",
      { "event.category": ["authentication"], "event.outcome": "success", "source.ip": "203.0.113.9" },
    ],
    ["something else", "Event Type: none of this", undefined],
  ]),
);
