import type { Fields } from "@firebreak/model/event";
import { fieldBelow } from "../ecs/field-name.ts";
import { product } from "../json/define.ts";
import type { JsonObject } from "../json/parse.ts";
import { at, classify, putAddress, putInteger, putText, textOf } from "../json/product.ts";

/** Carbon Black Cloud alerts (API v6 and v7, Data Forwarder). UTC with Z. */
export const carbonBlackAlert = product({
  name: "carbonblack/alert",
  title: "Carbon Black Cloud alert",
  recognises: (record) =>
    (record.org_key ?? record.policy_name ?? record.device_policy) !== undefined &&
    record.device_id !== undefined &&
    (record.threat_id ?? record.legacy_alert_id ?? record.alert_url) !== undefined,
  time: ["create_time", "backend_timestamp", "detection_timestamp", "first_event_time"],
  fixed: { "event.kind": "alert", "event.category": ["malware"], "event.type": ["info"] },
  map: [
    ["text", "event.action", "type"],
    ["text", "event.id", "id"],
    ["text", "event.reason", "reason"],
    ["text", "message", "reason"],
    ["integer", "event.severity", "severity"],
    ["text", "rule.id", "rule_id", "threat_id"],
    ["text", "rule.name", "report_name", "threat_cause_threat_category"],
    ["host", "host.name", "device_name"],
    ["text", "host.id", "device_id"],
    ["lower", "host.os.type", "device_os"],
    ["text", "host.os.version", "device_os_version"],
    ["user", "user", "device_username", "process_username"],
    ["program", "process", "process_path", "process_name"],
    ["text", "process.command_line", "process_cmdline"],
    ["text", "process.entity_id", "process_guid"],
    ["integer", "process.pid", "process_pid"],
    ["hash", "process.hash", "process_sha256"],
    ["hash", "process.hash", "process_md5"],
    ["program", "process.parent", "parent_path", "parent_name"],
    ["text", "process.parent.command_line", "parent_cmdline"],
    ["integer", "process.parent.pid", "parent_pid"],
    ["address", "source", "netconn_local_ip", "netconn_local_ipv4"],
    ["integer", "source.port", "netconn_local_port"],
    ["address", "destination", "netconn_remote_ip", "netconn_remote_ipv4"],
    ["integer", "destination.port", "netconn_remote_port"],
    ["lower", "network.transport", "netconn_protocol"],
    ["text", "organization.id", "org_key"],
  ],
  finish: (record, { fields }) =>
    putHostAddresses(record, fields, ["device_internal_ip", "device_external_ip"]),
});

function putHostAddresses(record: JsonObject, fields: Fields, names: readonly string[]): void {
  const found = names.map((name) => textOf(record[name])).filter((ip) => ip !== undefined);
  if (found.length > 0) fields["host.ip"] = [...new Set(found)];
}

const actions: Record<string, readonly [category: string, type: string]> = {
  procstart: ["process", "start"],
  procend: ["process", "end"],
  netconn: ["network", "connection"],
  netconn_proxy: ["network", "connection"],
  filemod: ["file", "change"],
  regmod: ["registry", "change"],
  moduleload: ["library", "start"],
  crossproc: ["process", "access"],
  scriptload: ["library", "start"],
  apicall: ["process", "info"],
};

/** Carbon Black Cloud endpoint events (Data Forwarder): process, file, registry, module and network activity. */
export const carbonBlackEvent = product({
  name: "carbonblack/endpoint-event",
  title: "Carbon Black Cloud endpoint event and watchlist hit",
  recognises: (record) =>
    (record.process_guid !== undefined && record.device_name !== undefined && record.org_key !== undefined) ||
    (typeof record.type === "string" && record.type.startsWith("endpoint.event.")),
  time: ["device_timestamp", "backend_timestamp", "create_time"],
  map: [
    ["text", "event.action", "action", "type"],
    ["text", "event.id", "event_id", "ioc_id"],
    ["host", "host.name", "device_name"],
    ["text", "host.id", "device_id"],
    ["lower", "host.os.type", "device_os"],
    ["user", "user", "process_username", "childproc_username"],
    ["program", "process", "process_path"],
    ["text", "process.command_line", "process_cmdline"],
    ["text", "process.entity_id", "process_guid"],
    ["integer", "process.pid", "process_pid"],
    ["program", "process.parent", "parent_path"],
    ["text", "process.parent.command_line", "parent_cmdline"],
    ["text", "process.parent.entity_id", "parent_guid"],
    ["integer", "process.parent.pid", "parent_pid"],
    ["address", "source", "local_ip"],
    ["integer", "source.port", "local_port"],
    ["address", "destination", "remote_ip"],
    ["integer", "destination.port", "remote_port"],
    ["text", "destination.domain", "netconn_domain"],
    ["file", "file", "filemod_name"],
    ["hash", "file.hash", "filemod_md5"],
    ["hash", "file.hash", "filemod_sha256"],
    ["text", "registry.path", "regmod_name"],
    ["program", "dll", "modload_name"],
    ["text", "organization.id", "org_key"],
    ["text", "rule.name", "report_name"],
    ["text", "rule.id", "report_id"],
  ],
  finish(record, { fields }) {
    const kind = (textOf(record.type) ?? "").split(".").at(-1)!;
    const known = Object.hasOwn(actions, kind) ? actions[kind] : undefined;
    if (known !== undefined) classify(fields, ...known);
    if ((textOf(record.type) ?? "").startsWith("watchlist")) fields["event.kind"] = "alert";
    putHashes(fields, "process.hash", record.process_hash);
    putHashes(fields, "process.parent.hash", record.parent_hash);
    const protocol = /(TCP|UDP)$/.exec(textOf(record.netconn_protocol) ?? "")?.[1];
    if (protocol !== undefined) fields["network.transport"] = protocol.toLowerCase();
    if (record.netconn_inbound === true) fields["network.direction"] = "inbound";
    else if (record.netconn_inbound === false) fields["network.direction"] = "outbound";
    putHostAddresses(record, fields, ["device_internal_ip", "device_external_ip"]);
    if (fields["dll.executable"] !== undefined) {
      fields["dll.path"] = fields["dll.executable"];
      delete fields["dll.executable"];
    }
  },
});

