import { writeEvtx } from "../evtx-writer/writer.ts";
import type { ExampleFile } from "../examples/files.ts";
import { createRandom, type Random } from "../examples/random.ts";
import {
  logon,
  logonFailure,
  processCreated,
  toEvtxRecords,
  type WindowsEvent,
} from "../examples/windows.ts";
import { type FortiGate, trafficLine } from "./fortigate.ts";
import { createLines, scatter, utc } from "./lines.ts";
import { made, serviceInstalled, sysmonConnection, sysmonProcess } from "./sysmon.ts";

const from = utc("2025-10-16 05:00:00");
const to = utc("2025-10-16 16:00:00");
const domain = "BUERO";
const application = "APP1.buero.example";
const workstation = "PC-17.buero.example";
const controller = "DC.buero.example";
const at = (ms: number) => `${new Date(ms).toISOString().slice(0, -1)}0000Z`;
const evtx = (events: readonly WindowsEvent[]) => writeEvtx(toEvtxRecords(events));

/**
 * Nothing happened: an administrator's PsExec, the help desk's AnyDesk, an announced test of the defences, the scanner, the backup (of which the
 * firewall's log holds a copy), an account made by a ticket, a test virus that was stopped.
 */
export function quietDayIncident(): ExampleFile[] {
  const random = createRandom(1016);
  const traffic = firewall({ name: "FG-BUERO", offset: 2, random });
  return [
    { path: "organisation.yml", content: organisation },
    { path: "alert.json", content: alert },
    { path: "evidence/APP1/Security.evtx", content: evtx(administrator(random)) },
    { path: "evidence/APP1/System.evtx", content: evtx([remoteCommand()]) },
    { path: "evidence/PC-17/Sysmon.evtx", content: evtx(desk(random)) },
    { path: "evidence/PC-17/System.evtx", content: evtx([helpDesk()]) },
    { path: "evidence/PC-17/Defender.evtx", content: evtx([stopped()]) },
    { path: "evidence/DC/Security.evtx", content: evtx(directory(random)) },
    { path: "evidence/firewall/traffic.log", content: traffic },
    { path: "evidence/firewall/traffic.log.1", content: traffic.split("\n").slice(0, 1500).join("\n") },
  ];
}

let lastId = 0x40000;
function session(ms: number, computer: string, user: string, n: number, type = 3): WindowsEvent {
  return logon({
    time: at(ms),
    computer,
    user,
    domain,
    type,
    address: `10.12.1.${n}`,
    port: 50_000,
    workstation: `PC-${n}`,
    logonId: ++lastId,
  });
}

const staff = (random: Random, computer: string, count: number) => {
  const events: WindowsEvent[] = [];
  scatter(random, count, from, to, (ms) => {
    const n = random.between(10, 30);
    events.push(session(ms, computer, `u${n}`, n));
  });
  return events;
};

const work = utc("2025-10-16 07:10:00");

function administrator(random: Random): WindowsEvent[] {
  const command = (offset: number, image: string, line: string) =>
    processCreated({
      time: at(work + offset),
      computer: application,
      user: "adm-huber",
      domain,
      image: `C:\\Windows\\System32\\${image}`,
      parent: "C:\\Windows\\PSEXESVC.exe",
      commandLine: line,
      pid: 3000,
    });
  return [
    ...staff(random, application, 400),
    session(work, application, "adm-huber", 2),
    command(2000, "cmd.exe", '"cmd.exe" /c ipconfig /flushdns'),
    command(20_000, "gpupdate.exe", "gpupdate /force"),
  ];
}

const remoteCommand = () =>
  serviceInstalled(
    { time: at(work + 1000), computer: application },
    "PSEXESVC",
    "%SystemRoot%\\PSEXESVC.exe",
  );

const helpDesk = () =>
  serviceInstalled(
    { time: at(utc("2025-10-16 08:20:00")), computer: workstation },
    "AnyDesk",
    '"C:\\Program Files (x86)\\AnyDesk\\AnyDesk.exe" --service',
  );

const stopped = () =>
  made(
    { time: at(utc("2025-10-16 10:15:00")), computer: workstation },
    "Microsoft-Windows-Windows Defender",
    "Microsoft-Windows-Windows Defender/Operational",
    1117,
    {
      "Threat Name": "Virus:DOS/EICAR_Test_File",
      "Severity Name": "Severe",
      Path: "file:_C:\\Users\\u17\\Downloads\\eicar.com",
      "Action ID": "2",
      "Action Name": "Quarantine",
      "Error Code": "0x00000000",
      "Detection User": "BUERO\\u17",
    },
  );

function desk(random: Random): WindowsEvent[] {
  const chrome = "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe";
  const user = "BUERO\\u17";
  const events: WindowsEvent[] = [];
  const start = (ms: number, image: string, line: string, parent: string, who = user) =>
    events.push(
      sysmonProcess({ time: at(ms), computer: workstation }, { user: who, image, parent, line, pid: 4000 }),
    );
  scatter(random, 250, from, to, (ms) =>
    start(ms, chrome, "chrome.exe --type=renderer", "C:\\Windows\\explorer.exe"),
  );
  start(
    utc("2025-10-16 08:19:50"),
    "C:\\Users\\u17\\Downloads\\AnyDesk.exe",
    '"C:\\Users\\u17\\Downloads\\AnyDesk.exe"',
    "C:\\Windows\\explorer.exe",
  );
  for (const hour of ["06", "12"])
    start(
      utc(`2025-10-16 ${hour}:00:00`),
      "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe",
      'powershell.exe -NoProfile -ExecutionPolicy Bypass & "C:\\Windows\\CCM\\SystemTemp\\d.ps1"',
      "C:\\Windows\\CCM\\CcmExec.exe",
      "NT AUTHORITY\\SYSTEM",
    );
  // A browser that looks for the helpers of pages on its own machine.
  for (let i = 0; i < 60; i++)
    events.push(
      sysmonConnection(
        { time: at(utc("2025-10-16 09:00:00") + i * 300), computer: workstation },
        {
          user,
          image: chrome,
          from: "127.0.0.1",
          to: "127.0.0.1",
          port: 3000 + i * 37,
          sourcePort: 50_000 + i,
        },
      ),
    );
  return events;
}

