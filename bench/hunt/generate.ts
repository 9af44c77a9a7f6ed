/** Writes event logs that do not repeat: every record has its own command line, file, address, time and ids. */
import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { type EvtxRecordSpec, filetimeOf, writeEvtx } from "../../tools/evtx-writer/writer.ts";

const sysmon = { name: "Microsoft-Windows-Sysmon", guid: "5770385F-C22A-43E0-BF4C-06F5698FFBD9" };
const security = {
  name: "Microsoft-Windows-Security-Auditing",
  guid: "54849625-5478-4994-A5BA-3E3B0328C30D",
};
const sysmonChannel = "Microsoft-Windows-Sysmon/Operational";
const hosts = 400;
const users = 3000;
const programs = [
  "svchost",
  "chrome",
  "msedge",
  "teams",
  "outlook",
  "excel",
  "java",
  "python",
  "git",
  "node",
  "backup",
  "agent",
];
const folders = [
  "Windows\\System32",
  "Program Files\\Vendor",
  "Program Files (x86)\\Tools",
  "ProgramData\\App",
];

/** Deterministic: the same seed gives the same bytes. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

interface Place {
  readonly random: () => number;
  readonly computer: string;
  readonly at: number;
}

const pick = <T>(random: () => number, list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
const hex = (random: () => number, digits: number) =>
  Array.from({ length: Math.ceil(digits / 8) }, () =>
    Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, "0"),
  )
    .join("")
    .slice(0, digits)
    .toUpperCase();
const guid = (random: () => number) =>
  `${hex(random, 8)}-${hex(random, 4)}-${hex(random, 4)}-${hex(random, 4)}-${hex(random, 12)}`;
const user = (random: () => number) => `user${Math.floor(random() * users)}`;
const address = (random: () => number) =>
  `10.${Math.floor(random() * 256)}.${Math.floor(random() * 256)}.${Math.floor(random() * 256)}`;

function image(random: () => number): string {
  return `C:\\${pick(random, folders)}\\${hex(random, 4)}\\${pick(random, programs)}.exe`;
}

const text = (name: string, value: string) => ({ name, value });
const whole = (name: string, value: number) => ({ name, type: "uint32" as const, value });

type Content = Pick<EvtxRecordSpec, "provider" | "eventId" | "channel" | "version" | "eventData">;

/** Sysmon writes times as "2026-03-01 08:00:00.000". */
const sysmonTime = (ms: number) => new Date(ms).toISOString().replace("T", " ").slice(0, 23);

/** What Sysmon's events begin with: the process that acts. */
function actingProcess(random: () => number, at: number): NonNullable<Content["eventData"]> {
  return [
    text("RuleName", "-"),
    text("UtcTime", sysmonTime(at)),
    { name: "ProcessGuid", type: "guid", value: guid(random) },
    whole("ProcessId", Math.floor(random() * 60_000)),
  ];
}

function processCreated({ random, at }: Place): Content {
  const path = image(random);
  const parent = image(random);
  const hashes = `MD5=${hex(random, 32)},SHA256=${hex(random, 64)},IMPHASH=${hex(random, 32)}`;
  return {
    provider: sysmon,
    eventId: 1,
    channel: sysmonChannel,
    version: 5,
    eventData: [
      ...actingProcess(random, at),
      text("Image", path),
      text("FileVersion", `10.0.${Math.floor(random() * 20_000)}.${Math.floor(random() * 5000)}`),
      text("Description", "Line of business client"),
      text("Product", "Vendor Suite"),
      text("Company", "Vendor"),
      text("OriginalFileName", path.slice(path.lastIndexOf("\\") + 1)),
      text(
        "CommandLine",
        `"${path}" --session ${hex(random, 16)} --profile ${user(random)} --job ${hex(random, 8)}`,
      ),
      text("CurrentDirectory", `C:\\Users\\${user(random)}\\`),
      text("User", `CORP\\${user(random)}`),
      { name: "LogonGuid", type: "guid", value: guid(random) },
      { name: "LogonId", type: "hex64", value: BigInt(Math.floor(random() * 2 ** 32)) },
      whole("TerminalSessionId", 1),
      text("IntegrityLevel", "Medium"),
      text("Hashes", hashes),
      { name: "ParentProcessGuid", type: "guid", value: guid(random) },
      whole("ParentProcessId", Math.floor(random() * 60_000)),
      text("ParentImage", parent),
      text("ParentCommandLine", `"${parent}" -k ${hex(random, 12)}`),
      text("ParentUser", `CORP\\${user(random)}`),
    ],
  };
}

function networkConnected({ random, computer, at }: Place): Content {
  return {
    provider: sysmon,
    eventId: 3,
    channel: sysmonChannel,
    version: 5,
    eventData: [
      ...actingProcess(random, at),
      text("Image", image(random)),
      text("User", `CORP\\${user(random)}`),
      text("Protocol", "tcp"),
      { name: "Initiated", type: "bool", value: true },
      text("SourceIp", address(random)),
      text("SourceHostname", computer),
      { name: "SourcePort", type: "uint16", value: 1024 + Math.floor(random() * 60_000) },
      text("DestinationIp", address(random)),
      text("DestinationHostname", `srv${Math.floor(random() * 5000)}.corp.example`),
      { name: "DestinationPort", type: "uint16", value: 443 },
    ],
  };
}

