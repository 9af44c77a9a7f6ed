import { writeEvtx } from "../evtx-writer/writer.ts";
import type { ExampleFile } from "../examples/files.ts";
import { createRandom, type Random } from "../examples/random.ts";
import { logon, logonFailure, toEvtxRecords, type WindowsEvent } from "../examples/windows.ts";
import { createLines, scatter, syslogStamp, utc } from "./lines.ts";

const from = utc("2025-04-10 05:00:00");
const to = utc("2025-04-10 22:00:00");
const strike = utc("2025-04-10 19:00:00");
const address = "10.21.7.30";
const server = "FS2.schule.example";
const at = (ms: number) => `${new Date(ms).toISOString().slice(0, -1)}0000Z`;
const local = (ms: number) => `${new Date(ms + 7_200_000).toISOString().slice(0, 19)}+02:00`;

/**
 * In the evening something else has the address of a printer: it looks around, guesses the account that the printer scans with, and talks to the
 * internet, which the printer never does. By day the printer signs in to the file server, and is asked for its ink.
 */
export function printerIncident(): ExampleFile[] {
  const random = createRandom(410);
  return [
    { path: "organisation.yml", content: organisation },
    { path: "evidence/FS2/Security.evtx", content: writeEvtx(toEvtxRecords(security(random))) },
    { path: "evidence/firewall/filter.log", content: firewall(random) },
    { path: "evidence/firewall/dhcpd.log", content: leases(random) },
  ];
}

function security(random: Random): WindowsEvent[] {
  const events: WindowsEvent[] = [];
  let id = 0x7000;
  const common = { computer: server, domain: "SCHULE", type: 3, port: 50_000 };
  const session = (ms: number, user: string, source: string, workstation: string) =>
    events.push(logon({ ...common, time: at(ms), user, address: source, workstation, logonId: ++id }));
  scatter(random, 300, from, to, (ms) => {
    const n = random.between(40, 60);
    session(ms, `l${n}`, `10.21.2.${n}`, `PC${n}`);
  });
  scatter(random, 60, from, strike - 7_200_000, (ms) => session(ms, "scan-user", address, "MFP-3"));
  for (let i = 0; i < 14; i++)
    events.push(
      logonFailure({
        ...common,
        time: at(strike + 600_000 + i * 4000),
        user: i % 2 ? "admin" : "scan-user",
        address,
        workstation: "KALI",
      }),
    );
  session(strike + 700_000, "scan-user", address, "KALI");
  return events;
}

/** pfSense, IPv4: the fields of a filter line that do not change are zero or empty. */
function firewall(random: Random): string {
  const log = createLines();
  const add = (ms: number, action: string, source: string, target: string, port: number) =>
    log.add(
      ms,
      `<134>1 ${local(ms)} pf filterlog 123 - - 5,,,1000000103,igb1,match,${action},in,4,0x0,,64,${random.between(1, 60_000)},0,DF,6,tcp,60,${source},${target},${random.between(30_000, 60_000)},${port},0,S,1,,64240,,mss`,
    );
  scatter(random, 1000, from, to, (ms) =>
    add(ms, "pass", `10.21.2.${random.between(40, 60)}`, random.pick(["142.250.74.46", "13.107.42.14"]), 443),
  );
  scatter(random, 100, from, to, (ms) =>
    add(ms, "pass", "10.21.1.40", `10.21.7.${random.between(20, 34)}`, 161),
  );
  for (let i = 0; i < 240; i++)
    add(
      strike + i * 900,
      random.next() < 0.8 ? "block" : "pass",
      address,
      `10.21.1.${1 + (i % 60)}`,
      [445, 3389, 22, 5985][i % 4]!,
    );
  for (let i = 0; i < 12; i++) add(strike + 1_500_000 + i * 60_000, "pass", address, "198.51.100.170", 443);
  return log.text();
}

function leases(random: Random): string {
  const log = createLines();
  const add = (ms: number, mac: string, ip: string, name: string) => {
    for (const text of [`DHCPREQUEST for ${ip} from ${mac}`, `DHCPACK on ${ip} to ${mac}`])
      log.add(ms, `${syslogStamp(ms, 2)} pf dhcpd[77]: ${text} (${name}) via igb1`);
  };
  scatter(random, 60, from, to, (ms) => {
    const n = random.between(40, 60);
    add(ms, `00:1b:21:00:00:${n}`, `10.21.2.${n}`, `PC${n}`);
  });
  for (const hour of ["06", "12"])
    add(utc(`2025-04-10 ${hour}:00:00`), "00:80:77:31:01:07", address, "MFP-3");
  add(strike - 600_000, "02:42:ac:11:00:02", address, "kali");
  return log.text();
}

const organisation = `name: School
timeZone: Europe/Berlin
operatingCountries: [DE, US]
internalNetworks: [10.21.0.0/16]
gateways: [10.21.0.1]
domains: [schule.example]
assets:
  - { name: FS2, addresses: [10.21.1.8], role: file server, critical: true }
  - { name: MFP-3, addresses: [${address}], role: printer }
`;
