import type { Fields } from "@firebreak/model/event";
import { cleanIp } from "../../ecs/ip.ts";
import { transports } from "../codes.ts";
import { reading, table } from "./reading.ts";
import {
  copy,
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
  const details = present(fields["winlog.event_data.Details"]);
  if (details !== undefined) {
    fields["registry.data.strings"] = details;
    fields["registry.value"] = target.slice(target.lastIndexOf("\\") + 1);
  }
}

/** QueryResults is `type:  5 name;::ffff:192.0.2.1;`: the addresses become `dns.resolved_ip`. */
function dnsAnswers(fields: Fields): void {
  const results = present(fields["winlog.event_data.QueryResults"]);
  if (results === undefined || results.length > 4096) return;
  const found: string[] = [];
  for (const part of results.split(";", 64)) {
    const address = cleanIp(part.trim());
    if (address !== undefined && !found.includes(address)) found.push(address);
  }
  if (found.length > 0) fields["dns.resolved_ip"] = found;
}

export const sysmon = table([
  [1, reading("Process Create", "process-created", "process", "start", started)],
  [2, reading("File creation time changed", "file-creation-time-changed", "file", "change", file)],
  [3, reading("Network connection detected", "connection-opened", "network", "connection start", connection)],
  [
    4,
    reading("Sysmon service state changed", "sysmon-state-changed", "process", "change", [
      copy("winlog.sysmon.state", "State"),
    ]),
  ],
  [5, reading("Process terminated", "process-exited", "process", "end", image)],
  [
    6,
    reading("Driver loaded", "driver-loaded", "driver", "start", [
      rule,
      filePath("ImageLoaded"),
      hashes("file", "Hashes"),
      copy("file.code_signature.subject_name", "Signature"),
      copy("file.code_signature.status", "SignatureStatus"),
    ]),
  ],
  [7, reading("Image loaded", "image-loaded", "library", "start", loaded)],
  [8, reading("CreateRemoteThread detected", "remote-thread-created", "process", "change", source)],
  [
    9,
    reading("RawAccessRead detected", "raw-disk-read", "process file", "access", [
      ...image,
      copy("file.path", "Device"),
    ]),
  ],
  [10, reading("Process accessed", "process-accessed", "process", "access", source)],
  [11, reading("File created", "file-created", "file", "creation", file)],
  [
    12,
    reading("Registry object added or deleted", "registry-key-changed", "registry", "change", [
      ...registry,
      registryEvent,
    ]),
  ],
  [13, reading("Registry value set", "registry-value-set", "registry", "change", registry)],
  [14, reading("Registry object renamed", "registry-renamed", "registry", "change", registry)],
  [
    15,
    reading("File stream created", "file-stream-created", "file", "creation", [
      ...file,
      hashes("file", "Hash"),
    ]),
  ],
  [
    16,
    reading("Sysmon config state changed", "sysmon-config-changed", "configuration", "change", [
      filePath("Configuration"),
    ]),
  ],
  [17, reading("Pipe Created", "pipe-created", "file", "creation", pipe)],
  [18, reading("Pipe Connected", "pipe-connected", "file", "access", pipe)],
  [19, reading("WmiEventFilter activity detected", "wmi-filter-changed", "configuration", "change", wmi)],
  [20, reading("WmiEventConsumer activity detected", "wmi-consumer-changed", "configuration", "change", wmi)],
  [
    21,
    reading(
      "WmiEventConsumerToFilter activity detected",
      "wmi-binding-changed",
      "configuration",
      "change",
      wmi,
    ),
  ],
  [
    22,
    reading("Dns query", "dns-queried", "network", "connection protocol", [
      ...dns,
      set("network.protocol", "dns"),
    ]),
  ],
  [23, reading("File Delete archived", "file-deleted", "file", "deletion", file)],
  [24, reading("Clipboard changed", "clipboard-changed", "host", "change", image)],
  [25, reading("Process Tampering", "process-tampered", "process", "change", image)],
  [26, reading("File Delete logged", "file-deleted", "file", "deletion", file)],
  [
    27,
    reading("File Block Executable", "executable-file-blocked", "file", "info", file, {
      outcome: "failure",
    }),
  ],
  [
    28,
    reading("File Block Shredding", "file-shredding-blocked", "file", "info", file, { outcome: "failure" }),
  ],
  [29, reading("File Executable Detected", "executable-file-created", "file", "creation", file)],
  [255, reading("Error report", "sysmon-error", "process", "info", [copy("error.message", "Description")])],
]);

const registryVerbs = new Map([
  ["createkey", "registry-key-created"],
  ["deletekey", "registry-key-deleted"],
  ["deletevalue", "registry-value-deleted"],
]);

function registryEvent(fields: Fields): void {
  const kind = String(fields["winlog.event_data.EventType"] ?? "").toLowerCase();
  const verb = registryVerbs.get(kind);
  if (verb === undefined) return;
  fields["event.action"] = verb;
  fields["event.type"] = [kind === "createkey" ? "creation" : "deletion"];
}
