import { holds, product } from "../json/define.ts";
import { at, classify, textOf } from "../json/product.ts";

/** CyberArk Endpoint Privilege Manager: raw and aggregated events, policy audit. UTC with Z. */
export const cyberArkEpm = product({
  name: "cyberark/epm",
  title: "CyberArk Endpoint Privilege Manager event",
  recognises: (record) =>
    (record.eventType !== undefined &&
      (record.agentEventCount ?? record.originalFileName ?? record.affectedComputers ?? record.agentId) !==
        undefined &&
      record.hash !== undefined) ||
    (record.eventType !== undefined &&
      record.computerName !== undefined &&
      record.arrivalTime !== undefined) ||
    (record.feature !== undefined && record.administrator !== undefined && record.eventTime !== undefined),
  time: ["lastEventDate", "arrivalTime", "eventTime", "firstEventDate"],
  fixed: { "event.category": ["process"], "event.type": ["info"] },
  map: [
    ["text", "event.action", "eventType", "description"],
    ["text", "event.id", "aggregatedBy", "internalId"],
    ["text", "event.reason", "justification"],
    ["text", "message", "threatProtectionAction", "accessTargetName"],
    ["host", "host.name", "computerName", "lastEventComputerName"],
    ["text", "host.id", "agentId", "lastAgentId"],
    ["user", "user", "userName", "lastEventUserName", "owner", "administrator"],
    ["text", "rule.name", "policyName", "lastEventSourceName"],
    ["program", "process", "filePath", "originalFileName", "fileName"],
    ["text", "process.command_line", "commandLine", "processCommandLine"],
    ["file", "file", "filePath", "fileName"],
    ["integer", "file.size", "fileSize"],
    ["hash", "file.hash", "hash"],
    ["text", "source.domain", "sourceName"],
  ],
  finish(record, { fields }) {
    if (record.administrator !== undefined) classify(fields, "configuration", "change");
    else if (/attack/i.test(textOf(record.eventType) ?? "")) fields["event.kind"] = "alert";
  },
});

/** SailPoint Identity Security Cloud events (search API). UTC with Z. */
export const sailPoint = product({
  name: "sailpoint/event",
  title: "SailPoint Identity Security Cloud event",
  recognises: (record) =>
    record.technicalName !== undefined &&
    record.actor !== undefined &&
    (record.stack ?? record.pod) !== undefined,
  time: ["created", "synced"],
  fixed: { "event.category": ["iam"], "event.type": ["info"] },
  map: [
    ["text", "event.id", "id"],
    ["text", "event.action", "technicalName", "action"],
    ["text", "event.code", "type"],
    ["text", "message", "name"],
    ["outcome", "event.outcome", "status"],
    ["user", "user", "actor.name"],
    ["user", "user.target", "target.name"],
    ["address", "source", "ipAddress"],
    ["host", "host.name", "attributes.hostName"],
    ["text", "organization.name", "org"],
  ],
  finish(record, { fields }) {
    if (record.type === "AUTH") classify(fields, "authentication", "start");
  },
});

/** BeyondTrust Privileged Remote Access and Password Safe (JSON). */
export const beyondTrust = product({
  name: "beyondtrust/password-safe",
  title: "BeyondTrust Password Safe record",
  recognises: (record) =>
    (record.AuditID !== undefined && record.ActionType !== undefined && record.CreateDate !== undefined) ||
    (record.SessionID !== undefined &&
      record.Protocol !== undefined &&
      record.ManagedAccountID !== undefined),
  time: ["CreateDate", "StartTime"],
  fixed: { "event.category": ["iam"], "event.type": ["info"] },
  map: [
    ["text", "event.id", "AuditID", "SessionID"],
    ["text", "event.action", "ActionType"],
    ["user", "user", "UserName"],
    ["text", "user.id", "UserID"],
    ["address", "source", "IPAddress"],
    ["text", "host.name", "NodeID"],
  ],
  finish(record, { fields }) {
    if (/^Log(?:in|on)/i.test(textOf(record.ActionType) ?? "")) classify(fields, "authentication", "start");
    else if (record.SessionID !== undefined) classify(fields, "session", "start");
  },
});

/** ServiceNow system log and audit records (table API). UTC. */
export const serviceNow = product({
  name: "servicenow/audit",
  title: "ServiceNow audit record",
  recognises: (record) =>
    (record.sys_id !== undefined &&
      record.sys_created_on !== undefined &&
      record.sys_created_by !== undefined) ||
    at(record, "sys_created_on", "value") !== undefined,
  time: ["sys_created_on", "sys_created_on.value", "sys_updated_on"],
  fixed: { "event.category": ["configuration"], "event.type": ["info"] },
  map: [
    ["text", "event.id", "sys_id", "sys_id.value"],
    ["text", "event.action", "name", "fieldname", "type"],
    ["user", "user", "sys_created_by", "sys_created_by.value", "user"],
    ["text", "message", "descriptive_information", "short_description", "message"],
    ["address", "source", "ip_address"],
  ],
});

