import { holds, product } from "../json/define.ts";
import { at, classify, textOf } from "../json/product.ts";

/** Salesforce event log files (CSV rows or JSON, upper-case columns). UTC. */
export const salesforceEventLog = product({
  name: "salesforce/event-log",
  title: "Salesforce event log file",
  recognises: (record) =>
    record.EVENT_TYPE !== undefined &&
    (record.TIMESTAMP_DERIVED !== undefined || record.LOGIN_KEY !== undefined),
  time: ["TIMESTAMP_DERIVED", "TIMESTAMP"],
  fixed: { "event.category": ["web"], "event.type": ["access"] },
  map: [
    ["text", "event.action", "EVENT_TYPE"],
    ["text", "event.id", "REQUEST_ID"],
    ["user", "user", "USER_NAME"],
    ["text", "user.id", "USER_ID_DERIVED", "USER_ID"],
    ["address", "source", "SOURCE_IP", "CLIENT_IP"],
    ["url", "url", "URI"],
    ["text", "user_agent.original", "USER_AGENT", "BROWSER_TYPE"],
    ["text", "http.request.method", "METHOD", "HTTP_METHOD"],
    ["integer", "http.response.status_code", "STATUS_CODE"],
    ["text", "tls.cipher", "CIPHER_SUITE"],
    ["text", "organization.id", "ORGANIZATION_ID"],
  ],
  finish(record, { fields }) {
    const type = textOf(record.EVENT_TYPE) ?? "";
    if (/^Log(?:in|out)/.test(type)) classify(fields, "authentication", type === "Logout" ? "end" : "start");
    const status = textOf(record.LOGIN_STATUS);
    if (status !== undefined) fields["event.outcome"] = status === "LOGIN_NO_ERROR" ? "success" : "failure";
    else if (/^Login/.test(type)) {
      const state = textOf(record.REQUEST_STATUS);
      if (state !== undefined)
        fields["event.outcome"] = state === "Success" || state === "S" ? "success" : "failure";
    }
  },
});

/** Salesforce real-time events and login history (LoginEvent, LogoutEvent, LoginHistory objects). UTC. */
export const salesforceObject = product({
  name: "salesforce/events",
  title: "Salesforce login, logout and setup audit objects",
  recognises: (record) =>
    (record.LoginHistoryId !== undefined || record.LoginKey !== undefined) && record.EventDate !== undefined,
  time: ["EventDate", "CreatedDate"],
  fixed: { "event.category": ["authentication"], "event.type": ["start"] },
  map: [
    ["user", "user", "Username"],
    ["text", "user.id", "UserId"],
    ["address", "source", "SourceIp"],
    ["text", "source.geo.country_iso_code", "CountryIso"],
    ["text", "source.geo.city_name", "City"],
    ["text", "user_agent.name", "Browser"],
    ["text", "event.reason", "Status"],
    ["text", "event.id", "EventIdentifier", "LoginHistoryId"],
    ["text", "service.name", "Application"],
  ],
  finish(record, { fields }) {
    const status = textOf(record.Status);
    fields["event.action"] = record.LoginHistoryId === undefined ? "logout" : "login-attempt";
    if (record.LoginHistoryId === undefined) fields["event.type"] = ["end"];
    if (status !== undefined) fields["event.outcome"] = /^success/i.test(status) ? "success" : "failure";
  },
});

/** Salesforce SetupAuditTrail. */
export const salesforceSetup = product({
  name: "salesforce/setup-audit-trail",
  title: "Salesforce setup audit trail",
  recognises: holds("Action", "CreatedById", "Display", "Section"),
  time: ["CreatedDate"],
  fixed: { "event.category": ["configuration"], "event.type": ["change"] },
  map: [
    ["text", "event.action", "Action"],
    ["text", "event.id", "Id"],
    ["text", "user.id", "CreatedById"],
    ["user", "user", "CreatedByContext", "CreatedBy.Username"],
    ["text", "message", "Display"],
  ],
});

