import { kebabCase } from "../ecs/verdict.ts";
import { at, classify, type JsonProduct, putText, textOf, timeOf } from "../json/product.ts";
import { compileTable } from "../json/table.ts";

const map = compileTable([
  ["text", "host.name", "decorations.hostname", "hostIdentifier"],
  ["text", "host.id", "decorations.host_uuid"],
  ["text", "host.hostname", "hostIdentifier"],
  ["text", "user.name", "decorations.username", "columns.username", "columns.user"],
  ["text", "process.command_line", "columns.cmdline"],
  ["integer", "process.pid", "columns.pid"],
  ["integer", "process.parent.pid", "columns.parent"],
  ["address", "source", "columns.local_address"],
  ["integer", "source.port", "columns.local_port"],
  ["address", "destination", "columns.remote_address"],
  ["integer", "destination.port", "columns.remote_port"],
  ["text", "file.path", "columns.target_path"],
  ["text", "file.name", "columns.filename"],
  ["text", "file.directory", "columns.directory"],
  ["integer", "file.size", "columns.size"],
  ["text", "file.hash.md5", "columns.md5"],
  ["text", "file.hash.sha1", "columns.sha1"],
  ["text", "file.hash.sha256", "columns.sha256"],
]);

/** Tables of processes have a command line or a process id; `path` is else a file's. */
const processMap = compileTable([
  ["text", "process.name", "columns.name", "columns.process_name"],
  ["text", "process.executable", "columns.path"],
]);
const fileMap = compileTable([
  ["text", "process.name", "columns.process_name", "columns.process"],
  ["text", "file.path", "columns.target_path", "columns.path"],
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
    const isProcess = (at(record, "columns", "cmdline") ?? at(record, "columns", "pid")) !== undefined;
    (isProcess ? processMap : fileMap)(record, fields);
    const action = textOf(record.action);
    if (action !== undefined) fields["event.action"] = kebabCase(action);
  },
};
