import { type EventDataItem, type EvtxRecordSpec, filetimeOf } from "../evtx-writer/writer.ts";

/** A Windows event to be written as EVTX, XML or CSV: its time in UTC, "2023-09-20T12:10:23.1234567Z". */
export interface WindowsEvent {
  time: string;
  provider: { name: string; guid?: string };
  eventId: number;
  version?: number;
  level?: number;
  task?: number;
  keywords?: bigint;
  channel: string;
  computer: string;
  data: EventDataItem[];
}

const auditing = {
  name: "Microsoft-Windows-Security-Auditing",
  guid: "54849625-5478-4994-A5BA-3E3B0328C30D",
};
const success = 0x8020000000000000n;
const failure = 0x8010000000000000n;

const text = (name: string, value: string): EventDataItem => ({ name, value });
const number = (name: string, value: number): EventDataItem => ({ name, type: "uint32", value });
const hex = (name: string, value: number): EventDataItem => ({ name, type: "hex64", value });
const sid = (name: string, value: string): EventDataItem => ({ name, type: "sid", value });

function security(
  time: string,
  computer: string,
  eventId: number,
  task: number,
  data: EventDataItem[],
  isFailure = false,
): WindowsEvent {
  const keywords = isFailure ? failure : success;
  return {
    time,
    provider: auditing,
    eventId,
    version: 0,
    level: 0,
    task,
    keywords,
    channel: "Security",
    computer,
    data,
  };
}

export interface Logon {
  time: string;
  computer: string;
  user: string;
  domain: string;
  type: number;
  address?: string;
  port?: number;
  workstation?: string;
  logonId: number;
}

/** 4624: an account was logged on. */
export function logon(l: Logon): WindowsEvent {
  const system = l.type === 5;
  return {
    ...security(l.time, l.computer, 4624, 12544, [
      sid("SubjectUserSid", system ? "S-1-5-18" : "S-1-0-0"),
      text("SubjectUserName", system ? `${l.computer}$` : "-"),
      text("SubjectDomainName", system ? l.domain : "-"),
      hex("SubjectLogonId", system ? 0x3e7 : 0),
      sid(
        "TargetUserSid",
        system ? "S-1-5-18" : `S-1-5-21-1004336348-1177238915-682003330-${1000 + (l.user.length % 60)}`,
      ),
      text("TargetUserName", l.user),
      text("TargetDomainName", l.domain),
      hex("TargetLogonId", l.logonId),
      number("LogonType", l.type),
      text("LogonProcessName", l.type === 5 ? "Advapi  " : l.type === 10 ? "User32 " : "NtLmSsp "),
      text("AuthenticationPackageName", l.type === 3 ? "NTLM" : "Negotiate"),
      text("WorkstationName", l.workstation ?? "-"),
      { name: "LogonGuid", type: "guid", value: "00000000-0000-0000-0000-000000000000" },
      text("TransmittedServices", "-"),
      text("LmPackageName", l.type === 3 ? "NTLM V2" : "-"),
      number("KeyLength", l.type === 3 ? 128 : 0),
      hex("ProcessId", l.type === 3 ? 0 : 0x2a4),
      text("ProcessName", l.type === 3 ? "-" : "C:\\Windows\\System32\\svchost.exe"),
      text("IpAddress", l.address ?? "-"),
      text("IpPort", l.port === undefined ? "-" : String(l.port)),
    ]),
    version: 2,
  };
}

/** 4625: an account failed to log on. `nullSid`: the subject has no SID, as with most network logons. */
export function logonFailure(l: Omit<Logon, "logonId">): WindowsEvent {
  return security(
    l.time,
    l.computer,
    4625,
    12544,
    [
      sid("SubjectUserSid", "S-1-0-0"),
      text("SubjectUserName", "-"),
      text("SubjectDomainName", "-"),
      hex("SubjectLogonId", 0),
      sid("TargetUserSid", "S-1-0-0"),
      text("TargetUserName", l.user),
      text("TargetDomainName", l.domain),
      { name: "Status", type: "hex32", value: 0xc000006d },
      text("FailureReason", "%%2313"),
      { name: "SubStatus", type: "hex32", value: 0xc000006a },
      number("LogonType", l.type),
      text("LogonProcessName", "NtLmSsp "),
      text("AuthenticationPackageName", "NTLM"),
      text("WorkstationName", l.workstation ?? "-"),
      text("TransmittedServices", "-"),
      text("LmPackageName", "-"),
      number("KeyLength", 0),
      hex("ProcessId", 0),
      text("ProcessName", "-"),
      text("IpAddress", l.address ?? "-"),
      text("IpPort", l.port === undefined ? "-" : String(l.port)),
    ],
    true,
  );
}

/** 4634: an account was logged off. */
export function logoff(
  l: Pick<Logon, "time" | "computer" | "user" | "domain" | "type" | "logonId">,
): WindowsEvent {
  return security(l.time, l.computer, 4634, 12545, [
    sid("TargetUserSid", "S-1-5-21-1004336348-1177238915-682003330-1104"),
    text("TargetUserName", l.user),
    text("TargetDomainName", l.domain),
    hex("TargetLogonId", l.logonId),
    number("LogonType", l.type),
  ]);
}

