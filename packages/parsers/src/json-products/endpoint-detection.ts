import type { ParseContext } from "@firebreak/model/format";
import { formatInstant } from "@firebreak/model/time";
import { cleanIp } from "../ecs/ip.ts";
import type { JsonObject } from "../json/parse.ts";
import { at, classify, type JsonProduct, type ProductDraft, textOf, timeOf } from "../json/product.ts";
import { compileTable } from "../json/table.ts";
import { dnsRecordType } from "../network/dns-types.ts";

const falconMap = compileTable([
  [
    "host",
    "host.name",
    "event.ComputerName",
    "event.Hostname",
    "event.HostnameField",
    "event.HostName",
    "ComputerName",
    "device.hostname",
  ],
  ["text", "host.id", "event.SensorId", "event.AgentIdString", "aid", "device.device_id"],
  ["address", "host", "event.LocalIP", "event.IPv4", "device.local_ip", "aip"],
  ["user", "user", "event.UserName", "event.UserId", "UserName", "user_name", "event.AccountName"],
  ["text", "host.domain", "event.MachineDomain"],
  ["text", "user.domain", "event.AccountDomain", "LogonDomain", "UserLogonDomain"],
  ["text", "user.id", "UserSid", "user_id"],
  ["program", "process", "event.FilePath", "event.ImageFileName", "ImageFileName", "filepath"],
  ["text", "process.name", "event.FileName", "FileName", "filename"],
  ["text", "process.command_line", "event.CommandLine", "CommandLine", "cmdline"],
  [
    "integer",
    "process.pid",
    "event.ProcessId",
    "event.PID",
    "RawProcessId",
    "local_process_id",
    "process_id",
  ],
  ["text", "process.entity_id", "TargetProcessId", "ContextProcessId", "process_unique_id"],
  [
    "program",
    "process.parent",
    "event.ParentImageFilePath",
    "event.ParentImageFileName",
    "ParentImageFileName",
    "parent_details.filepath",
  ],
  [
    "text",
    "process.parent.name",
    "event.ParentImageFileName",
    "ParentBaseFileName",
    "parent_details.filename",
  ],
  [
    "text",
    "process.parent.command_line",
    "event.ParentCommandLine",
    "ParentCommandLine",
    "parent_details.cmdline",
  ],
  ["integer", "process.parent.pid", "event.ParentProcessId", "parent_details.local_process_id"],
  ["text", "process.parent.entity_id", "ParentProcessId", "SourceProcessId"],
  ["hash", "process.hash", "event.MD5String", "MD5HashData", "md5"],
  ["hash", "process.hash", "event.SHA1String", "SHA1HashData", "sha1"],
  ["hash", "process.hash", "event.SHA256String", "SHA256HashData", "sha256"],
  ["hash", "file.hash", "event.MD5String", "md5"],
  ["hash", "file.hash", "event.SHA256String", "sha256"],
  ["file", "file", "TargetFileName", "event.TargetFileName"],
  ["text", "file.name", "event.FileName", "filename"],
  ["address", "destination", "RemoteAddressIP4", "RemoteAddressIP6", "event.RemoteAddress"],
  ["integer", "destination.port", "RemotePort", "RPort", "event.RemotePort"],
  [
    "address",
    "source",
    "event.UserIp",
    "event.LocalAddress",
    "event.LocalIP",
    "LocalAddressIP4",
    "LocalAddressIP6",
    "source_endpoint_address_ip4",
  ],
  ["integer", "source.port", "LocalPort", "LPort", "event.LocalPort"],
  ["text", "dns.question.name", "DomainName"],
  ["text", "registry.path", "RegObjectName"],
  ["text", "registry.value", "RegValueName"],
  ["text", "service.name", "ServiceDisplayName", "event.ServiceName"],
  ["text", "rule.name", "event.DetectName", "event.RuleName", "event.Name", "display_name"],
  ["text", "rule.id", "event.RuleId", "pattern_id", "event.DetectId"],
  ["text", "rule.ruleset", "event.RuleGroupName"],
  ["list", "threat.technique.name", "event.Technique", "technique"],
  ["list", "threat.technique.id", "event.PatternDispositionFlags.technique_id", "technique_id"],
  ["list", "threat.tactic.name", "event.Tactic", "tactic"],
  ["list", "threat.tactic.id", "tactic_id"],
  ["text", "message", "event.DetectDescription", "event.Description", "description"],
  ["integer", "event.severity", "event.Severity", "severity"],
  ["text", "event.id", "event.DetectId", "event.CompositeId", "composite_id", "id", "event.IncidentId"],
  ["text", "event.code", "event_simpleName", "metadata.eventType"],
  [
    "text",
    "event.action",
    "event_simpleName",
    "event.OperationName",
    "event.PatternDispositionDescription",
    "metadata.eventType",
  ],
  ["outcome", "event.outcome", "event.Success"],
  ["url", "url", "event.FalconHostLink", "falcon_host_link"],
]);

