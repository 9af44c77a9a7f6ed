import { at, classify, type JsonProduct, putText, textOf, timeOf } from "../json/product.ts";
import { compileTable } from "../json/table.ts";

const githubMap = compileTable([
  ["text", "user.name", "actor"],
  ["text", "user.id", "actor_id"],
  ["text", "user.target.name", "user"],
  ["text", "user.target.id", "user_id"],
  ["text", "group.name", "team"],
  ["address", "source", "actor_ip"],
  ["text", "source.geo.country_iso_code", "actor_location.country_code"],
  ["text", "user_agent.original", "user_agent"],
  ["text", "event.id", "_document_id"],
  ["text", "event.code", "action"],
  ["text", "organization.name", "org"],
  ["text", "event.action", "action"],
]);

/** GitHub organisation and enterprise audit log. `@timestamp` and `created_at` are epoch milliseconds. */
export const githubAudit: JsonProduct = {
  name: "github/audit",
  title: "GitHub audit log",
  recognises(record) {
    return (
      record.actor !== undefined &&
      typeof record.action === "string" &&
      record.action.includes(".") &&
      (record._document_id !== undefined || record.org !== undefined || record.business !== undefined)
    );
  },
  read(record, draft, context) {
    draft.time = timeOf(record["@timestamp"] ?? record.created_at, context);
    githubMap(record, draft.fields);
    const action = textOf(record.action) ?? "";
    const group = action.startsWith("team.")
      ? (record.team ?? at(record, "data", "team"))
      : action.startsWith("org.")
        ? record.org
        : undefined;
    putText(draft.fields, "group.name", group);
    if (record.user !== undefined) putText(draft.fields, "user.target.group.name", group);
    if (/^(?:org|team|business)\.|member/.test(action)) classify(draft.fields, "iam", "change");
    else if (/^git\./.test(action)) classify(draft.fields, "file", "access");
    else classify(draft.fields, "configuration", "change");
  },
};

const keycloakMap = compileTable([
  ["address", "source", "ipAddress", "authDetails.ipAddress"],
  ["text", "user.id", "userId", "authDetails.userId"],
  ["text", "user.name", "details.username"],
  ["text", "event.reason", "error"],
  ["text", "event.code", "type", "operationType"],
  ["text", "organization.id", "realmId", "realmName"],
  ["text", "service.name", "clientId", "authDetails.clientId"],
  ["text", "event.id", "id"],
]);

/** Keycloak events and admin events (admin API, event listener). `time` is epoch milliseconds. */
export const keycloakJson: JsonProduct = {
  name: "application/keycloak",
  title: "Keycloak event (JSON)",
  recognises(record) {
    return (
      (record.realmId ?? record.realmName) !== undefined &&
      (record.operationType !== undefined || (record.type !== undefined && record.clientId !== undefined))
    );
  },
  read(record, draft, context) {
    draft.time = timeOf(record.time ?? record.timestamp, context);
    keycloakMap(record, draft.fields);
    readKeycloakType(textOf(record.type), draft.fields);
    const operation = textOf(record.operationType);
    if (operation !== undefined) {
      classify(
        draft.fields,
        "iam",
        operation === "CREATE" ? "creation" : operation === "DELETE" ? "deletion" : "change",
      );
      const resource = textOf(record.resourceType);
      draft.fields["event.action"] = resource === undefined ? operation : `${operation}-${resource}`;
    }
  },
};

/** Action, outcome and category of a Keycloak event type ("LOGIN_ERROR"); for the text log too. */
export function readKeycloakType(
  type: string | undefined,
  fields: Parameters<JsonProduct["read"]>[1]["fields"],
): void {
  if (type === undefined) return;
  const failed = type.endsWith("_ERROR");
  fields["event.action"] = type;
  fields["event.outcome"] = failed ? "failure" : "success";
  if (/^(?:LOGIN|CODE_TO_TOKEN|CLIENT_LOGIN|REFRESH_TOKEN|IMPERSONATE)/.test(type))
    classify(fields, "authentication", "start");
  else if (type.startsWith("LOGOUT")) classify(fields, "authentication", "end");
  else classify(fields, "iam", "change");
}

const onePasswordMap = compileTable([
  [
    "user",
    "user",
    "target_user.email",
    "user.email",
    "actor_details.email",
    "target_user.name",
    "user.name",
    "actor_details.name",
  ],
  ["text", "user.full_name", "target_user.name", "user.name", "actor_details.name"],
  ["user", "user.target", "object_details.email"],
  ["text", "user.target.full_name", "object_details.name"],
  ["text", "user.id", "target_user.uuid", "user.uuid", "actor_uuid"],
  ["address", "source", "client.ip_address", "session.ip"],
  ["text", "event.id", "uuid"],
  ["text", "event.reason", "type"],
  ["text", "source.geo.country_iso_code", "location.country", "country"],
  ["text", "user_agent.os.name", "client.os_name"],
  ["text", "user_agent.os.version", "client.os_version"],
  ["text", "service.name", "client.app_name"],
  ["text", "event.action", "category", "action"],
]);

/** 1Password Events API: sign-in attempts, item usages, audit events. UTC with Z. */
export const onePassword: JsonProduct = {
  name: "1password/events",
  title: "1Password events",
  recognises(record) {
    return (
      (record.session_uuid !== undefined && (record.target_user ?? record.vault_uuid) !== undefined) ||
      (record.actor_uuid !== undefined && record.object_type !== undefined) ||
      (record.vault_uuid !== undefined && record.item_uuid !== undefined)
    );
  },
  read(record, draft, context) {
    const fields = draft.fields;
    draft.time = timeOf(record.timestamp, context);
    onePasswordMap(record, fields);
    const category = textOf(record.category);
    if (category !== undefined && at(record, "target_user") !== undefined) {
      classify(fields, "authentication", "start");
      fields["event.outcome"] = category === "success" ? "success" : "failure";
    } else classify(fields, "iam", "access");
  },
};
