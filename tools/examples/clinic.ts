import { writeEvtx } from "../evtx-writer/writer.ts";
import { gatewayLog, proxyLog } from "./clinic-network.ts";
import { type ClinicTime, clinicTime } from "./clinic-time.ts";
import type { ExampleFile } from "./files.ts";
import { createRandom, type Random } from "./random.ts";
import {
  applicationError,
  auditPolicyChanged,
  filterConnection,
  logoff,
  logon,
  logonFailure,
  processCreated,
  toEvtxRecords,
  toXml,
  type WindowsEvent,
} from "./windows.ts";

const desktop = "DESKTOP-1234567";
const server = "SERVER-12345";
const domainController = "DC-SERVER-01";
const sqlServer = "SQLSERVER-12345";
const staff = ["JohnDoe", "mlopez", "agrant", "reception", "bchen", "tpatel", "nurse1", "nurse2"];

/** The clinic's evidence: 13 records of the case in about 20,000 of an ordinary working day. */
export function buildClinic(): ExampleFile[] {
  const random = createRandom(20230920);
  return [
    {
      path: "evidence/DESKTOP-1234567/Security.evtx",
      content: writeEvtx(toEvtxRecords(desktopSecurity(random))),
    },
    {
      path: "evidence/DESKTOP-1234567/Application.evtx",
      content: writeEvtx(toEvtxRecords(desktopApplication(random))),
    },
    { path: "evidence/DESKTOP-1234567/events-without-provider.csv", content: exportWithoutProvider(random) },
    { path: "evidence/DESKTOP-1234567/pfirewall.log", content: hostFirewall(random) },
    { path: "evidence/DC-SERVER-01/Security.xml", content: toXml(domainSecurity(random)) },
    {
      path: "evidence/SERVER-12345/Security.evtx",
      content: writeEvtx(toEvtxRecords(serverSecurity(random))),
    },
    { path: "evidence/SERVER-12345/legacy-security.csv", content: legacySecurity(random) },
    { path: "evidence/SQLSERVER-12345/Application.csv", content: sqlApplication(random) },
    { path: "evidence/network/gateway.log", content: gatewayLog(random) },
    { path: "evidence/network/proxy-access.log", content: proxyLog(random) },
    { path: "evidence/mail/maillog", content: mailLog(random) },
    { path: "evidence/external-addresses.txt", content: addressList() },
  ];
}

function times(random: Random, count: number, from: string, to: string): ClinicTime[] {
  return Array.from({ length: count }, () => clinicTime.randomBetween(random, from, to)).sort(
    (a, b) => a.ms - b.ms,
  );
}

function workstationNoise(random: Random, computer: string, count: number): WindowsEvent[] {
  const programs = [
    ["C:\\Program Files\\Microsoft Office\\root\\Office16\\OUTLOOK.EXE", "OUTLOOK.EXE"],
    ["C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe", "chrome.exe --type=renderer"],
    ["C:\\Windows\\System32\\svchost.exe", "svchost.exe -k netsvcs -p"],
    ["C:\\Windows\\System32\\taskhostw.exe", "taskhostw.exe"],
    [
      "C:\\Windows\\System32\\SearchProtocolHost.exe",
      "SearchProtocolHost.exe Global\\UsGthrFltPipeMssGthrPipe",
    ],
  ] as const;
  return times(random, count, "06:30:00", "18:30:00").flatMap((time, i): WindowsEvent[] => {
    const user = random.pick(staff);
    const base = { time: time.utc, computer, domain: "CLINIC", logonId: 0x100000 + i * 16 };
    const kind = random.between(0, 9);
    if (kind < 3) return [logon({ ...base, user: "SYSTEM", domain: "NT AUTHORITY", type: 5 })];
    if (kind < 5) {
      const later = clinicTime.atMs(time.ms + random.between(60, 5400) * 1000).utc;
      return [logon({ ...base, user, type: 2 }), logoff({ ...base, time: later, user, type: 2 })];
    }
    if (kind === 5 && i % 40 === 0)
      return [logonFailure({ ...base, user, type: 2, address: "127.0.0.1", port: 0 })];
    const [image, commandLine] = random.pick(programs);
    return [
      processCreated({
        ...base,
        user,
        image,
        commandLine,
        parent: "C:\\Windows\\explorer.exe",
        pid: random.between(1000, 20000),
      }),
    ];
  });
}

