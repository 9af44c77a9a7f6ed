import type { LogFormat } from "@firebreak/model/format";
import { describe, expect, it } from "vitest";
import { collect, unaccountedBytes } from "../../testing/collect.ts";
import { format as mplog } from "./defender-mplog.ts";
import { format as dhcp } from "./dhcp-audit.ts";
import { format as dns, questionName } from "./dns-debug.ts";
import { format as exchange } from "./exchange-tracking.ts";
import { format as mssql } from "./mssql-errorlog.ts";
import { format as netlogon } from "./netlogon.ts";
import { format as transcript } from "./powershell-transcript.ts";
import { format as task } from "./scheduled-task.ts";
import { format as setupapi } from "./setupapi.ts";

function read(format: LogFormat, text: string) {
  const result = collect(text, [format]);
  expect(unaccountedBytes(result, new TextEncoder().encode(text).length)).toBe(0);
  return result;
}
const fieldsOf = (format: LogFormat, text: string) => read(format, text).events.map((event) => event.fields);

describe("windows/netlogon", () => {
  it.each([
    ["Returns 0xC0000064", "logon-failed", "failure"],
    ["Returns 0x0", "logged-in", "success"],
    ["Entered", "logon-requested", undefined],
  ])("%s", (end, action, outcome) => {
    const line = `05/14 08:10:23 [LOGON] [12] CORP: SamLogon: Network logon of CORP\\ann from WS (via SRV) ${end}\n`;
    const [fields] = fieldsOf(netlogon, line);
    expect([fields!["event.action"], fields!["event.outcome"]]).toEqual([action, outcome]);
    expect(fields).toMatchObject({ "user.name": "ann", "source.domain": "WS", "firebreak.raw.via": "SRV" });
  });
  it("takes its year from the reference and says so", () => {
    const { events } = read(netlogon, "12/31 23:00:00 [MISC] x\n");
    expect(events[0]!.time).toMatchObject({ yearSource: "reference-date", ms: Date.UTC(2023, 11, 31, 23) });
  });
});

describe("windows/dhcp-audit", () => {
  it("ties address, name and MAC", () => {
    const [fields] = fieldsOf(
      dhcp,
      "10,05/14/24,08:05:57,Assign,192.0.2.25,ws.corp.example,00505600A1B2,,1,0\n",
    );
    expect(fields).toMatchObject({
      "source.ip": "192.0.2.25",
      "host.name": "ws.corp.example",
      "source.mac": "00-50-56-00-A1-B2",
      "event.action": "dhcp-new",
    });
  });
  it("leaves an impossible date undated", () => {
    expect(read(dhcp, "10,05/44/24,08:05:57,Assign,192.0.2.25,a,,,1,0\n").events[0]!.time).toBeUndefined();
  });
});

describe("windows/mssql-errorlog", () => {
  const at = "2024-05-14 08:10:23.50";
  it("joins the error number to its message", () => {
    const text = `${at} Logon       Error: 18456, Severity: 14, State: 8.\n${at} Logon       Login failed for user 'sa'. Reason: Wrong. [CLIENT: 192.0.2.9]\n${at} spid5s      Other.\n`;
    const [error, login, other] = fieldsOf(mssql, text);
    expect(error!["event.code"]).toBe("18456");
    expect(login).toMatchObject({
      "event.code": "18456",
      "user.name": "sa",
      "source.ip": "192.0.2.9",
      "event.outcome": "failure",
    });
    expect(other!["event.code"]).toBeUndefined();
  });
  it("keeps records of several lines whole", () => {
    const { events } = read(mssql, `${at} Server      Version\n\tline two\n${at} Server      Next\n`);
    expect(events.map((event) => event.fields.message)).toEqual(["Version\n\tline two", "Next"]);
  });
  it("knows the file of error 823", () => {
    const text = `${at} spid1       Error: 823, Severity: 24, State: 2.\n${at} spid1       The operating system returned error 21 during a read in file 'D:\\d\\a.mdf'.\n`;
    expect(fieldsOf(mssql, text)[1]).toMatchObject({
      "event.action": "database-io-failed",
      "file.path": "D:\\d\\a.mdf",
    });
  });
});

describe("windows/dns-debug", () => {
  const line = (date: string, rest: string) => `${date} 0E74 PACKET  000001F4A2B3C4D0 ${rest}\n`;
  const query = "UDP Rcv 192.0.2.12      0002   Q [0001   D   NOERROR] A      (3)www(7)example(3)com(0)";
  it("reads a question and its answer", () => {
    const answer = "UDP Snd 192.0.2.12      0003 R Q [8385 A DR NXDOMAIN] AAAA   (1)a(0)";
    const [asked, answered] = fieldsOf(
      dns,
      line("9/20/2023 1:00:00 PM", query) + line("9/20/2023 1:00:01 PM", answer),
    );
    expect(asked).toMatchObject({
      "source.ip": "192.0.2.12",
      "dns.question.name": "www.example.com",
      "dns.question.type": "A",
      "event.action": "dns-queried",
      "network.direction": "inbound",
    });
    expect(answered).toMatchObject({
      "destination.ip": "192.0.2.12",
      "dns.response_code": "NXDOMAIN",
      "event.outcome": "failure",
      "dns.header_flags": ["AA", "RD", "RA"],
    });
  });
  it("settles day and month by the whole file", () => {
    const { events } = read(dns, line("04/05/2024 08:00:00", query) + line("14/05/2024 08:00:00", query));
    expect(events[0]!.time).toMatchObject({ ms: Date.UTC(2024, 4, 4, 8) });
    expect(events[0]!.time!.dayMonthAmbiguous).toBeUndefined();
    expect(read(dns, line("04/05/2024 08:00:00", query)).events[0]!.time!.dayMonthAmbiguous).toBe(true);
  });
  it.each([
    ["(3)www(7)example(3)com(0)", "www.example.com"],
    ["(0)", "."],
    ["plain", "plain"],
  ])("questionName %s", (text, name) => expect(questionName(text)).toBe(name));
});

