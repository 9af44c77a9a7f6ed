import { describe, expect, it } from "vitest";
import type { Alert } from "./alert.ts";
import { alertId, readAlert, readAlerts } from "./read.ts";

const sha = "7bcd31bd41686c32663c7cabf42b18c50399e3b3b4533fc2ff002d9f2e058813";
const read = (value: unknown) =>
  readAlert(typeof value === "string" ? value : JSON.stringify(value), "alert", {});
const seen = ({ observables }: Alert) =>
  observables.map(({ type, value, role }) => `${role} ${type} ${value}`);

describe("time and device action of generic alerts", () => {
  it.each<[string, string, string | undefined, string]>([
    [
      "JSON",
      '{"event_time":"2021-03-13T20:20:58+03:00","device_action":"Allowed","source_address":"172.16.17.56"}',
      "2021-03-13T17:20:58Z",
      "allowed",
    ],
    [
      "a console's field list, its date with two commas, to the minute",
      "EventID : 12\nEvent Time : Mar, 13, 2021, 08:20 PM\nDevice Action : Blocked\nSource Address : 172.16.17.56",
      "2021-03-13T20:20:00Z",
      "blocked",
    ],
    [
      "a console's field list with values in the next line",
      "EventID :\n12\nEvent Time :\nMar, 13, 2021, 08:20 PM\nDevice Action :\nCleaned\nSource Address :\n172.16.17.56",
      "2021-03-13T20:20:00Z",
      "cleaned",
    ],
    [
      "a date without a clock",
      "Event Time : Mar, 13, 2021\nAction: Detected\nIP : 172.16.17.56",
      undefined,
      "detected",
    ],
    [
      "a field list with a plain time",
      "Event Time: 2021-03-13 20:20:58\nAction: Quarantined\nSource Address: 172.16.17.56",
      "2021-03-13T20:20:58Z",
      "quarantined",
    ],
    [
      "a zone in another field",
      '{"time":"2021-03-13 20:20:58","timezone":"UTC+3","action":"Cleaned","src":"172.16.17.56"}',
      "2021-03-13T17:20:58Z",
      "cleaned",
    ],
    [
      "a zone behind the time",
      '{"time":"2021-03-13 20:20:58 UTC+03:00","src":"172.16.17.56"}',
      "2021-03-13T17:20:58Z",
      "unknown",
    ],
    [
      "epoch milliseconds",
      '{"timestamp":1615656058000,"ip":"172.16.17.56","action":"file not quarantined"}',
      "2021-03-13T17:20:58Z",
      "detected",
    ],
    [
      "CSV",
      "Time,Rule,Severity,Source IP,Action\n2021-03-13 20:20:58,R,High,172.16.17.56,Denied\n",
      "2021-03-13T20:20:58Z",
      "blocked",
    ],
    [
      "a list of one",
      '[{"timestamp":"2021-03-13T17:20:58Z","ip":"172.16.17.56"}]',
      "2021-03-13T17:20:58Z",
      "unknown",
    ],
  ])("%s", (_, text, time, action) => {
    const alert = read(text);
    expect(alert.time?.iso).toBe(time);
    expect(alert.deviceAction).toBe(action);
    expect(alert.observables).toContainEqual(
      expect.objectContaining({ type: "address", value: "172.16.17.56" }),
    );
  });

  it("finds observables by shape and by name, defanged ones too, and what a text mentions", () => {
    expect(
      seen(
        read({
          source_hostname: "Sofia",
          username: "Sofia2020",
          file_name: "a b.xlsm",
          sha256: sha,
          request_url: "hxxps://evil[.]example/a",
          user_agent: "Mozilla/5.0",
          trigger_reason: "Requests to 203.0.113.9 every minute",
        }),
      ),
    ).toEqual([
      "source host Sofia",
      "subject account Sofia2020",
      "subject file a b.xlsm",
      `subject hash ${sha}`,
      "destination url https://evil.example/a",
      "destination domain evil.example",
      "mentioned address 203.0.113.9",
    ]);
  });

  it("tells sender and recipient of a mail from machines", () => {
    const alert = read(
      "EventID : 3\nEvent Time : Feb, 07, 2024, 04:24 AM\nRule : SOC120 - Phishing Mail Detected\nSMTP Address : 192.0.2.7\nSource Address : info@paypa1.example\nDestination Address : ann@corp.example\nE-mail Subject : Your invoice\nDevice Action : Allowed",
    );
    expect(alert.kind).toBe("phishing");
    expect(seen(alert)).toEqual([
      "source address 192.0.2.7",
      "sender mailbox info@paypa1.example",
      "recipient mailbox ann@corp.example",
    ]);
  });
});

