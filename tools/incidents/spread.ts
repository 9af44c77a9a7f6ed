import { writeEvtx } from "../evtx-writer/writer.ts";
import type { ExampleFile } from "../examples/files.ts";
import { createRandom } from "../examples/random.ts";
import { logon, processCreated, toEvtxRecords, type WindowsEvent } from "../examples/windows.ts";
import { scatter, utc } from "./lines.ts";
import { made, serviceInstalled, sysmonProcess } from "./sysmon.ts";

const strike = utc("2025-07-22 22:00:00");
const machine = "10.9.2.50";
const hosts = ["S1", "S2", "S3", "S4", "S5", "S6", "DC"];
const full = (host: string) => `${host}.kern.example`;
const at = (ms: number) => `${new Date(ms).toISOString().slice(0, -1)}0000Z`;

/**
 * A hash that opens every server: services that are only a command on three, WMI on the fourth, a mere sign-in on two more, then the domain
 * controller's directory. Software deployment signs in everywhere each night. Beside it, and unrelated, drawings leave on a stick.
 */
export function spreadIncident(): ExampleFile[] {
  const files: ExampleFile[] = [{ path: "organisation.yml", content: organisation }];
  for (const host of hosts) {
    files.push(log(host, "Security", security(host)));
    if (["S1", "S2", "S3"].includes(host)) files.push(log(host, "System", [hostileService(host)]));
  }
  files.push(log("LT-12", "Sysmon", drawings()), log("LT-12", "Security", [stick()]));
  return files;
}

const log = (host: string, name: string, events: readonly WindowsEvent[]): ExampleFile => ({
  path: `evidence/${host}/${name}.evtx`,
  content: writeEvtx(toEvtxRecords(events)),
});

/** When the hash was used on each. */
const used = (host: string) => (host === "DC" ? strike + 1_200_000 : strike + hosts.indexOf(host) * 50_000);

function security(host: string): WindowsEvent[] {
  const random = createRandom(722 + hosts.indexOf(host));
  const events: WindowsEvent[] = [];
  let id = 0x1000;
  const session = (ms: number, user: string, address: string, workstation: string) =>
    events.push(
      logon({
        time: at(ms),
        computer: full(host),
        user,
        domain: "KERN",
        type: 3,
        address,
        port: 50_000,
        workstation,
        logonId: ++id,
      }),
    );
  scatter(random, 80, utc("2025-07-20 05:00:00"), utc("2025-07-23 05:00:00"), (ms) => {
    const n = random.between(60, 80);
    session(ms, `u${n}`, `10.9.2.${n}`, `PC-${n}`);
  });
  for (const day of ["20", "21", "22"])
    session(
      utc(`2025-07-${day} 01:00:00`) + hosts.indexOf(host) * 20_000,
      "svc-deploy",
      "10.9.1.10",
      "DEPLOY",
    );
  const user = host === "DC" ? "da-kern" : "localadmin";
  session(used(host), user, machine, "");
  for (const [offset, line] of commands[host] ?? [])
    events.push(
      processCreated({
        time: at(used(host) + offset),
        computer: full(host),
        user,
        domain: "KERN",
        image: "C:\\Windows\\System32\\cmd.exe",
        parent: "C:\\Windows\\System32\\wbem\\WmiPrvSE.exe",
        commandLine: `cmd.exe /Q /c ${line} 1> \\\\127.0.0.1\\ADMIN$\\__1753221600.1 2>&1`,
        pid: 3000,
      }),
    );
  return events;
}

const shadow = "\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy1";
const commands: Record<string, [number, string][]> = {
  S4: [[10_000, "whoami"]],
  DC: [
    [10_000, "vssadmin create shadow /for=C:"],
    [40_000, `copy ${shadow}\\Windows\\NTDS\\ntds.dit C:\\Windows\\Temp\\n.tmp`],
  ],
};

function hostileService(host: string): WindowsEvent {
  const script = "%TEMP%\\execute.bat";
  return serviceInstalled(
    { time: at(used(host) + 2000), computer: full(host) },
    `k${host}XqLm`,
    `%COMSPEC% /Q /c echo cd ^> \\\\127.0.0.1\\C$\\__output 2^>^&1 > ${script} & %COMSPEC% /Q /c ${script} & del ${script}`,
  );
}

const plugged = utc("2025-07-22 08:10:00");
const laptop = "LT-12.kern.example";

function drawings(): WindowsEvent[] {
  const random = createRandom(12);
  const events: WindowsEvent[] = [];
  scatter(random, 150, utc("2025-07-22 05:00:00"), utc("2025-07-22 15:00:00"), (ms) =>
    events.push(
      sysmonProcess(
        { time: at(ms), computer: laptop },
        {
          user: "KERN\\tnovak",
          image: "C:\\Program Files\\Autodesk\\acad.exe",
          parent: "C:\\Windows\\explorer.exe",
          line: "acad.exe",
          pid: 900,
        },
      ),
    ),
  );
  for (let i = 0; i < 90; i++)
    events.push(
      made(
        { time: at(plugged + 60_000 + i * 2500), computer: laptop },
        "Microsoft-Windows-Sysmon",
        "Microsoft-Windows-Sysmon/Operational",
        11,
        {
          ProcessId: "3300",
          Image: "C:\\Windows\\explorer.exe",
          TargetFilename: `E:\\copy\\part-${i}.dwg`,
          User: "KERN\\tnovak",
        },
      ),
    );
  return events;
}

const stick = () =>
  made({ time: at(plugged), computer: laptop }, "Microsoft-Windows-Security-Auditing", "Security", 6416, {
    SubjectUserSid: "S-1-5-18",
    SubjectUserName: "LT-12$",
    DeviceId: "USBSTOR\\Disk&Ven_X&Prod_Y&Rev_1.00\\4C53&0",
    DeviceDescription: "X Y USB Device",
    ClassName: "DiskDrive",
  });

const organisation = `name: Foundry
timeZone: Europe/Berlin
operatingCountries: [DE]
internalNetworks: [10.9.0.0/16]
domains: [kern.example]
assets:
${hosts.map((host, i) => `  - { name: ${host}, addresses: [10.9.1.${20 + i}], role: server }`).join("\n")}
  - { name: PC-50, addresses: [${machine}], role: workstation }
  - { name: LT-12, addresses: [10.9.2.12], role: laptop }
  - { name: DEPLOY, addresses: [10.9.1.10], role: software deployment }
`;
