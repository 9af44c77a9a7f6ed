import type { Fields } from "@firebreak/model/event";
import { setFile, setHash } from "../ecs/parts.ts";
import { setUrl } from "../ecs/url.ts";
import { isJsonObject, type JsonObject } from "../json/parse.ts";
import {
  classify,
  type JsonProduct,
  putAddress,
  putInteger,
  putText,
  putUser,
  textOf,
  timeOf,
} from "../json/product.ts";
import { compileTable, type Mapping } from "../json/table.ts";

/** The columns of a process under one prefix of names ("InitiatingProcess", "InitiatingProcessParent", "" for the one started). */
function processOf(field: string, prefix: string, own = prefix): readonly Mapping[] {
  return [
    ["program", field, `${prefix}FolderPath`, `${prefix}FileName`],
    ["text", `${field}.name`, `${prefix}FileName`],
    ["text", `${field}.command_line`, `${own}CommandLine`],
    ["integer", `${field}.pid`, `${own}Id`],
    ["hash", `${field}.hash`, `${prefix}MD5`],
    ["hash", `${field}.hash`, `${prefix}SHA1`],
    ["hash", `${field}.hash`, `${prefix}SHA256`],
    ["text", `${field}.start`, `${own}CreationTime`],
  ];
}

const startedProcess = compileTable([
  ...processOf("process", "", "Process"),
  ...processOf("process.parent", "InitiatingProcess"),
]);
const actingProcess = compileTable([
  ...processOf("process", "InitiatingProcess"),
  ["text", "process.parent.name", "InitiatingProcessParentFileName"],
  ["integer", "process.parent.pid", "InitiatingProcessParentId"],
  ["text", "process.parent.start", "InitiatingProcessParentCreationTime"],
]);

const common = compileTable([
  ["host", "host.name", "DeviceName"],
  ["text", "host.id", "DeviceId"],
  ["text", "event.action", "ActionType", "DeliveryAction"],
  ["text", "event.id", "ReportId", "AlertId"],
  ["text", "user.name", "AccountName", "InitiatingProcessAccountName", "AccountUpn", "AccountDisplayName"],
  ["text", "user.full_name", "AccountDisplayName"],
  ["text", "user.domain", "AccountDomain", "InitiatingProcessAccountDomain"],
  ["text", "user.id", "AccountSid", "InitiatingProcessAccountSid", "AccountObjectId"],
  ["text", "user.email", "AccountUpn", "InitiatingProcessAccountUpn"],
  ["lower", "network.transport", "Protocol"],
  ["text", "registry.path", "RegistryKey"],
  ["text", "registry.value", "RegistryValueName"],
  ["text", "registry.data.type", "RegistryValueType"],
  ["list", "registry.data.strings", "RegistryValueData"],
  ["text", "event.reason", "FailureReason"],
  ["text", "user_agent.original", "UserAgent"],
  ["text", "source.geo.country_iso_code", "CountryCode"],
  ["text", "source.geo.city_name", "City"],
  ["list", "email.from.address", "SenderFromAddress", "SenderMailFromAddress"],
  ["list", "email.to.address", "RecipientEmailAddress"],
  ["text", "email.subject", "Subject"],
  ["text", "email.message_id", "InternetMessageId"],
  ["text", "email.local_id", "NetworkMessageId"],
  ["lower", "email.direction", "EmailDirection"],
  ["text", "rule.name", "Title"],
  ["text", "rule.category", "Category"],
]);

/** Microsoft Defender XDR advanced hunting tables, bare or in the streaming envelope (`properties`). UTC. */
export const defenderHunting: JsonProduct = {
  name: "endpoint/defender",
  title: "Microsoft Defender advanced hunting",
  recognises(record) {
    if (typeof record.category === "string" && record.category.startsWith("AdvancedHunting-")) return true;
    const inner = isJsonObject(record.properties) ? record.properties : record;
    return (
      inner.ActionType !== undefined &&
      (inner.DeviceName ?? inner.AccountUpn ?? inner.NetworkMessageId) !== undefined
    );
  },
  read(record, draft, context) {
    const row = isJsonObject(record.properties) ? record.properties : record;
    const fields = draft.fields;
    draft.time = timeOf(row.Timestamp ?? record.time ?? row.TimeGenerated, context);
    common(row, fields);
    if (fields["network.transport"] === "ntlm" || fields["network.transport"] === "kerberos")
      fields["network.protocol"] = fields["network.transport"];
    if (!/^(?:tcp|udp|icmp)$/.test(String(fields["network.transport"]))) delete fields["network.transport"];
    const action = textOf(row.ActionType) ?? "";
    const isStart =
      /^ProcessCreated$|^OpenProcess/.test(action) || String(record.category).endsWith("DeviceProcessEvents");
    (isStart ? startedProcess : actingProcess)(row, fields);
    if (!isStart) putFile(row, fields);
    putAddresses(row, fields, action);
    putRegistry(fields);
    classifyAction(fields, action, textOf(record.category) ?? "");
  },
};