describe("windows/defender-mplog", () => {
  it.each([
    ["DETECTIONEVENT MPSOURCE_REALTIME Trojan:Win32/X file:C:\\a\\b.exe;", "detected"],
    [
      "DETECTION_CLEANEVENT MPSOURCE_REALTIME MP_THREAT_ACTION_QUARANTINE 0x0 Trojan:Win32/X file:C:\\a\\b.exe;",
      "quarantined",
    ],
    [
      "DETECTION_CLEANEVENT MPSOURCE_REALTIME MP_THREAT_ACTION_ALLOW 0x0 Trojan:Win32/X file:C:\\a\\b.exe;",
      "allowed",
    ],
  ])("%s", (text, action) => {
    const [fields] = fieldsOf(mplog, `2024-05-14T06:10:23.123Z ${text}\n`);
    expect(fields).toMatchObject({
      "event.action": action,
      "rule.name": "Trojan:Win32/X",
      "file.path": "C:\\a\\b.exe",
      "event.kind": "alert",
    });
  });
});

describe("windows/exchange-tracking", () => {
  it("reads columns by #Fields", () => {
    const text =
      '#Log-type: Message Tracking Log\n#Fields: date-time,client-ip,source,event-id,a,b,message-subject,sender-address,recipient-address\n2024-05-14T06:10:23.123Z,192.0.2.7,SMTP,RECEIVE,,,"a, ""b""",x@a.example,y@b.example;z@b.example\n';
    expect(fieldsOf(exchange, text)[0]).toMatchObject({
      "source.ip": "192.0.2.7",
      "email.subject": 'a, "b"',
      "email.to.address": ["y@b.example", "z@b.example"],
      "event.action": "received",
    });
  });
});

describe("windows/scheduled-task", () => {
  const head = '<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">';
  it("reads what runs as whom", () => {
    const text = `${head}<RegistrationInfo><Author>CORP\\ann</Author></RegistrationInfo><Principals><Principal><UserId>S-1-5-18</UserId></Principal></Principals><Actions><Exec><Command>"C:\\a.exe"</Command><Arguments>-x</Arguments></Exec></Actions></Task>`;
    expect(fieldsOf(task, text)[0]).toMatchObject({
      "user.name": "ann",
      "user.effective.id": "S-1-5-18",
      "process.name": "a.exe",
      "process.command_line": '"C:\\a.exe" -x',
    });
  });
  it("keeps what stands before the damage, and refuses a document type", () => {
    expect(read(task, `${head}<Actions><Exec><Command>a.exe</Command>`).notes[0]).toMatch(/damaged/);
    expect(read(task, `${head}<!DOCTYPE x><a/></Task>`).rejects).toHaveLength(1);
  });
});

describe("windows/powershell-transcript", () => {
  const head =
    "**********************\nPowerShell transcript start\nStart time: 20240514081023\nUsername: CORP\\ann\nMachine: WS (x)\n**********************\n";
  it("dates a command only by its own header", () => {
    const text = `${head}PS>whoami\nann\n**********************\nCommand start time: 20240514081100\n**********************\nPS C:\\> hostname\nWS\n`;
    const [start, undated, dated] = read(transcript, text).events;
    expect(start!.time!.ms).toBe(Date.UTC(2024, 4, 14, 8, 10, 23));
    expect(undated!.time).toBeUndefined();
    expect(undated!.fields).toMatchObject({
      "event.start": "2024-05-14T08:10:23.000Z",
      message: "ann",
      "user.name": "ann",
    });
    expect(dated!.time!.ms).toBe(Date.UTC(2024, 4, 14, 8, 11));
  });
});

describe("windows/setupapi", () => {
  const section = (title: string, exit: string) =>
    `>>>  [${title}]\n>>>  Section start 2024/05/14 08:12:28.110\n     dvi: x\n<<<  Section end 2024/05/14 08:12:30.797\n<<<  [Exit status: ${exit}]\n`;
  it("makes one event of a section", () => {
    const text = `${section("Device Install (Hardware initiated) - USBSTOR\\Disk\\1", "SUCCESS")}\n${section("Setup Import Driver Package - C:\\a.inf", "FAILURE(0x1)")}`;
    const { events } = read(setupapi, text);
    expect(events.map((event) => [event.fields["event.action"], event.fields["event.outcome"]])).toEqual([
      ["device-installed", "success"],
      ["driver-package-handled", "failure"],
    ]);
    expect(events[0]!.fields).toMatchObject({
      "device.type": "usb-storage",
      "event.duration": 2_687_000_000,
    });
  });
  it("ends a cut section where the next begins", () => {
    const text = `>>>  [Device Install - A\\1]\n     dvi: cut\n${section("Device Install - B\\2", "SUCCESS")}`;
    expect(read(setupapi, text).events.map((event) => event.fields["device.id"])).toEqual(["A\\1", "B\\2"]);
  });
});
