import { classify, type JsonProduct, textOf, timeOf } from "../json/product.ts";
import { compileTable } from "../json/table.ts";

const map = compileTable([
  ["address", "source", "src_ip"],
  ["integer", "source.port", "src_port"],
  ["address", "destination", "dst_ip"],
  ["integer", "destination.port", "dst_port"],
  ["text", "user.name", "username"],
  ["text", "process.command_line", "input"],
  ["url", "url", "url"],
  ["text", "file.hash.sha256", "shasum"],
  ["text", "file.path", "destfile", "outfile"],
  ["text", "network.protocol", "protocol"],
  ["text", "event.id", "session"],
  ["text", "host.name", "sensor"],
  ["text", "message", "message"],
  ["text", "event.code", "eventid"],
]);

/** Cowrie SSH and Telnet honeypot. UTC with Z. */
export const cowrie: JsonProduct = {
  name: "honeypot/cowrie",
  title: "Cowrie honeypot",
  recognises(record) {
    return typeof record.eventid === "string" && record.eventid.startsWith("cowrie.");
  },
  read(record, draft, context) {
    const fields = draft.fields;
    draft.time = timeOf(record.timestamp, context);
    map(record, fields);
    const id = textOf(record.eventid) ?? "";
    fields["event.action"] = id.slice("cowrie.".length).replaceAll(".", "-");
    if (id.includes(".login.")) {
      classify(fields, "authentication", "start");
      fields["event.outcome"] = id.endsWith("success") ? "success" : "failure";
    } else if (id.includes(".command.")) classify(fields, "process", "start");
    else if (id.includes(".session.file")) classify(fields, "file", "creation");
    else classify(fields, "network", id.endsWith("closed") ? "end" : "connection");
  },
};