function fileCreated({ random, at }: Place): Content {
  return {
    provider: sysmon,
    eventId: 11,
    channel: sysmonChannel,
    version: 2,
    eventData: [
      ...actingProcess(random, at),
      text("Image", image(random)),
      text("TargetFilename", `C:\\Users\\${user(random)}\\Documents\\${hex(random, 10)}.docx`),
      text("CreationUtcTime", sysmonTime(at - 5000)),
      text("User", `CORP\\${user(random)}`),
    ],
  };
}

function loggedOn({ random }: Place): Content {
  return {
    provider: security,
    eventId: 4624,
    channel: "Security",
    version: 2,
    eventData: [
      { name: "SubjectUserSid", type: "sid", value: "S-1-5-18" },
      text("SubjectUserName", `HOST${Math.floor(random() * hosts)}$`),
      text("SubjectDomainName", "CORP"),
      { name: "SubjectLogonId", type: "hex64", value: 0x3e7n },
      {
        name: "TargetUserSid",
        type: "sid",
        value: `S-1-5-21-1004336348-1177238915-682003330-${1000 + Math.floor(random() * users)}`,
      },
      text("TargetUserName", user(random)),
      text("TargetDomainName", "CORP"),
      { name: "TargetLogonId", type: "hex64", value: BigInt(Math.floor(random() * 2 ** 32)) },
      whole("LogonType", pick(random, [2, 3, 3, 3, 5, 7, 10])),
      text("LogonProcessName", "Kerberos"),
      text("AuthenticationPackageName", "Kerberos"),
      text("WorkstationName", `HOST${Math.floor(random() * hosts)}`),
      { name: "LogonGuid", type: "guid", value: guid(random) },
      { name: "ProcessId", type: "hex64", value: BigInt(Math.floor(random() * 60_000)) },
      text("ProcessName", image(random)),
      text("IpAddress", address(random)),
      text("IpPort", String(1024 + Math.floor(random() * 60_000))),
    ],
  };
}

function processAudited({ random }: Place): Content {
  const path = image(random);
  return {
    provider: security,
    eventId: 4688,
    channel: "Security",
    version: 2,
    eventData: [
      { name: "SubjectUserSid", type: "sid", value: "S-1-5-18" },
      text("SubjectUserName", user(random)),
      text("SubjectDomainName", "CORP"),
      { name: "SubjectLogonId", type: "hex64", value: BigInt(Math.floor(random() * 2 ** 32)) },
      { name: "NewProcessId", type: "hex64", value: BigInt(Math.floor(random() * 60_000)) },
      text("NewProcessName", path),
      text("TokenElevationType", "%%1936"),
      { name: "ProcessId", type: "hex64", value: BigInt(Math.floor(random() * 60_000)) },
      text("CommandLine", `"${path}" /run ${hex(random, 20)} /as ${user(random)}`),
      text("TargetUserName", "-"),
      text("ParentProcessName", image(random)),
    ],
  };
}

/** Kinds of events in the shares that a workstation's and a server's logs have them. */
const kinds = [
  processCreated,
  processCreated,
  networkConnected,
  networkConnected,
  fileCreated,
  loggedOn,
  loggedOn,
  processAudited,
];
const recordsPerRound = 2000;
const headerBytes = 4096;

/** One file in so many is a collector's, with the events of all hosts; the others are of one host each. */
const collectorEvery = 8;

/** Writes `bytes` of event logs to `dir`, a file for each `fileBytes`. Returns the number of records. */
export function generateLogs(dir: string, bytes: number, fileBytes: number): number {
  mkdirSync(dir, { recursive: true });
  const random = randomFrom(20_260_101);
  const start = filetimeOf("2026-01-01T00:00:00Z");
  let recordId = 0;
  let written = 0;
  for (let number = 0; written < bytes; number++) {
    const handle = openSync(join(dir, `host${String(number).padStart(4, "0")}.evtx`), "w");
    let size = 0;
    const isCollector = number % collectorEvery === collectorEvery - 1;
    while (size < fileBytes && written < bytes) {
      const records = Array.from({ length: recordsPerRound }, (): EvtxRecordSpec => {
        const host = isCollector ? Math.floor(random() * hosts) : number;
        const computer = `host${host}.corp.example`;
        const ticks = BigInt(recordId) * 3_000_017n;
        const at = Date.UTC(2026, 0, 1) + Number(ticks / 10_000n);
        const content = pick(random, kinds)({ random, computer, at });
        return { ...content, recordId: ++recordId, time: start + ticks, computer, processId: 4, threadId: 8 };
      });
      // Chunks stand for themselves: a round's chunks follow those of the round before.
      const log = writeEvtx(records);
      const part = size === 0 ? log : log.subarray(headerBytes);
      writeSync(handle, part);
      size += part.length;
      written += part.length;
    }
    closeSync(handle);
  }
  return recordId;
}
