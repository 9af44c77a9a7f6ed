import { writeEvtx } from "../evtx-writer/writer.ts";
import type { ExampleFile } from "../examples/files.ts";
import { createRandom } from "../examples/random.ts";
import { logoff, logon, logonFailure, toEvtxRecords, type WindowsEvent } from "../examples/windows.ts";
import { createLines, type Lines, scatter, stampOf, utc } from "./lines.ts";
import { serviceInstalled } from "./sysmon.ts";

const from = utc("2024-10-25 05:00:00");
const to = utc("2024-10-27 20:00:00");
/** In the night in which the clocks of Europe are put back. */
const strike = utc("2024-10-27 00:20:00");
const putBack = utc("2024-10-27 01:00:00");
const intruder = "91.92.241.10";
const pool = "10.8.90.55";
const drop = "45.142.212.61";
const domain = "INGE";
const server = "SRV-FS01.inge.example";
const people = ["amartin", "bruiz", "clopez", "dsanz", "evega", "fgil", "gmora", "hpons", "isoto", "jvidal"];
const pcs = people.map((user, i) => ({
  user,
  name: `PC-${String(i + 1).padStart(2, "0")}`,
  ip: `10.8.1.${20 + i}`,
}));
const system32 = "C:\\Windows\\System32\\";

/**
 * Engineers in Spain: a stolen VPN account from abroad, an administrator's password tried from its address, a desktop session on the file
 * server, PsExec, backups deleted, files encrypted. What ran is only in the export of an endpoint product, a table in local time.
 */
export function ransomwareIncident(): ExampleFile[] {
  return [
    { path: "organisation.yml", content: organisation },
    { path: "evidence/endpoint/export.csv", content: endpointExport() },
    { path: "evidence/firewall/fortigate.log", content: firewall() },
    { path: "evidence/SRV-FS01/Security.evtx", content: writeEvtx(toEvtxRecords(signIns())) },
    { path: "evidence/SRV-DC01/System.evtx", content: writeEvtx(toEvtxRecords(services())) },
  ];
}

const offset = (ms: number) => (ms < putBack ? 2 : 1);
const utcText = (ms: number) => new Date(ms).toISOString().replace("Z", "0000Z");

function endpointExport(): string {
  const random = createRandom(311);
  const lines = createLines([
    "Timestamp,Device,User,Event,Process Name,Process Path,Command Line,Parent Process,File Path",
  ]);
  const cell = (text: string) => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const add = (
    ms: number,
    device: string,
    user: string,
    event: string,
    path: string,
    rest: [string, string, string],
  ) => {
    const { date, clock } = stampOf(ms, offset(ms));
    const [year, month, day] = date.split("-");
    const name = path.split("\\").at(-1)!;
    lines.add(
      ms,
      [`${day}/${month}/${year} ${clock}`, device, user, event, name, path, ...rest].map(cell).join(","),
    );
  };
  const started = (
    ms: number,
    device: string,
    user: string,
    path: string,
    line: string,
    parent = "cmd.exe",
  ) => add(ms, device, `${domain}\\${user}`, "Process Created", path, [line, parent, ""]);
  const touched = (ms: number, device: string, user: string, event: string, path: string, file: string) =>
    add(ms, device, `${domain}\\${user}`, event, path, ["", "", file]);
  const ordinary: [string, string][] = [
    ["C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe", "chrome.exe --type=renderer"],
    ["C:\\Program Files\\Microsoft Office\\root\\Office16\\OUTLOOK.EXE", "OUTLOOK.EXE"],
    [`${system32}svchost.exe`, "svchost.exe -k netsvcs -p"],
    [`${system32}cmd.exe`, "cmd.exe /c C:\\scripts\\map.bat"],
  ];
  scatter(random, 900, from, to, (ms) => {
    const pc = random.pick(pcs);
    const [path, line] = random.pick(ordinary);
    started(ms, pc.name, pc.user, path, line, "explorer.exe");
  });
  scatter(random, 200, from, to, (ms) => {
    const pc = random.pick(pcs);
    touched(
      ms,
      pc.name,
      pc.user,
      "File Modified",
      "C:\\Program Files\\Cad\\cad.exe",
      `C:\\Users\\${pc.user}\\p${random.between(1, 900)}.dwg`,
    );
  });
  // The backup looks at shadow copies every night, and deletes none.
  started(
    utc("2024-10-25 21:00:00"),
    "SRV-BACKUP",
    "svc_backup",
    `${system32}vssadmin.exe`,
    "vssadmin list shadows",
    "agent.exe",
  );
  attack(started, touched);
  return `\uFEFF${lines.text().replaceAll("\n", "\r\n")}`;
}

