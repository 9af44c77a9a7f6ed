import type { EventDataItem } from "../evtx-writer/writer.ts";
import type { WindowsEvent } from "../examples/windows.ts";

/** What all of these events need: time in UTC ("...Z"), the machine. */
interface Where {
  time: string;
  computer: string;
}

/** An event of any provider, its data as texts. */
export function made(
  where: Where,
  provider: string,
  channel: string,
  eventId: number,
  data: Record<string, string>,
  level = 4,
): WindowsEvent {
  const items: EventDataItem[] = Object.entries(data).map(([name, value]) => ({ name, value }));
  return { ...where, provider: { name: provider }, eventId, level, channel, data: items };
}

const sysmon = (where: Where, eventId: number, data: Record<string, string>) =>
  made(where, "Microsoft-Windows-Sysmon", "Microsoft-Windows-Sysmon/Operational", eventId, data);

/** 1: process created. */
export function sysmonProcess(
  where: Where,
  p: { user: string; image: string; parent: string; line: string; pid: number; md5?: string },
): WindowsEvent {
  return sysmon(where, 1, {
    RuleName: "-",
    UtcTime: where.time.slice(0, 23).replace("T", " "),
    ProcessId: String(p.pid),
    Image: p.image,
    OriginalFileName: p.image.split("\\").at(-1)!,
    CommandLine: p.line,
    CurrentDirectory: "C:\\Windows\\system32\\",
    User: p.user,
    IntegrityLevel: "Medium",
    Hashes: `MD5=${p.md5 ?? "0123456789ABCDEF0123456789ABCDEF"}`,
    ParentProcessId: "4012",
    ParentImage: p.parent,
    ParentCommandLine: `"${p.parent}"`,
  });
}

/** 3: network connection. */
export function sysmonConnection(
  where: Where,
  c: { user: string; image: string; from: string; to: string; port: number; sourcePort: number },
): WindowsEvent {
  return sysmon(where, 3, {
    RuleName: "-",
    UtcTime: where.time.slice(0, 23).replace("T", " "),
    ProcessId: "5120",
    Image: c.image,
    User: c.user,
    Protocol: "tcp",
    Initiated: "true",
    SourceIsIpv6: "false",
    SourceIp: c.from,
    SourcePort: String(c.sourcePort),
    DestinationIsIpv6: "false",
    DestinationIp: c.to,
    DestinationPort: String(c.port),
  });
}

/** 10: one process opened another. */
export function sysmonAccess(where: Where, source: string, target: string, granted: string): WindowsEvent {
  return sysmon(where, 10, {
    RuleName: "-",
    UtcTime: where.time.slice(0, 23).replace("T", " "),
    SourceProcessId: "6112",
    SourceImage: source,
    TargetProcessId: "700",
    TargetImage: target,
    GrantedAccess: granted,
    CallTrace: "C:\\Windows\\SYSTEM32\\ntdll.dll+9d1e4|UNKNOWN(000001F2)",
  });
}

/** 7045 of the System log: a service was installed. */
export function serviceInstalled(where: Where, name: string, path: string): WindowsEvent {
  return made(where, "Service Control Manager", "System", 7045, {
    ServiceName: name,
    ImagePath: path,
    ServiceType: "user mode service",
    StartType: "demand start",
    AccountName: "LocalSystem",
  });
}

/** 5001 of Defender: real-time protection is off. */
export function defenderOff(where: Where): WindowsEvent {
  return made(
    where,
    "Microsoft-Windows-Windows Defender",
    "Microsoft-Windows-Windows Defender/Operational",
    5001,
    {
      "Product Name": "Microsoft Defender Antivirus",
      "Product Version": "4.18.24030.9",
    },
  );
}