/** authentik events. UTC with Z. */
export const authentik = product({
  name: "authentik/event",
  title: "authentik event",
  recognises: (record) =>
    record.client_ip !== undefined &&
    record.brand !== undefined &&
    record.context !== undefined &&
    record.app !== undefined,
  time: ["created"],
  fixed: { "event.category": ["iam"], "event.type": ["info"] },
  map: [
    ["text", "event.id", "pk"],
    ["text", "event.action", "action"],
    ["text", "event.provider", "app"],
    ["user", "user", "user.username", "context.username"],
    ["text", "user.email", "user.email"],
    ["text", "user.id", "user.pk"],
    ["address", "source", "client_ip"],
    ["text", "source.geo.city_name", "context.geo.city"],
    ["text", "source.geo.country_iso_code", "context.geo.country"],
    ["text", "user_agent.original", "context.http_request.user_agent"],
    ["url", "url", "context.http_request.path"],
    ["text", "http.request.method", "context.http_request.method"],
    ["text", "message", "context.message"],
  ],
  finish(record, { fields }) {
    const action = textOf(record.action) ?? "";
    if (!/^log(?:in|out)/.test(action)) return;
    classify(fields, "authentication", action === "logout" ? "end" : "start");
    fields["event.outcome"] = action === "login_failed" ? "failure" : "success";
  },
});

/** ForgeRock Identity Cloud and Access Management audit topics: access, activity, authentication, config. UTC with Z. */
export const forgeRock = product({
  name: "forgerock/audit",
  title: "ForgeRock AM and IDM audit event",
  recognises: (record) =>
    (at(record, "payload", "eventName") ?? record.eventName) !== undefined &&
    (at(record, "payload", "trackingIds") ??
      at(record, "payload", "transactionId") ??
      record.transactionId) !== undefined &&
    record.awsRegion === undefined,
  time: ["payload.timestamp", "timestamp"],
  fixed: { "event.category": ["iam"], "event.type": ["info"] },
  map: [
    ["text", "event.action", "payload.eventName", "eventName"],
    ["text", "event.id", "payload._id", "_id"],
    ["text", "event.reason", "payload.response.detail.reason", "response.detail.reason"],
    ["outcome", "event.outcome", "payload.result", "result", "payload.response.status", "response.status"],
    ["text", "user.id", "payload.userId", "userId"],
    ["user", "user", "payload.principal", "principal", "payload.runAs", "runAs"],
    ["address", "source", "payload.client.ip", "client.ip"],
    ["integer", "source.port", "payload.client.port", "client.port"],
    ["address", "client", "payload.client.ip", "client.ip"],
    ["text", "http.request.method", "payload.http.request.method", "http.request.method"],
    ["url", "url", "payload.http.request.path", "http.request.path"],
    ["integer", "http.response.status_code", "payload.response.statusCode", "response.statusCode"],
    ["text", "service.name", "payload.component", "component"],
    ["text", "log.level", "payload.level", "level"],
    ["text", "trace.id", "payload.transactionId", "transactionId"],
  ],
  finish(record, { fields }) {
    const name = textOf(at(record, "payload", "eventName") ?? record.eventName) ?? "";
    if (/LOGIN|AUTHENTICATION|SESSION-CREATED/i.test(name)) classify(fields, "authentication", "start");
    else if (/LOGOUT|SESSION-(?:TIMED|DESTROYED)/i.test(name)) classify(fields, "authentication", "end");
    else if (/ACCESS-/.test(name)) classify(fields, "web", "access");
  },
});

/** MongoDB Atlas project and organisation events (administration API). UTC with Z. */
export const mongoAtlas = product({
  name: "mongodb-atlas/event",
  title: "MongoDB Atlas project or organisation event",
  recognises: holds("eventTypeName", "created", "id"),
  time: ["created"],
  fixed: { "event.category": ["configuration"], "event.type": ["info"] },
  map: [
    ["text", "event.id", "id"],
    ["text", "event.action", "eventTypeName"],
    ["user", "user", "username", "publicKey"],
    ["text", "user.id", "userId"],
    ["user", "user.target", "targetUsername"],
    ["address", "source", "remoteAddress"],
    ["text", "group.id", "groupId"],
    ["text", "organization.id", "orgId"],
    ["text", "host.name", "hostname"],
  ],
  finish(record, { fields }) {
    const name = textOf(record.eventTypeName) ?? "";
    if (/USER|TEAM|API_KEY|ROLE/.test(name)) classify(fields, "iam", "change");
  },
});
