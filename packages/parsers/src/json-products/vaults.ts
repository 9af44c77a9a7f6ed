import { holds, product } from "../json/define.ts";
import { at, classify, textOf } from "../json/product.ts";

/** HashiCorp Vault and OpenBao audit devices: one object a request and one a response. UTC with Z. */
export const vaultAudit = product({
  name: "vault/audit",
  title: "HashiCorp Vault audit log",
  recognises: holds("request.operation", "request.path", "type"),
  time: ["time"],
  fixed: { "event.category": ["authentication"], "event.type": ["info"] },
  map: [
    ["text", "event.action", "request.operation"],
    ["text", "event.id", "request.id"],
    ["text", "event.reason", "error"],
    ["text", "user.name", "auth.metadata.username", "auth.display_name", "response.auth.display_name"],
    ["text", "user.id", "auth.entity_id", "response.auth.entity_id"],
    ["list", "user.roles", "auth.policies"],
    ["address", "source", "request.remote_address"],
    ["integer", "source.port", "request.remote_port"],
    ["text", "url.path", "request.path"],
    ["text", "user_agent.original", "request.headers.user-agent"],
    ["text", "service.name", "request.mount_type"],
  ],
  finish(record, { fields }) {
    const path = textOf(at(record, "request", "path")) ?? "";
    const operation = textOf(at(record, "request", "operation")) ?? "";
    if (/^auth\/.{1,200}\/login/.test(path)) classify(fields, "authentication", "start");
    else if (/^(?:auth|identity|sys\/(?:policy|policies|auth))/.test(path))
      classify(fields, "iam", typeOf(operation));
    else classify(fields, "configuration", typeOf(operation));
    if (textOf(record.error) !== undefined) fields["event.outcome"] = "failure";
    else if (record.type === "response") fields["event.outcome"] = "success";
  },
});

function typeOf(operation: string): string {
  if (operation === "create") return "creation";
  if (operation === "delete") return "deletion";
  return operation === "update" ? "change" : "access";
}

/** HashiCorp's JSON operational log (Vault, Consul, Nomad, Boundary): hclog. */
export const hashicorpLog = product({
  name: "app/hclog",
  title: "HashiCorp log (JSON): Vault, Consul, Nomad",
  recognises: holds("@level", "@message", "@timestamp"),
  time: ["@timestamp"],
  map: [
    ["lower", "log.level", "@level"],
    ["text", "message", "@message"],
    ["text", "log.logger", "@module"],
    ["text", "log.origin.file.name", "@caller"],
    ["text", "error.message", "error", "err"],
    ["address", "source", "remote_addr", "from", "remote", "client"],
  ],
});

/** Consul Enterprise audit log. */
export const consulAudit = product({
  name: "consul/audit",
  title: "Consul audit log",
  recognises: holds("event_type", "payload.auth", "payload.request"),
  time: ["created_at", "payload.timestamp"],
  fixed: { "event.category": ["configuration"], "event.type": ["access"] },
  map: [
    ["text", "event.id", "payload.id"],
    ["text", "event.action", "payload.request.operation"],
    ["text", "user.id", "payload.auth.accessor_id"],
    ["text", "user.name", "payload.auth.description"],
    ["url", "url", "payload.request.endpoint"],
    ["address", "source", "payload.request.remote_addr"],
    ["text", "user_agent.original", "payload.request.user_agent"],
    ["text", "host.name", "payload.request.host"],
    ["integer", "http.response.status_code", "payload.response.status"],
    ["text", "error.message", "payload.response.error"],
  ],
});

/** Bitwarden event types (Bitwarden help, "Event Logs"): hundreds by subject, few that sign somebody in. */
const bitwardenActions: Record<string, string> = {
  "1000": "logged-in",
  "1001": "changed-password",
  "1002": "enabled-two-step-login",
  "1003": "disabled-two-step-login",
  "1004": "recovered-account-from-two-step-login",
  "1005": "login-failed-with-incorrect-password",
  "1006": "login-failed-with-incorrect-two-step-login",
  "1007": "exported-vault",
  "1100": "created-item",
  "1101": "edited-item",
  "1102": "permanently-deleted-item",
  "1107": "viewed-item",
  "1108": "viewed-password",
  "1111": "copied-password",
  "1114": "autofilled-item",
  "1115": "sent-item-to-trash",
  "1116": "restored-item",
  "1300": "created-collection",
  "1301": "edited-collection",
  "1302": "deleted-collection",
  "1400": "created-group",
  "1401": "edited-group",
  "1402": "deleted-group",
  "1500": "invited-user",
  "1501": "confirmed-user",
  "1502": "edited-user",
  "1503": "removed-user",
  "1504": "edited-groups-for-user",
  "1600": "edited-organization-settings",
  "1601": "purged-organization-vault",
  "1602": "exported-organization-vault",
  "1700": "modified-policy",
};

/** Bitwarden organisation events (Public API). UTC with Z. */
export const bitwarden = product({
  name: "bitwarden/events",
  title: "Bitwarden event log",
  recognises: (record) =>
    record.object === "event" && typeof record.type === "number" && record.date !== undefined,
  time: ["date"],
  fixed: { "event.category": ["iam"], "event.type": ["info"] },
  map: [
    ["text", "event.code", "type"],
    ["text", "user.id", "actingUserId"],
    ["text", "user.target.id", "memberId"],
    ["text", "group.id", "groupId"],
    ["address", "source", "ipAddress"],
  ],
  finish(record, { fields }) {
    const code = String(record.type);
    const action = bitwardenActions[code];
    if (action !== undefined) fields["event.action"] = action;
    if (code === "1000" || code === "1005" || code === "1006") {
      classify(fields, "authentication", "start");
      fields["event.outcome"] = code === "1000" ? "success" : "failure";
    }
  },
});
