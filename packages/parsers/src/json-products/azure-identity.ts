import { product } from "../json/define.ts";
import { at, textOf } from "../json/product.ts";

/** Entra ID Protection: risky users and risk detections, diagnostic settings or Microsoft Graph. UTC. */
export const entraRisk = product({
  name: "azure/identity-protection-risk",
  title: "Entra ID Protection risk event",
  recognises: (record) =>
    record.category === "UserRiskEvents" ||
    record.category === "RiskyUsers" ||
    record.category === "RiskyServicePrincipals" ||
    record.category === "ServicePrincipalRiskEvents" ||
    (record.riskEventType !== undefined &&
      record.riskLevel !== undefined &&
      record.userPrincipalName !== undefined),
  time: [
    "time",
    "properties.activityDateTime",
    "activityDateTime",
    "detectedDateTime",
    "properties.riskLastUpdatedDateTime",
  ],
  fixed: {
    "event.kind": "alert",
    "event.category": ["iam"],
    "event.type": ["info"],
    "cloud.provider": "azure",
  },
  map: [
    ["text", "event.action", "operationName", "riskEventType"],
    ["text", "event.id", "properties.id", "id"],
    ["text", "event.reason", "properties.riskDetail", "riskDetail"],
    ["text", "rule.name", "properties.riskEventType", "properties.riskType", "riskEventType"],
    ["user", "user", "properties.userPrincipalName", "userPrincipalName"],
    ["text", "user.full_name", "properties.userDisplayName", "userDisplayName"],
    ["text", "user.id", "properties.userId", "userId"],
    ["lower", "user.risk.static_level", "properties.riskLevel", "riskLevel"],
    ["address", "source", "properties.ipAddress", "ipAddress"],
    ["address", "client", "properties.ipAddress", "ipAddress"],
    ["text", "source.geo.city_name", "properties.location.city", "location.city"],
    ["text", "source.geo.region_name", "properties.location.state", "location.state"],
    [
      "text",
      "source.geo.country_iso_code",
      "properties.location.countryOrRegion",
      "location.countryOrRegion",
    ],
    ["text", "organization.id", "tenantId"],
  ],
  finish(_record, { fields }) {
    const address = fields["user.email"];
    if (typeof address === "string") fields["user.domain"] = address.slice(address.indexOf("@") + 1);
  },
});

/** Entra ID provisioning log, diagnostic settings or Microsoft Graph. UTC. */
export const entraProvisioning = product({
  name: "azure/provisioning",
  title: "Entra ID provisioning log",
  recognises: (record) =>
    record.category === "ProvisioningLogs" ||
    (record.provisioningAction !== undefined && record.sourceIdentity !== undefined),
  time: ["time", "properties.activityDateTime", "activityDateTime"],
  fixed: { "event.category": ["iam"], "event.type": ["user", "change"], "cloud.provider": "azure" },
  map: [
    ["text", "event.action", "operationName", "properties.action", "provisioningAction"],
    ["text", "event.id", "properties.id", "id"],
    [
      "text",
      "event.reason",
      "resultDescription",
      "properties.statusInfo.reason",
      "provisioningStatusInfo.status",
    ],
    [
      "text",
      "user.name",
      "properties.initiatedBy.Name",
      "properties.initiatedBy.displayName",
      "initiatedBy.displayName",
    ],
    ["text", "user.id", "properties.initiatedBy.Id", "properties.initiatedBy.id", "initiatedBy.id"],
    ["text", "user.target.name", "properties.targetIdentity.displayName", "targetIdentity.displayName"],
    ["text", "user.target.id", "properties.targetIdentity.id", "targetIdentity.id"],
    ["text", "service.name", "properties.servicePrincipal.Name", "servicePrincipal.displayName"],
    ["text", "organization.id", "tenantId"],
  ],
  finish(record, { fields }) {
    const status = textOf(record.resultType) ?? textOf(at(record, "provisioningStatusInfo", "status"));
    if (status !== undefined) fields["event.outcome"] = /^succ/i.test(status) ? "success" : "failure";
  },
});