function desktopSecurity(random: Random): WindowsEvent[] {
  const at = (time: string) => clinicTime.at(time).utc;
  const admin = { computer: desktop, user: "Admin", domain: desktop, type: 3 };
  return [
    ...workstationNoise(random, desktop, 3300),
    logon({
      time: at("08:10:23.4127301"),
      computer: desktop,
      user: "JohnDoe",
      domain: desktop,
      type: 10,
      address: "192.168.1.2",
      port: 50215,
      workstation: desktop,
      logonId: 0x5a3c1,
    }),
    logonFailure({
      ...admin,
      time: at("10:32:17.1043389"),
      address: "192.168.1.100",
      port: 49822,
      workstation: "WS-100",
    }),
    logonFailure({
      ...admin,
      time: at("10:32:19.2281002"),
      address: "192.168.1.100",
      port: 49823,
      workstation: "WS-100",
    }),
    logon({
      ...admin,
      time: at("10:32:21.0559010"),
      address: "192.168.1.100",
      port: 49824,
      workstation: "WS-100",
      logonId: 0x9b3e0,
    }),
    logonFailure({
      ...admin,
      time: at("15:34:56.7711200"),
      address: "192.168.1.50",
      port: 51744,
      workstation: "WS-050",
    }),
  ];
}

function desktopApplication(random: Random): WindowsEvent[] {
  const noise = times(random, 240, "06:30:00", "18:30:00").map((time): WindowsEvent => {
    const [provider, eventId] = random.pick([
      ["Microsoft-Windows-Security-SPP", 16384],
      ["ESENT", 326],
      ["MsiInstaller", 1040],
      ["SecurityCenter", 15],
    ] as const);
    return {
      time: time.utc,
      provider: { name: provider },
      eventId,
      level: 4,
      task: 0,
      keywords: 0x80000000000000n,
      channel: "Application",
      computer: desktop,
      data: [{ value: "svchost" }, { value: String(random.between(1, 900)) }],
    };
  });
  return [
    ...noise,
    applicationError({
      time: clinicTime.at("12:01:15.2200000").utc,
      computer: desktop,
      application: "explorer.exe",
      module: "ntdll.dll",
    }),
  ];
}

function domainSecurity(random: Random): WindowsEvent[] {
  const noise = times(random, 900, "06:30:00", "18:30:00").flatMap((time, i): WindowsEvent[] => {
    const base = { time: time.utc, computer: domainController, domain: "CLINIC", logonId: 0x300000 + i * 16 };
    const address = `192.168.1.${random.between(10, 39)}`;
    return [
      logon({ ...base, user: random.pick(staff), type: 3, address, port: random.between(49152, 65000) }),
    ];
  });
  const change = auditPolicyChanged({
    time: clinicTime.at("09:45:32.9915001").utc,
    computer: domainController,
    user: "Administrator",
    domain: "CLINIC",
  });
  return [...noise, change].sort((a, b) => (a.time < b.time ? -1 : 1));
}

function serverSecurity(random: Random): WindowsEvent[] {
  const programs = [
    "\\device\\harddiskvolume2\\windows\\system32\\svchost.exe",
    "\\device\\harddiskvolume2\\program files\\microsoft monitoring agent\\agent\\healthservice.exe",
    "System",
  ];
  const noise = times(random, 1700, "06:30:00", "18:30:00").map((time): WindowsEvent => {
    const application = random.pick(programs);
    return filterConnection({
      time: time.utc,
      computer: server,
      application,
      outbound: true,
      source: "10.0.0.2",
      sourcePort: random.between(49152, 65000),
      destination: random.pick(["192.168.1.10", "192.168.1.11", "10.0.0.20"]),
      destinationPort: random.pick([53, 88, 389, 443]),
      protocol: random.pick([6, 6, 17]),
      pid: random.between(400, 6000),
    });
  });
  const unknown = filterConnection({
    time: clinicTime.at("16:45:32.5103377").utc,
    computer: server,
    application: "\\device\\harddiskvolume2\\program files (x86)\\unknownapp\\unknown.exe",
    outbound: true,
    source: "10.0.0.2",
    sourcePort: 52344,
    destination: "10.0.0.1",
    destinationPort: 80,
    protocol: 6,
    pid: 4812,
  });
  return [...noise, unknown];
}

