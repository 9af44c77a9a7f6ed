import { describe, expect, it } from "vitest";
import { format } from "../formats/generic/json-lines.ts";
import { collect } from "../testing/collect.ts";

const base = {
  ipv4: "10.0.0.7",
  hostname: "WS1",
  source_uuid: "ca21",
  occured: "05-Mar-2024 10:14:02",
  severity: "Warning",
};

describe("endpoint/eset", () => {
  it.each([
    [
      "threat",
      {
        ...base,
        event_type: "Threat_Event",
        threat_name: "Eicar",
        object_uri: "file:///C:/Tmp/x.exe",
        action_taken: "cleaned by deleting",
        username: "CORP\\bob",
        hash: "A".repeat(40),
      },
      {
        "event.action": "cleaned",
        "file.path": "C:/Tmp/x.exe",
        "user.name": "bob",
        "user.domain": "CORP",
        "host.ip": ["10.0.0.7"],
        "rule.name": "Eicar",
        "file.hash.sha1": "a".repeat(40),
      },
    ],
    [
      "firewall",
      {
        ...base,
        event_type: "FirewallAggregated_Event",
        event: "Port scan",
        source_address: "203.0.113.9",
        source_port: 4711,
        target_address: "10.0.0.7",
        target_port: 445,
        protocol: "TCP",
        action: "Blocked",
      },
      {
        "source.ip": "203.0.113.9",
        "destination.port": 445,
        "network.transport": "tcp",
        "event.action": "blocked",
      },
    ],
    [
      "audit",
      { ...base, event_type: "Audit_Event", action: "Login attempt", result: "Failed", user: "admin" },
      { "event.category": ["authentication"], "event.outcome": "failure", "user.name": "admin" },
    ],
  ])("%s", (_name, record, expected) => {
    const event = collect(JSON.stringify(record), [format]).events[0]!;
    expect(event.dataset).toBe("endpoint/eset");
    expect(event.fields).toMatchObject(expected);
    expect(new Date(event.time!.ms).toISOString()).toBe("2024-03-05T10:14:02.000Z");
  });
});