/** "HKEY_LOCAL_MACHINE\\SOFTWARE\\Run" as hive and key; the path holds the value's name as well. */
function putRegistry(fields: Fields): void {
  const path = fields["registry.path"];
  if (typeof path !== "string") return;
  const slash = path.indexOf("\\");
  if (slash > 0) {
    fields["registry.hive"] = path.slice(0, slash);
    fields["registry.key"] = path.slice(slash + 1);
  }
  const value = fields["registry.value"];
  if (typeof value === "string") fields["registry.path"] = `${path}\\${value}`;
}

function putFile(row: JsonObject, fields: Fields): void {
  const name = textOf(row.FileName) ?? (row.ObjectType === "File" ? textOf(row.ObjectName) : undefined);
  const folder = textOf(row.FolderPath);
  if (folder !== undefined) setFile(fields, "file", folder);
  if (name !== undefined) setFile(fields, "file", name);
  for (const hash of [row.MD5, row.SHA1, row.SHA256]) {
    const text = textOf(hash);
    if (text !== undefined) setHash(fields, "file.hash", text);
  }
  putInteger(fields, "file.size", row.FileSize);
}

/** The machine is the source of its connections; somebody else of those that come in and of sign-ins. */
function putAddresses(row: JsonObject, fields: Fields, action: string): void {
  const isInbound = /^Inbound|^Logon|^LogonFailed|Accept/.test(action);
  const local = isInbound ? "destination" : "source";
  const remote = isInbound ? "source" : "destination";
  putAddress(fields, local, row.LocalIP);
  putInteger(fields, `${local}.port`, row.LocalPort);
  putAddress(fields, remote, row.RemoteIP);
  putInteger(fields, `${remote}.port`, row.RemotePort);
  putText(fields, "source.domain", isInbound ? row.RemoteDeviceName : undefined);
  putAddress(fields, "source", row.IPAddress ?? row.SenderIPv4 ?? row.SenderIPv6);
  putInteger(fields, "source.port", row.Port);
  putAddress(fields, "destination", row.DestinationIPAddress);
  putInteger(fields, "destination.port", row.DestinationPort);
  putText(fields, "destination.domain", row.DestinationDeviceName);
  const url = textOf(row.RemoteUrl) ?? textOf(row.Url) ?? textOf(row.FileOriginUrl);
  if (url === undefined) return;
  if (url.includes("/")) setUrl(fields, url);
  else {
    fields["url.domain"] = url;
    if (!isInbound) fields["destination.domain"] ??= url;
  }
}

function classifyAction(fields: Fields, action: string, table: string): void {
  if (/^Process/.test(action)) classify(fields, "process", "start");
  else if (/^Connection|^Inbound|^Network|^Listening|^Http|^Dns/.test(action)) {
    classify(fields, "network", "connection");
    if (/Inbound/.test(action)) fields["network.direction"] = "inbound";
    if (/Failed/.test(action)) fields["event.outcome"] = "failure";
  } else if (/^File/.test(action))
    classify(
      fields,
      "file",
      action.endsWith("Deleted") ? "deletion" : action.endsWith("Created") ? "creation" : "change",
    );
  else if (/^Registry/.test(action)) classify(fields, "registry", "change");
  else if (/^ImageLoaded|DriverLoad/.test(action))
    classify(fields, action.startsWith("Driver") ? "driver" : "library", "start");
  else if (/^Logon/.test(action)) {
    classify(fields, "authentication", "start");
    fields["event.outcome"] =
      action === "LogonSuccess" ? "success" : action === "LogonFailed" ? "failure" : "unknown";
  } else if (/Email|UrlClick/.test(table)) classify(fields, "email", "info");
  else if (/AlertInfo|AlertEvidence/.test(table)) {
    fields["event.kind"] = "alert";
    classify(fields, "malware", "info");
  } else if (/^(?:Antivirus|Exploit|Asr|ControlledFolder|SmartScreen|Tampering)/.test(action))
    classify(fields, "malware", "info");
}