const transports: Record<string, string> = { 1: "icmp", 6: "tcp", 17: "udp", 58: "ipv6-icmp" };
const platforms: Record<string, string> = { Win: "windows", Lin: "linux", Mac: "macos" };

/** CrowdStrike Falcon: event stream (`metadata`, `event`), data replicator (`event_simpleName`) and detections. UTC epoch. */
export const crowdStrike: JsonProduct = {
  name: "endpoint/crowdstrike",
  title: "CrowdStrike Falcon",
  recognises(record) {
    return (
      record.event_simpleName !== undefined ||
      at(record, "metadata", "eventType") !== undefined ||
      (record.composite_id !== undefined && record.cid !== undefined)
    );
  },
  read(record, draft, context) {
    const fields = draft.fields;
    draft.time =
      timeOf(at(record, "metadata", "eventCreationTime"), context) ??
      timeOf(record.timestamp, context) ??
      timeOf(
        record.ContextTimeStamp ?? record.created_timestamp ?? at(record, "event", "UTCTimestamp"),
        context,
      );
    falconMap(record, fields);
    const code = textOf(record.event_simpleName ?? at(record, "metadata", "eventType")) ?? "";
    if (/Detection|Incident/.test(code) || record.composite_id !== undefined) {
      fields["event.kind"] = "alert";
      classify(fields, "malware", "info");
    } else {
      classifyFalcon(fields, code);
      // The sensor tells what has happened; what did not is named so.
      if (record.event_simpleName !== undefined)
        fields["event.outcome"] ??= /Fail|Error/.test(code) ? "failure" : "success";
    }
    const platform = platforms[textOf(record.event_platform) ?? ""];
    if (platform !== undefined) fields["host.os.type"] = platform;
    const transport = transports[textOf(record.Protocol ?? at(record, "event", "Protocol")) ?? ""];
    if (transport !== undefined) fields["network.transport"] = transport;
    if (/ProcessRollup/.test(code)) putStart(record, fields, context);
    completeFalcon(record, fields, code);
  },
};

function putStart(record: JsonObject, fields: ProductDraft["fields"], context: ParseContext): void {
  const start = timeOf(record.ProcessStartTime, context);
  if (start !== undefined) fields["process.start"] = formatInstant(start);
}

function completeFalcon(record: JsonObject, fields: ProductDraft["fields"], code: string): void {
  // The path of a detection is that of the folder.
  const [path, name] = [fields["process.executable"], fields["process.name"]];
  if (typeof path === "string" && typeof name === "string" && at(record, "event", "FilePath") !== undefined) {
    if (!path.toLowerCase().endsWith(name.toLowerCase()))
      fields["process.executable"] = `${path.replace(/[\\/]$/, "")}${path.includes("/") ? "/" : "\\"}${name}`;
    fields["file.path"] ??= fields["process.executable"]!;
  }
  setDirection(record, fields, code);
  const type = dnsRecordType(textOf(record.RequestType) ?? "");
  if (type !== undefined && fields["dns.question.name"] !== undefined) fields["dns.question.type"] = type;
  const answers = `${textOf(record.IP4Records) ?? ""};${textOf(record.IP6Records) ?? ""}`;
  const addresses = answers
    .split(";", 100)
    .map((one) => cleanIp(one.trim()))
    .filter((one) => one !== undefined);
  if (addresses.length > 0) fields["dns.resolved_ip"] = [...new Set(addresses)];
}

/** 1 is a connection from outside, in the sensor's events and in the firewall's; the firewall's 2 is one to the outside. */
function setDirection(record: JsonObject, fields: ProductDraft["fields"], code: string): void {
  const direction = textOf(record.ConnectionDirection ?? at(record, "event", "ConnectionDirection"));
  const isFirewall = code === "FirewallMatchEvent";
  const isInbound = code.startsWith("NetworkReceive") || direction === "1" || /Logon/.test(code);
  if (isInbound) turnAround(fields);
  if (code.startsWith("Network") && (fields["destination.ip"] ?? fields["source.ip"]) !== undefined)
    fields["network.direction"] = isInbound ? "inbound" : "outbound";
  if (!isFirewall) return;
  if (isInbound || direction === "2") fields["network.direction"] = isInbound ? "inbound" : "outbound";
  const action = textOf(at(record, "event", "RuleAction"));
  if (action === "1" || action === "2")
    fields["event.type"] = ["connection", action === "1" ? "allowed" : "denied"];
  fields["event.action"] = "firewall_match_event";
  const type = textOf(at(record, "event", "EventType"));
  if (type !== undefined) fields["event.code"] = type;
}

