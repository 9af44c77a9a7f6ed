import type { Fields } from "@firebreak/model/event";
import { transports } from "../codes.ts";
import { type EventReading, reading, table } from "./reading.ts";
import {
  copy,
  dnsAnswers,
  domainAccount,
  executable,
  filePath,
  hashes,
  integer,
  ip,
  look,
  port,
  present,
  type Step,
  set,
} from "./steps.ts";

/** Microsoft-Windows-Sysmon/Operational, also Linux-Sysmon. */
const rule = copy("rule.name", "RuleName");
const image: Step[] = [
  rule,
  executable("process", "Image"),
  integer("process.pid", "ProcessId"),
  copy("process.entity_id", "ProcessGuid"),
  domainAccount("user", "User"),
];
const source: Step[] = [
  rule,
  executable("process", "SourceImage"),
  integer("process.pid", "SourceProcessId"),
  copy("process.entity_id", "SourceProcessGuid", "SourceProcessGUID"),
  integer("process.thread.id", "SourceThreadId"),
  domainAccount("user", "SourceUser"),
  executable("winlog.target_process", "TargetImage"),
  integer("winlog.target_process.pid", "TargetProcessId"),
  domainAccount("user.target", "TargetUser"),
];
const started: Step[] = [
  ...image,
  copy("process.command_line", "CommandLine"),
  copy("process.working_directory", "CurrentDirectory"),
  hashes("process", "Hashes"),
  executable("process.parent", "ParentImage"),
  integer("process.parent.pid", "ParentProcessId"),
  copy("process.parent.entity_id", "ParentProcessGuid"),
  copy("process.parent.command_line", "ParentCommandLine"),
  copy("process.pe.original_file_name", "OriginalFileName"),
  copy("process.pe.company", "Company"),
  copy("process.pe.description", "Description"),
  copy("process.pe.product", "Product"),
  copy("process.pe.file_version", "FileVersion"),
  copy("winlog.logon.id", "LogonId"),
];
const loaded: Step[] = [
  ...image,
  filePath("ImageLoaded"),
  hashes("file", "Hashes"),
  copy("file.pe.original_file_name", "OriginalFileName"),
  copy("file.code_signature.subject_name", "Signature"),
  copy("file.code_signature.status", "SignatureStatus"),
];
const file: Step[] = [...image, filePath("TargetFilename"), hashes("file", "Hashes")];
const registry: Step[] = [...image, registryPath];
const pipe: Step[] = [...image, copy("file.name", "PipeName")];
const dns: Step[] = [
  ...image,
  copy("dns.question.name", "QueryName"),
  copy("dns.response_code", "QueryStatus"),
  dnsAnswers,
];
const wmi: Step[] = [rule, domainAccount("user", "User"), copy("winlog.wmi.operation", "Operation")];

const connection: Step[] = [
  ...image,
  look("network.transport", "Protocol", transports),
  ip("source.ip", "SourceIp"),
  port("source.port", "SourcePort"),
  copy("source.domain", "SourceHostname"),
  ip("destination.ip", "DestinationIp"),
  port("destination.port", "DestinationPort"),
  copy("destination.domain", "DestinationHostname"),
  // `Initiated` tells whether this machine opened the connection; the source is always the opener's side.
  look(
    "network.direction",
    "Initiated",
    new Map([
      ["true", "outbound"],
      ["false", "inbound"],
    ]),
  ),
  look(
    "network.type",
    "SourceIsIpv6",
    new Map([
      ["true", "ipv6"],
      ["false", "ipv4"],
    ]),
  ),
];

/** `HKLM\System\…\Value`: hive, key and value of a registry target. */
function registryPath(fields: Fields): void {
  const target = present(fields["winlog.event_data.TargetObject"]);
  if (target === undefined) return;
  fields["registry.path"] = target;
  const slash = target.indexOf("\\");
  if (slash > 0) {
    fields["registry.hive"] = target.slice(0, slash);
    fields["registry.key"] = target.slice(slash + 1);
  }
  fields["registry.value"] = target.slice(target.lastIndexOf("\\") + 1);
  const details = present(fields["winlog.event_data.Details"]);
  if (details !== undefined) fields["registry.data.strings"] = details;
}

