import { writeEvtx } from "../evtx-writer/writer.ts";
import type { ExampleFile } from "../examples/files.ts";
import { createRandom, type Random } from "../examples/random.ts";
import {
  logoff,
  logon,
  logonFailure,
  processCreated,
  toEvtxRecords,
  type WindowsEvent,
} from "../examples/windows.ts";
import { createLines, scatter, stampOf, syslogStamp, utc } from "./lines.ts";

const staff = ["pnovak", "jsvoboda", "ehorak", "mdvorak", "tkral"];
const domain = "URAD";
const from = utc("2024-03-20 05:00:00");
const to = utc("2024-03-20 17:00:00");

/** A town hall's ordinary Wednesday: backup, agreed vulnerability scan, a mistyped password, a monitoring agent. Europe/Prague. */
export function falseAlarmIncident(): ExampleFile[] {
  const random = createRandom(320);
  return [
    { path: "organisation.yml", content: organisation },
    { path: "alert.json", content: alert },
    {
      path: "evidence/FS01/Security.evtx",
      content: writeEvtx(toEvtxRecords(security(random, "FS01.urad.example"))),
    },
    { path: "evidence/network/fortigate.log", content: firewall(random) },
    { path: "evidence/network/squid-access.log", content: proxy(random) },
    { path: "evidence/linux/app01-auth.log", content: auth() },
  ];
}

const at = (ms: number) => `${new Date(ms).toISOString().slice(0, -1)}0000Z`;

function security(random: Random, computer: string): WindowsEvent[] {
  let last = 0x10000;
  const logonId = () => ++last;
  return [
    ...ordinarySessions(random, computer, logonId),
    ...mistypedPassword(computer, logonId),
    ...backupJob(computer, logonId),
    ...administratorsWork(computer),
  ];
}

function ordinarySessions(random: Random, computer: string, logonId: () => number): WindowsEvent[] {
  const events: WindowsEvent[] = [];
  scatter(random, 1500, from, to, (ms) => {
    const who = random.between(0, staff.length - 1);
    const session = { computer, user: staff[who]!, domain, type: 3, logonId: logonId() };
    events.push(
      logon({
        ...session,
        time: at(ms),
        address: `10.8.1.${30 + who}`,
        port: random.between(49152, 65000),
        workstation: `PC-${30 + who}`,
      }),
    );
    events.push(logoff({ ...session, time: at(ms + 4000) }));
  });
  return events;
}

/** Two typing mistakes, then the right password: his own machine, 08:03 in the morning. */
function mistypedPassword(computer: string, logonId: () => number): WindowsEvent[] {
  const events: WindowsEvent[] = [];
  const typo = utc("2024-03-20 07:03:11");
  for (const offset of [0, 6000])
    events.push(
      logonFailure({
        time: at(typo + offset),
        computer,
        user: "jsvoboda",
        domain,
        type: 3,
        address: "10.8.1.31",
        port: 50_112,
        workstation: "PC-31",
      }),
    );
  events.push(
    logon({
      time: at(typo + 14_000),
      computer,
      user: "jsvoboda",
      domain,
      type: 3,
      address: "10.8.1.31",
      port: 50_113,
      workstation: "PC-31",
      logonId: logonId(),
    }),
  );
  return events;
}

/** The backup job: scripted, with a long command line, large volume. */
function backupJob(computer: string, logonId: () => number): WindowsEvent[] {
  const events: WindowsEvent[] = [];
  events.push(
    logon({
      time: at(utc("2024-03-20 12:00:00")),
      computer,
      user: "svc-backup",
      domain,
      type: 3,
      address: "10.8.0.9",
      port: 51_000,
      workstation: "BACKUP01",
      logonId: logonId(),
    }),
  );
  for (let i = 0; i < 12; i++)
    events.push(
      processCreated({
        time: at(utc("2024-03-20 12:00:10") + i * 30_000),
        computer,
        user: "svc-backup",
        domain,
        image: "C:\\Program Files\\Veeam\\Endpoint Backup\\VeeamAgent.exe",
        parent: "C:\\Windows\\System32\\services.exe",
        commandLine: "VeeamAgent.exe -backup -job Daily",
        pid: 4000 + i,
      }),
    );
  return events;
}

/** The administrator restarts a service and looks around. */
function administratorsWork(computer: string): WindowsEvent[] {
  return ["net user", "ipconfig /all", "whoami /groups"].map((line, i) =>
    processCreated({
      time: at(utc("2024-03-20 09:30:00") + i * 20_000),
      computer,
      user: "adm-novak",
      domain,
      image: "C:\\Windows\\System32\\cmd.exe",
      parent: "C:\\Windows\\explorer.exe",
      commandLine: `cmd.exe /c ${line}`,
      pid: 6000 + i,
    }),
  );
}

