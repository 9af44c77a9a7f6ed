import { at, classify, type JsonProduct, textOf, timeOf } from "../json/product.ts";
import { compileTable } from "../json/table.ts";

const huntingMap = compileTable([
  ["text", "host.name", "DeviceName", "properties.DeviceName"],
  ["text", "host.id", "DeviceId", "properties.DeviceId"],
  [
    "text",
    "user.name",
    "AccountName",
    "properties.AccountName",
    "InitiatingProcessAccountName",
    "properties.InitiatingProcessAccountName",
  ],
  ["text", "user.domain", "AccountDomain", "properties.AccountDomain"],
  ["text", "process.parent.name", "InitiatingProcessFileName", "properties.InitiatingProcessFileName"],
  [
    "text",
    "process.parent.command_line",
    "InitiatingProcessCommandLine",
    "properties.InitiatingProcessCommandLine",
  ],
  ["integer", "process.parent.pid", "InitiatingProcessId", "properties.InitiatingProcessId"],
  ["text", "process.command_line", "ProcessCommandLine", "properties.ProcessCommandLine"],
  ["integer", "process.pid", "ProcessId", "properties.ProcessId"],
  ["text", "file.name", "FileName", "properties.FileName"],
  ["text", "file.path", "FolderPath", "properties.FolderPath"],
  ["text", "file.hash.md5", "MD5", "properties.MD5"],
  ["text", "file.hash.sha1", "SHA1", "properties.SHA1"],
  ["text", "file.hash.sha256", "SHA256", "properties.SHA256"],
  ["address", "source", "LocalIP", "properties.LocalIP"],
  ["integer", "source.port", "LocalPort", "properties.LocalPort"],
  ["address", "destination", "RemoteIP", "properties.RemoteIP"],
  ["integer", "destination.port", "RemotePort", "properties.RemotePort"],
  ["text", "url.original", "RemoteUrl", "properties.RemoteUrl"],
  ["text", "registry.path", "RegistryKey", "properties.RegistryKey"],
  ["text", "registry.value", "RegistryValueName", "properties.RegistryValueName"],
  ["text", "event.action", "ActionType", "properties.ActionType"],
]);

/** Microsoft Defender for Endpoint advanced hunting tables, bare or in the streaming envelope (`properties`). UTC. */
export const defenderHunting: JsonProduct = {
  name: "endpoint/defender",
  title: "Microsoft Defender advanced hunting",
  recognises(record) {
    const inner = at(record, "properties") ?? record;
    return at(inner, "DeviceName") !== undefined && at(inner, "ActionType") !== undefined;
  },
  read(record, draft, context) {
    const fields = draft.fields;
    draft.time = timeOf(at(record, "properties", "Timestamp") ?? record.Timestamp ?? record.time, context);
    huntingMap(record, fields);
    const action = textOf(at(record, "properties", "ActionType") ?? record.ActionType) ?? "";
    if (/^Process/.test(action)) {
      classify(fields, "process", "start");
      const name = fields["file.name"];
      if (name !== undefined) fields["process.name"] = name;
      if (fields["file.path"] !== undefined) fields["process.executable"] = fields["file.path"];
    } else if (/^Connection|^Inbound|^Network|^Listening/.test(action))
      classify(fields, "network", "connection");
    else if (/^File/.test(action))
      classify(
        fields,
        "file",
        action.endsWith("Deleted") ? "deletion" : action.endsWith("Created") ? "creation" : "change",
      );
    else if (/^Registry/.test(action)) classify(fields, "registry", "change");
    else if (/^Logon/.test(action)) {
      classify(fields, "authentication", "start");
      fields["event.outcome"] = action === "LogonSuccess" ? "success" : "failure";
    }
  },
};

const defenderAlertMap = compileTable([
  ["text", "host.name", "evidence.deviceDnsName", "computerDnsName", "ComputerDnsName"],
  ["text", "rule.name", "title", "alertDisplayName", "AlertTitle"],
  ["text", "message", "description", "Description"],
  ["text", "event.id", "id", "AlertId"],
  ["text", "rule.category", "category", "Category"],
  ["text", "user.name", "userPrincipalName", "relatedUser.userName"],
]);

