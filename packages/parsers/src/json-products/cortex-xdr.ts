import { isJsonObject } from "../json/parse.ts";
import { classify, type JsonProduct, textOf, timeOf } from "../json/product.ts";
import { compileTable } from "../json/table.ts";

const map = compileTable([
  ["text", "event.id", "external_id", "alert_id"],
  ["text", "event.action", "action"],
  ["text", "event.reason", "description"],
  ["text", "message", "name"],
  ["text", "rule.name", "events.fw_rule", "matching_service_rule_id", "name"],
  ["text", "rule.id", "events.fw_rule_id"],
  ["text", "host.hostname", "agent_fqdn", "host_name"],
  ["lower", "host.name", "agent_fqdn", "host_name"],
  ["text", "host.domain", "agent_device_domain"],
  ["text", "host.id", "endpoint_id"],
  ["text", "host.os.name", "agent_os_type"],
  ["text", "host.os.version", "agent_os_sub_type"],
  ["list", "host.ip", "host_ip"],
  ["user", "user", "events.user_name", "user_name"],
  ["address", "source", "events.action_local_ip"],
  ["integer", "source.port", "events.action_local_port"],
  ["address", "destination", "events.action_remote_ip"],
  ["integer", "destination.port", "events.action_remote_port"],
  ["text", "dns.question.name", "events.dns_query_name"],
  ["text", "process.name", "events.action_process_image_name", "events.actor_process_image_name"],
  ["text", "process.executable", "events.actor_process_image_path"],
  [
    "text",
    "process.command_line",
    "events.action_process_image_command_line",
    "events.actor_process_command_line",
  ],
  ["integer", "process.pid", "events.actor_process_os_pid"],
  ["text", "process.entity_id", "events.action_process_instance_id", "events.actor_process_instance_id"],
  ["hash", "process.hash", "events.action_process_image_sha256", "events.actor_process_image_sha256"],
  ["hash", "process.hash", "events.actor_process_image_md5"],
  ["text", "process.parent.name", "events.causality_actor_process_image_name"],
  ["text", "process.parent.executable", "events.causality_actor_process_image_path"],
  ["text", "process.parent.command_line", "events.causality_actor_process_command_line"],
  ["text", "file.path", "events.action_file_path"],
  ["text", "file.name", "events.action_file_name"],
  ["hash", "file.hash", "events.action_file_sha256"],
  ["hash", "file.hash", "events.action_file_md5"],
  ["text", "registry.path", "events.action_registry_full_key"],
  ["text", "registry.key", "events.action_registry_key_name"],
  ["text", "registry.value", "events.action_registry_value_name"],
]);

const severities: Record<string, number> = { unknown: 0, informational: 1, low: 2, medium: 3, high: 4 };

/** Cortex XDR alerts ("Get Alerts Multi-Events" of Palo Alto's API reference): an event for each in `events`. Epoch milliseconds. */
export const cortexXdr: JsonProduct = {
  name: "endpoint/cortex-xdr",
  title: "Cortex XDR alert",
  recognises: (record) =>
    record.alert_id !== undefined && (record.detection_timestamp ?? record.local_insert_ts) !== undefined,
  split(record) {
    return Array.isArray(record.events) && record.events.length > 0
      ? record.events.map((events) => ({ ...record, events }))
      : undefined;
  },
  read(record, draft, context) {
    const fields = draft.fields;
    const event = isJsonObject(record.events) ? record.events : record;
    draft.time = timeOf(
      event.event_timestamp ?? record.detection_timestamp ?? record.local_insert_ts,
      context,
    );
    fields["event.kind"] = "alert";
    classify(fields, "malware", "info");
    map(record, fields);
    const severity = severities[textOf(record.severity) ?? ""];
    if (severity !== undefined) fields["event.severity"] = severity;
  },
};