function directory(random: Random): WindowsEvent[] {
  const by = {
    SubjectUserSid: "S-1-5-21-1-2-3-1110",
    SubjectUserName: "adm-huber",
    SubjectDomainName: domain,
    SubjectLogonId: "0x777",
    PrivilegeList: "-",
  };
  const audited = (time: string, id: number, data: Record<string, string>) =>
    made(
      { time: at(utc(`2025-10-16 ${time}`)), computer: controller },
      "Microsoft-Windows-Security-Auditing",
      "Security",
      id,
      { ...data, TargetDomainName: domain, ...by },
      0,
    );
  const failure = (ms: number, user: string, address: string, name: string) =>
    logonFailure({
      time: at(ms),
      computer: controller,
      user,
      domain,
      type: 3,
      address,
      port: 50_000,
      workstation: name,
    });
  const account = {
    TargetUserName: "svc-report",
    TargetSid: "S-1-5-21-1-2-3-1200",
    SamAccountName: "svc-report",
  };
  const member = { MemberName: "CN=svc-report,DC=buero,DC=example", MemberSid: "S-1-5-21-1-2-3-1200" };
  return [
    ...staff(random, controller, 300),
    failure(utc("2025-10-16 06:01:00"), "u14", "10.12.1.14", "PC-14"),
    failure(utc("2025-10-16 06:01:05"), "u14", "10.12.1.14", "PC-14"),
    session(utc("2025-10-16 06:01:20"), controller, "u14", 14),
    session(utc("2025-10-16 06:55:00"), controller, "adm-huber", 2, 10),
    audited("07:00:00", 4720, account),
    audited("07:00:30", 4728, {
      ...member,
      TargetUserName: "Report Readers",
      TargetSid: "S-1-5-21-1-2-3-1300",
    }),
    ...[..."abcde"].map((_, i) =>
      failure(
        utc("2025-10-16 08:00:00") + i * 1000,
        random.pick(["pentest1", "administrator"]),
        "10.12.9.9",
        "TEST",
      ),
    ),
  ];
}

function firewall(gate: FortiGate): string {
  const log = createLines();
  const { random } = gate;
  const add = (ms: number, from: string, to: string, port: number, sent: number, action = "close") =>
    log.add(ms, trafficLine(gate, ms, { from, to, port, sent, action, received: 40_000 }));
  scatter(random, 1200, from, to, (ms) =>
    add(
      ms,
      `10.12.1.${random.between(10, 30)}`,
      random.pick(["142.250.74.46", "13.107.42.14"]),
      443,
      random.between(400, 60_000),
    ),
  );
  const refused = () => (random.next() < 0.7 ? "deny" : "close");
  for (let i = 0; i < 500; i++)
    add(
      utc("2025-10-16 07:00:00") + i * 12_000,
      "10.12.9.9",
      `10.12.2.${1 + (i % 20)}`,
      random.pick([22, 80, 445, 3389, 5985]),
      60,
      refused(),
    );
  for (let i = 0; i < 600; i++)
    add(
      utc("2025-10-16 11:00:00") + i * 4000,
      "10.12.9.8",
      `10.12.1.${10 + (i % 20)}`,
      random.pick([22, 80, 445, 3389]),
      60,
      refused(),
    );
  for (let i = 0; i < 6; i++)
    add(utc("2025-10-16 05:10:00") + i * 120_000, "10.12.2.5", "81.95.96.29", 443, 700_000_000);
  return log.text();
}

const organisation = `name: Office
timeZone: Europe/Vienna
operatingCountries: [AT, CZ, US]
internalNetworks: [10.12.0.0/16]
gateways: [10.12.0.1]
domains: [buero.example]
assets:
  - { name: APP1, addresses: [10.12.2.10], role: application server }
  - { name: DC, addresses: [10.12.2.2], role: domain controller, critical: true }
  - { name: BACKUP, addresses: [10.12.2.5], role: backup server }
  - { name: SCAN, addresses: [10.12.9.8], role: vulnerability scanner }
  - { name: TEST, addresses: [10.12.9.9], role: penetration test }
  - { name: ADM-PC, addresses: [10.12.1.2], role: administrator's workstation }
  - { name: PC-17, addresses: [10.12.1.17], role: workstation }
`;

const alert = `${JSON.stringify({ id: "da637", title: "EICAR_Test_File malware was prevented", severity: "Informational", status: "New", detectionSource: "WindowsDefenderAv", category: "Malware", computerDnsName: workstation, alertCreationTime: "2025-10-16T10:15:12.4Z", evidence: [{ entityType: "File", fileName: "eicar.com" }] }, null, 2)}\n`;
