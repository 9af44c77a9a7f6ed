import { holds, product } from "../json/define.ts";
import { at, classify, textOf } from "../json/product.ts";

/** OneLogin event type ids that people sign in and out with (OneLogin docs, "Event Types"). */
const oneLoginEvents: Record<string, readonly [action: string, outcome?: string]> = {
  "5": ["user-logged-into-onelogin", "success"],
  "6": ["user-failed-onelogin-login", "failure"],
  "7": ["user-logged-out-of-onelogin", "success"],
  "8": ["user-logged-into-app", "success"],
  "9": ["user-failed-app-login", "failure"],
  "11": ["user-password-changed", "success"],
  "12": ["user-unlocked", "success"],
  "13": ["user-created", "success"],
  "14": ["user-updated", "success"],
  "15": ["user-deactivated", "success"],
  "16": ["user-activated", "success"],
  "17": ["user-deleted", "success"],
  "18": ["user-suspended", "success"],
  "19": ["user-locked", "failure"],
  "21": ["user-failed-authentication", "failure"],
  "22": ["user-assumed", "success"],
};

/** OneLogin events: API, webhook. UTC. */
export const oneLogin = product({
  name: "onelogin/events",
  title: "OneLogin events",
  recognises: holds("event_type_id", "event_timestamp"),
  time: ["event_timestamp", "created_at"],
  fixed: { "event.category": ["iam"], "event.type": ["info"] },
  map: [
    ["text", "event.code", "event_type_id"],
    ["text", "event.id", "uuid", "id"],
    ["user", "user", "actor_user_name", "user_name"],
    ["text", "user.id", "actor_user_id", "user_id"],
    ["address", "source", "ipaddr", "ip"],
    ["text", "event.reason", "error_description", "notes"],
    ["text", "service.name", "app_name"],
    ["text", "organization.id", "account_id"],
  ],
  finish(record, { fields }) {
    const known = oneLoginEvents[textOf(record.event_type_id) ?? ""];
    if (known !== undefined) {
      fields["event.action"] = known[0];
      if (known[1] !== undefined) fields["event.outcome"] = known[1];
      if (/log|authentication/.test(known[0]))
        classify(fields, "authentication", known[0].includes("out") ? "end" : "start");
    }
    const target = textOf(record.user_name);
    if (target === undefined || target === fields["user.name"]) return;
    fields["user.target.name"] = target;
    const id = textOf(record.user_id);
    if (id !== undefined) fields["user.target.id"] = id;
  },
});

/** JumpCloud Directory Insights. UTC with Z. */
export const jumpCloud = product({
  name: "jumpcloud/events",
  title: "JumpCloud Directory Insights",
  recognises: (record) =>
    record.event_type !== undefined &&
    record.organization !== undefined &&
    (record.initiated_by !== undefined || record.client_ip !== undefined || record.auth_meta !== undefined),
  time: ["timestamp", "server_timestamp"],
  fixed: { "event.category": ["iam"], "event.type": ["info"] },
  map: [
    ["text", "event.action", "event_type"],
    ["text", "event.id", "id"],
    ["text", "user.name", "username", "initiated_by.username", "initiated_by.email"],
    ["text", "user.email", "initiated_by.email"],
    ["text", "source.user.id", "initiated_by.id"],
    ["text", "source.user.name", "initiated_by.username"],
    ["text", "source.user.email", "initiated_by.email"],
    ["text", "user.id", "initiated_by.id"],
    ["text", "user.target.name", "resource.username"],
    ["text", "user.target.id", "resource.id"],
    ["address", "source", "src_ip", "client_ip"],
    ["address", "client", "client_ip", "src_ip"],
    ["text", "source.geo.country_iso_code", "geoip.country_code"],
    ["text", "source.geo.region_name", "geoip.region_name"],
    ["text", "source.geo.continent_name", "geoip.continent_name"],
    ["text", "user_agent.original", "user_agent"],
    ["host", "host.name", "hostname", "system.hostname"],
    ["text", "host.id", "system.id"],
    ["text", "event.reason", "error_message", "message"],
    ["text", "event.provider", "service"],
    ["text", "organization.id", "organization"],
    ["text", "service.name", "application.name"],
    ["program", "process", "process_name"],
    ["outcome", "event.outcome", "success", "sso_token_success"],
  ],
  finish(record, { fields }) {
    const type = textOf(record.event_type) ?? "";
    fields["event.outcome"] ??= "unknown";
    if (/login|auth|sso|radius|ldap_bind/.test(type))
      classify(fields, "authentication", /logout/.test(type) ? "end" : "start");
  },
});

