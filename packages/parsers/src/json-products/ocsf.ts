import type { Fields } from "@firebreak/model/event";
import { cleanIp } from "../ecs/ip.ts";
import { setHash } from "../ecs/parts.ts";
import { transportOf } from "../ecs/transport.ts";
import { product } from "../json/define.ts";
import type { JsonObject } from "../json/parse.ts";
import { at, textOf } from "../json/product.ts";

/** ECS category and type of OCSF's classes (schema.ocsf.io); the rest by the hundred, which is the category. */
const classes: Record<string, readonly [category: string, type: string]> = {
  1001: ["file", "info"],
  1002: ["driver", "start"],
  1006: ["configuration", "info"],
  1007: ["process", "info"],
  2001: ["vulnerability", "info"],
  2002: ["vulnerability", "info"],
  2003: ["configuration", "info"],
  2004: ["intrusion_detection", "info"],
  3001: ["iam", "user"],
  3002: ["authentication", "info"],
  3003: ["iam", "info"],
  3004: ["iam", "change"],
  3005: ["iam", "user"],
  3006: ["iam", "group"],
  4001: ["network", "connection"],
  4002: ["web", "access"],
  4003: ["network", "protocol"],
  4004: ["network", "protocol"],
  4009: ["email", "info"],
  6003: ["web", "access"],
};
const hundreds: Record<string, readonly [category: string, type: string]> = {
  1: ["host", "info"],
  2: ["intrusion_detection", "info"],
  3: ["iam", "info"],
  4: ["network", "info"],
  5: ["configuration", "info"],
  6: ["configuration", "info"],
};

/** Events in the Open Cybersecurity Schema Framework (Amazon Security Lake and many products). Epoch milliseconds. */
export const ocsf = product({
  name: "ocsf/event",
  title: "OCSF event (Open Cybersecurity Schema Framework)",
  recognises: (record) =>
    record.class_uid !== undefined && record.metadata !== undefined && record.time !== undefined,
  time: ["time", "time_dt"],
  map: [
    ["text", "event.action", "api.operation", "activity_name", "activity"],
    ["text", "event.code", "metadata.event_code"],
    ["text", "event.id", "metadata.uid", "metadata.original_event_uid", "finding_info.uid", "finding.uid"],
    ["text", "event.provider", "metadata.log_provider", "api.service.name", "metadata.product.name"],
    ["text", "event.reason", "status_detail"],
    ["outcome", "event.outcome", "status"],
    ["integer", "event.severity", "severity_id"],
    ["lower", "log.level", "severity"],
    ["text", "message", "message"],
    ["user", "user", "actor.user.name", "user.name", "actor.user.email_addr", "user.email_addr"],
    ["text", "user.id", "actor.user.uid", "user.uid"],
    ["text", "user.domain", "actor.user.domain", "user.domain"],
    ["text", "user.email", "actor.user.email_addr", "user.email_addr"],
    ["address", "source", "src_endpoint.ip", "src_endpoint.hostname"],
    ["text", "source.domain", "src_endpoint.hostname"],
    ["integer", "source.port", "src_endpoint.port"],
    ["mac", "source.mac", "src_endpoint.mac"],
    ["address", "destination", "dst_endpoint.ip", "dst_endpoint.hostname"],
    ["text", "destination.domain", "dst_endpoint.hostname"],
    ["integer", "destination.port", "dst_endpoint.port"],
    ["integer", "source.bytes", "traffic.bytes_out"],
    ["integer", "destination.bytes", "traffic.bytes_in"],
    ["integer", "network.bytes", "traffic.bytes"],
    ["integer", "network.packets", "traffic.packets"],
    ["lower", "network.direction", "connection_info.direction"],
    ["host", "host.name", "device.hostname", "device.name"],
    ["text", "host.id", "device.uid"],
    ["address", "host", "device.ip"],
    ["text", "host.os.name", "device.os.name"],
    [
      "program",
      "process",
      "process.file.path",
      "process.name",
      "actor.process.file.path",
      "actor.process.name",
    ],
    ["integer", "process.pid", "process.pid", "actor.process.pid"],
    ["text", "process.entity_id", "process.uid", "actor.process.uid"],
    ["text", "process.command_line", "process.cmd_line", "actor.process.cmd_line"],
    ["program", "process.parent", "process.parent_process.file.path", "process.parent_process.name"],
    ["integer", "process.parent.pid", "process.parent_process.pid"],
    ["text", "process.parent.command_line", "process.parent_process.cmd_line"],
    ["file", "file", "file.path", "file.name"],
    ["integer", "file.size", "file.size"],
    ["text", "http.request.method", "http_request.http_method"],
    ["integer", "http.response.status_code", "http_response.code"],
    ["text", "user_agent.original", "http_request.user_agent"],
    ["url", "url", "http_request.url.url_string", "http_request.url.text", "http_request.url.path"],
    ["text", "url.domain", "http_request.url.hostname"],
    ["text", "dns.question.name", "query.hostname"],
    ["text", "dns.question.type", "query.type"],
    ["text", "dns.question.class", "query.class"],
    ["text", "dns.response_code", "rcode"],
    ["text", "rule.name", "finding_info.title", "finding.title", "firewall_rule.name", "rule.name"],
    ["text", "rule.id", "firewall_rule.uid", "rule.uid"],
    ["text", "cloud.region", "cloud.region"],
    ["text", "cloud.account.id", "cloud.account.uid", "cloud.account_uid"],
    ["lower", "cloud.provider", "cloud.provider"],
    ["text", "tls.version", "tls.version"],
    ["text", "tls.cipher", "tls.cipher"],
    ["text", "tls.client.server_name", "tls.sni"],
  ],
  finish: (record, { fields }) => finish(record, fields),
});

function finish(record: JsonObject, fields: Fields): void {
  const uid = textOf(record.class_uid) ?? "";
  const known = classes[uid] ?? hundreds[uid.slice(0, 1)];
  if (known !== undefined) {
    fields["event.category"] = [known[0]];
    fields["event.type"] = [known[1]];
  }
  if (uid.startsWith("2")) fields["event.kind"] = "alert";
  const activity = textOf(record.activity_id);
  if (uid === "3002") fields["event.type"] = [activity === "2" ? "end" : "start"];
  else if (uid === "1007" && (activity === "1" || activity === "2"))
    fields["event.type"] = [activity === "1" ? "start" : "end"];
  const direction = fields["network.direction"];
  if (direction === "unknown") delete fields["network.direction"];
  const protocol = textOf(
    at(record, "connection_info", "protocol_name") ?? at(record, "connection_info", "protocol_num"),
  );
  const transport = protocol === undefined ? undefined : transportOf(protocol);
  if (transport !== undefined) fields["network.transport"] = transport;
  const answers = at(record, "answers");
  const ips = (Array.isArray(answers) ? answers.slice(0, 100) : [])
    .map((one) => cleanIp(textOf(at(one, "rdata")) ?? ""))
    .filter((ip) => ip !== undefined);
  if (ips.length > 0) fields["dns.resolved_ip"] = [...new Set(ips)];
  putHashes(fields, "file.hash", at(record, "file", "hashes"));
  putHashes(fields, "process.hash", at(record, "process", "file", "hashes"));
}

function putHashes(fields: Fields, prefix: string, list: ReturnType<typeof at>): void {
  if (!Array.isArray(list)) return;
  for (const hash of list.slice(0, 20)) setHash(fields, prefix, textOf(at(hash, "value")) ?? "");
}
