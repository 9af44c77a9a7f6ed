import { fieldBelow } from "../ecs/field-name.ts";
import { isJsonObject, type JsonObject } from "../json/parse.ts";
import { at, classify, type JsonProduct, putUser, textOf, timeOf } from "../json/product.ts";
import { compileTable } from "../json/table.ts";

const signInMap = compileTable([
  [
    "user",
    "user",
    "properties.userPrincipalName",
    "userPrincipalName",
    "properties.servicePrincipalName",
    "servicePrincipalName",
    "identity",
    "userDisplayName",
  ],
  ["text", "user.id", "properties.userId", "userId", "properties.servicePrincipalId", "servicePrincipalId"],
  ["text", "user.full_name", "properties.userDisplayName", "userDisplayName"],
  ["address", "source", "callerIpAddress", "properties.ipAddress", "ipAddress"],
  ["address", "client", "callerIpAddress", "properties.ipAddress", "ipAddress"],
  ["text", "event.action", "operationName"],
  ["text", "user_agent.name", "properties.deviceDetail.browser", "deviceDetail.browser"],
  ["text", "user_agent.os.full", "properties.deviceDetail.operatingSystem", "deviceDetail.operatingSystem"],
  ["text", "host.id", "properties.deviceDetail.deviceId", "deviceDetail.deviceId"],
  ["text", "source.geo.country_iso_code", "properties.location.countryOrRegion", "location.countryOrRegion"],
  ["text", "source.geo.city_name", "properties.location.city", "location.city"],
  ["text", "user_agent.original", "properties.userAgent", "userAgent"],
  ["text", "service.name", "properties.appDisplayName", "appDisplayName"],
  ["text", "event.id", "properties.id", "id"],
  ["text", "event.reason", "properties.status.failureReason", "status.failureReason", "resultDescription"],
  ["text", "event.code", "properties.status.errorCode", "status.errorCode", "resultType"],
  ["text", "organization.id", "tenantId"],
]);

/** Entra ID (Azure AD) sign-ins: diagnostic settings (`properties`), Microsoft Graph and portal export. UTC. */
export const entraSignIn: JsonProduct = {
  name: "azure/signin",
  title: "Entra ID sign-in log",
  recognises(record) {
    const category = record.category;
    if (typeof category === "string" && category.endsWith("SignInLogs")) return true;
    return (
      record.createdDateTime !== undefined &&
      (record.userPrincipalName !== undefined || record.servicePrincipalName !== undefined) &&
      (record.conditionalAccessStatus !== undefined || record.appDisplayName !== undefined)
    );
  },
  read(record, draft, context) {
    const fields = draft.fields;
    // Diagnostic settings state the time of what is logged outside the properties ("Azure resource log common schema").
    draft.time = timeOf(
      record.time ?? at(record, "properties", "createdDateTime") ?? record.createdDateTime,
      context,
    );
    fields["cloud.provider"] = "azure";
    classify(fields, "authentication", "start");
    fields["event.action"] = "Sign-in activity";
    signInMap(record, fields);
    putDirectory(fields, "user");
    const code = fields["event.code"];
    if (code !== undefined) fields["event.outcome"] = code === "0" ? "success" : "failure";
  },
};

const auditMap = compileTable([
  [
    "user",
    "user",
    "properties.initiatedBy.user.userPrincipalName",
    "initiatedBy.user.userPrincipalName",
    "properties.initiatedBy.app.displayName",
    "initiatedBy.app.displayName",
    "identity",
  ],
  ["text", "user.id", "properties.initiatedBy.user.id", "initiatedBy.user.id"],
  [
    "address",
    "source",
    "properties.initiatedBy.user.ipAddress",
    "initiatedBy.user.ipAddress",
    "callerIpAddress",
  ],
  ["text", "event.id", "properties.id", "id"],
  ["text", "event.provider", "properties.loggedByService", "loggedByService"],
  ["text", "event.reason", "properties.resultReason", "resultReason", "resultDescription"],
  ["text", "organization.id", "tenantId"],
]);

/** Entra ID directory audit log, in the same shapes. */
export const entraAudit: JsonProduct = {
  name: "azure/audit",
  title: "Entra ID audit log",
  recognises(record) {
    return (
      record.category === "AuditLogs" ||
      (record.activityDisplayName !== undefined && record.initiatedBy !== undefined)
    );
  },
  read(record, draft, context) {
    const fields = draft.fields;
    draft.time = timeOf(
      record.time ?? at(record, "properties", "activityDateTime") ?? record.activityDateTime,
      context,
    );
    fields["cloud.provider"] = "azure";
    classify(fields, "iam", "change");
    auditMap(record, fields);
    putDirectory(fields, "user");
    const activity =
      textOf(at(record, "properties", "activityDisplayName")) ??
      textOf(record.activityDisplayName) ??
      textOf(record.operationName);
    if (activity !== undefined) {
      fields["event.code"] = activity;
      fields["event.action"] = activity;
    }
    const result = textOf(at(record, "properties", "result")) ?? textOf(record.result);
    if (result !== undefined) fields["event.outcome"] = /^succ/i.test(result) ? "success" : "failure";
    putTargetUser(record, fields);
  },
};

/** The domain of a principal name is that of its directory. */
function putDirectory(fields: Parameters<JsonProduct["read"]>[1]["fields"], prefix: string): void {
  const address = fields[fieldBelow(prefix, "email")];
  if (typeof address === "string")
    fields[fieldBelow(prefix, "domain")] = address.slice(address.indexOf("@") + 1);
}

function putTargetUser(record: JsonObject, fields: Parameters<JsonProduct["read"]>[1]["fields"]): void {
  const targets = at(record, "properties", "targetResources") ?? record.targetResources;
  if (!Array.isArray(targets)) return;
  const user = targets.find((one) => isJsonObject(one) && one.userPrincipalName);
  const name = textOf(at(user, "userPrincipalName"));
  if (name === undefined) return;
  putUser(fields, name, "user.target");
  putDirectory(fields, "user.target");
  const id = textOf(at(user, "id"));
  if (id !== undefined) fields["user.target.id"] = id;
  const full = textOf(at(user, "displayName"));
  if (full !== undefined) fields["user.target.full_name"] = full;
}
