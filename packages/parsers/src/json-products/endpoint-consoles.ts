import type { Fields } from "@firebreak/model/event";
import { cleanIp } from "../ecs/ip.ts";
import { setHost } from "../ecs/parts.ts";
import { holds, product } from "../json/define.ts";
import type { JsonObject } from "../json/parse.ts";
import { at, classify, putUser, textOf } from "../json/product.ts";

/** Sophos Central SIEM API: alerts and events. UTC with Z. */
export const sophosCentral = product({
  name: "endpoint/sophos-central",
  title: "Sophos Central alerts and events",
  recognises: (record) =>
    typeof record.type === "string" &&
    /^Event::/.test(record.type) &&
    (record.customer_id ?? record.when) !== undefined,
  time: ["when", "created_at"],
  fixed: { "event.category": ["malware"], "event.type": ["info"] },
  map: [
    ["text", "event.action", "type"],
    ["text", "event.code", "type"],
    ["text", "event.id", "id"],
    ["text", "message", "description", "name"],
    ["text", "rule.name", "threat"],
    ["host", "host.name", "location", "data.endpoint_name", "dhost"],
    ["text", "host.id", "endpoint_id", "data.endpoint_id"],
    ["address", "source", "source_info.ip", "data.source_info.ip"],
    ["user", "user", "data.user_match_id", "suser"],
    ["text", "user.full_name", "source"],
    ["text", "user.id", "user_id"],
    ["hash", "file.hash", "appSha256"],
    ["file", "file", "core_remedy_items.items.descriptor", "filePath"],
    ["lower", "log.level", "severity"],
    ["text", "organization.id", "customer_id"],
  ],
  finish(record, { fields }) {
    const type = textOf(record.type) ?? "";
    const source = textOf(record.source);
    if (source?.includes("\\")) {
      fields["user.domain"] = source.slice(0, source.indexOf("\\"));
      fields["user.name"] = source.slice(source.indexOf("\\") + 1);
      delete fields["user.full_name"];
    }
    if (/Threat|Malware|Pua|CorePua|Hmpa|Detection/i.test(type)) fields["event.kind"] = "alert";
    else if (/WebControl|WebFiltering/.test(type)) classify(fields, "web", "access");
    else if (/Update|Registered|Deregistered|Compliance|Scan/.test(type)) classify(fields, "host", "info");
    if (/CleanedUp|Clean/.test(type)) fields["event.outcome"] = "success";
  },
});

/** Trend Vision One: workbench alerts, observed-attack detections, audit log. UTC with Z. */
export const trendVisionOne = product({
  name: "endpoint/trend-vision-one",
  title: "Trend Vision One alert, detection and audit log",
  recognises: (record) =>
    record.workbenchLink !== undefined ||
    (record.detectedDateTime !== undefined && record.filters !== undefined) ||
    (record.loggedDateTime !== undefined && record.activity !== undefined),
  time: ["createdDateTime", "detectedDateTime", "loggedDateTime"],
  fixed: { "event.category": ["threat"], "event.type": ["indicator"] },
  map: [
    ["text", "event.id", "id", "uuid"],
    ["text", "rule.name", "model", "filters.name"],
    ["text", "rule.id", "modelId", "filters.id"],
    ["text", "message", "description", "filters.description"],
    ["lower", "log.level", "severity", "filters.riskLevel"],
    ["host", "host.name", "endpoint.endpointName", "endpoint.name", "detail.endpointHostName"],
    ["text", "host.id", "endpoint.agentGuid", "endpoint.guid"],
    ["user", "user", "loggedUser", "detail.processUser", "detail.logonUser"],
    ["text", "process.command_line", "detail.processCmd"],
    ["program", "process", "detail.processFilePath", "detail.processName"],
    ["integer", "process.pid", "detail.processPid"],
    ["hash", "process.hash", "detail.processFileHashSha1"],
    ["hash", "process.hash", "detail.processFileHashSha256"],
    ["program", "process.parent", "detail.parentFilePath", "detail.parentName"],
    ["text", "process.parent.command_line", "detail.parentCmd"],
    ["integer", "process.parent.pid", "detail.parentPid"],
    ["file", "file", "detail.objectFilePath"],
    ["hash", "file.hash", "detail.objectFileHashSha1"],
    ["hash", "file.hash", "detail.objectFileHashSha256"],
    ["address", "destination", "detail.dst"],
    ["integer", "destination.port", "detail.dpt"],
    ["address", "source", "detail.src"],
    ["integer", "source.port", "detail.spt"],
    ["text", "event.action", "activity"],
    ["outcome", "event.outcome", "result"],
  ],
  finish(record, { fields }) {
    if (record.loggedDateTime === undefined) {
      fields["event.kind"] = "alert";
      putScope(record, fields);
      return;
    }
    const activity = textOf(record.activity) ?? "";
    if (/log ?on|log ?in|log ?off/i.test(activity)) classify(fields, "authentication", "start");
    else classify(fields, "iam", "info");
  },
});

