import { classify, type JsonProduct, textOf } from "../json/product.ts";
import { compileTable } from "../json/table.ts";

const map = compileTable([
  ["address", "source", "client_ip", "remote_addr"],
  ["text", "user.name", "username"],
  ["lower", "network.protocol", "protocol"],
  ["text", "file.path", "file_path"],
  ["integer", "file.size", "size_bytes"],
  ["text", "event.id", "connection_id"],
  ["text", "event.reason", "error"],
  ["lower", "log.level", "level"],
  ["text", "message", "message"],
  ["text", "http.request.method", "method"],
  ["integer", "http.response.status_code", "resp_status"],
  ["text", "user_agent.original", "user_agent"],
]);

const fileActions: Record<string, readonly [action: string, type: string]> = {
  Upload: ["upload", "creation"],
  Download: ["download", "access"],
  Rename: ["rename", "change"],
  Remove: ["delete", "deletion"],
  Mkdir: ["create-directory", "creation"],
  Rmdir: ["delete-directory", "deletion"],
};

/** SFTPGo server. Its times carry no zone unless UTC logging is on: local time of the server. */
export const sftpgo: JsonProduct = {
  name: "application/sftpgo",
  title: "SFTPGo",
  recognises(record) {
    const sender = record.sender;
    return (
      typeof sender === "string" &&
      record.level !== undefined &&
      record.time !== undefined &&
      (record.connection_id !== undefined || record.client_ip !== undefined || record.protocol !== undefined)
    );
  },
  read(record, draft, context) {
    const fields = draft.fields;
    const time = textOf(record.time);
    draft.time = time === undefined ? undefined : context.time.iso(time);
    map(record, fields);
    const sender = textOf(record.sender) ?? "";
    const file = Object.hasOwn(fileActions, sender) ? fileActions[sender] : undefined;
    if (file) {
      fields["event.action"] = file[0];
      classify(fields, "file", file[1]);
      fields["event.outcome"] = record.error ? "failure" : "success";
    } else if (sender === "connection_failed") {
      fields["event.action"] = "login";
      fields["event.outcome"] = "failure";
      classify(fields, "authentication", "start");
    } else if (sender === "login") {
      fields["event.action"] = "login";
      fields["event.outcome"] = "success";
      classify(fields, "authentication", "start");
    } else classify(fields, "network", "info");
  },
};