/** 4688: a process was created. */
export function processCreated(p: {
  time: string;
  computer: string;
  user: string;
  domain: string;
  image: string;
  parent: string;
  commandLine: string;
  pid: number;
}): WindowsEvent {
  return {
    ...security(p.time, p.computer, 4688, 13312, [
      sid("SubjectUserSid", "S-1-5-21-1004336348-1177238915-682003330-1104"),
      text("SubjectUserName", p.user),
      text("SubjectDomainName", p.domain),
      hex("SubjectLogonId", 0x5a3c1),
      hex("NewProcessId", p.pid),
      text("NewProcessName", p.image),
      text("TokenElevationType", "%%1938"),
      hex("ProcessId", 0x1c8),
      text("CommandLine", p.commandLine),
      sid("TargetUserSid", "S-1-0-0"),
      text("TargetUserName", "-"),
      text("TargetDomainName", "-"),
      hex("TargetLogonId", 0),
      text("ParentProcessName", p.parent),
      sid("MandatoryLabel", "S-1-16-8192"),
    ]),
    version: 2,
  };
}

/** 4719: system audit policy was changed. */
export function auditPolicyChanged(p: {
  time: string;
  computer: string;
  user: string;
  domain: string;
}): WindowsEvent {
  return security(p.time, p.computer, 4719, 13568, [
    sid("SubjectUserSid", "S-1-5-21-1004336348-1177238915-682003330-500"),
    text("SubjectUserName", p.user),
    text("SubjectDomainName", p.domain),
    hex("SubjectLogonId", 0x8f21c),
    text("CategoryId", "%%8274"),
    text("SubcategoryId", "%%12800"),
    { name: "SubcategoryGuid", type: "guid", value: "0CCE921D-69AE-11D9-BED3-505054503030" },
    text("AuditPolicyChanges", "%%8448, %%8450"),
  ]);
}

/** 5156: the Windows Filtering Platform has permitted a connection. */
export function filterConnection(c: {
  time: string;
  computer: string;
  application: string;
  outbound: boolean;
  source: string;
  sourcePort: number;
  destination: string;
  destinationPort: number;
  protocol: number;
  pid: number;
}): WindowsEvent {
  return {
    ...security(c.time, c.computer, 5156, 12810, [
      { name: "ProcessID", type: "uint64", value: c.pid },
      text("Application", c.application),
      text("Direction", c.outbound ? "%%14593" : "%%14592"),
      text("SourceAddress", c.source),
      text("SourcePort", String(c.sourcePort)),
      text("DestAddress", c.destination),
      text("DestPort", String(c.destinationPort)),
      number("Protocol", c.protocol),
      { name: "FilterRTID", type: "uint64", value: 67_213 },
      text("LayerName", c.outbound ? "%%14611" : "%%14610"),
      { name: "LayerRTID", type: "uint64", value: 48 },
      sid("RemoteUserID", "S-1-0-0"),
      sid("RemoteMachineID", "S-1-0-0"),
    ]),
    version: 1,
  };
}

/** 1000: an application crashed (Application log). */
export function applicationError(p: {
  time: string;
  computer: string;
  application: string;
  module: string;
}): WindowsEvent {
  return {
    time: p.time,
    provider: { name: "Application Error" },
    eventId: 1000,
    level: 2,
    task: 100,
    keywords: 0x80000000000000n,
    channel: "Application",
    computer: p.computer,
    data: [
      { value: p.application },
      { value: "10.0.19041.1266" },
      { value: "7f3a2b11" },
      { value: p.module },
      { value: "10.0.19041.1288" },
      { value: "a280d1d6" },
      { value: "c0000005" },
      { value: "000000000003a0c6" },
    ],
  };
}

export function toEvtxRecords(events: readonly WindowsEvent[]): EvtxRecordSpec[] {
  return [...events]
    .sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0))
    .map((event, i) => ({
      recordId: 40_000 + i,
      time: filetimeOf(event.time),
      provider: event.provider,
      eventId: event.eventId,
      ...(event.version !== undefined && { version: event.version }),
      ...(event.level !== undefined && { level: event.level }),
      ...(event.task !== undefined && { task: event.task }),
      ...(event.keywords !== undefined && { keywords: event.keywords }),
      channel: event.channel,
      computer: event.computer,
      processId: 640,
      threadId: 656,
      eventData: event.data,
      ...(event.provider.guid === undefined && { qualifiers: 0 }),
    }));
}

function escapeXml(value: string): string {
  return value
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("'", "&apos;");
}

function xmlValue(item: EventDataItem): string {
  if (item.type === "hex64" || item.type === "hex32") return `0x${Number(item.value).toString(16)}`;
  return item.type === "guid" ? `{${String(item.value)}}` : escapeXml(String(item.value));
}

/** As `wevtutil qe Security /f:xml /e:Events` writes them. */
export function toXml(events: readonly WindowsEvent[]): string {
  const lines = events.map((event, i) => {
    const data = event.data
      .map((item) => `<Data${item.name ? ` Name='${item.name}'` : ""}>${xmlValue(item)}</Data>`)
      .join("");
    const guid = event.provider.guid ? ` Guid='{${event.provider.guid}}'` : "";
    return `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='${event.provider.name}'${guid}/><EventID>${event.eventId}</EventID><Version>${event.version ?? 0}</Version><Level>${event.level ?? 0}</Level><Task>${event.task ?? 0}</Task><Opcode>0</Opcode><Keywords>0x${(event.keywords ?? 0n).toString(16)}</Keywords><TimeCreated SystemTime='${event.time}'/><EventRecordID>${700_000 + i}</EventRecordID><Correlation/><Execution ProcessID='640' ThreadID='656'/><Channel>${event.channel}</Channel><Computer>${event.computer}</Computer><Security/></System><EventData>${data}</EventData></Event>`;
  });
  return `<Events>\n${lines.join("\n")}\n</Events>\n`;
}