function firewall(random: Random): string {
  const log = createLines();
  const add = (
    ms: number,
    from: string,
    to: string,
    port: number,
    action: string,
    sent: number,
    received: number,
  ) => {
    const { date, clock } = stampOf(ms, 1);
    log.add(
      ms,
      `date=${date} time=${clock} devname="FGT-URAD" devid="FGT60F0000000001" tz="+0100" logid="0000000013" type="traffic" subtype="forward" level="notice" vd="root" srcip=${from} srcport=${random.between(49152, 65000)} srcintf="lan" srcintfrole="lan" dstip=${to} dstport=${port} dstintf="wan1" dstintfrole="wan" sessionid=${random.between(1000, 9_999_999)} proto=6 action="${action}" policyid=4 service="HTTPS" duration=${random.between(1, 200)} sentbyte=${sent} rcvdbyte=${received}`,
    );
  };
  scatter(random, 3500, from, to, (ms) =>
    add(
      ms,
      `10.8.1.${random.between(30, 44)}`,
      random.pick(["77.75.79.222", "77.75.77.222", "52.109.8.20", "13.107.42.14", "142.250.74.46"]),
      random.pick([443, 443, 80]),
      random.next() < 0.98 ? "close" : "deny",
      random.between(400, 60_000),
      random.between(900, 900_000),
    ),
  );
  // A monitoring agent: every minute, same address, same size, on every server.
  for (let ms = from; ms < to; ms += 60_000)
    for (const server of ["10.8.0.5", "10.8.0.6", "10.8.0.9"])
      add(ms + random.between(0, 900), server, "185.28.100.10", 443, "close", 812, 540);
  // The off-site backup, agreed, to the provider: large.
  for (let i = 0; i < 6; i++)
    add(
      utc("2024-03-20 12:05:00") + i * 300_000,
      "10.8.0.9",
      "81.95.96.29",
      443,
      "close",
      900_000_000,
      90_000,
    );
  // The scanner that the profile names: many ports of many machines.
  for (let i = 0; i < 900; i++)
    add(
      utc("2024-03-20 10:00:00") + i * 700,
      "10.8.0.50",
      `10.8.1.${30 + (i % 15)}`,
      random.pick([22, 80, 135, 139, 443, 445, 3389, 5985, 8080, 1433]),
      random.next() < 0.5 ? "deny" : "close",
      60,
      40,
    );
  return log.text();
}

function proxy(random: Random): string {
  const log = createLines();
  scatter(random, 900, from, to, (ms) =>
    log.add(
      ms,
      `${(ms / 1000).toFixed(3)} ${String(random.between(20, 900)).padStart(6)} 10.8.1.${random.between(30, 44)} TCP_TUNNEL/200 ${random.between(900, 90_000)} CONNECT ${random.pick(["www.seznam.cz", "outlook.office.com", "www.czso.cz"])}:443 - HIER_DIRECT/77.75.79.222 -`,
    ),
  );
  return log.text();
}

function auth(): string {
  const log = createLines();
  const add = (ms: number, text: string) => log.add(ms, `${syslogStamp(ms, 1)} app01 ${text}`);
  for (let ms = from; ms < to; ms += 600_000)
    add(ms, "CRON[1211]: pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)");
  add(utc("2024-03-20 08:10:00"), "sshd[991]: Failed password for adm-novak from 10.8.1.30 port 50100 ssh2");
  add(
    utc("2024-03-20 08:10:09"),
    "sshd[991]: Accepted password for adm-novak from 10.8.1.30 port 50100 ssh2",
  );
  add(
    utc("2024-03-20 08:10:40"),
    "sudo: adm-novak : TTY=pts/0 ; PWD=/home/adm-novak ; USER=root ; COMMAND=/usr/bin/systemctl restart app",
  );
  // The vulnerability scanner tries its agreed account.
  for (let i = 0; i < 3; i++)
    add(
      utc("2024-03-20 10:04:00") + i * 20_000,
      "sshd[1400]: Accepted publickey for scan from 10.8.0.50 port 60100 ssh2: ED25519 SHA256:Zz81",
    );
  return log.text();
}

const organisation = `name: Town hall
timeZone: Europe/Prague
operatingCountries: [CZ, US, IE]
internalNetworks: [10.8.0.0/16]
gateways: [10.8.0.1]
domains: [urad.example]
assets:
  - { name: FS01, addresses: [10.8.0.5], role: file server, critical: true }
  - { name: app01, addresses: [10.8.0.6], role: application server }
  - { name: BACKUP01, addresses: [10.8.0.9], role: backup server }
  - { name: SCAN01, addresses: [10.8.0.50], role: vulnerability scanner }
  - { name: PC-31, addresses: [10.8.1.31], role: workstation }
`;

const alert = `${JSON.stringify({ rule: "Large outbound transfer", severity: "medium", event_time: "2024-03-20T13:05:00+01:00", source_ip: "10.8.0.9", destination_ip: "81.95.96.29", device_action: "Allowed" }, null, 2)}\n`;
