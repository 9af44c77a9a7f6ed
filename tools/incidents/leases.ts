import { writeEvtx } from "../evtx-writer/writer.ts";
import type { ExampleFile } from "../examples/files.ts";
import { createRandom } from "../examples/random.ts";
import { toEvtxRecords, type WindowsEvent } from "../examples/windows.ts";
import { createLines, scatter, stampOf, syslogStamp, utc } from "./lines.ts";
import { sysmonConnection, sysmonProcess } from "./sysmon.ts";

const from = utc("2025-10-25 04:00:00");
const to = utc("2025-10-27 18:00:00");
const strike = utc("2025-10-26 07:32:00");
/** The clocks were put back five hours before. */
const putBack = utc("2025-10-26 01:00:00");
const address = "10.77.3.51";
const command = "193.29.13.5";
const pc = "LAPTOP-ROSA.notar.example";
const regsvr = "C:\\Windows\\System32\\regsvr32.exe";
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const offset = (ms: number) => (ms < putBack ? 2 : 1);

/**
 * Notaries: a macro starts a library that reports home and carries data in names of the name service. By the time of the alert the lease had
 * gone to a printer, and the alert names the printer. On another machine the same lure was put away before it ran.
 */
export function leasesIncident(): ExampleFile[] {
  return [
    { path: "organisation.yml", content: organisation },
    { path: "alert.json", content: alert },
    { path: "evidence/LAPTOP-ROSA/Sysmon.evtx", content: writeEvtx(toEvtxRecords(laptop())) },
    { path: "evidence/dns/query.log", content: questions() },
    { path: "evidence/firewall/dhcpd.log", content: leases() },
    { path: "evidence/virus-scanner.csv", content: virusScanner },
  ];
}

function laptop(): WindowsEvent[] {
  const random = createRandom(331);
  const events: WindowsEvent[] = [];
  const at = (ms: number) => ({ time: new Date(ms).toISOString().replace("Z", "0000Z"), computer: pc });
  const user = "NOTAR\\rosa";
  const started = (ms: number, image: string, parent: string, line: string) =>
    events.push(sysmonProcess(at(ms), { user, image, parent, line, pid: random.between(1000, 9000) }));
  const ordinary = ["C:\\Program Files\\Mozilla Firefox\\firefox.exe", "C:\\Windows\\System32\\svchost.exe"];
  scatter(random, 250, from, to, (ms) =>
    started(ms, random.pick(ordinary), "C:\\Windows\\explorer.exe", "-"),
  );
  const excel = "C:\\Program Files\\Microsoft Office\\root\\Office16\\EXCEL.EXE";
  started(strike, regsvr, excel, "regsvr32.exe /s C:\\Users\\rosa\\AppData\\Local\\Temp\\kln.ocx");
  started(strike + 2_000_000, "C:\\Windows\\System32\\whoami.exe", regsvr, "whoami /groups");
  // The task runs a program with a /s of its own: it is made on this machine and on no other.
  started(
    strike + 1_800_000,
    "C:\\Windows\\System32\\schtasks.exe",
    regsvr,
    'schtasks /create /tn "Sync" /tr "regsvr32 /s C:\\Users\\rosa\\AppData\\Local\\kln.ocx" /sc minute /mo 30',
  );
  for (let i = 0; i < 90; i++)
    events.push(
      sysmonConnection(at(strike + 5000 + i * 120_000 + random.between(0, 9000)), {
        user,
        image: regsvr,
        from: address,
        to: command,
        port: 443,
        sourcePort: 50_000 + i,
      }),
    );
  return events;
}

function questions(): string {
  const random = createRandom(332);
  const lines = createLines();
  const ask = (ms: number, client: string, name: string, type = "A") => {
    const { date, clock } = stampOf(ms, offset(ms));
    const [year, month, day] = date.split("-");
    lines.add(
      ms,
      `${day}-${months[Number(month) - 1]}-${year} ${clock}.${String(ms % 1000).padStart(3, "0")} queries: info: client @0x7f ${client}#${random.between(30_000, 60_000)} (${name}): query: ${name} IN ${type} +E(0)K (10.77.3.3)`,
    );
  };
  const sites = ["outlook.office365.com", "www.bund.example", "d2x1.cloudfront.net"];
  scatter(random, 1500, from, to, (ms) => ask(ms, `10.77.3.${random.between(40, 70)}`, random.pick(sites)));
  const letters = [..."abcdefghijklmnopqrstuvwxyz234567"];
  const data = (length: number) => Array.from({ length }, () => random.pick(letters)).join("");
  for (let i = 0; i < 500; i++)
    ask(
      strike + 3_600_000 + i * 2200,
      address,
      `${data(50)}.${data(20)}.t.cdn-stat.example`,
      i % 3 ? "TXT" : "NULL",
    );
  return lines.text();
}

function leases(): string {
  const lines = createLines();
  const give = (ms: number, ip: string, mac: string, host: string) =>
    lines.add(
      ms,
      `${syslogStamp(ms, offset(ms))} fw dhcpd[811]: DHCPACK on ${ip} to ${mac} (${host}) via eth1`,
    );
  give(utc("2025-10-26 05:50:00"), address, "3c:52:82:11:22:33", "LAPTOP-ROSA");
  give(utc("2025-10-26 08:20:00"), address, "3c:52:82:11:22:33", "LAPTOP-ROSA");
  give(utc("2025-10-26 12:30:00"), address, "00:21:5a:aa:bb:cc", "HP-PRINTER");
  for (let i = 0; i < 9; i++)
    give(from + i * 7_000_000, `10.77.3.${40 + i}`, `00:11:22:33:44:0${i}`, `PC-${i}`);
  return lines.text();
}

const virusScanner = `Time,Computer,User,Threat Name,File Path,Action Taken,Result
2025-10-26 09:02:11,PC-7,NOTAR\\mia,Trojan:O97M/Loader,C:\\Users\\mia\\Downloads\\Mahnung_7781.xlsm,Quarantined,Success
`;

const organisation = `name: Notaries
timeZone: Europe/Berlin
operatingCountries: [DE]
internalNetworks: [10.77.3.0/24]
gateways: [10.77.3.1]
`;

const alert = `${JSON.stringify({ title: "DNS tunnelling suspected", severity: "high", time: "2025-10-26T15:10:00+01:00", source_ip: address, hostname: "HP-PRINTER", domain: "t.cdn-stat.example", action: "Allowed" }, null, 2)}\n`;
