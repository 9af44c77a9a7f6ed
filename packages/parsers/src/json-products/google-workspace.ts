import type { Fields } from "@firebreak/model/event";
import type { JsonValue } from "../json/parse.ts";
import { at, classify, type JsonProduct, putInteger, putUser, textOf, timeOf } from "../json/product.ts";
import { compileTable } from "../json/table.ts";

const map = compileTable([
  ["user", "user", "actor.email", "actor.callerType"],
  ["text", "user.id", "actor.profileId"],
  ["address", "source", "ipAddress"],
  ["text", "event.id", "id.uniqueQualifier"],
  ["text", "source.user.id", "actor.profileId"],
  ["text", "source.user.email", "actor.email"],
  ["text", "event.code", "events.name"],
  ["text", "organization.id", "id.customerId"],
]);

/** Google Workspace activity reports (Admin SDK Reports API). UTC with Z. */
export const googleWorkspace: JsonProduct = {
  name: "google-workspace/activity",
  title: "Google Workspace activity",
  recognises(record) {
    const kind = record.kind;
    return (
      (typeof kind === "string" && kind.endsWith("reports#activity")) ||
      (at(record, "id", "applicationName") !== undefined && record.events !== undefined)
    );
  },
  split(record) {
    const events = record.events;
    // One activity may hold what was done in one step: changing a user's name and address are two events.
    return Array.isArray(events) && events.length > 1
      ? events.map((event) => ({ ...record, events: [event] }))
      : undefined;
  },
  read(record, draft, context) {
    const fields = draft.fields;
    draft.time = timeOf(at(record, "id", "time"), context);
    map(record, fields);
    const app = textOf(at(record, "id", "applicationName"));
    if (app !== undefined && /^\w{1,30}$/.test(app)) {
      draft.dataset = `google-workspace/${app}`;
      fields["event.provider"] = app;
    }
    const event = Array.isArray(record.events) ? record.events[0] : record.events;
    const name = textOf(at(event, "name")) ?? "";
    putParameters(event, fields);
    if (name !== "") fields["event.action"] = name;
    if (app === "login") {
      classify(fields, "authentication", name === "logout" ? "end" : "start");
      fields["event.outcome"] = name === "login_failure" ? "failure" : "success";
    } else if (app === "drive") classify(fields, "file", "access");
    else classify(fields, app === "admin" ? "iam" : "configuration", "change");
  },
};

/** What the parameters of the event name: users, groups, documents (Reports API, "Activity events"). */
function putParameters(event: JsonValue | undefined, fields: Fields): void {
  const parameters = at(event, "parameters");
  if (!Array.isArray(parameters)) return;
  for (const parameter of parameters.slice(0, 200)) {
    const value = at(parameter, "value") ?? at(parameter, "intValue");
    const text = textOf(value);
    if (text === undefined) continue;
    switch (textOf(at(parameter, "name"))) {
      case "USER_EMAIL":
      case "user_email":
      case "affected_email_address":
      case "target_user":
        putUser(fields, text, "user.target");
        break;
      case "GROUP_EMAIL":
      case "group_email": {
        const [name, domain] = text.split("@");
        fields["group.name"] = name!;
        if (domain !== undefined) fields["group.domain"] = domain;
        break;
      }
      case "doc_title":
        fields["file.name"] = text;
        break;
      case "owner":
        fields["file.owner"] = text;
        break;
      case "doc_type":
        fields["file.type"] = text === "folder" ? "dir" : "file";
        break;
      case "rule_name":
        fields["rule.name"] = text;
        break;
      case "rule_resource_name":
        fields["rule.id"] = text;
        break;
      case "app_name":
        fields["service.name"] = text;
        break;
      case "num_response_bytes":
        putInteger(fields, "http.response.body.bytes", value);
        break;
    }
  }
}