/** Snowflake ACCOUNT_USAGE views: LOGIN_HISTORY and QUERY_HISTORY rows. */
export const snowflake = product({
  name: "snowflake/account-usage",
  title: "Snowflake login and query history",
  recognises: (record) =>
    (record.FIRST_AUTHENTICATION_FACTOR !== undefined && record.EVENT_TIMESTAMP !== undefined) ||
    (record.QUERY_ID !== undefined && record.QUERY_TEXT !== undefined),
  time: ["EVENT_TIMESTAMP", "START_TIME"],
  fixed: { "event.category": ["database"], "event.type": ["access"] },
  map: [
    ["lower", "event.action", "EVENT_TYPE", "QUERY_TYPE"],
    ["text", "event.id", "EVENT_ID", "QUERY_ID"],
    ["user", "user", "USER_NAME"],
    ["address", "source", "CLIENT_IP"],
    ["text", "event.reason", "ERROR_MESSAGE"],
    ["text", "error.code", "ERROR_CODE"],
    ["outcome", "event.outcome", "IS_SUCCESS", "EXECUTION_STATUS"],
    ["text", "user_agent.original", "REPORTED_CLIENT_TYPE"],
  ],
  finish(record, { fields }) {
    if (record.FIRST_AUTHENTICATION_FACTOR !== undefined) classify(fields, "authentication", "start");
  },
});

/** Cloudflare account audit log: the API's nested shape and Logpush's flat one. UTC. */
export const cloudflareAudit = product({
  name: "cloudflare/audit",
  title: "Cloudflare audit log",
  recognises: (record) =>
    (at(record, "action", "type") !== undefined &&
      at(record, "actor", "type") !== undefined &&
      record.when !== undefined) ||
    (record.ActionType !== undefined && record.ActorType !== undefined && record.When !== undefined),
  time: ["when", "When"],
  fixed: { "event.category": ["configuration"], "event.type": ["change"] },
  map: [
    ["text", "event.action", "action.type", "ActionType"],
    ["text", "event.id", "id", "ID"],
    ["outcome", "event.outcome", "action.result", "ActionResult"],
    ["text", "user.email", "actor.email", "ActorEmail"],
    ["text", "user.name", "actor.email", "ActorEmail"],
    ["text", "user.id", "actor.id", "ActorID"],
    ["address", "source", "actor.ip", "ActorIP"],
    ["text", "event.provider", "interface", "Interface"],
    ["text", "organization.id", "owner.id", "OwnerID"],
  ],
  finish(_record, { fields }) {
    const action = String(fields["event.action"] ?? "");
    if (/^log(?:in|out)/.test(action))
      classify(fields, "authentication", action === "logout" ? "end" : "start");
    else if (/create|add/.test(action)) classify(fields, "configuration", "creation");
    else if (/delete|remove|revoke/.test(action)) classify(fields, "configuration", "deletion");
  },
});

/** Atlassian administrator audit: Server and Data Center (`auditType`) and Cloud (`summary`, `authorKey`). */
export const atlassianAudit = product({
  name: "atlassian/audit",
  title: "Jira, Confluence and Bitbucket audit log",
  recognises: (record) =>
    at(record, "auditType", "action") !== undefined ||
    (record.summary !== undefined &&
      record.category !== undefined &&
      (record.authorKey ?? record.authorAccountId) !== undefined),
  time: ["timestamp", "created", "timestamp.epochSecond", "creationDate"],
  fixed: { "event.category": ["configuration"], "event.type": ["change"] },
  map: [
    ["text", "event.action", "auditType.actionI18nKey", "auditType.action", "summary"],
    ["text", "message", "auditType.action", "summary"],
    ["text", "event.id", "id"],
    ["text", "user.name", "author.name", "authorKey"],
    ["text", "user.id", "author.id", "authorAccountId", "authorKey"],
    ["text", "user.full_name", "author.displayName"],
    ["address", "source", "source", "remoteAddress"],
    ["url", "url", "system"],
  ],
  finish(record, { fields }) {
    const area = textOf(at(record, "auditType", "area")) ?? textOf(record.category) ?? "";
    const action = textOf(at(record, "auditType", "action")) ?? textOf(record.summary) ?? "";
    if (/user|group|permission|security/i.test(`${area} ${action}`)) classify(fields, "iam", "change");
    if (/log(?:ged)? ?(?:in|out)|authenticat/i.test(action))
      classify(fields, "authentication", /out/.test(action) ? "end" : "start");
    const affected = [record.affectedObjects, record.objectItem, record.associatedItems].flat();
    for (const [kind, prefix] of [
      ["USER", "user.target"],
      ["GROUP", "group"],
    ] as const) {
      const target = affected.find(
        (one) => textOf(at(one, "type") ?? at(one, "typeName"))?.toUpperCase() === kind,
      );
      const name = textOf(at(target, "name"));
      if (name !== undefined) fields[`${prefix}.name`] = name;
      const id = textOf(at(target, "id"));
      if (id !== undefined) fields[`${prefix}.id`] = id;
    }
  },
});