/** Microsoft Defender and Graph security alerts. UTC. */
export const defenderAlert: JsonProduct = {
  name: "endpoint/defender-alert",
  title: "Microsoft Defender alert",
  recognises(record) {
    return (
      record.title !== undefined &&
      record.severity !== undefined &&
      (record.detectionSource ?? record.alertCreationTime ?? record.serviceSource) !== undefined
    );
  },
  read(record, draft, context) {
    const fields = draft.fields;
    draft.time = timeOf(
      record.firstActivityDateTime ??
        record.firstEventTime ??
        record.alertCreationTime ??
        record.createdDateTime,
      context,
    );
    fields["event.kind"] = "alert";
    classify(fields, "malware", "info");
    defenderAlertMap(record, fields);
  },
};

const falconMap = compileTable([
  ["text", "host.name", "event.ComputerName", "event.Hostname", "ComputerName", "device.hostname"],
  ["address", "host", "event.LocalIP", "aip", "device.local_ip"],
  ["text", "user.name", "event.UserName", "event.UserId", "UserName", "user_name"],
  ["text", "process.name", "event.FileName", "FileName", "filename"],
  ["text", "process.executable", "event.FilePath", "ImageFileName", "filepath"],
  ["text", "process.command_line", "event.CommandLine", "CommandLine", "cmdline"],
  ["integer", "process.pid", "event.ProcessId", "RawProcessId"],
  ["text", "process.parent.name", "event.ParentImageFileName", "ParentBaseFileName"],
  ["text", "process.parent.command_line", "event.ParentCommandLine"],
  ["text", "file.hash.md5", "event.MD5String", "MD5HashData", "md5"],
  ["text", "file.hash.sha256", "event.SHA256String", "SHA256HashData", "sha256"],
  ["address", "destination", "RemoteAddressIP4", "RemoteAddressIP6"],
  ["integer", "destination.port", "RemotePort"],
  ["address", "source", "LocalAddressIP4", "event.UserIp"],
  ["integer", "source.port", "LocalPort"],
  ["text", "dns.question.name", "DomainName"],
  ["text", "rule.name", "event.DetectName", "event.Name", "name"],
  ["text", "message", "event.DetectDescription", "event.Description", "description"],
  ["integer", "event.severity", "event.Severity", "severity"],
  ["text", "event.id", "event.DetectId", "event.CompositeId", "id", "composite_id"],
  ["text", "event.code", "event_simpleName", "metadata.eventType"],
]);

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
    draft.time = timeOf(
      at(record, "metadata", "eventCreationTime") ?? record.timestamp ?? record.ContextTimeStamp,
      context,
    );
    falconMap(record, fields);
    const code = textOf(record.event_simpleName ?? at(record, "metadata", "eventType")) ?? "";
    if (/Detection|Incident/.test(code) || record.composite_id !== undefined) {
      fields["event.kind"] = "alert";
      classify(fields, "malware", "info");
    } else if (/ProcessRollup/.test(code)) classify(fields, "process", "start");
    else if (/^NetworkConnect/.test(code)) classify(fields, "network", "connection");
    else if (code === "DnsRequest") classify(fields, "network", "protocol");
    else if (/Auth|UserLogon/.test(code)) classify(fields, "authentication", "start");
    if (code !== "") fields["event.action"] = code;
  },
};

const sentinelMap = compileTable([
  [
    "text",
    "host.name",
    "agentRealtimeInfo.agentComputerName",
    "agentDetectionInfo.agentComputerName",
    "agentComputerName",
  ],
  ["address", "host", "agentDetectionInfo.agentIpV4"],
  ["text", "user.name", "threatInfo.processUser", "agentDetectionInfo.agentLastLoggedInUserName"],
  ["text", "rule.name", "threatInfo.threatName", "threatName"],
  ["text", "rule.category", "threatInfo.classification", "classification"],
  ["text", "file.path", "threatInfo.filePath", "filePath"],
  ["text", "file.hash.sha1", "threatInfo.sha1", "fileContentHash"],
  ["text", "file.hash.sha256", "threatInfo.sha256"],
  ["text", "file.hash.md5", "threatInfo.md5"],
  ["text", "process.name", "threatInfo.originatorProcess"],
  ["text", "process.command_line", "threatInfo.maliciousProcessArguments"],
  ["text", "event.id", "threatInfo.threatId", "id"],
  ["action", "event.action", "threatInfo.mitigationStatus", "mitigationStatus"],
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
