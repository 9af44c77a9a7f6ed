import type { Fields } from "@firebreak/model/event";
import { isJsonObject, type JsonObject } from "../json/parse.ts";
import { classify, type JsonProduct, putAddress, putText, putUser, textOf, timeOf } from "../json/product.ts";
import { compileTable } from "../json/table.ts";

const severities: Record<string, number> = {
  unspecified: 0,
  informational: 1,
  low: 2,
  medium: 3,
  high: 4,
};

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
  ["text", "event.action", "category", "Category", "AlertType", "properties.alertType"],
  ["list", "threat.technique.id", "mitreTechniques", "Techniques"],
  ["text", "event.start", "firstEventTime", "firstActivityDateTime", "firstActivity", "StartTimeUtc"],
  ["text", "event.end", "lastEventTime", "lastActivityDateTime", "lastActivity", "EndTimeUtc"],
  ["text", "cloud.account.id", "aadTenantId", "tenantId"],
  ["text", "cloud.instance.id", "machineId"],
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
    const severity = severities[(textOf(record.severity ?? record.Severity) ?? "").toLowerCase()];
    if (severity !== undefined) fields["event.severity"] = severity;
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
  ["text", "process.start", "processCreationTime"],
  ["url", "url", "url"],
]);

/** Defender XDR incidents (Microsoft Learn, "List incidents API"): each alert of one is an event. UTC. */
export const defenderIncident: JsonProduct = {
  name: "endpoint/defender-incident",
  title: "Microsoft Defender XDR incident",
  recognises: (record) => record.incidentId !== undefined && Array.isArray(record.alerts),
  split: (record) =>
    Array.isArray(record.alerts) && record.alerts.length > 0
      ? record.alerts.map((alert) =>
          isJsonObject(alert) ? { incidentName: record.incidentName ?? null, ...alert } : record,
        )
      : undefined,
  read(record, draft, context) {
    defenderAlert.read(record, draft, context);
    draft.time ??= timeOf(record.createdTime ?? record.lastUpdateTime, context);
    putText(draft.fields, "rule.name", record.title ?? record.incidentName);
    putText(draft.fields, "event.id", record.alertId ?? record.incidentId);
  },
};

/** Each piece of evidence fills what is still open: the first device, user, process and file are the alert's. */
function putEvidence(one: JsonObject, fields: Fields): void {
  const found: Fields = {};
  evidenceMap(one, found);
  if (one.Type !== undefined && one.Type !== "account") delete found["user.name"];
  putAddress(found, "source", one.ipAddress ?? one.Address);
  for (const name in found) fields[name] ??= found[name]!;
  if (fields["user.name"] === undefined) putUser(fields, found["user.email"] as string | undefined);
}
