import { writeEvtx } from "../evtx-writer/writer.ts";
import type { ExampleFile } from "../examples/files.ts";
import { createRandom, type Random } from "../examples/random.ts";
import { logon, processCreated, toEvtxRecords, type WindowsEvent } from "../examples/windows.ts";
import { createLines, scatter, stampOf, utc } from "./lines.ts";

const attackers = ["5.149.250.74", "92.118.36.112"];
const partners = ["194.25.10.4", "194.25.10.5", "213.61.20.8"];
const at = (ms: number) => `${new Date(ms).toISOString().slice(0, -1)}0000Z`;
const worker = "C:\\Windows\\System32\\inetsrv\\w3wp.exe";
const from = utc("2023-05-27 00:00:00");
const to = utc("2023-05-29 00:00:00");
const strike = utc("2023-05-28 03:12:10");

/** A service firm's file-transfer platform: exploited over the web, a script left behind, everything fetched. UTC logs. */
export function transferIncident(): ExampleFile[] {
  const random = createRandom(528);
  return [
    { path: "organisation.yml", content: organisation },
    { path: "alert.json", content: alert },
    { path: "evidence/MFT01/W3SVC1/u_ex230528.log", content: iis(random) },
    { path: "evidence/MFT01/ERRORLOG", content: database(random) },
    { path: "evidence/MFT01/Security.evtx", content: writeEvtx(toEvtxRecords(security(random))) },
  ];
}

/** A request as IIS writes it. */
type Request = (
  ms: number,
  ip: string,
  method: string,
  stem: string,
  query: string,
  status: number,
  bytes: number,
  agent?: string,
  user?: string,
) => void;

function iis(random: Random): string {
  const log = createLines([
    "#Software: Microsoft Internet Information Services 10.0",
    "#Version: 1.0",
    "#Date: 2023-05-27 00:00:00",
    "#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status sc-bytes cs-bytes time-taken",
  ]);
  const add: Request = (
    ms,
    ip,
    method,
    stem,
    query,
    status,
    bytes,
    agent = "Mozilla/5.0+(Windows+NT+10.0)",
    user = "-",
  ) => {
    const { date, clock } = stampOf(ms);
    log.add(
      ms,
      `${date} ${clock} 10.70.0.12 ${method} ${stem} ${query} 443 ${user} ${ip} ${agent} - ${status} 0 0 ${bytes} ${random.between(200, 4000)} ${random.between(5, 900)}`,
    );
  };
  ordinaryRequests(random, add);
  attackersRequests(random, add);
  return log.text();
}

function ordinaryRequests(random: Random, add: Request): void {
  scatter(random, 4500, from, to, (ms) =>
    add(
      ms,
      random.pick(partners),
      random.pick(["GET", "GET", "POST"]),
      random.pick([
        "/human.aspx",
        "/api/v1/folders",
        "/api/v1/files",
        "/images/logo.png",
        "/moveitisapi/moveitisapi.dll",
      ]),
      "-",
      random.next() < 0.97 ? 200 : 401,
      random.between(300, 90_000),
      "MOVEit+Automation",
    ),
  );
  // A partner that fetches its daily batch: many files, every night.
  for (const day of ["2023-05-27", "2023-05-28"])
    for (let i = 0; i < 120; i++)
      add(
        utc(`${day} 01:00:00`) + i * 2000,
        partners[2]!,
        "GET",
        `/api/v1/files/${5000 + i}/download`,
        "-",
        200,
        random.between(20_000, 90_000),
        "MOVEit+Automation",
        "partner3",
      );
  scatter(random, 80, from, to, (ms) =>
    add(
      ms,
      `162.142.125.${random.between(2, 250)}`,
      "GET",
      random.pick(["/", "/robots.txt", "/.env"]),
      "-",
      404,
      1200,
      "Mozilla/5.0+zgrab/0.x",
    ),
  );
}

