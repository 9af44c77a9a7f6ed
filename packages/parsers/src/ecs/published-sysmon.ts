import type { Fields } from "@firebreak/model/event";

/** Sysmon's events as its guide calls them; the manifest, which the store follows, calls them otherwise. */
const titles: Readonly<Record<string, string>> = {
  1: "Process creation",
  2: "A process changed a file creation time",
  3: "Network connection",
  4: "Sysmon service state changed",
  5: "Process terminated",
  6: "Driver loaded",
  7: "Image loaded",
  8: "CreateRemoteThread",
  9: "RawAccessRead",
  10: "ProcessAccess",
  11: "FileCreate",
  12: "RegistryEvent (Object create and delete)",
  13: "RegistryEvent (Value Set)",
  14: "RegistryEvent (Key and Value Rename)",
  15: "FileCreateStreamHash",
  16: "ServiceConfigurationChange",
  17: "PipeEvent (Pipe Created)",
  18: "PipeEvent (Pipe Connected)",
  19: "WmiEvent (WmiEventFilter activity detected)",
  20: "WmiEvent (WmiEventConsumer activity detected)",
  21: "WmiEvent (WmiEventConsumerToFilter activity detected)",
  22: "DNSEvent (DNS query)",
  23: "FileDelete (File Delete archived)",
  24: "ClipboardChange (New content in the clipboard)",
  25: "ProcessTampering (Process image change)",
  26: "FileDeleteDetected (File Delete logged)",
  27: "FileBlockExecutable",
  28: "FileBlockShredding",
  29: "FileExecutableDetected",
  255: "Error",
};

const utcTime = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d\.\d{3})\d*$/;

/** Sysmon tells when it saw something (UtcTime), which is a moment before the record was written: the mapping dates by it. */
export function nameSysmon(fields: Fields): void {
  const provider = fields["event.provider"];
  if (provider !== "Microsoft-Windows-Sysmon" && provider !== "Linux-Sysmon") return;
  const title = titles[String(fields["event.code"])];
  if (title !== undefined) fields["event.action"] = title;
  const seen = utcTime.exec(String(fields["winlog.event_data.UtcTime"]));
  if (seen) fields["@timestamp"] = `${seen[1]}T${seen[2]}Z`;
}
