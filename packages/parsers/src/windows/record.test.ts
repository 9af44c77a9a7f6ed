import type { Fields } from "@firebreak/model/event";
import { describe, expect, it } from "vitest";
import { normalise, systemFields } from "./record.ts";

const security = "Microsoft-Windows-Security-Auditing";
const failure = "0x8010000000000000";

function event(provider: string, eventId: number, data: Record<string, string>, keywords?: string): Fields {
  const system = { provider, eventId, keywords, channel: "Security" };
  const fields = systemFields(system);
  for (const [name, value] of Object.entries(data)) {
    fields[name.startsWith("#") ? `winlog.user_data.${name.slice(1)}` : `winlog.event_data.${name}`] = value;
  }
  normalise(fields, system);
  return fields;
}

describe("who an event is about", () => {
  it.each([
    [
      "a logon is about its target",
      4624,
      { SubjectUserName: "WS$", TargetUserName: "ann", TargetUserSid: "S-1-5-21-1" },
      { "user.name": "ann", "user.id": "S-1-5-21-1" },
    ],
    [
      "explicit credentials: the subject acts as another",
      4648,
      { SubjectUserName: "ann", TargetUserName: "root", TargetServerName: "srv" },
      { "user.name": "ann", "user.effective.name": "root", "destination.domain": "srv" },
    ],
    [
      "a new account is the target of its maker",
      4720,
      { SubjectUserName: "ann", TargetUserName: "eve" },
      { "user.name": "ann", "user.target.name": "eve", "event.action": "added-user-account" },
    ],
    [
      "a group change names group and member",
      4732,
      {
        SubjectUserName: "ann",
        TargetUserName: "Administrators",
        MemberName: "CN=eve",
        MemberSid: "S-1-5-21-9",
      },
      { "user.name": "ann", "group.name": "Administrators", "user.target.id": "S-1-5-21-9" },
    ],
    [
      "a service ticket names the account with its realm",
      4769,
      { TargetUserName: "ann@OFFICE.EXAMPLE", TargetDomainName: "OFFICE.EXAMPLE", ServiceName: "FS1$" },
      { "user.name": "ann", "user.domain": "OFFICE.EXAMPLE" },
    ],
    [
      "a certificate is issued to who asked",
      4887,
      { Requester: "OFFICE\\ann", Subject: "CN=ann" },
      { "user.name": "ann", "user.domain": "OFFICE", "event.action": "certificate-issued" },
    ],
    [
      "a lockout is about the locked account",
      4740,
      { SubjectUserName: "DC$", TargetUserName: "ann", TargetDomainName: "KIOSK" },
      { "user.name": "ann", "source.domain": "KIOSK" },
    ],
  ])("%s", (_, id, data, expected) => {
    expect(event(security, id, data as unknown as Record<string, string>)).toMatchObject(expected);
  });

  it("leaves placeholders out", () => {
    const fields = event(security, 4625, {
      TargetUserName: "-",
      TargetUserSid: "S-1-0-0",
      IpAddress: "-",
      IpPort: "0",
    });
    for (const name of ["user.name", "user.id", "source.ip", "source.port"])
      expect(fields[name]).toBeUndefined();
  });
});

describe("addresses", () => {
  it.each([
    ["::ffff:192.0.2.7", { "source.ip": "192.0.2.7" }],
    ["::1", { "source.ip": "::1" }],
    ["fe80::1%12", { "source.ip": "fe80::1" }],
    ["CLIENT-7", { "source.domain": "CLIENT-7" }],
  ])("%s", (address, expected) => {
    expect(event(security, 4624, { IpAddress: address })).toMatchObject(expected);
  });

  it("keeps LOCAL as recorded only", () => {
    const fields = event("Microsoft-Windows-TerminalServices-LocalSessionManager", 21, {
      "#Address": "LOCAL",
      "#User": "CORP\\ann",
    });
    expect(fields).toMatchObject({ "user.name": "ann", "winlog.user_data.Address": "LOCAL" });
    expect(fields["source.ip"] ?? fields["source.domain"]).toBeUndefined();
  });
});