function attackersRequests(random: Random, add: Request): void {
  const agent = "Ruby";
  add(strike, attackers[0]!, "GET", "/", "-", 200, 3200, agent);
  add(strike + 2000, attackers[0]!, "POST", "/guestaccess.aspx", "-", 200, 4200, agent);
  add(strike + 4000, attackers[0]!, "POST", "/moveitisapi/moveitisapi.dll", "action=m2", 200, 310, agent);
  add(strike + 6000, attackers[0]!, "POST", "/guestaccess.aspx", "-", 200, 4200, agent);
  add(strike + 9000, attackers[0]!, "GET", "/api/v1/token", "-", 200, 900, agent);
  add(strike + 12_000, attackers[0]!, "GET", "/api/v1/folders/965/files", "-", 200, 4100, agent);
  add(
    strike + 15_000,
    attackers[0]!,
    "PUT",
    "/api/v1/folders/965/files",
    "uploadType=resumable&fileId=1",
    500,
    900,
    agent,
  );
  add(strike + 60_000, attackers[0]!, "GET", "/human2.aspx", "-", 404, 0, agent);
  for (let i = 0; i < 40; i++)
    add(
      strike + 90_000 + i * 30_000,
      attackers[1]!,
      "GET",
      "/human2.aspx",
      "-",
      200,
      random.between(30_000_000, 90_000_000),
      agent,
    );
}

function database(random: Random): string {
  const log = createLines();
  const add = (ms: number, text: string) => {
    const { date, clock } = stampOf(ms);
    log.add(ms, `${date} ${clock}.${String(random.between(0, 99)).padStart(2, "0")} ${text}`);
  };
  scatter(random, 250, from, to, (ms) =>
    add(
      ms,
      "Backup      Log was backed up. Database: moveitdmz, creation date(time): 2021/02/01(08:11:21), first LSN: 41:200:1, last LSN: 41:210:1, number of dump devices: 1. This is an informational message only. No user action is required.",
    ),
  );
  // An application with an old password.
  for (let i = 0; i < 30; i++) {
    const ms = utc("2023-05-27 09:00:00") + i * 1_800_000;
    add(ms, "Logon       Error: 18456, Severity: 14, State: 8.");
    add(
      ms,
      "Logon       Login failed for user 'report'. Reason: Password did not match that for the login provided. [CLIENT: 10.70.0.30]",
    );
  }
  add(
    strike + 5000,
    "spid61      Configuration option 'xp_cmdshell' changed from 0 to 1. Run the RECONFIGURE statement to install.",
  );
  return log.text();
}

function security(random: Random): WindowsEvent[] {
  const events: WindowsEvent[] = [];
  const computer = "MFT01";
  scatter(random, 900, from, to, (ms) =>
    events.push(
      logon({
        time: at(ms),
        computer,
        user: "moveitsvc",
        domain: "MFT01",
        type: 5,
        logonId: random.between(0x1000, 0xfffff),
      }),
    ),
  );
  scatter(random, 200, from, to, (ms) =>
    events.push(
      processCreated({
        time: at(ms),
        computer,
        user: "MFT01$",
        domain: "WORKGROUP",
        image: "C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\csc.exe",
        parent: worker,
        commandLine: 'csc.exe /noconfig @"C:\\Windows\\Temp\\x1.cmdline"',
        pid: random.between(900, 9000),
      }),
    ),
  );
  for (const [offset, image, line] of [
    [30, "C:\\Windows\\System32\\cmd.exe", "cmd.exe /c whoami"],
    [45, "C:\\Windows\\System32\\cmd.exe", "cmd.exe /c dir C:\\MOVEitDMZ\\Files /s"],
  ] as const)
    events.push(
      processCreated({
        time: at(strike + offset * 1000),
        computer,
        user: "moveitsvc",
        domain: "MFT01",
        image,
        parent: worker,
        commandLine: line,
        pid: 3000 + offset,
      }),
    );
  return events;
}

const organisation = `name: Payroll service
timeZone: America/Chicago
operatingCountries: [US, DE]
internalNetworks: [10.70.0.0/24]
gateways: [10.70.0.1]
domains: [payroll.example]
assets:
  - { name: MFT01, addresses: [10.70.0.12], role: file transfer server, critical: true }
  - { name: APP02, addresses: [10.70.0.30], role: application server }
`;

const alert = `${JSON.stringify({ rule: "Web application attack", severity: "high", url: "https://mft.payroll.example/human2.aspx", hostname: "MFT01", device_action: "Allowed" }, null, 2)}\n`;
