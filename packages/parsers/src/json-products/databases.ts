import { kebabCase } from "../ecs/verdict.ts";
import {
  at,
  classify,
  type JsonProduct,
  putAddress,
  putInteger,
  putText,
  textOf,
  timeOf,
} from "../json/product.ts";
import { compileTable } from "../json/table.ts";

const levels: Record<string, string> = { D: "debug", I: "info", W: "warning", E: "error", F: "fatal" };

/** MongoDB 4.4 and newer. `t.$date` carries its zone. */
export const mongodb: JsonProduct = {
  name: "database/mongodb",
  title: "MongoDB log (JSON)",
  recognises(record) {
    return at(record, "t", "$date") !== undefined && record.msg !== undefined && record.c !== undefined;
  },
  read(record, draft, context) {
    const fields = draft.fields;
    draft.time = timeOf(at(record, "t", "$date"), context, undefined);
    const severity = textOf(record.s) ?? "";
    putText(fields, "log.level", levels[severity.charAt(0)]);
    putText(fields, "message", record.msg);
    putText(fields, "event.code", record.id);
    putText(fields, "service.name", record.c);
    putAddress(fields, "source", at(record, "attr", "remote") ?? at(record, "attr", "client"));
    putText(fields, "user.name", at(record, "attr", "principalName") ?? at(record, "attr", "user"));
    const message = textOf(record.msg) ?? "";
    classify(fields, "database", "info");
    if (/^Authentication (?:failed|succeeded)|^Successfully authenticated/i.test(message)) {
      classify(fields, "authentication", "start");
      fields["event.action"] = "login";
      fields["event.outcome"] = /failed/i.test(message) ? "failure" : "success";
    } else if (message === "Connection accepted" || message === "Connection ended") {
      classify(fields, "network", "connection", message.endsWith("accepted") ? "start" : "end");
      fields["event.action"] = message.endsWith("accepted") ? "connection-accepted" : "connection-ended";
    }
  },
};

const postgresMap = compileTable([
  ["text", "user.name", "user"],
  ["integer", "process.pid", "pid"],
  ["integer", "source.port", "remote_port"],
  ["address", "source", "remote_host"],
  ["lower", "log.level", "error_severity"],
  ["text", "event.code", "state_code"],
  ["text", "message", "message"],
  ["text", "service.name", "application_name"],
]);

/** PostgreSQL's jsonlog. The zone is an abbreviation in the record. */
export const postgresJson: JsonProduct = {
  name: "database/postgresql",
  title: "PostgreSQL log (JSON)",
  recognises(record) {
    return record.error_severity !== undefined && record.backend_type !== undefined;
  },
  read(record, draft, context) {
    const fields = draft.fields;
    draft.time = timeOf(record.timestamp, context, undefined);
    postgresMap(record, fields);
    classifyPostgres(textOf(record.message) ?? "", fields);
  },
};

const pgAudit =
  /^AUDIT: (?:SESSION|OBJECT),\d{1,12},\d{1,12},([A-Z]{2,12}),([A-Z ]{2,64}),([^,]{0,64}),([^,]{0,256}),/;
const pgAuditTypes: Readonly<Record<string, string>> = { WRITE: "change", DDL: "change", ROLE: "change" };

/** What the pgaudit extension writes: statement class, command, kind and name of the object, statement. */
function classifyPgAudit(message: string, fields: Parameters<JsonProduct["read"]>[1]["fields"]): boolean {
  const match = pgAudit.exec(message);
  if (match === null) return false;
  classify(fields, match[1] === "ROLE" ? "iam" : "database", pgAuditTypes[match[1]!] ?? "access");
  fields["event.action"] = kebabCase(match[2]!);
  fields["firebreak.raw.audit_class"] = match[1]!;
  putText(fields, "firebreak.raw.object_type", match[3]);
  putText(fields, "firebreak.raw.object_name", match[4]);
  return true;
}

/** Category, action and outcome of a PostgreSQL message; for the stderr and CSV logs too. */
export function classifyPostgres(
  message: string,
  fields: Parameters<JsonProduct["read"]>[1]["fields"],
): void {
  classify(fields, "database", "info");
  if (message.startsWith("AUDIT: ") && classifyPgAudit(message, fields)) return;
  const failed =
    /^(?:password|\w+) authentication failed for user "([^"]{1,128})"|^role "([^"]{1,128})" does not exist|^no pg_hba\.conf entry for host "([^"]{1,128})", user "([^"]{1,128})"/.exec(
      message,
    );
  if (failed) {
    classify(fields, "authentication", "start");
    fields["event.action"] = "login";
    fields["event.outcome"] = "failure";
    const user = failed[1] ?? failed[2] ?? failed[4];
    if (user !== undefined) fields["user.name"] = user;
    if (failed[3] !== undefined) putAddress(fields, "source", failed[3]);
    return;
  }
  const received = /^connection received: host=(\S{1,255})(?: port=(\d{1,5}))?/.exec(message);
  if (received) {
    classify(fields, "network", "connection", "start");
    fields["event.action"] = "connection-received";
    putAddress(fields, "source", received[1]);
    putInteger(fields, "source.port", received[2]);
    return;
  }
  const authorized = /^connection authorized: user=(\S{1,128})/.exec(message);
  if (authorized) {
    classify(fields, "authentication", "start");
    fields["event.action"] = "login";
    fields["event.outcome"] = "success";
    fields["user.name"] = authorized[1]!;
    return;
  }
  const ended = /^disconnection: .*\buser=(\S{1,128}) .*\bhost=(\S{1,255})(?: port=(\d{1,5}))?/.exec(message);
  if (ended) {
    classify(fields, "network", "connection", "end");
    fields["event.action"] = "disconnected";
    fields["user.name"] = ended[1]!;
    putAddress(fields, "source", ended[2]);
    putInteger(fields, "source.port", ended[3]);
  } else if (/^(?:statement|execute [^:]{0,80}|duration: [^:]{0,40}statement): /.test(message)) {
    classify(fields, "database", "access");
    fields["event.action"] = "statement";
  }
}
