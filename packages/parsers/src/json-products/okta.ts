import type { Fields } from "@firebreak/model/event";
import type { JsonObject } from "../json/parse.ts";
import { at, classify, type JsonProduct, putText, putUser, textOf, timeOf } from "../json/product.ts";
import { compileTable } from "../json/table.ts";

const map = compileTable([
  ["user", "user", "actor.alternateId", "actor.displayName"],
  ["text", "user.id", "actor.id"],
  ["text", "user.full_name", "actor.displayName"],
  ["address", "source", "client.ipAddress", "request.ipChain.ip"],
  ["address", "client", "client.ipAddress", "request.ipChain.ip"],
  ["text", "client.user.id", "actor.id"],
  ["text", "client.user.full_name", "actor.displayName"],
  ["text", "user_agent.name", "client.userAgent.browser"],
  ["text", "user_agent.os.full", "client.userAgent.os"],
  ["text", "source.geo.region_name", "client.geographicalContext.state"],
  ["text", "source.geo.country_name", "client.geographicalContext.country"],
  ["text", "source.geo.city_name", "client.geographicalContext.city"],
  ["text", "user_agent.original", "client.userAgent.rawUserAgent"],
  ["text", "event.id", "uuid"],
  ["text", "event.code", "eventType"],
  ["text", "message", "displayMessage"],
  ["text", "event.reason", "outcome.reason"],
  ["lower", "log.level", "severity"],
  ["text", "event.action", "eventType"],
]);

/** Okta System Log. UTC with Z. */
export const okta: JsonProduct = {
  name: "okta/system",
  title: "Okta system log",
  recognises(record) {
    return record.eventType !== undefined && record.published !== undefined && record.actor !== undefined;
  },
  read(record, draft, context) {
    const fields = draft.fields;
    draft.time = timeOf(record.published, context);
    map(record, fields);
    const result = textOf(fields["firebreak.raw.outcome.result"] as string | undefined);
    if (result === "SUCCESS" || result === "ALLOW") fields["event.outcome"] = "success";
    else if (result === "FAILURE" || result === "DENY") fields["event.outcome"] = "failure";
    else if (result !== undefined) fields["event.outcome"] = "unknown";
    putTargets(record, fields);
    const type = textOf(record.eventType) ?? "";
    if (/^user\.(?:session|authentication|mfa)/.test(type))
      classify(fields, "authentication", type.includes("session.end") ? "end" : "start");
    else if (/^(?:user|group)\./.test(type)) classify(fields, "iam", "change");
    else classify(fields, "configuration", "change");
  },
};

/** The user, the group and the application that the event is about stand in one list, told by their type. */
function putTargets(record: JsonObject, fields: Fields): void {
  const targets = record.target;
  if (!Array.isArray(targets)) return;
  for (const target of targets.slice(0, 20)) {
    const type = textOf(at(target, "type"));
    if (type === "User" || type === "AppUser") {
      putUser(fields, at(target, "alternateId"), "user.target");
      putText(fields, "user.target.id", at(target, "id"));
      putText(fields, "user.target.full_name", at(target, "displayName"));
    } else if (type === "UserGroup") {
      putText(fields, "user.target.group.id", at(target, "id"));
      putText(fields, "user.target.group.name", at(target, "displayName"));
    } else if (type === "AppInstance") putText(fields, "service.name", at(target, "displayName"));
  }
}