type Started = (ms: number, device: string, user: string, path: string, line: string) => void;
type Touched = (ms: number, device: string, user: string, event: string, path: string, file: string) => void;

function attack(started: Started, touched: Touched): void {
  const admin = "adm_torres";
  started(strike + 930_000, "SRV-FS01", admin, `${system32}nltest.exe`, "nltest /dclist:inge.example");
  started(
    strike + 1_200_000,
    "SRV-FS01",
    admin,
    "C:\\PerfLogs\\PsExec64.exe",
    "PsExec64.exe -accepteula \\\\SRV-DC01 -s -d cmd.exe /c C:\\PerfLogs\\run.bat",
  );
  started(
    strike + 1_300_000,
    "SRV-FS01",
    admin,
    `${system32}wbem\\WMIC.exe`,
    'wmic /node:SRV-APP01 process call create "cmd.exe /c C:\\PerfLogs\\run.bat"',
  );
  for (const [i, device] of ["SRV-FS01", "SRV-APP01"].entries()) {
    const at = strike + 1_500_000 + i * 120_000;
    started(at, device, admin, `${system32}vssadmin.exe`, "vssadmin.exe Delete Shadows /All /Quiet");
    started(
      at + 5000,
      device,
      admin,
      `${system32}wbadmin.exe`,
      "wbadmin DELETE SYSTEMSTATEBACKUP -keepVersions:0",
    );
    started(at + 12_000, device, admin, `${system32}wevtutil.exe`, "wevtutil cl Security");
    for (let file = 0; file < 150; file++)
      touched(
        at + 60_000 + file * 400,
        device,
        admin,
        "File Renamed",
        "C:\\PerfLogs\\winhost.exe",
        `D:\\Proyectos\\P${file}\\memoria.docx.qvx7`,
      );
    touched(
      at + 130_000,
      device,
      admin,
      "File Created",
      "C:\\PerfLogs\\winhost.exe",
      "D:\\Proyectos\\COMO_RECUPERAR_ARCHIVOS.txt",
    );
  }
}

function firewall(): string {
  const random = createRandom(312);
  const lines = createLines();
  const head = (ms: number, id: string, kind: string) => {
    const { date, clock } = stampOf(ms, offset(ms));
    return `date=${date} time=${clock} devname="FG-INGE" eventtime=${ms}000000 tz="+0${offset(ms)}00" logid="${id}" ${kind} level="notice"`;
  };
  const traffic = (ms: number, source: string, target: string, sent: number) =>
    lines.add(
      ms,
      `${head(ms, "0000000013", 'type="traffic" subtype="forward"')} srcip=${source} srcport=${random.between(49_152, 65_000)} dstip=${target} dstport=443 proto=6 action="close" policyid=3 service="HTTPS" sentbyte=${sent} rcvdbyte=${random.between(1000, 900_000)}`,
    );
  scatter(random, 900, from, to, (ms) =>
    traffic(
      ms,
      random.pick(pcs).ip,
      random.pick(["142.250.184.14", "52.97.201.10", "151.101.1.69"]),
      random.between(800, 60_000),
    ),
  );
  tunnels(random, lines, head);
  for (let i = 0; i < 30; i++)
    traffic(strike + 1_000_000 + i * 20_000, "10.8.1.5", drop, random.between(60_000_000, 90_000_000));
  // The backup leaves every night, and is larger.
  for (const night of ["2024-10-25", "2024-10-26"])
    for (let i = 0; i < 20; i++)
      traffic(
        utc(`${night} 22:00:00`) + i * 60_000,
        "10.8.1.9",
        "52.218.0.11",
        random.between(100_000_000, 200_000_000),
      );
  return lines.text();
}

