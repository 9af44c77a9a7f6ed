import { kebabCase } from "../ecs/verdict.ts";
import { classify, type JsonProduct, putText, textOf, timeOf } from "../json/product.ts";
import { compileTable } from "../json/table.ts";

const map = compileTable([
  ["text", "host.name", "decorations.hostname", "hostIdentifier"],
  ["text", "host.id", "decorations.host_uuid"],
  ["text", "user.name", "columns.username", "columns.user", "decorations.username"],
  ["text", "process.name", "columns.name", "columns.process_name"],
  ["text", "process.executable", "columns.path"],
  ["text", "process.command_line", "columns.cmdline"],
  ["integer", "process.pid", "columns.pid"],
  ["integer", "process.parent.pid", "columns.parent"],
  ["address", "source", "columns.local_address"],
  ["integer", "source.port", "columns.local_port"],
  ["address", "destination", "columns.remote_address"],
  ["integer", "destination.port", "columns.remote_port"],
  ["text", "file.path", "columns.target_path"],
  ["text", "file.hash.md5", "columns.md5"],
  ["text", "file.hash.sha1", "columns.sha1"],
  ["text", "file.hash.sha256", "columns.sha256"],
]);

/** osquery's results log (differential, snapshot). `unixTime` is UTC. */
export const osquery: JsonProduct = {
  name: "endpoint/osquery",
  title: "osquery results log",
  recognises(record) {
    return (
      record.hostIdentifier !== undefined &&
      record.name !== undefined &&
      (record.columns !== undefined || record.snapshot !== undefined || record.diffResults !== undefined)
    );
  },
  read(record, draft, context) {
    const fields = draft.fields;
    draft.time = timeOf(record.unixTime ?? record.calendarTime, context);
    classify(fields, "host", "info");
    putText(fields, "rule.name", record.name);
    map(record, fields);
    const action = textOf(record.action);
    if (action !== undefined) fields["event.action"] = kebabCase(action);
  },
};
