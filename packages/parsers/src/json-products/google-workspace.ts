import { at, classify, type JsonProduct, textOf, timeOf } from "../json/product.ts";
import { compileTable } from "../json/table.ts";

const map = compileTable([
  ["user", "user", "actor.email", "actor.callerType"],
  ["text", "user.id", "actor.profileId"],
  ["address", "source", "ipAddress"],
  ["text", "event.id", "id.uniqueQualifier"],
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
  read(record, draft, context) {
    const fields = draft.fields;
    draft.time = timeOf(at(record, "id", "time"), context);
    map(record, fields);
    const app = textOf(at(record, "id", "applicationName"));
    if (app !== undefined && /^\w{1,30}$/.test(app)) {
      draft.dataset = `google-workspace/${app}`;
      fields["event.provider"] = app;
    }
    const name = textOf(at(record, "events", 0, "name")) ?? "";
    if (name !== "") fields["event.action"] = name;
    if (app === "login") {
      classify(fields, "authentication", name === "logout" ? "end" : "start");
      fields["event.outcome"] = name === "login_failure" ? "failure" : "success";
    } else if (app === "drive") classify(fields, "file", "access");
    else classify(fields, app === "admin" ? "iam" : "configuration", "change");
  },
};
