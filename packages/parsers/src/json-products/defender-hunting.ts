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
