import { holds, product } from "../json/define.ts";
import { at, classify, textOf } from "../json/product.ts";

/** Duo Admin API, authentication log: versions 1 (flat) and 2 (`access_device`, `auth_device`). UTC. */
export const duoAuthentication = product({
  name: "duo/authentication",
  title: "Duo authentication log",
  recognises: (record) =>
    record.txid !== undefined && (record.access_device !== undefined || record.factor !== undefined),
  time: ["isotimestamp", "timestamp"],
  fixed: { "event.category": ["authentication"], "event.type": ["start"] },
  map: [
    ["text", "event.action", "event_type"],
    ["outcome", "event.outcome", "result"],
    ["text", "event.reason", "reason"],
    ["text", "event.id", "txid"],
    ["text", "user.name", "user.name", "username"],
    ["text", "user.id", "user.key"],
    ["text", "user.email", "email"],
    ["list", "user.roles", "user.groups"],
    ["address", "source", "access_device.ip", "ip"],
    ["text", "source.geo.city_name", "access_device.location.city", "location.city"],
    ["text", "source.geo.country_name", "access_device.location.country", "location.country"],
    ["text", "source.geo.region_name", "access_device.location.state", "location.state"],
    ["host", "host.name", "access_device.hostname"],
    ["text", "user_agent.name", "access_device.browser"],
    ["text", "user_agent.version", "access_device.browser_version"],
    ["text", "user_agent.os.name", "access_device.os"],
    ["text", "user_agent.os.version", "access_device.os_version"],
    ["text", "service.name", "application.name", "integration"],
  ],
});

/** Duo Admin API: administrator actions, offline enrolment, telephony. UTC. */
export const duoAdministrator = product({
  name: "duo/administrator",
  title: "Duo administrator, offline enrolment and telephony log",
  recognises: (record) =>
    record.isotimestamp !== undefined &&
    ((record.action !== undefined && record.username !== undefined) ||
      record.telephony_id !== undefined ||
      (record.context !== undefined && record.credits !== undefined)),
  time: ["isotimestamp", "timestamp", "ts"],
  fixed: { "event.category": ["iam"], "event.type": ["info"] },
  map: [
    ["text", "event.action", "action", "type"],
    ["text", "event.id", "telephony_id"],
    ["text", "user.name", "username"],
    ["host", "host.name", "host"],
  ],
  finish(record, { fields }) {
    const action = textOf(record.action) ?? "";
    if (action.startsWith("admin_login")) {
      classify(fields, "authentication", "start");
      fields["event.outcome"] = action === "admin_login" ? "success" : "failure";
    } else if (action.startsWith("user_")) classify(fields, "iam", "user", changeOf(action));
    else if (action !== "") classify(fields, "iam", "admin", changeOf(action));
    const target = textOf(record.object);
    if (action.startsWith("user_") && target !== undefined) fields["user.target.name"] = target;
    if (action === "") classify(fields, "authentication", "info");
  },
});

/** Duo Admin API, activity log (v2): `activity_id`, actor and target. UTC. */
export const duoActivity = product({
  name: "duo/activity",
  title: "Duo activity log",
  recognises: holds("activity_id", "actor", "action"),
  time: ["ts"],
  fixed: { "event.category": ["iam"], "event.type": ["info"] },
  map: [
    ["text", "event.action", "action.name"],
    ["text", "event.id", "activity_id"],
    ["text", "user.name", "actor.name"],
    ["text", "user.id", "actor.key"],
    ["address", "source", "access_device.ip.address", "access_device.ip"],
    ["text", "user_agent.name", "access_device.browser"],
    ["text", "user_agent.version", "access_device.browser_version"],
    ["text", "service.name", "application.name"],
    ["outcome", "event.outcome", "outcome.result"],
  ],
  finish(record, { fields }) {
    const name = textOf(at(record, "target", "name"));
    if (at(record, "target", "type") === "user" && name !== undefined) fields["user.target.name"] = name;
  },
});

function changeOf(action: string): string {
  if (/create|import|enroll/.test(action)) return "creation";
  return /delete|remove/.test(action) ? "deletion" : "change";
}