/** The sensor's local end is the source of what it opens, the destination of what it receives. */
function turnAround(fields: ProductDraft["fields"]): void {
  for (const part of ["ip", "port"]) {
    const [from, to] = [fields[`source.${part}`], fields[`destination.${part}`]];
    delete fields[`source.${part}`];
    delete fields[`destination.${part}`];
    if (to !== undefined) fields[`source.${part}`] = to;
    if (from !== undefined) fields[`destination.${part}`] = from;
  }
}

function classifyFalcon(fields: ProductDraft["fields"], code: string): void {
  if (/ProcessRollup|SyntheticProcess|CommandHistory/.test(code)) classify(fields, "process", "start");
  else if (/^(?:EndOfProcess|TerminateProcess)/.test(code)) classify(fields, "process", "end");
  else if (/^Network|Firewall/.test(code)) classify(fields, "network", "connection");
  else if (code === "DnsRequest" || code === "SuspiciousDnsRequest") classify(fields, "network", "protocol");
  else if (/Logoff/.test(code)) classify(fields, "authentication", "end");
  else if (/Auth|UserLogon|UserIdentity/.test(code)) {
    classify(fields, "authentication", "start");
    if (/LogonFailed/.test(code)) fields["event.outcome"] = "failure";
  } else if (/^UserActivity/.test(code)) classify(fields, "iam", "info");
  else if (/^Asep|^Reg/.test(code)) classify(fields, "registry", "change");
  else if (/Written$|^FileOpen|File(?:Create|Delete|Rename|Written)|^NewExecutable|^Directory/.test(code))
    classify(fields, "file", /Delete/.test(code) ? "deletion" : "creation");
  else if (/ImageHash|ClassifiedModule|DriverLoad/.test(code))
    classify(fields, code === "DriverLoad" ? "driver" : "library", "start");
  else if (/Service/.test(code)) classify(fields, "configuration", "change");
}

const sentinelMap = compileTable([
  [
    "host",
    "host.name",
    "agentRealtimeInfo.agentComputerName",
    "agentDetectionInfo.agentComputerName",
    "agentComputerName",
  ],
  ["text", "host.id", "agentRealtimeInfo.agentId", "agentId"],
  ["address", "host", "agentDetectionInfo.agentIpV4", "agentIp"],
  ["text", "host.domain", "agentRealtimeInfo.agentDomain", "agentDetectionInfo.agentDomain"],
  ["text", "host.os.name", "agentRealtimeInfo.agentOsName", "agentDetectionInfo.agentOsName"],
  ["lower", "host.os.type", "agentRealtimeInfo.agentOsType", "agentOsType"],
  ["user", "user", "threatInfo.processUser", "agentDetectionInfo.agentLastLoggedInUserName", "username"],
  ["text", "rule.name", "threatInfo.threatName", "threatName"],
  ["text", "rule.category", "threatInfo.classification", "classification"],
  ["file", "file", "threatInfo.filePath", "filePath"],
  ["text", "file.name", "threatInfo.fileDisplayName", "fileDisplayName"],
  ["integer", "file.size", "threatInfo.fileSize"],
  ["hash", "file.hash", "threatInfo.sha1", "fileContentHash"],
  ["hash", "file.hash", "threatInfo.sha256"],
  ["hash", "file.hash", "threatInfo.md5"],
  ["text", "process.name", "threatInfo.originatorProcess"],
  ["text", "process.command_line", "threatInfo.maliciousProcessArguments"],
  ["text", "event.id", "threatInfo.threatId", "id"],
  ["text", "event.action", "threatInfo.mitigationStatus", "mitigationStatus"],
  ["text", "message", "threatInfo.classification"],
]);

/** SentinelOne threats (management API). UTC with Z. */
export const sentinelOne: JsonProduct = {
  name: "endpoint/sentinelone",
  title: "SentinelOne threat",
  recognises(record) {
    return (
      (record.threatInfo !== undefined && record.agentRealtimeInfo !== undefined) ||
      (record.threatName !== undefined && record.agentComputerName !== undefined)
    );
  },
  read(record, draft, context) {
    const fields = draft.fields;
    draft.time = timeOf(
      at(record, "threatInfo", "createdAt") ??
        at(record, "threatInfo", "identifiedAt") ??
        record.createdAt ??
        record.createdDate,
      context,
    );
    fields["event.kind"] = "alert";
    classify(fields, "malware", "info");
    sentinelMap(record, fields);
  },
};