/** The task of an event, as Sysmon's own manifest names it: its title, and the rule of the configuration that let it pass. */
function sysmonReading(
  title: string,
  option: string | undefined,
  category: string,
  type: string,
  steps: readonly (Step | readonly Step[])[],
  more?: { readonly outcome: "failure" },
): EventReading {
  const task = option === undefined ? title : `${title} (rule: ${option})`;
  return reading(title, task, category, type, steps, more);
}

export const sysmon = table([
  [1, sysmonReading("Process Create", "ProcessCreate", "process", "start", started)],
  [2, sysmonReading("File creation time changed", "FileCreateTime", "file", "change", file)],
  [
    3,
    sysmonReading("Network connection detected", "NetworkConnect", "network", "connection start", connection),
  ],
  [
    4,
    sysmonReading("Sysmon service state changed", undefined, "process", "change", [
      copy("winlog.sysmon.state", "State"),
    ]),
  ],
  [5, sysmonReading("Process terminated", "ProcessTerminate", "process", "end", image)],
  [
    6,
    sysmonReading("Driver loaded", "DriverLoad", "driver", "start", [
      rule,
      filePath("ImageLoaded"),
      hashes("file", "Hashes"),
      copy("file.code_signature.subject_name", "Signature"),
      copy("file.code_signature.status", "SignatureStatus"),
    ]),
  ],
  [7, sysmonReading("Image loaded", "ImageLoad", "library", "start", loaded)],
  [8, sysmonReading("CreateRemoteThread detected", "CreateRemoteThread", "process", "change", source)],
  [
    9,
    sysmonReading("RawAccessRead detected", "RawAccessRead", "process file", "access", [
      ...image,
      copy("file.path", "Device"),
    ]),
  ],
  [10, sysmonReading("Process accessed", "ProcessAccess", "process", "access", source)],
  [11, sysmonReading("File created", "FileCreate", "file", "creation", file)],
  [
    12,
    sysmonReading("Registry object added or deleted", "RegistryEvent", "registry", "change", [
      ...registry,
      registryEvent,
    ]),
  ],
  [13, sysmonReading("Registry value set", "RegistryEvent", "registry", "change", registry)],
  [14, sysmonReading("Registry object renamed", "RegistryEvent", "registry", "change", registry)],
  [
    15,
    sysmonReading("File stream created", "FileCreateStreamHash", "file", "creation", [
      ...file,
      hashes("file", "Hash"),
    ]),
  ],
  [
    16,
    sysmonReading("Sysmon config state changed", undefined, "configuration", "change", [
      filePath("Configuration"),
    ]),
  ],
  [17, sysmonReading("Pipe Created", "PipeEvent", "file", "creation", pipe)],
  [18, sysmonReading("Pipe Connected", "PipeEvent", "file", "access", pipe)],
  [19, sysmonReading("WmiEventFilter activity detected", "WmiEvent", "configuration", "change", wmi)],
  [20, sysmonReading("WmiEventConsumer activity detected", "WmiEvent", "configuration", "change", wmi)],
  [
    21,
    sysmonReading("WmiEventConsumerToFilter activity detected", "WmiEvent", "configuration", "change", wmi),
  ],
  [
    22,
    sysmonReading("Dns query", "DnsQuery", "network", "connection protocol", [
      ...dns,
      set("network.protocol", "dns"),
    ]),
  ],
  [23, sysmonReading("File Delete archived", "FileDelete", "file", "deletion", file)],
  [24, sysmonReading("Clipboard changed", "ClipboardChange", "host", "change", image)],
  [25, sysmonReading("Process Tampering", "ProcessTampering", "process", "change", image)],
  [26, sysmonReading("File Delete logged", "FileDeleteDetected", "file", "deletion", file)],
  [
    27,
    sysmonReading("File Block Executable", "FileBlockExecutable", "file", "info", file, {
      outcome: "failure",
    }),
  ],
  [
    28,
    sysmonReading("File Block Shredding", "FileBlockShredding", "file", "info", file, { outcome: "failure" }),
  ],
  [29, sysmonReading("File Executable Detected", "FileExecutableDetected", "file", "creation", file)],
  [255, sysmonReading("Error report", undefined, "process", "info", [copy("error.message", "Description")])],
]);

/** Event 12 is of three kinds. */
function registryEvent(fields: Fields): void {
  const kind = String(fields["winlog.event_data.EventType"] ?? "").toLowerCase();
  if (kind === "createkey") fields["event.type"] = ["creation"];
  else if (kind === "deletekey" || kind === "deletevalue") fields["event.type"] = ["deletion"];
}