const alertMap = compileTable([
  [
    "text",
    "rule.name",
    "title",
    "alertDisplayName",
    "AlertTitle",
    "AlertDisplayName",
    "DisplayName",
    "AlertName",
    "properties.alertDisplayName",
  ],
  ["text", "message", "description", "Description", "properties.description"],
  ["text", "event.id", "id", "AlertId", "SystemAlertId", "alertId", "properties.systemAlertId"],
  [
    "text",
    "event.provider",
    "serviceSource",
    "detectionSource",
    "ProviderName",
    "providerName",
    "properties.vendorName",
  ],
  ["text", "rule.category", "category", "Category", "AlertType", "properties.alertType"],
  ["list", "threat.technique.id", "mitreTechniques", "Techniques"],
  [
    "host",
    "host.name",
    "computerDnsName",
    "ComputerDnsName",
    "CompromisedEntity",
    "properties.compromisedEntity",
  ],
  ["text", "host.id", "machineId", "MachineId"],
  ["text", "user.name", "relatedUser.userName", "userPrincipalName"],
  ["text", "user.domain", "relatedUser.domainName"],
]);

/** Defender for Endpoint, Defender XDR, Defender for Cloud, Sentinel and Graph security alerts. UTC. */
export const defenderAlert: JsonProduct = {
  name: "endpoint/defender-alert",
  title: "Microsoft Defender, Sentinel and Graph security alert",
  recognises(record) {
    if (
      record.SystemAlertId !== undefined &&
      (record.AlertName ?? record.DisplayName ?? record.AlertDisplayName) !== undefined
    )
      return true;
    const inner = isJsonObject(record.properties) ? record.properties : record;
    if (inner.alertDisplayName !== undefined && (inner.systemAlertId ?? inner.severity) !== undefined)
      return true;
    return (
      record.title !== undefined &&
      record.severity !== undefined &&
      (record.detectionSource ?? record.alertCreationTime ?? record.serviceSource) !== undefined
    );
  },
  read(record, draft, context) {
    const fields = draft.fields;
    const inner = isJsonObject(record.properties) ? record.properties : record;
    draft.time = timeOf(
      record.firstActivityDateTime ??
        record.firstEventTime ??
        record.alertCreationTime ??
        record.creationTime ??
        record.createdDateTime ??
        record.TimeGenerated ??
        record.StartTimeUtc ??
        inner.timeGeneratedUtc ??
        inner.startTimeUtc,
      context,
    );
    fields["event.kind"] = "alert";
    classify(fields, "malware", "info");
    alertMap(record, fields);
    const evidence = record.evidence ?? record.entities ?? record.Entities ?? inner.entities;
    if (Array.isArray(evidence))
      for (const one of evidence.slice(0, 100)) if (isJsonObject(one)) putEvidence(one, fields);
    const device = Array.isArray(record.devices) ? record.devices[0] : undefined;
    if (isJsonObject(device)) putText(fields, "host.name", device.deviceDnsName);
  },
};

const evidenceMap = compileTable([
  ["host", "host.name", "deviceDnsName", "hostName", "HostName"],
  ["text", "host.id", "mdeDeviceId", "deviceId"],
  ["text", "user.name", "userAccount.accountName", "accountName", "Name"],
  ["text", "user.domain", "userAccount.domainName", "domainName", "NTDomain"],
  ["text", "user.id", "userAccount.userSid", "userSid", "aadUserId", "Sid"],
  ["text", "user.email", "userAccount.userPrincipalName", "userPrincipalName"],
  ["text", "process.command_line", "processCommandLine", "CommandLine"],
  ["integer", "process.pid", "processId", "ProcessId"],
  ["integer", "process.parent.pid", "parentProcessId"],
  ["text", "file.name", "imageFile.fileName", "fileDetails.fileName", "fileName"],
  ["text", "file.path", "imageFile.filePath", "fileDetails.filePath", "filePath"],
  ["hash", "file.hash", "imageFile.sha1", "fileDetails.sha1", "sha1"],
  ["hash", "file.hash", "imageFile.sha256", "fileDetails.sha256", "sha256"],
  ["text", "process.parent.name", "parentProcessFileName"],
  ["url", "url", "url"],
]);

/** Each piece of evidence fills what is still open: the first device, user, process and file are the alert's. */
function putEvidence(one: JsonObject, fields: Fields): void {
  const found: Fields = {};
  evidenceMap(one, found);
  if (one.Type !== undefined && one.Type !== "account") delete found["user.name"];
  putAddress(found, "source", one.ipAddress ?? one.Address);
  for (const name in found) fields[name] ??= found[name]!;
  if (fields["user.name"] === undefined) putUser(fields, found["user.email"] as string | undefined);
}