function csvCell(value: string): string {
  return /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

/** `Get-WinEvent | Select-Object TimeCreated, Id, LevelDisplayName, MachineName, Message | Export-Csv`: local time, no provider. */
function exportWithoutProvider(random: Random): string {
  const rows: { time: ClinicTime; id: number; message: string }[] = times(
    random,
    60,
    "06:30:00",
    "18:30:00",
  ).map((time) => ({
    time,
    id: random.pick([7036, 10016, 19]),
    message: random.pick([
      "The Windows Update service entered the running state.",
      "The Software Protection service entered the stopped state.",
    ]),
  }));
  const unknown = (from: string, port: number) =>
    `The description for Event ID 2004 cannot be found. Either the component that raises this event is not installed or the installation is corrupted.\n\nThe following information was included with the event:\n\n${from}\n192.168.1.1\nTCP\n${port}`;
  rows.push({ time: clinicTime.at("10:33:45"), id: 2004, message: unknown("192.168.1.100", 445) });
  rows.push({ time: clinicTime.at("13:23:15"), id: 2004, message: unknown("192.168.1.25", 22) });
  rows.sort((a, b) => b.time.ms - a.time.ms);
  const lines = rows.map(({ time, id, message }) =>
    [time.usLong, String(id), id === 2004 ? "Warning" : "Information", desktop, message]
      .map((cell) => `"${cell.replaceAll('"', '""')}"`)
      .join(","),
  );
  return `﻿"TimeCreated","Id","LevelDisplayName","MachineName","Message"\r\n${lines.join("\r\n")}\r\n`;
}

/** pfirewall.log of the desktop, in local time as the header says. */
function hostFirewall(random: Random): string {
  const lines: { ms: number; text: string }[] = times(random, 3600, "06:30:00", "18:30:00").map((time) => {
    const allow = random.next() < 0.93;
    const outbound = random.next() < 0.8;
    const peer = random.pick(["192.168.1.10", "192.168.1.11", "192.168.1.20", "192.168.1.30"]);
    const port = random.pick([53, 88, 389, 443, 443, 443, 80]);
    const protocol = port === 53 ? "UDP" : "TCP";
    const mine = "192.168.1.15";
    const [from, to] = outbound ? [mine, peer] : [peer, mine];
    return {
      ms: time.ms,
      text: `${time.date} ${time.clock} ${allow ? "ALLOW" : "DROP"} ${protocol} ${from} ${to} ${random.between(49152, 65000)} ${port} 0 - 0 0 0 - - - ${outbound ? "SEND" : "RECEIVE"}`,
    };
  });
  const add = (clock: string, from: string, port: number, sourcePort: number) => {
    const time = clinicTime.at(clock);
    lines.push({
      ms: time.ms,
      text: `${time.date} ${time.clock} ALLOW TCP ${from} 192.168.1.1 ${sourcePort} ${port} 0 - 0 0 0 - - - FORWARD`,
    });
  };
  add("10:33:45", "192.168.1.100", 445, 49830);
  add("10:34:12", "192.168.1.100", 445, 49831);
  add("13:23:15", "192.168.1.25", 22, 50417);
  add("13:24:40", "192.168.1.25", 22, 50420);
  lines.sort((a, b) => a.ms - b.ms);
  return `#Version: 1.5\r\n#Software: Microsoft Windows Firewall\r\n#Time Format: Local\r\n#Fields: date time action protocol src-ip dst-ip src-port dst-port size tcpflags tcpsyn tcpack tcpwin icmptype icmpcode info path\r\n\r\n${lines.map(({ text }) => text).join("\r\n")}\r\n`;
}

/** Event Viewer "Save as CSV" of the server's Security log: legacy records (Windows Server 2003 numbering), local time. */
function legacySecurity(random: Random): string {
  const rows: {
    time: ClinicTime;
    level: string;
    source: string;
    id: number;
    task: string;
    message: string;
  }[] = times(random, 150, "06:30:00", "18:30:00").map((time) => ({
    time,
    level: "Information",
    source: "Security",
    id: 538,
    task: "Logon/Logoff",
    message: `User Logoff:\n\tUser Name:\t${random.pick(staff)}\n\tDomain:\t\tCLINIC\n\tLogon ID:\t\t(0x0,0x${random.between(100000, 999999).toString(16)})\n\tLogon Type:\t3`,
  }));
  rows.push({
    time: clinicTime.at("14:10:12"),
    level: "Information",
    source: "Security",
    id: 861,
    task: "Detailed Tracking",
    message: `The Windows Firewall has detected an application listening for incoming traffic.\n\tName:\t-\n\tPath:\tC:\\Users\\JohnDoe\\AppData\\Local\\update\\helper.exe\n\tProcess identifier:\t2212\n\tUser account:\tJohnDoe\n\tUser domain:\t${desktop}\n\tService:\tNo\n\tRPC server:\tNo\n\tIP version:\tIPv4\n\tIP protocol:\tUDP\n\tPort number:\t53\n\tAllowed:\tNo\n\tUser notified:\tNo`,
  });
  rows.push({
    time: clinicTime.at("17:34:56"),
    level: "Information",
    source: "Security",
    id: 529,
    task: "Logon/Logoff",
    message: `Logon Failure:\n\tReason:\t\tUnknown user name or bad password\n\tUser Name:\tAdmin\n\tDomain:\t\t${server}\n\tLogon Type:\t2\n\tLogon Process:\tUser32\n\tAuthentication Package:\tNegotiate\n\tWorkstation Name:\t${server}`,
  });
  return eventViewerCsv(rows);
}

function eventViewerCsv(
  rows: { time: ClinicTime; level: string; source: string; id: number; task: string; message: string }[],
): string {
  const sorted = [...rows].sort((a, b) => b.time.ms - a.time.ms);
  const lines = sorted.map((row) =>
    [row.level, row.time.usLong, row.source, String(row.id), row.task, row.message].map(csvCell).join(","),
  );
  return `Level,Date and Time,Source,Event ID,Task Category\r\n${lines.join("\r\n")}\r\n`;
}

function sqlApplication(random: Random): string {
  const rows = times(random, 320, "06:30:00", "18:30:00").map((time) => ({
    time,
    level: "Information",
    source: "MSSQLSERVER",
    id: random.pick([17137, 18265, 17403]),
    task: "Server",
    message: random.pick([
      "Starting up database 'mydatabase'.",
      "Log was backed up. Database: mydatabase. This is an informational message only.",
      "Server resumed execution after being idle.",
    ]),
  }));
  rows.push({
    time: clinicTime.at("15:23:52"),
    level: "Error",
    source: "MSSQLSERVER",
    id: 823,
    task: "Server",
    message: `The operating system returned error 1117(The request could not be performed because of an I/O device error.) to SQL Server during a read at offset 0x00000000a72000 in file 'D:\\Data\\mydatabase.mdf' on ${sqlServer}.`,
  });
  return eventViewerCsv(rows);
}

/** Postfix, in syslog without year and zone; local time. */
function mailLog(random: Random): string {
  const lines: { ms: number; text: string }[] = [];
  const add = (time: ClinicTime, client: string, from: string, to: string, subjectSize: number) => {
    const id = (0x10000000 + random.between(0, 0xfffffff)).toString(16).toUpperCase();
    const stamp = (offset: number) => clinicTime.atMs(time.ms + offset * 1000).syslog;
    lines.push({ ms: time.ms, text: `${stamp(0)} mx1 postfix/smtpd[2011]: ${id}: client=${client}` });
    lines.push({
      ms: time.ms + 1000,
      text: `${stamp(1)} mx1 postfix/qmgr[1190]: ${id}: from=<${from}>, size=${subjectSize}, nrcpt=1 (queue active)`,
    });
    lines.push({
      ms: time.ms + 2000,
      text: `${stamp(2)} mx1 postfix/local[2090]: ${id}: to=<${to}>, relay=local, delay=2, delays=1/0/0/1, dsn=2.0.0, status=sent (delivered to mailbox)`,
    });
  };
  for (const time of times(random, 220, "06:30:00", "18:30:00")) {
    const sender = random.pick([
      "lab@quest-results.example",
      "billing@insurer.example",
      "news@medjournal.example",
      "appointments@partner-clinic.example",
    ]);
    add(
      time,
      `mail.${sender.split("@")[1]}[203.0.113.${random.between(2, 200)}]`,
      sender,
      `${random.pick(staff).toLowerCase()}@clinic.example`,
      random.between(2000, 90000),
    );
  }
  add(
    clinicTime.at("07:52:10"),
    "unknown[111.64.203.113]",
    "info@lndeed.com",
    "johndoe@clinic.example",
    48211,
  );
  return `${lines
    .sort((a, b) => a.ms - b.ms)
    .map(({ text }) => text)
    .join("\n")}\n`;
}

/** The external addresses that the clinic's IT handed over. */
function addressList(): string {
  const random = createRandom(117);
  const named = ["117.80.77.27", "185.106.39.198", "80.172.96.91", "111.64.203.113"];
  const others = externalPeers(random);
  return `${[...named, ...others].join("\n")}\n`;
}

/** Addresses all over the world, as a busy gateway meets them. */
export function externalPeers(random: Random): string[] {
  const blocks = [
    "5.45",
    "31.13",
    "37.120",
    "46.4",
    "77.88",
    "80.94",
    "85.214",
    "91.198",
    "103.21",
    "110.34",
    "123.125",
    "141.8",
    "151.101",
    "176.9",
    "188.40",
    "190.98",
    "196.25",
    "200.147",
    "202.12",
    "210.140",
    "8.8",
    "13.107",
    "23.52",
    "52.85",
    "104.16",
  ];
  const peers = new Set<string>();
  while (peers.size < 116)
    peers.add(`${random.pick(blocks)}.${random.between(1, 250)}.${random.between(1, 250)}`);
  return [...peers];
}
