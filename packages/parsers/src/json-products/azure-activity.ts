import type { Fields } from "@firebreak/model/event";
import { isJsonObject, type JsonObject } from "../json/parse.ts";
import { at, classify, type JsonProduct, putText, putUser, textOf, timeOf } from "../json/product.ts";
import { compileTable } from "../json/table.ts";

const map = compileTable([
  [
    "address",
    "source",
    "callerIpAddress",
    "CallerIpAddress",
    "httpRequest.clientIpAddress",
    "http_request.client_ip_address",
    "claims.ipaddr",
    "identity.claims.ipaddr",
  ],
  ["user", "user", "caller", "claims.name"],
  [
    "address",
    "client",
    "callerIpAddress",
    "CallerIpAddress",
    "httpRequest.clientIpAddress",
    "http_request.client_ip_address",
    "claims.ipaddr",
    "identity.claims.ipaddr",
  ],
  ["text", "cloud.account.id", "subscriptionId", "subscription_id"],
  ["text", "cloud.region", "location"],
  ["text", "event.id", "eventDataId", "event_data_id", "correlationId"],
  [
    "text",
    "event.provider",
    "resourceProviderName.value",
    "resource_provider_name.value",
    "resourceProviderName",
    "category.value",
    "category",
  ],
  ["text", "cloud.service.name", "resourceType.value", "resource_type.value", "resourceType"],
  ["text", "message", "description", "resultDescription", "properties.message", "properties.statusMessage"],
  ["lower", "log.level", "level"],
  // Resource logs of Key Vault, Storage and App Service tell of a request.
  ["url", "url", "uri", "properties.requestUri", "properties.CsUriStem"],
  [
    "integer",
    "http.response.status_code",
    "statusCode",
    "properties.httpStatusCode",
    "properties.ScStatus",
    "properties.responseStatusCode",
  ],
  ["text", "http.request.method", "properties.CsMethod", "properties.requestMethod", "httpRequest.method"],
  ["integer", "http.request.body.bytes", "properties.requestBodySize"],
  ["integer", "http.response.body.bytes", "properties.responseBodySize", "properties.responseSizeBytes"],
  ["text", "user.id", "properties.userId", "properties.servicePrincipalId"],
  ["integer", "http.request.bytes", "properties.CsBytes"],
  ["integer", "http.response.bytes", "properties.ScBytes"],
  [
    "text",
    "user_agent.original",
    "properties.userAgentHeader",
    "properties.clientInfo",
    "properties.UserAgent",
    "properties.userAgent",
  ],
  ["text", "url.domain", "properties.CsHost"],
  ["address", "source", "properties.CIp"],
]);

/** Azure activity log: the REST or CLI shape (`operationName.value`) and the diagnostic-settings shape (`time`, `category`). */
export const azureActivity: JsonProduct = {
  name: "azure/activity",
  title: "Azure activity log",
  recognises(record) {
    if (record.operation_name !== undefined && record.event_timestamp !== undefined) return true;
    if (record.operationName === undefined) return false;
    if (
      record.eventTimestamp !== undefined &&
      (record.resourceId ?? record.subscriptionId ?? record.eventDataId) !== undefined
    )
      return true;
    return record.resourceId !== undefined && record.time !== undefined && record.category !== undefined;
  },
  read(record, draft, context) {
    const fields = draft.fields;
    draft.time = timeOf(
      record.eventTimestamp ?? record.event_timestamp ?? record.time ?? record.submissionTimestamp,
      context,
    );
    fields["cloud.provider"] = "azure";
    if (clusterAudit(record) !== undefined) return;
    map(record, fields);
    putClaims(record, fields);
    const address = fields["user.email"];
    if (typeof address === "string") fields["user.domain"] = address.slice(address.indexOf("@") + 1);
    const operation =
      textOf(at(record, "operationName", "value") ?? at(record, "operation_name", "value")) ??
      textOf(record.operationName);
    if (operation !== undefined) {
      fields["event.code"] = operation;
      fields["event.action"] = operation;
      classify(fields, "configuration", operation.toLowerCase().endsWith("/delete") ? "deletion" : "change");
    }
    const status =
      textOf(at(record, "status", "value")) ?? textOf(record.resultType) ?? textOf(record.status);
    if (status !== undefined && /^(?:succe|accept)/i.test(status)) fields["event.outcome"] = "success";
    else if (status !== undefined && /^fail/i.test(status)) fields["event.outcome"] = "failure";
    else if (record.statusCode !== undefined)
      fields["event.outcome"] = Number(record.statusCode) < 400 ? "success" : "failure";
  },
  carries: clusterAudit,
};

/** A managed cluster's audit log is Kubernetes' own record. */
function clusterAudit(record: JsonObject): string | undefined {
  return String(record.category).startsWith("kube-audit")
    ? textOf(at(record, "properties", "log"))
    : undefined;
}

/** Claims are named by URIs: the principal's address, names and object. */
function putClaims(record: JsonObject, fields: Fields): void {
  const claims = at(record, "identity", "claims") ?? at(record, "identity", "claim") ?? record.claims;
  if (!isJsonObject(claims)) return;
  const identity = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/";
  const principal =
    textOf(claims[`${identity}upn`]) ??
    textOf(claims[`${identity}emailaddress`]) ??
    textOf(claims[`${identity}name`]);
  if (fields["user.name"] === undefined || principal?.includes("@")) putUser(fields, principal);
  putText(fields, "user.full_name", claims.name);
  putText(fields, "user.id", claims["http://schemas.microsoft.com/identity/claims/objectidentifier"]);
}
