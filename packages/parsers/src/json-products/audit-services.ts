import { holds, product } from "../json/define.ts";
import { at, classify, textOf } from "../json/product.ts";

/** Mattermost's audit log: before version 9 flat, then with `actor` (docs.mattermost.com, "Audit log"). UTC. */
export const mattermost = product({
  name: "mattermost/audit",
  title: "Mattermost audit log",
  recognises: (record) =>
    record.status !== undefined &&
    record.timestamp !== undefined &&
    ((record.event !== undefined && record.session_id !== undefined && record.ip_address !== undefined) ||
      (record.event_name !== undefined && at(record, "actor", "session_id") !== undefined)),
  time: ["timestamp"],
  fixed: { "event.category": ["configuration"], "event.type": ["info"] },
  map: [
    ["text", "event.action", "event_name", "event"],
    ["outcome", "event.outcome", "status"],
    ["text", "user.id", "actor.user_id", "user_id"],
    ["address", "source", "actor.ip_address", "ip_address"],
    ["text", "user_agent.original", "actor.client", "client"],
    ["url", "url", "meta.api_path", "api_path"],
    ["text", "error.code", "error.status_code"],
    ["text", "event.reason", "error.description", "err"],
  ],
  finish(_record, { fields }) {
    const action = String(fields["event.action"] ?? "");
    if (/^log(?:in|out)/i.test(action))
      classify(fields, "authentication", /^logout/i.test(action) ? "end" : "start");
    else if (/user|team|role|member|permission/i.test(action)) classify(fields, "iam", "info");
  },
});

/** Tines audit logs (Tines API, "Audit logs"). UTC with Z. */
export const tines = product({
  name: "tines/audit",
  title: "Tines audit log",
  recognises: holds("operation_name", "request_ip", "tenant_id"),
  time: ["created_at", "updated_at"],
  fixed: { "event.category": ["configuration"], "event.type": ["change"] },
  map: [
    ["text", "event.action", "operation_name"],
    ["text", "event.id", "id"],
    ["text", "user.id", "user_id"],
    ["text", "user.name", "user_email", "user_name"],
    ["text", "user.full_name", "user_name"],
    ["text", "user.email", "user_email"],
    ["address", "source", "request_ip"],
    ["text", "user_agent.original", "request_user_agent"],
    ["text", "organization.id", "tenant_id"],
  ],
  finish(_record, { fields }) {
    if (/^(?:Login|Logout)/.test(String(fields["event.action"])))
      classify(fields, "authentication", fields["event.action"] === "Logout" ? "end" : "start");
  },
});

/** Atlassian organisation events (Cloud admin API, "Query audit log events"). UTC with Z. */
export const atlassianEvents = product({
  name: "atlassian/organisation-event",
  title: "Atlassian organisation audit event",
  recognises: holds("attributes.action", "attributes.actor", "attributes.time"),
  time: ["attributes.time"],
  fixed: { "event.category": ["iam"], "event.type": ["change"] },
  map: [
    ["text", "event.action", "attributes.action"],
    ["text", "event.id", "id"],
    ["text", "user.id", "attributes.actor.id"],
    ["text", "user.name", "attributes.actor.email", "attributes.actor.name"],
    ["text", "user.email", "attributes.actor.email"],
    ["text", "user.full_name", "attributes.actor.name"],
    ["address", "source", "attributes.location.ip"],
    ["text", "message", "message.content"],
  ],
  finish(record, { fields }) {
    const context = at(record, "attributes", "context");
    const target = Array.isArray(context) ? context.find((one) => at(one, "type") === "user") : undefined;
    const name = textOf(at(target, "attributes", "email")) ?? textOf(at(target, "attributes", "name"));
    if (name !== undefined) fields["user.target.name"] = name;
    const id = textOf(at(target, "id"));
    if (id !== undefined) fields["user.target.id"] = id;
  },
});

/** macOS unified log as JSON (log(1), `--style json` and `ndjson`). The offset is in the record. */
export const unifiedLogJson = product({
  name: "macos/unified-log",
  title: "macOS unified log (JSON)",
  recognises: holds("machTimestamp", "processImagePath", "timestamp"),
  time: ["timestamp"],
  map: [
    ["text", "message", "eventMessage"],
    ["program", "process", "processImagePath"],
    ["integer", "process.pid", "processID"],
    ["integer", "process.thread.id", "threadID"],
    ["text", "user.id", "userID"],
    ["text", "event.provider", "subsystem"],
    ["text", "log.logger", "category"],
    ["lower", "log.level", "messageType"],
  ],
});