/** Sessions of the staff from home, guesses from everywhere, and the stolen one. */
function tunnels(
  random: ReturnType<typeof createRandom>,
  lines: Lines,
  head: (ms: number, id: string, kind: string) => string,
): void {
  const session = (ms: number, user: string, address: string, inside?: string) =>
    lines.add(
      ms,
      inside === undefined
        ? `${head(ms, "0101039426", 'type="event" subtype="vpn"')} logdesc="SSL VPN login fail" action="ssl-login-fail" remip=${address} user="${user}" reason="sslvpn_login_permission_denied" msg="SSL user failed to logged in"`
        : `${head(ms, "0101039424", 'type="event" subtype="vpn"')} logdesc="SSL VPN tunnel up" action="tunnel-up" tunneltype="ssl-tunnel" remip=${address} tunnelip=${inside} user="${user}" msg="SSL tunnel established"`,
    );
  scatter(random, 40, from, to, (ms) =>
    session(
      ms,
      random.pick(people),
      random.pick(["88.12.40.9", "83.44.10.201", "79.116.3.77"]),
      `10.8.90.${random.between(10, 40)}`,
    ),
  );
  scatter(random, 60, from, to, (ms) =>
    session(
      ms,
      random.pick(["admin", "test", "vpn"]),
      `185.220.${random.between(2, 200)}.${random.between(1, 250)}`,
    ),
  );
  session(strike - 60_000, "bruiz", intruder, pool);
}

function signIns(): WindowsEvent[] {
  const random = createRandom(313);
  const events: WindowsEvent[] = [];
  let id = 0x5000;
  const at = (ms: number) => ({ time: utcText(ms), computer: server, domain });
  scatter(random, 400, from, to, (ms) => {
    const { user, ip, name } = random.pick(pcs);
    const session = { user, type: 3, logonId: ++id };
    events.push(logon({ ...at(ms), ...session, address: ip, port: 50_000, workstation: name }));
    events.push(logoff({ ...at(ms + 5000), ...session }));
  });
  const admin = { user: "adm_torres", port: 50_111 };
  events.push(
    logon({
      ...at(utc("2024-10-25 07:30:00")),
      ...admin,
      type: 10,
      logonId: ++id,
      address: "10.8.1.30",
      workstation: "PC-11",
    }),
  );
  for (let i = 0; i < 4; i++)
    events.push(
      logonFailure({
        ...at(strike + 600_000 + i * 9000),
        ...admin,
        type: 3,
        address: pool,
        workstation: "DESKTOP-9KQ",
      }),
    );
  events.push(
    logon({
      ...at(strike + 720_000),
      ...admin,
      type: 10,
      logonId: ++id,
      address: pool,
      workstation: "DESKTOP-9KQ",
    }),
  );
  return events;
}

function services(): WindowsEvent[] {
  const computer = "SRV-DC01.inge.example";
  return [
    serviceInstalled(
      { time: utcText(from + 3_600_000), computer },
      "Edge Update",
      "C:\\Program Files\\Edge\\update.exe",
    ),
    serviceInstalled(
      { time: utcText(strike + 1_258_000), computer },
      "PSEXESVC",
      "%SystemRoot%\\PSEXESVC.exe",
    ),
  ];
}

const organisation = `name: Engineers
timeZone: Europe/Madrid
operatingCountries: [ES]
internalNetworks: [10.8.0.0/16]
gateways: [10.8.1.1]
domains: [inge.example]
assets:
  - { name: SRV-FS01, addresses: [10.8.1.5], role: file server, critical: true }
  - { name: SRV-DC01, addresses: [10.8.1.4], role: domain controller, critical: true }
  - { name: SRV-APP01, addresses: [10.8.1.6], role: application server }
  - { name: SRV-BACKUP, addresses: [10.8.1.9], role: backup server }
`;
