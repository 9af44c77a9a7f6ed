import { type FieldValue, flatEvent, type SigmaEvent } from "../../packages/sigma/src/index.ts";
import { createRandom } from "../../tools/examples/random.ts";

export const kinds = [
  "sysmon-1",
  "sysmon-3",
  "sysmon-7",
  "sysmon-11",
  "sysmon-13",
  "4624",
  "4688",
  "4104",
] as const;
type Kind = (typeof kinds)[number];

const sysmon = "Microsoft-Windows-Sysmon/Operational";
const programs = [
  "chrome",
  "ExampleAgent",
  "Acrobat",
  "ExampleUpdater",
  "msedge",
  "ExampleSync",
  "Viewer",
  "ExampleShell",
];
const folders = [
  "C:\\Program Files\\Vendor\\App",
  "C:\\Program Files (x86)\\Example",
  "C:\\Program Files\\Example Suite",
];

export function generateEvents(kind: Kind, count: number): SigmaEvent[] {
  const { pick } = createRandom(kinds.indexOf(kind) + 1);
  const hex = (digits: number) =>
    Array.from({ length: digits }, () => pick([..."0123456789ABCDEF"])).join("");
  const program = () => `${pick(folders)}\\${pick(programs)}.exe`;
  const channel = kind.startsWith("sysmon")
    ? sysmon
    : kind === "4104"
      ? "Microsoft-Windows-PowerShell/Operational"
      : "Security";
  const eventId = Number(kind.replace("sysmon-", ""));
  const source = { product: "windows", channel, eventId };
  return Array.from({ length: count }, (_, at) => {
    const image = program();
    const user = pick(["NT AUTHORITY\\SYSTEM", "EXAMPLE\\m.keller", "EXAMPLE\\svc-backup"]);
    const data = dataOf[kind]({ image, user, program, pick, hex, at });
    const fields: Record<string, FieldValue> = { "winlog.channel": channel, "winlog.event_id": eventId };
    for (const [name, value] of Object.entries(data)) fields[`winlog.event_data.${name}`] = value;
    return flatEvent(fields, source);
  });
}

interface Parts {
  readonly image: string;
  readonly user: string;
  readonly program: () => string;
  readonly pick: <T>(list: readonly T[]) => T;
  readonly hex: (digits: number) => string;
  /** Number of the event, from 0. */
  readonly at: number;
}

const dataOf: Record<Kind, (parts: Parts) => Record<string, string>> = {
  "sysmon-1": ({ image, user, program, pick, hex, at }) => ({
    Image: image,
    CommandLine: `"${image}" --type=renderer --client-id=${hex(12)} --seq=${at}`,
    ParentImage: program(),
    ParentCommandLine: `${program()} -k netsvcs -p -s Schedule`,
    OriginalFileName: image.slice(image.lastIndexOf("\\") + 1),
    Company: "Example Corporation",
    Description: "Host process",
    Product: "Example Suite",
    User: user,
    CurrentDirectory: `${pick(folders)}\\`,
    IntegrityLevel: pick(["System", "Medium", "High"]),
    LogonId: "0x3e7",
    Hashes: `SHA256=${hex(64)},IMPHASH=${hex(32)}`,
  }),
  "sysmon-3": ({ image, user, at }) => ({
    Image: image,
    User: user,
    Protocol: "tcp",
    Initiated: "true",
    SourceIp: "192.0.2.10",
    DestinationIp: `198.51.100.${at % 250}`,
    DestinationPort: "443",
  }),
  "sysmon-7": ({ image, pick, hex, at }) => ({
    Image: image,
    ImageLoaded: `${pick(folders)}\\mod${at % 500}.dll`,
    Signed: "true",
    Signature: "Example Corporation",
    Hashes: `SHA256=${hex(64)}`,
  }),
  "sysmon-11": ({ image, user, pick, hex }) => ({
    Image: image,
    TargetFilename: `${pick(folders)}\\~tmp${hex(8)}.dat`,
    User: user,
  }),
  "sysmon-13": ({ image, user, hex }) => ({
    Image: image,
    EventType: "SetValue",
    TargetObject: `HKLM\\System\\CurrentControlSet\\Services\\bam\\State\\${hex(8)}`,
    Details: "Binary Data",
    User: user,
  }),
  "4624": ({ pick, at }) => ({
    TargetUserName: pick(["m.keller", "svc-backup", "DC01$"]),
    LogonType: pick(["3", "5", "2"]),
    IpAddress: `192.0.2.${at % 250}`,
    AuthenticationPackageName: "Kerberos",
    WorkstationName: "-",
  }),
  "4688": ({ image, program, hex }) => ({
    NewProcessName: image,
    CommandLine: `"${image}" /run ${hex(10)}`,
    ParentProcessName: program(),
    SubjectUserName: "DC01$",
    TokenElevationType: "%%1936",
  }),
  "4104": ({ hex, at }) => ({
    ScriptBlockText: `function Get-Part${at} { param($Name) Write-Output "$Name ${hex(40)}" }\n`.repeat(20),
    Path: "",
  }),
};