describe("outcome", () => {
  it.each([
    ["the reading's own", 4625, undefined, "failure"],
    ["the audit keyword", 4697, failure, "failure"],
    ["the audit keyword in decimal", 4697, "-9214364837600034816", "success"],
    ["none when nothing tells", 4697, undefined, undefined],
  ])("%s", (_, id, keywords, outcome) => {
    expect(event(security, id, {}, keywords)["event.outcome"]).toBe(outcome);
  });

  it("takes Kerberos's result code", () => {
    expect(event(security, 4768, { Status: "0x0", TargetUserName: "ann" })["event.outcome"]).toBe("success");
    expect(event(security, 4768, { Status: "0x6", TargetUserName: "ann" })).toMatchObject({
      "event.outcome": "failure",
      "event.reason": "client not found in database",
    });
  });
});

describe("direction", () => {
  it.each([
    ["%%14592", "inbound"],
    ["%%14593", "outbound"],
    ["Outbound", "outbound"],
    ["%%99", undefined],
  ])("5156 %s", (code, direction) => {
    expect(event(security, 5156, { Direction: code })["network.direction"]).toBe(direction);
  });
});

it("keeps what Defender did apart", () => {
  const did = (name: string) =>
    event("Microsoft-Windows-Windows Defender", 1117, {
      ActionName: name,
      Path: "file:_C:\\x\\a.exe; process:_pid:1",
    });
  expect(did("Quarantine")).toMatchObject({
    "event.action": "quarantined",
    "file.path": "C:\\x\\a.exe",
    "event.kind": "alert",
  });
  expect(did("Allow")["event.action"]).toBe("allowed");
  expect(did("Not Applicable")["event.action"]).toBe("detected");
});

it("tells what a legacy firewall event allowed", () => {
  const listen = (allowed: string) =>
    event("Security", 861, { Allowed: allowed, Path: "C:\\a.exe", PortNumber: "53" });
  expect(listen("No")).toMatchObject({ "event.action": "listen-blocked", "event.outcome": "failure" });
  expect(listen("%%1842")).toMatchObject({ "event.action": "listen-allowed", "event.outcome": "success" });
  expect(listen("?")["event.action"]).toBe("listen-detected");
});

it("asserts nothing of an unknown event, but keeps names that all providers share", () => {
  const fields = event("Vendor", 7, { SourceAddress: "192.0.2.9", DestPort: "22", CommandLine: "x" });
  expect(fields).toMatchObject({
    "source.ip": "192.0.2.9",
    "destination.port": 22,
    "process.command_line": "x",
  });
  expect(fields["event.action"]).toBeUndefined();
});

describe("data without names", () => {
  it("Winlogbeat's param1, param2 are the list that the event has", () => {
    const fields = event("PowerShell", 600, {
      param1: "Registry",
      param2: "Started",
      param3: "\tHostApplication=powershell.exe -nop\n\tUserId=CORP\\ann",
    });
    expect(fields).toMatchObject({
      "event.action": "Provider Lifecycle",
      "process.command_line": "powershell.exe -nop",
      "user.name": "ann",
    });
    expect(fields["winlog.event_data.Data"]).toBeUndefined();
  });

  it("SQL Server's audit record", () => {
    const record =
      "audit_schema_version:1\naction_id:LGIF\nsucceeded:false\nserver_principal_name:CORP\\bob\nstatement:Login failed. [CLIENT: 203.0.113.7]";
    expect(event("MSSQLSERVER$AUDIT", 33205, { param1: record })).toMatchObject({
      "event.action": "LGIF",
      "event.outcome": "failure",
      "event.category": ["authentication", "database"],
      "user.name": "bob",
      "user.domain": "CORP",
      "source.ip": "203.0.113.7",
    });
  });

  it("an event without a reading tells its task and its outcome", () => {
    const system = { provider: "Some-Provider", eventId: 7, keywords: "Audit Failure", task: "Odd Task" };
    const fields = systemFields(system);
    normalise(fields, system);
    expect(fields).toMatchObject({ "event.action": "Odd Task", "event.outcome": "failure" });
  });
});
