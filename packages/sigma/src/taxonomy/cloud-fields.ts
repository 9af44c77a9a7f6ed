import type { FieldMapping } from "./types.ts";

/** Keys of a record as its vendor writes them; exports put the same record flat or under `properties`. */
function raw(...paths: string[]): string[] {
  return [...paths, ...paths.map((path) => `firebreak.raw.${path}`)];
}

function flatOrNested(...paths: string[]): string[] {
  return raw(...paths.flatMap((path) => [path, `properties.${path}`]));
}

const operation = raw("operationName.value", "operationNameValue", "operationName", "OperationNameValue");
const activity = flatOrNested("activityDisplayName", "operationName");
const result = flatOrNested("result", "status");
const category = flatOrNested("category");

const activityLogs: FieldMapping = {
  when: { product: "azure", service: "activitylogs" },
  names: {
    operationName: operation,
    OperationNameValue: operation,
    CategoryValue: raw("CategoryValue", "category.value", "category"),
    ResourceProviderValue: raw("ResourceProviderValue", "resourceProviderName.value", "resourceProvider"),
    ResourceId: raw("ResourceId", "resourceId"),
  },
};

/** SigmaHQ's rules ask for the directory's activity by half a dozen names. */
const auditLogs: FieldMapping = {
  when: { product: "azure", service: "auditlogs" },
  names: {
    "properties.message": [...raw("properties.message"), ...activity],
    ActivityDetails: activity,
    ActivityDisplayName: activity,
    ActivityType: flatOrNested("activityType", "activityDisplayName"),
    activityType: flatOrNested("activityType", "activityDisplayName"),
    OperationName: activity,
    operationName: activity,
    Category: category,
    category,
    LoggedByService: flatOrNested("loggedByService"),
    Status: result,
    "properties.result": result,
    Initiatedby: flatOrNested("initiatedBy.user.userPrincipalName", "initiatedBy.app.displayName"),
    "Initiatied.By": flatOrNested("initiatedBy.user.userPrincipalName", "initiatedBy.app.displayName"),
    "properties.initiatedBy": flatOrNested(
      "initiatedBy.user.userPrincipalName",
      "initiatedBy.app.displayName",
    ),
    Target: flatOrNested("targetResources.displayName", "targetResources.userPrincipalName"),
    TargetResources: flatOrNested("targetResources.displayName", "targetResources.userPrincipalName"),
    "properties.targetResources": flatOrNested(
      "targetResources.displayName",
      "targetResources.userPrincipalName",
    ),
    "targetResources.type": flatOrNested("targetResources.type"),
    "TargetResources.ModifiedProperties.DisplayName": flatOrNested(
      "targetResources.modifiedProperties.displayName",
    ),
    "TargetResources.ModifiedProperties.NewValue": flatOrNested(
      "targetResources.modifiedProperties.newValue",
    ),
    "TargetResources.modifiedProperties": flatOrNested("targetResources.modifiedProperties.displayName"),
    "TargetResources.modifiedProperties.newValue": flatOrNested(
      "targetResources.modifiedProperties.newValue",
    ),
  },
};

const resultType = flatOrNested("resultType", "ResultType", "status.errorCode");
const resultDescription = flatOrNested("resultDescription", "ResultDescription", "status.failureReason");

const signInLogs: FieldMapping = {
  when: { product: "azure", service: "signinlogs" },
  names: {
    ResultType: resultType,
    resultType,
    ResultDescription: resultDescription,
    Resultdescription: resultDescription,
    AuthenticationRequirement: flatOrNested("authenticationRequirement"),
    "properties.authenticationRequirement": flatOrNested("authenticationRequirement"),
    ClientApp: flatOrNested("clientAppUsed"),
    conditionalAccessStatus: flatOrNested("conditionalAccessStatus"),
    "DeviceDetail.deviceId": flatOrNested("deviceDetail.deviceId"),
    "DeviceDetail.isCompliant": flatOrNested("deviceDetail.isCompliant"),
    "DeviceDetail.trusttype": flatOrNested("deviceDetail.trustType"),
    "properties.deviceDetail.deviceId": flatOrNested("deviceDetail.deviceId"),
    location: flatOrNested("location.countryOrRegion", "location"),
    NetworkLocationDetails: flatOrNested("networkLocationDetails.networkType", "networkLocationDetails"),
    "properties.appId": flatOrNested("appId"),
    homeTenantId: flatOrNested("homeTenantId"),
    resourceTenantId: flatOrNested("resourceTenantId"),
    ResourceDisplayName: flatOrNested("resourceDisplayName"),
    RiskState: flatOrNested("riskState"),
    userAgent: [...flatOrNested("userAgent"), "user_agent.original"],
    Username: [...flatOrNested("userPrincipalName"), "user.name"],
    callerIpAddress: [...raw("callerIpAddress"), "source.ip"],
  },
};

const riskEvent: Readonly<Record<string, readonly string[]>> = {
  riskEventType: flatOrNested("riskEventType", "riskType"),
};
const risk: FieldMapping[] = ["riskdetection", "pim"].map((service) => ({
  when: { product: "azure", service },
  names: riskEvent,
}));

const microsoft365: FieldMapping = {
  when: { product: "m365" },
  names: {
    eventSource: raw("eventSource", "Workload"),
    eventName: raw("eventName", "Name", "Operation"),
    status: raw("status", "ResultStatus", "Status"),
    Payload: raw("Payload", "Data"),
  },
};

const googleCloud: FieldMapping = {
  when: { product: "gcp" },
  names: {
    "gcp.audit.method_name": ["gcp.audit.method_name", ...raw("protoPayload.methodName")],
    "data.protoPayload.methodName": raw("data.protoPayload.methodName", "protoPayload.methodName"),
    "data.protoPayload.serviceName": raw("data.protoPayload.serviceName", "protoPayload.serviceName"),
    "data.protoPayload.logName": raw("data.protoPayload.logName", "logName"),
    "data.protoPayload.resource.type": raw("data.protoPayload.resource.type", "resource.type"),
    "data.protoPayload.authorizationInfo.granted": raw("protoPayload.authorizationInfo.granted"),
    "data.protoPayload.authorizationInfo.permission": raw("protoPayload.authorizationInfo.permission"),
    "protoPayload.Servicename": raw("protoPayload.serviceName"),
    eventService: raw("eventService", "protoPayload.serviceName"),
    eventName: raw("eventName", "protoPayload.metadata.event.eventName", "events.name"),
    setting_name: raw("setting_name", "events.parameters.SETTING_NAME"),
    new_value: raw("new_value", "events.parameters.NEW_VALUE"),
  },
};

const amazon: FieldMapping = {
  when: { product: "aws" },
  names: {
    sourceIPAddress: [...raw("sourceIPAddress"), "source.ip"],
    userAgent: [...raw("userAgent"), "user_agent.original"],
    status: raw("status", "responseElements.status"),
  },
};

export const cloudFields: readonly FieldMapping[] = [
  activityLogs,
  auditLogs,
  signInLogs,
  ...risk,
  microsoft365,
  googleCloud,
  amazon,
];