describe("products", () => {
  it.each<[string, unknown, Partial<Alert>, string[]]>([
    [
      "elastic, flat names in an Elasticsearch answer",
      {
        hits: {
          hits: [
            {
              _id: "e1",
              _source: {
                "@timestamp": "2024-05-06T07:09:00Z",
                "kibana.alert.rule.name": "Malware Detection Alert",
                "kibana.alert.severity": "critical",
                "kibana.alert.original_time": "2024-05-06T07:08:09Z",
                host: { name: "WS1" },
                user: { name: "ann" },
                event: { action: "creation" },
                file: { path: "C:\\Users\\ann\\a.exe", hash: { sha256: sha } },
              },
            },
          ],
        },
      },
      {
        product: "elastic",
        title: "Malware Detection Alert",
        severity: "critical",
        deviceAction: "unknown",
        kind: "malware",
        externalId: "e1",
      },
      [
        "subject host WS1",
        "subject account ann",
        "subject file C:\\Users\\ann\\a.exe",
        `subject hash ${sha}`,
      ],
    ],
    [
      "splunk notable, one JSON line each",
      {
        result: {
          _time: "1714979289",
          search_name: "Access - Brute Force Access Behavior Detected - Rule",
          urgency: "high",
          status_label: "New",
          src: "203.0.113.9",
          dest: "SRV1",
          user: "admin",
          action: "failure",
        },
      },
      { product: "splunk", severity: "high", kind: "brute-force", deviceAction: "unknown" },
      ["source address 203.0.113.9", "destination host SRV1", "subject account admin"],
    ],
    [
      "wazuh",
      {
        timestamp: "2024-05-06T07:08:09.123+0000",
        id: "1714979289.1",
        rule: {
          id: "5712",
          level: 10,
          description: "sshd: brute force trying to get access",
          mitre: { id: ["T1110"] },
        },
        agent: { id: "001", name: "web1", ip: "10.0.0.7" },
        data: { srcip: "203.0.113.9", srcuser: "root" },
        manager: { name: "wz" },
      },
      { product: "wazuh", severity: "medium", kind: "brute-force", techniques: ["T1110"] },
      ["subject host web1", "subject address 10.0.0.7", "source address 203.0.113.9", "subject account root"],
    ],
    [
      "sentinel, entities as text",
      {
        TimeGenerated: "2024-05-06T07:20:00Z",
        StartTime: "2024-05-06T07:08:09Z",
        SystemAlertId: "s-1",
        AlertName: "Suspicious inbox phishing URL clicked",
        AlertSeverity: "Medium",
        Entities: JSON.stringify([
          { $id: "2", HostName: "WS1", Type: "host" },
          { $id: "3", Address: "203.0.113.50", Type: "ip" },
          { $id: "4", Name: "ann", UPNSuffix: "corp.example", Type: "account" },
          { $id: "5", Url: "http://paypa1.example/login", Type: "url" },
        ]),
      },
      { product: "sentinel", severity: "medium", kind: "phishing", externalId: "s-1" },
      [
        "subject host WS1",
        "subject address 203.0.113.50",
        "destination url http://paypa1.example/login",
        "destination domain paypa1.example",
      ],
    ],
    [
      "defender alerts_v2 in a Graph list",
      {
        value: [
          {
            "@odata.type": "#microsoft.graph.security.alert",
            id: "da1",
            title: "'Ploprolo' malware was prevented",
            severity: "low",
            serviceSource: "microsoftDefenderForEndpoint",
            createdDateTime: "2024-05-06T07:20:00Z",
            firstActivityDateTime: "2024-05-06T07:08:09.1234567Z",
            mitreTechniques: ["T1204.002"],
            evidence: [
              {
                "@odata.type": "#microsoft.graph.security.deviceEvidence",
                deviceDnsName: "ws1.corp.example",
              },
              {
                "@odata.type": "#microsoft.graph.security.fileEvidence",
                detectionStatus: "prevented",
                remediationStatus: "remediated",
                fileDetails: { sha256: sha, fileName: "a.exe", filePath: "C:\\Users\\ann" },
              },
              {
                "@odata.type": "#microsoft.graph.security.userEvidence",
                userAccount: { accountName: "ann" },
              },
            ],
          },
        ],
      },
      {
        product: "defender",
        severity: "low",
        kind: "malware",
        deviceAction: "blocked",
        techniques: ["T1204.002"],
      },
      [
        "subject host ws1.corp.example",
        `subject hash ${sha}`,
        "subject file a.exe",
        "subject file C:\\Users\\ann",
        "subject account ann",
      ],
    ],
    [
      "suricata",
      {
        timestamp: "2024-05-06T07:08:09.123456+0200",
        event_type: "alert",
        src_ip: "10.0.0.30",
        src_port: 50000,
        dest_ip: "203.0.113.50",
        dest_port: 80,
        alert: {
          action: "allowed",
          signature: "ET MALWARE Test CnC Checkin",
          severity: 1,
          category: "A Network Trojan was detected",
        },
        http: { hostname: "evil.example", url: "/gate.php" },
      },
      { product: "suricata", severity: "high", kind: "threat-intelligence", deviceAction: "allowed" },
      [
        "source address 10.0.0.30",
        "destination address 203.0.113.50",
        "destination domain evil.example",
        "destination url /gate.php",
      ],
    ],
  ])("%s", (_, value, wanted, observables) => {
    const alert = read(value);
    expect(alert).toMatchObject(wanted);
    expect(seen(alert)).toEqual(observables);
    expect(alert.time?.iso.slice(0, 10)).toBe("2024-05-06");
  });
});

