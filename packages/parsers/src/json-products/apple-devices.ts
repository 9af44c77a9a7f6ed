import { product } from "../json/define.ts";
import { at, classify, textOf } from "../json/product.ts";

/** Jamf Protect alerts and telemetry in the webhook's form (`input`, `caid`). UTC, epoch seconds. */
export const jamfProtect = product({
  name: "jamf/protect",
  title: "Jamf Protect alert",
  recognises: (record) =>
    record.caid !== undefined &&
    at(record, "input", "match") !== undefined &&
    at(record, "input", "host") !== undefined,
  time: ["input.match.event.timestamp", "input.eventTimestamp", "timestamp"],
  fixed: { "event.kind": "alert", "event.category": ["intrusion_detection"], "event.type": ["info"] },
  map: [
    ["text", "event.id", "input.match.uuid", "caid"],
    ["text", "event.action", "input.eventType"],
    ["integer", "event.severity", "input.match.severity"],
    ["text", "rule.name", "input.match.facts.name"],
    ["text", "rule.description", "input.match.facts.human"],
    ["text", "message", "input.match.facts.human"],
    ["host", "host.name", "input.host.hostname"],
    ["address", "host", "input.host.ips"],
    ["text", "host.id", "input.host.serial"],
    ["text", "host.os.full", "input.host.os"],
    ["text", "process.executable", "input.related.processes.path"],
    ["program", "process", "input.related.processes.path"],
    ["text", "process.name", "input.related.processes.name"],
    ["integer", "process.pid", "input.related.processes.pid", "input.match.event.pid"],
    ["text", "process.command_line", "input.related.processes.commandLine"],
    ["text", "user.name", "input.related.users.name"],
    ["text", "user.id", "input.related.users.uid"],
    ["file", "file", "input.related.binaries.path", "input.related.files.path"],
    ["hash", "file.hash", "input.related.binaries.sha256hex"],
    ["hash", "file.hash", "input.related.binaries.sha1hex"],
  ],
});

/** Jamf Pro webhooks: `event` and `webhook`. Epoch milliseconds. */
export const jamfPro = product({
  name: "jamf/pro",
  title: "Jamf Pro webhook",
  recognises: (record) => at(record, "webhook", "webhookEvent") !== undefined && record.event !== undefined,
  time: ["webhook.eventTimestamp"],
  fixed: { "event.category": ["host"], "event.type": ["info"] },
  map: [
    ["text", "event.action", "webhook.webhookEvent"],
    ["text", "event.id", "webhook.id"],
    ["host", "host.name", "event.computer.deviceName", "event.deviceName"],
    ["address", "host", "event.computer.reportedIpAddress", "event.reportedIpAddress", "event.ipAddress"],
    ["text", "host.id", "event.computer.udid", "event.udid"],
    ["text", "host.os.version", "event.computer.osVersion", "event.osVersion"],
    ["user", "user", "event.computer.username", "event.username", "event.authorizedUsername"],
    ["text", "user.email", "event.computer.emailAddress", "event.emailAddress"],
    ["text", "user.full_name", "event.computer.realName", "event.realName"],
    ["outcome", "event.outcome", "event.operationSuccessful"],
  ],
});

/** Jamf Compliance Reporter: records of macOS' audit (OpenBSM). UTC, epoch seconds. */
export const jamfComplianceReporter = product({
  name: "jamf/compliance-reporter",
  title: "Jamf Compliance Reporter event",
  recognises: (record) =>
    at(record, "header", "event_name") !== undefined && at(record, "host_info", "host_name") !== undefined,
  time: ["header.time_milliseconds_offset_iso", "header.time_iso", "header.time_seconds_epoch"],
  fixed: { "event.category": ["host"], "event.type": ["info"] },
  map: [
    ["lower", "event.action", "header.event_name"],
    ["text", "event.code", "header.event_id"],
    ["outcome", "event.outcome", "return.description"],
    ["host", "host.name", "host_info.host_name"],
    ["text", "host.id", "host_info.host_uuid"],
    ["text", "host.os.version", "host_info.osversion"],
    ["text", "user.name", "subject.user_name", "identity.user_name", "subject.effective_user_name"],
    ["text", "user.id", "subject.user_id", "subject.audit_id"],
    ["text", "user.effective.name", "subject.effective_user_name"],
    ["text", "user.effective.id", "subject.effective_user_id"],
    ["text", "group.name", "subject.group_name"],
    ["text", "group.id", "subject.group_id"],
    ["program", "process", "subject.process_name", "exec_chain.process_path"],
    ["integer", "process.pid", "subject.process_id"],
    ["list", "process.args", "exec_args.args_compiled", "exec_args.args"],
    ["hash", "process.hash", "subject.process_hash"],
    ["program", "process.parent", "subject.responsible_process_name"],
    ["integer", "process.parent.pid", "subject.responsible_process_id"],
    ["file", "file", "path"],
    ["address", "source", "subject.terminal_id.ip_address"],
    ["address", "destination", "socket_inet.ip_address"],
    ["integer", "destination.port", "socket_inet.port"],
  ],
  finish(record, { fields }) {
    const args = textOf(at(record, "exec_args", "args_compiled"));
    if (args !== undefined) {
      fields["process.command_line"] = args.replaceAll(",", " ");
      delete fields["process.args"];
    }
    const name = textOf(at(record, "header", "event_name")) ?? "";
    if (/EXEC|FORK|SPAWN/i.test(name)) classify(fields, "process", "start");
    else if (/EXIT|KILL/i.test(name)) classify(fields, "process", "end");
    else if (/LOGIN|SSH|AUTH|SU$|SUDO/i.test(name)) classify(fields, "authentication", "start");
    else if (/LOGOUT/i.test(name)) classify(fields, "authentication", "end");
    else if (/CONNECT|ACCEPT|SOCKET|BIND/i.test(name)) classify(fields, "network", "connection");
    else if (/OPEN|CREATE|UNLINK|RENAME|CHMOD|CHOWN/i.test(name)) classify(fields, "file", "access");
  },
});
