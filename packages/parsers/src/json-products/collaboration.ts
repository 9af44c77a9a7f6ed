import type { Fields } from "@firebreak/model/event";
import { holds, product } from "../json/define.ts";
import type { JsonObject } from "../json/parse.ts";
import { at, classify, textOf } from "../json/product.ts";

/** Slack audit logs API. Epoch seconds. */
export const slackAudit = product({
  name: "slack/audit",
  title: "Slack audit log",
  recognises: holds("date_create", "action", "actor"),
  time: ["date_create"],
  fixed: { "event.category": ["iam"], "event.type": ["info"] },
  map: [
    ["text", "event.action", "action"],
    ["text", "event.id", "id"],
    ["text", "user.id", "actor.user.id"],
    ["text", "user.full_name", "actor.user.name"],
    ["user", "user", "actor.user.email", "actor.user.name"],
    ["address", "source", "context.ip_address"],
    ["text", "user_agent.original", "context.ua"],
    ["text", "organization.id", "context.location.id"],
    ["text", "organization.name", "context.location.name"],
    ["user", "user.target", "entity.user.email", "entity.user.name"],
    ["text", "user.target.full_name", "entity.user.name"],
    ["text", "user.target.id", "entity.user.id"],
    ["text", "group.name", "entity.usergroup.name"],
    ["text", "group.id", "entity.usergroup.id"],
    ["text", "service.name", "entity.app.name"],
    ["text", "file.name", "entity.file.name"],
  ],
  finish(record, { fields }) {
    const action = textOf(record.action) ?? "";
    if (/^user_log(?:in|out)/.test(action)) {
      classify(fields, "authentication", action.startsWith("user_logout") ? "end" : "start");
      fields["event.outcome"] = action.includes("fail") ? "failure" : "success";
    } else if (action.startsWith("file_"))
      classify(
        fields,
        "file",
        /upload/.test(action) ? "creation" : /delete/.test(action) ? "deletion" : "access",
      );
    else if (action.startsWith("user_") || action.startsWith("role_"))
      classify(fields, "iam", "user", "change");
    else if (/^(?:public|private)_channel|^app_|^workspace|^pref/.test(action))
      classify(fields, "configuration", "change");
  },
});

/** Zoom webhooks. Epoch milliseconds. */
export const zoomWebhook = product({
  name: "zoom/webhook",
  title: "Zoom webhook event",
  recognises: (record) =>
    typeof record.event === "string" &&
    /^[a-z_]+\.[a-z_.]+$/.test(record.event) &&
    at(record, "payload", "account_id") !== undefined,
  time: [
    "payload.object.participant.sharing_details.date_time",
    "payload.object.participant.date_time",
    "payload.object.participant.leave_time",
    "payload.object.participant.join_time",
    "payload.object.date_time",
    "payload.time_stamp",
    "event_ts",
    "payload.object.start_time",
  ],
  fixed: { "event.category": ["session"], "event.type": ["info"] },
  map: [
    ["text", "event.action", "event"],
    ["user", "user", "payload.operator", "payload.object.participant.user_name", "payload.object.host_email"],
    ["text", "user.email", "payload.operator", "payload.object.email", "payload.object.participant.email"],
    [
      "text",
      "user.id",
      "payload.operator_id",
      "payload.object.participant.id",
      "payload.object.participant.user_id",
      "payload.object.host_id",
    ],
    ["text", "event.start", "payload.object.start_time"],
    [
      "address",
      "source",
      "payload.object.participant.ip_address",
      "payload.object.participant.public_ip",
      "payload.object.ip_address",
    ],
    ["text", "user.full_name", "payload.object.participant.user_name"],
    ["text", "organization.id", "payload.account_id"],
  ],
  finish(record, { fields }) {
    const event = textOf(record.event) ?? "";
    if (event.startsWith("user.")) setZoomUser(record, fields);
    if (/signed_in|signed_out/.test(event))
      classify(fields, "authentication", event.endsWith("out") ? "end" : "start");
    else if (event.startsWith("user.") || event.startsWith("account.")) classify(fields, "iam", "change");
    else if (/started|joined/.test(event)) classify(fields, "session", "start");
    else if (/ended|left/.test(event)) classify(fields, "session", "end");
  },
});