function putHashes(fields: Fields, prefix: string, value: JsonObject[string]): void {
  if (!Array.isArray(value)) return;
  for (const one of value.slice(0, 4)) {
    const text = textOf(one);
    if (text === undefined) continue;
    if (text.length === 32) fields[fieldBelow(prefix, "md5")] = text;
    else if (text.length === 64) fields[fieldBelow(prefix, "sha256")] = text;
  }
}

/** Carbon Black Cloud audit log. Epoch milliseconds. */
export const carbonBlackAudit = product({
  name: "carbonblack/audit",
  title: "Carbon Black Cloud audit log",
  recognises: (record) =>
    record.loginName !== undefined && record.orgName !== undefined && record.eventTime !== undefined,
  time: ["eventTime"],
  fixed: { "event.category": ["iam"], "event.type": ["info"] },
  map: [
    ["text", "event.id", "eventId"],
    ["text", "event.reason", "description"],
    ["text", "message", "description"],
    ["user", "user", "loginName"],
    ["address", "source", "clientIp"],
    ["url", "url", "requestUrl"],
    ["text", "organization.name", "orgName"],
  ],
  finish(record, { fields }) {
    const text = textOf(record.description) ?? "";
    if (!/log(?:ged)? ?in|logged out/i.test(text)) return;
    classify(fields, "authentication", /out/i.test(text) ? "end" : "start");
    fields["event.outcome"] = /fail|invalid|incorrect/i.test(text) ? "failure" : "success";
  },
});

/** Carbon Black EDR (Response) event forwarder: `ingress.event.*`, `alert.*`, `watchlist.*`, `feed.*`. Epoch seconds. */
export const carbonBlackEdr = product({
  name: "carbonblack/edr",
  title: "Carbon Black EDR event forwarder",
  recognises: (record) =>
    typeof record.type === "string" &&
    /^(?:ingress\.event|alert|watchlist|feed|binaryinfo|binarystore|raw)\./.test(record.type) &&
    (record.cb_server ?? record.sensor_id ?? record.computer_name) !== undefined,
  time: ["timestamp", "event_timestamp", "created_time"],
  map: [
    ["text", "event.action", "type"],
    ["host", "host.name", "computer_name", "hostname"],
    ["program", "process", "process_path", "path", "process_name"],
    ["text", "process.command_line", "command_line", "cmdline"],
    ["text", "process.entity_id", "process_guid", "unique_id"],
    ["integer", "process.pid", "pid", "process_pid"],
    ["hash", "process.hash", "md5", "process_md5"],
    ["hash", "process.hash", "sha256", "process_sha256"],
    ["program", "process.parent", "parent_path", "parent_name"],
    ["integer", "process.parent.pid", "parent_pid"],
    ["user", "user", "username"],
    ["address", "destination", "remote_ip", "ipv4"],
    ["integer", "destination.port", "remote_port", "port"],
    ["address", "source", "local_ip"],
    ["integer", "source.port", "local_port"],
    ["text", "destination.domain", "domain"],
    ["text", "rule.name", "watchlist_name", "feed_name"],
    ["text", "event.id", "unique_id", "alert_id"],
  ],
  finish(record, { fields }) {
    const type = textOf(record.type) ?? "";
    const kind = type.split(".").at(-1)!;
    const known = Object.hasOwn(actions, kind) ? actions[kind] : undefined;
    if (known !== undefined) classify(fields, ...known);
    if (/^(?:alert|watchlist|feed)/.test(type)) fields["event.kind"] = "alert";
    const protocol = textOf(record.protocol);
    if (protocol === "6" || protocol === "17") fields["network.transport"] = protocol === "6" ? "tcp" : "udp";
    const direction = textOf(record.direction);
    if (direction !== undefined && /^(?:in|out)bound$/.test(direction))
      fields["network.direction"] = direction;
    const document = at(record, "docs", 0);
    putText(fields, "process.name", at(document, "process_name"));
    putInteger(fields, "process.pid", at(document, "process_pid"));
    putText(fields, "user.name", at(document, "username"));
    putAddress(fields, "host", at(document, "interface_ip"));
  },
});