/** The machines and accounts that a workbench alert is about, and the techniques of the rules that matched. */
function putScope(record: JsonObject, fields: Fields): void {
  const entities = at(record, "impactScope", "entities");
  for (const entity of Array.isArray(entities) ? entities.slice(0, 50) : []) {
    const value = at(entity, "entityValue");
    const kind = textOf(at(entity, "entityType"));
    if (kind === "host" && fields["host.name"] === undefined) {
      const name = textOf(at(value, "name")) ?? textOf(value);
      if (name !== undefined) setHost(fields, name);
      const ips = at(value, "ips");
      const known = (Array.isArray(ips) ? ips : []).map((ip) => cleanIp(String(ip)));
      if (known.some((ip) => ip !== undefined)) fields["host.ip"] = known.filter((ip) => ip !== undefined);
    } else if (kind === "account" && fields["user.name"] === undefined) putUser(fields, value);
  }
  const rules = at(record, "matchedRules");
  const techniques = (Array.isArray(rules) ? rules : []).slice(0, 50).flatMap((rule) => {
    const filters = at(rule, "matchedFilters");
    return (Array.isArray(filters) ? filters : []).flatMap((filter) => at(filter, "mitreTechniqueIds") ?? []);
  });
  const ids = techniques.map((one) => textOf(one)).filter((one) => one !== undefined);
  if (ids.length > 0) fields["threat.technique.id"] = [...new Set(ids)].slice(0, 50);
}

/** Bitdefender GravityZone event push service: the events inside the JSON-RPC call, or one of them. */
export const bitdefender = product({
  name: "endpoint/bitdefender",
  title: "Bitdefender GravityZone event",
  recognises: (record) =>
    record.module !== undefined &&
    (record.computer_id ?? record.computerId ?? record.endpointId ?? record.companyId) !== undefined,
  time: [
    "timestamp",
    "BitdefenderGZDetectionTime",
    "detectionTime",
    "created",
    "date",
    "lastDetected",
    "_testEvent_",
  ],
  fixed: { "event.category": ["malware"], "event.type": ["info"] },
  map: [
    ["text", "event.action", "final_status", "status", "action", "main_action", "actionTaken"],
    ["text", "event.provider", "module"],
    ["text", "event.id", "incident_id", "_id"],
    ["host", "host.name", "computer_name", "computerName", "endpointName"],
    ["text", "host.id", "computer_id", "computerId", "endpointId"],
    ["text", "rule.name", "malware_name", "exploit_type", "detection_name", "attack_type", "aph_type"],
    ["user", "user", "user.name", "userName", "user.userName", "username"],
    ["text", "user.id", "user.id", "user.sid"],
    ["file", "file", "file_path", "filePath", "path"],
    ["hash", "file.hash", "hash", "file_hash_sha256"],
    ["hash", "file.hash", "file_hash_md5"],
    ["program", "process", "process_path", "parent_process_path", "application_path"],
    ["text", "process.command_line", "process_command_line"],
    ["integer", "process.pid", "process_id"],
    ["url", "url", "url"],
    ["address", "source", "source_ip", "attacker_ip"],
    ["address", "destination", "victim_ip", "local_ip"],
    ["integer", "destination.port", "port", "local_port"],
  ],
  finish(record, { fields }) {
    const address = textOf(record.computer_ip ?? record.computerIp);
    if (address !== undefined) fields["host.ip"] = [address];
    const module = textOf(record.module) ?? "";
    if (
      /^(?:av|hd|exchange-malware|ransomware|antiexploit|avc|new-incident|network-monitor|fw|aph)/.test(
        module,
      )
    )
      fields["event.kind"] = "alert";
    if (module === "fw") classify(fields, "network", "denied");
  },
});

/** Jamf Protect and Santa-like macOS endpoint telemetry in their JSON forms. */
export const santa = product({
  name: "endpoint/santa",
  title: "Santa (macOS) JSON event",
  recognises: (record) => at(record, "execution", "target") !== undefined && record.machine_id !== undefined,
  time: ["event_time", "processed_time"],
  fixed: { "event.category": ["process"], "event.type": ["start"] },
  map: [
    ["program", "process", "execution.target.executable.path"],
    ["integer", "process.pid", "execution.target.id.pid"],
    ["integer", "process.parent.pid", "execution.target.parent_id.pid"],
    ["text", "user.name", "execution.target.effective_user.name"],
    ["text", "user.id", "execution.target.effective_user.uid"],
    ["hash", "process.hash", "execution.target.executable.hash.hash"],
    ["list", "process.args", "execution.args"],
    ["text", "event.action", "execution.decision"],
    ["text", "event.reason", "execution.reason"],
    ["text", "host.id", "machine_id"],
  ],
});

/** Malwarebytes Nebula and OneView detections. */
export const malwarebytes = product({
  name: "endpoint/malwarebytes",
  title: "Malwarebytes Nebula detection",
  recognises: (record) =>
    holds("machine_id", "threat_name")(record) || holds("detection_id", "machine_name")(record),
  time: ["scanned_at", "reported_at", "scanned_at_offset_seconds", "timestamp"],
  fixed: { "event.kind": "alert", "event.category": ["malware"], "event.type": ["info"] },
  map: [
    ["text", "rule.name", "threat_name"],
    ["text", "rule.category", "category"],
    ["host", "host.name", "machine_name"],
    ["text", "host.id", "machine_id"],
    ["text", "event.action", "status"],
    ["text", "event.id", "id", "detection_id"],
    ["file", "file", "path"],
    ["hash", "file.hash", "md5"],
    ["hash", "file.hash", "sha256"],
    ["user", "user", "user", "last_user"],
    ["address", "host", "machine_ip"],
    ["program", "process", "process_name", "process_path"],
  ],
});