/** The account that an event is about: whom an operator acted on, or who acted where there is none. */
function setZoomUser(record: JsonObject, fields: Fields): void {
  const hasOperator =
    at(record, "payload", "operator") !== undefined || at(record, "payload", "operator_id") !== undefined;
  const prefix = hasOperator ? "user.target" : "user";
  const about = at(record, "payload", "object");
  const id = textOf(at(about, "id"));
  if (id !== undefined) fields[`${prefix}.id`] = id;
  const email = textOf(at(about, "email"));
  if (email !== undefined) {
    fields[`${prefix}.email`] = email;
    fields[`${prefix}.name`] ??= email;
  }
  const names = [textOf(at(about, "first_name")), textOf(at(about, "last_name"))].filter(Boolean);
  if (names.length > 0) fields[`${prefix}.full_name`] = names.join(" ");
}

/** Box enterprise events. The offset is in the record. */
export const boxEvents = product({
  name: "box/events",
  title: "Box enterprise events",
  recognises: (record) =>
    record.type === "event" && record.event_type !== undefined && record.event_id !== undefined,
  time: ["created_at", "recorded_at"],
  fixed: { "event.category": ["file"], "event.type": ["info"] },
  map: [
    ["text", "event.action", "event_type"],
    ["text", "event.id", "event_id"],
    ["text", "user.id", "created_by.id"],
    ["text", "user.full_name", "created_by.name"],
    ["text", "user.name", "created_by.login", "created_by.name"],
    ["text", "user.email", "created_by.login"],
    ["address", "source", "ip_address"],
    ["text", "user.effective.name", "action_by.login"],
  ],
  finish(record, { fields }) {
    const type = textOf(record.event_type) ?? "";
    const kind = textOf(at(record, "source", "type") ?? at(record, "source", "item_type"));
    const name = textOf(at(record, "source", "name") ?? at(record, "source", "item_name"));
    if (name !== undefined && kind !== "user") fields["file.name"] = name;
    if (kind === "user") {
      const login = textOf(at(record, "source", "login"));
      if (login !== undefined && login !== fields["user.name"]) fields["user.target.name"] = login;
    }
    if (/LOGIN/.test(type)) {
      classify(fields, "authentication", "start");
      fields["event.outcome"] = type.startsWith("FAILED") ? "failure" : "success";
    } else if (/USER|GROUP|ADMIN/.test(type)) classify(fields, "iam", "change");
    else if (/DELETE|TRASH/.test(type)) classify(fields, "file", "deletion");
    else if (/UPLOAD|CREATE|COPY/.test(type)) classify(fields, "file", "creation");
    else if (/DOWNLOAD|PREVIEW|OPEN/.test(type)) classify(fields, "file", "access");
    else if (/EDIT|MOVE|RENAME|SHARE/.test(type)) classify(fields, "file", "change");
  },
});

/** Dropbox Business team log. UTC with Z. */
export const dropboxEvents = product({
  name: "dropbox/events",
  title: "Dropbox team log",
  recognises: holds("event_category", "event_type", "actor", "timestamp"),
  time: ["timestamp"],
  fixed: { "event.category": ["iam"], "event.type": ["info"] },
  map: [
    ["text", "message", "event_type.description"],
    ["text", "user.email", "actor.user.email", "actor.admin.email"],
    ["text", "user.name", "actor.user.email", "actor.admin.email"],
    ["text", "user.full_name", "actor.user.display_name", "actor.admin.display_name"],
    ["text", "user.id", "actor.user.account_id", "actor.admin.account_id"],
    ["address", "source", "origin.geo_location.ip_address"],
    ["text", "source.geo.city_name", "origin.geo_location.city"],
    ["text", "source.geo.region_name", "origin.geo_location.region"],
    ["text", "source.geo.country_iso_code", "origin.geo_location.country"],
    ["text", "file.name", "assets.display_name"],
    ["text", "file.path", "assets.path.contextual"],
  ],
  finish(record, { fields }) {
    const type = textOf(at(record, "event_type", ".tag")) ?? "";
    if (type !== "") fields["event.action"] = type;
    const category = textOf(at(record, "event_category", ".tag")) ?? "";
    if (category === "logins") {
      classify(fields, "authentication", type === "logout" ? "end" : "start");
      fields["event.outcome"] = type.includes("fail") ? "failure" : "success";
    } else if (/^file/.test(category)) classify(fields, "file", "access");
  },
});
