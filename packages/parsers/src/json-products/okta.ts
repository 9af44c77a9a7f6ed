import { classify, type JsonProduct, textOf, timeOf } from "../json/product.ts";
import { compileTable } from "../json/table.ts";

const map = compileTable([
  ["user", "user", "actor.alternateId", "actor.displayName"],
  ["text", "user.id", "actor.id"],
  ["text", "user.full_name", "actor.displayName"],
  ["text", "user.target.name", "target.alternateId"],
  ["address", "source", "client.ipAddress", "request.ipChain.ip"],
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
    const type = textOf(record.eventType) ?? "";
    if (/^user\.(?:session|authentication|mfa)/.test(type))
      classify(fields, "authentication", type.includes("session.end") ? "end" : "start");
    else if (/^(?:user|group)\./.test(type)) classify(fields, "iam", "change");
    else classify(fields, "configuration", "change");
  },
};