/** PingOne platform audit activities. UTC with Z. */
export const pingOne = product({
  name: "ping/pingone-audit",
  title: "PingOne audit activity",
  recognises: holds("action.type", "recordedAt"),
  time: ["recordedAt", "createdAt"],
  fixed: { "event.category": ["iam"], "event.type": ["info"] },
  map: [
    ["text", "event.id", "id"],
    ["text", "event.reason", "result.description"],
    ["text", "message", "action.description"],
    ["text", "user.id", "actors.user.id"],
    ["user", "user", "actors.user.name"],
    ["text", "client.user.id", "actors.client.id"],
    ["text", "client.user.name", "actors.client.name"],
    ["address", "source", "source.ipAddress", "ipAddress"],
    ["text", "user_agent.original", "source.userAgent"],
    ["outcome", "event.outcome", "result.status"],
  ],
  finish(record, { fields }) {
    const type = textOf(at(record, "action", "type")) ?? "";
    fields["event.action"] = type.toLowerCase();
    if (/ACCESS|AUTHENTICATION|PASSWORD\.CHECK|OTP|SESSION|FLOW|LOGIN/.test(type)) {
      classify(fields, "authentication", "info");
      if (/DENIED|FAILED|INVALID/.test(type)) fields["event.outcome"] = "failure";
      else if (/ALLOWED|SUCCEEDED/.test(type)) fields["event.outcome"] = "success";
    } else if (type.startsWith("USER.")) classify(fields, "iam", "user", crud(type));
    else if (type.startsWith("GROUP.")) classify(fields, "iam", "group", crud(type));
    const target = at(record, "resources", 0);
    if (at(target, "type") === "USER") {
      const name = textOf(at(target, "name"));
      const id = textOf(at(target, "id"));
      if (name !== undefined) fields["user.target.name"] = name;
      if (id !== undefined) fields["user.target.id"] = id;
    }
  },
});

function crud(type: string): string {
  if (type.endsWith("CREATED")) return "creation";
  return type.endsWith("DELETED") ? "deletion" : "change";
}

/** Teleport audit events. UTC with Z. */
export const teleport = product({
  name: "teleport/audit",
  title: "Teleport audit event",
  recognises: (record) =>
    typeof record.event === "string" &&
    typeof record.code === "string" &&
    /^T[A-Z0-9]{3,8}[IWE]$/.test(record.code),
  time: ["time"],
  fixed: { "event.category": ["session"], "event.type": ["info"] },
  map: [
    ["text", "event.action", "event"],
    ["text", "event.code", "code"],
    ["text", "event.id", "uid"],
    ["text", "user.name", "user"],
    ["text", "user.effective.name", "login"],
    ["list", "user.roles", "roles"],
    ["address", "source", "addr.remote", "remote_addr", "client_ip"],
    ["address", "destination", "addr.local"],
    ["host", "host.name", "server_hostname", "server_addr"],
    ["text", "host.id", "server_id"],
    ["text", "orchestrator.cluster.name", "kubernetes_cluster"],
    ["text", "process.command_line", "command"],
    ["program", "process", "program", "path"],
    ["text", "event.reason", "error", "message"],
    ["text", "user_agent.original", "user_agent"],
    ["integer", "source.bytes", "tx"],
    ["integer", "destination.bytes", "rx"],
    ["text", "network.protocol", "proto"],
    ["outcome", "event.outcome", "success"],
  ],
  finish(record, { fields }) {
    const event = textOf(record.event) ?? "";
    if (/login|auth/.test(event)) classify(fields, "authentication", "start");
    else if (/^(?:user|role|bot|github|saml|oidc|lock)\b/.test(event)) classify(fields, "iam", "change");
    else if (event.endsWith(".start")) classify(fields, "session", "start");
    else if (event.endsWith(".end") || event.endsWith(".leave")) classify(fields, "session", "end");
    else if (event === "exec") classify(fields, "process", "start");
    if (/E$/.test(textOf(record.code) ?? "") && record.success === undefined)
      fields["event.outcome"] ??= "failure";
  },
});

/** LastPass enterprise reporting. UTC-8 in the product's export is not told: read as recorded. */
export const lastPass = product({
  name: "lastpass/events",
  title: "LastPass event report",
  recognises: holds("Time", "Username", "IP_Address", "Action"),
  time: ["Time"],
  fixed: { "event.category": ["iam"], "event.type": ["info"] },
  map: [
    ["text", "event.action", "Action"],
    ["user", "user", "Username"],
    ["address", "source", "IP_Address"],
    ["text", "event.reason", "Data"],
  ],
  finish(record, { fields }) {
    const action = textOf(record.Action) ?? "";
    if (/log ?in/i.test(action)) {
      classify(fields, "authentication", "start");
      fields["event.outcome"] = /fail/i.test(action) ? "failure" : "success";
    }
  },
});