describe("files of alerts", () => {
  it("reads every alert of CSV, JSON lines and field lists, and the same alert has the same id", () => {
    const csv =
      'Time,Rule,Source IP\n2024-05-06 07:08:09,"Bad, very",192.0.2.1\n2024-05-06 07:08:10,R2,192.0.2.2\n';
    const lines =
      '{"time":"2024-05-06 07:08:09","rule":"Bad, very","source ip":"192.0.2.1"}\n{"rule":"R2","ip":"192.0.2.2"}\n';
    const list =
      "Rule : Bad, very\nTime : 2024-05-06 07:08:09\nSource IP : 192.0.2.1\n\nRule : R2\nIP : 192.0.2.2\n";
    const [fromCsv, fromLines, fromList] = [csv, lines, list].map((text) => readAlerts(text, "f", {}));
    for (const alerts of [fromCsv!, fromLines!, fromList!]) {
      expect(alerts.map(({ title }) => title)).toEqual(["Bad, very", "R2"]);
      expect(alertId(alerts[0]!)).toBe(alertId(fromCsv![0]!));
    }
  });
  it.each([
    ["a rule", { host: "PC1", Rule: "R1", name: "n" }, "R1"],
    [
      "a detection",
      { event: { ComputerName: "PC1", FileName: "a.exe", DetectName: "Bad", SeverityName: "High" } },
      "Bad",
    ],
    [
      "a behaviour",
      { device: { hostname: "PC1" }, behaviors: [{ filename: "a.exe", display_name: "Bad" }] },
      "Bad",
    ],
    [
      "an offense",
      { description: "New administrator", log_sources: [{ name: "FW1", type_name: "Firewall" }] },
      "New administrator",
    ],
    ["a machine's name is no title", { ComputerName: "PC1", address: "192.0.2.1" }, "alert.json"],
  ])("is called by %s", (_, value, title) => {
    expect(readAlert(JSON.stringify(value), "alert.json", {}).title).toBe(title);
  });
  it.each([
    [
      "a displayed name before its number",
      { max_severity: 70, max_severity_displayname: "Critical" },
      "critical",
    ],
    ["a magnitude", { Magnitude: "8" }, "high"],
    ["nothing", { Status: "New" }, "medium"],
  ])("is as severe as %s says", (_, value, severity) => {
    expect(readAlert(JSON.stringify({ rule: "r", ...value }), "alert.json", {}).severity).toBe(severity);
  });
  it.each([
    ["nothing", ""],
    ["prose", "no fields here"],
    ["an empty list", "[]"],
    ["null", "null"],
    ["cut JSON", '{"rule": "x", '],
    ["numbers", "[1,2,3]"],
  ])("%s is refused with the file's name", (_, text) => {
    expect(() => readAlert(text, "alert.json", {})).toThrow(/--alert alert.json/);
  });
  it("is bounded in depth, number and length, and says so", () => {
    let deep: unknown = "192.0.2.1";
    for (let i = 0; i < 200; i++) deep = { a: deep };
    const wide = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`ip${i}`, `192.0.2.${i % 256}`]));
    const alert = read({ rule: "r", deep, text: "x".repeat(1 << 20), ...wide });
    expect(Object.keys(alert.fields).length).toBeLessThanOrEqual(501);
    expect(alert.fields["firebreak.truncated"]).toBe("true");
    expect(alert.observables.length).toBeLessThanOrEqual(100);
  });
});
