import type { Fields } from "@firebreak/model/event";
import { setFile, setProgram } from "../ecs/parts.ts";
import { transportOf } from "../ecs/transport.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../json/parse.ts";
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

const kinds = [
  "process_exec",
  "process_exit",
  "process_kprobe",
  "process_tracepoint",
  "process_uprobe",
  "process_lsm",
  "process_loader",
];

const map = compileTable([
  ["host", "host.name", "node_name"],
  ["text", "process.entity_id", "it.process.exec_id"],
  ["integer", "process.pid", "it.process.pid"],
  ["integer", "process.thread.id", "it.process.tid"],
  ["text", "process.working_directory", "it.process.cwd"],
  ["text", "process.start", "it.process.start_time"],
  ["text", "user.id", "it.process.uid"],
  ["text", "process.parent.entity_id", "it.process.parent_exec_id"],
  ["integer", "process.parent.pid", "it.parent.pid"],
  ["text", "container.id", "it.process.pod.container.id", "it.process.docker"],
  ["text", "container.name", "it.process.pod.container.name"],
  ["text", "container.image.name", "it.process.pod.container.image.name"],
  ["text", "orchestrator.namespace", "it.process.pod.namespace"],
  ["text", "orchestrator.resource.name", "it.process.pod.name"],
  ["text", "rule.name", "it.policy_name"],
  ["text", "event.reason", "it.message"],
]);

/** Cilium Tetragon's JSON export (tetragon.io, "gRPC API"): one key says what the event is. Times are UTC with Z. */
export const tetragon: JsonProduct = {
  name: "container/tetragon",
  title: "Tetragon (eBPF) event",
  recognises: (record) => record.time !== undefined && kinds.some((kind) => isJsonObject(record[kind])),
  read(record, draft, context) {
    const fields = draft.fields;
    const kind = kinds.find((one) => isJsonObject(record[one]))!;
    const it = record[kind] as JsonObject;
    draft.time = timeOf(record.time, context);
    map({ node_name: record.node_name ?? null, it }, fields);
    putProgram(fields, "process", it.process);
    putProgram(fields, "process.parent", it.parent);
    fields["event.action"] = kind;
    classify(fields, "process", kind === "process_exec" ? "start" : kind === "process_exit" ? "end" : "info");
    if (kind === "process_exit") putInteger(fields, "process.exit_code", it.status);
    const call = textOf(it.function_name) ?? textOf(it.event);
    if (call !== undefined) fields["event.action"] = call;
    if (Array.isArray(it.args)) for (const argument of it.args.slice(0, 16)) putArgument(fields, argument);
  },
};

/** `binary` is the path; `arguments` is what follows it on the command line. */
function putProgram(
  fields: Fields,
  prefix: "process" | "process.parent",
  value: JsonValue | undefined,
): void {
  const binary = textOf(at(value, "binary"));
  if (binary === undefined) return;
  setProgram(fields, prefix, binary);
  const rest = textOf(at(value, "arguments"));
  fields[prefix === "process" ? "process.command_line" : "process.parent.command_line"] =
    rest === undefined ? binary : `${binary} ${rest}`;
}

/** Arguments of a traced call: a socket is a connection, a file or path what was touched. */
function putArgument(fields: Fields, argument: JsonValue): void {
  const socket = at(argument, "sock_arg") ?? at(argument, "skb_arg");
  if (isJsonObject(socket)) {
    classify(fields, "network", "connection");
    putAddress(fields, "source", socket.saddr);
    putInteger(fields, "source.port", socket.sport);
    putAddress(fields, "destination", socket.daddr);
    putInteger(fields, "destination.port", socket.dport);
    putText(
      fields,
      "network.transport",
      transportOf((textOf(socket.protocol) ?? "").replace(/^IPPROTO_/, "")),
    );
    return;
  }
  const path = textOf(at(argument, "file_arg", "path")) ?? textOf(at(argument, "path_arg", "path"));
  if (path === undefined) return;
  classify(fields, "file", "access");
  setFile(fields, "file", path);
}
