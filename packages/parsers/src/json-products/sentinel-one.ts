import { product } from "../json/define.ts";
import { at, classify, textOf } from "../json/product.ts";

/** SentinelOne activities of the management console. UTC with Z. */
export const sentinelOneActivity = product({
  name: "endpoint/sentinelone-activity",
  title: "SentinelOne activity",
  recognises: (record) => record.activityType !== undefined && record.primaryDescription !== undefined,
  time: ["createdAt", "updatedAt"],
  fixed: { "event.category": ["configuration"], "event.type": ["info"] },
  map: [
    ["text", "event.code", "activityType"],
    ["text", "event.id", "id"],
    ["text", "message", "primaryDescription"],
    ["text", "event.reason", "secondaryDescription", "description"],
    ["text", "user.name", "data.username", "data.byUser"],
    ["text", "user.full_name", "data.fullName"],
    ["text", "user.id", "userId"],
    ["address", "source", "data.ipAddress"],
    ["host", "host.name", "data.computerName"],
    ["lower", "host.os.type", "osFamily"],
    ["file", "file", "data.filePath"],
    ["hash", "file.hash", "data.fileContentHash", "hash"],
    ["text", "rule.name", "data.ruleName", "data.threatClassification"],
    ["text", "group.name", "data.groupName"],
    ["text", "group.id", "groupId"],
  ],
  finish(record, { fields }) {
    const text = textOf(record.primaryDescription) ?? "";
    if (/logged (?:in|out)|log ?in/i.test(text)) {
      classify(fields, "authentication", /logged out/i.test(text) ? "end" : "start");
      fields["event.outcome"] = /fail/i.test(text) ? "failure" : "success";
      fields["event.action"] = /logged out/i.test(text) ? "logged-out" : "logged-in";
    } else if (/\buser\b|\brole\b/i.test(text)) classify(fields, "iam", "change");
    else if (textOf(record.threatId) !== undefined) classify(fields, "malware", "info");
  },
});

/** SentinelOne STAR and other custom-rule alerts (`alertInfo`, `ruleInfo`). UTC with Z. */
export const sentinelOneAlert = product({
  name: "endpoint/sentinelone-alert",
  title: "SentinelOne custom-rule alert",
  recognises: (record) => record.alertInfo !== undefined && record.ruleInfo !== undefined,
  time: ["alertInfo.createdAt", "alertInfo.reportedAt"],
  fixed: { "event.kind": "alert", "event.category": ["malware"], "event.type": ["info"] },
  map: [
    ["text", "event.id", "alertInfo.alertId"],
    ["text", "event.action", "alertInfo.eventType"],
    ["text", "rule.id", "ruleInfo.id"],
    ["text", "rule.name", "ruleInfo.name"],
    ["text", "rule.description", "ruleInfo.description"],
    ["host", "host.name", "agentDetectionInfo.name", "agentRealtimeInfo.name"],
    ["text", "host.id", "agentDetectionInfo.uuid", "agentRealtimeInfo.uuid"],
    ["lower", "host.os.type", "agentDetectionInfo.osFamily", "agentRealtimeInfo.os"],
    ["text", "host.os.name", "agentDetectionInfo.osName"],
    ["user", "user", "sourceProcessInfo.user"],
    ["text", "process.name", "sourceProcessInfo.name"],
    ["text", "process.executable", "sourceProcessInfo.filePath"],
    ["text", "process.command_line", "sourceProcessInfo.commandline"],
    ["integer", "process.pid", "sourceProcessInfo.pid"],
    ["text", "process.entity_id", "sourceProcessInfo.uniqueId"],
    ["hash", "process.hash", "sourceProcessInfo.fileHashMd5"],
    ["hash", "process.hash", "sourceProcessInfo.fileHashSha1"],
    ["hash", "process.hash", "sourceProcessInfo.fileHashSha256"],
    ["text", "process.parent.name", "sourceParentProcessInfo.name"],
    ["text", "process.parent.executable", "sourceParentProcessInfo.filePath"],
    ["text", "process.parent.command_line", "sourceParentProcessInfo.commandline"],
    ["integer", "process.parent.pid", "sourceParentProcessInfo.pid"],
    ["text", "process.parent.entity_id", "sourceParentProcessInfo.uniqueId"],
    ["file", "file", "targetProcessInfo.tgtFilePath"],
    ["hash", "file.hash", "targetProcessInfo.tgtFileHashSha1"],
    ["hash", "file.hash", "targetProcessInfo.tgtFileHashSha256"],
    ["address", "source", "alertInfo.srcIp", "alertInfo.srcMachineIp"],
    ["integer", "source.port", "alertInfo.srcPort"],
    ["address", "destination", "alertInfo.dstIp"],
    ["integer", "destination.port", "alertInfo.dstPort"],
    ["text", "dns.question.name", "alertInfo.dnsRequest"],
    ["text", "registry.path", "alertInfo.registryPath", "alertInfo.registryKeyPath"],
    ["text", "registry.value", "alertInfo.registryValue"],
    ["text", "dll.path", "alertInfo.modulePath"],
    ["hash", "dll.hash", "alertInfo.moduleSha1"],
    ["lower", "network.direction", "alertInfo.netEventDirection"],
  ],
});

const categories: Record<string, readonly [category: string, type: string]> = {
  process: ["process", "start"],
  file: ["file", "change"],
  ip: ["network", "connection"],
  dns: ["network", "protocol"],
  url: ["web", "access"],
  registry: ["registry", "change"],
  logins: ["authentication", "start"],
  module: ["library", "start"],
  indicators: ["malware", "info"],
};

/** SentinelOne Deep Visibility (Cloud Funnel 2): flat keys with dots. Epoch milliseconds. */
export const sentinelOneDeepVisibility = product({
  name: "endpoint/sentinelone-deep-visibility",
  title: "SentinelOne Deep Visibility (Cloud Funnel)",
  recognises: (record) =>
    record["event.type"] !== undefined &&
    record["agent.uuid"] !== undefined &&
    record["event.time"] !== undefined,
  time: ["event.time"],
  map: [
    ["text", "event.action", "event.type"],
    ["text", "event.id", "event.id"],
    ["host", "host.name", "endpoint.name"],
    ["text", "host.id", "agent.uuid"],
    ["lower", "host.os.type", "endpoint.os"],
    ["user", "user", "src.process.user", "event.login.userName"],
    ["program", "process", "src.process.image.path", "src.process.name"],
    ["text", "process.name", "src.process.name"],
    ["text", "process.command_line", "src.process.cmdline"],
    ["integer", "process.pid", "src.process.pid"],
    ["text", "process.entity_id", "src.process.uid"],
    ["hash", "process.hash", "src.process.image.md5"],
    ["hash", "process.hash", "src.process.image.sha1"],
    ["hash", "process.hash", "src.process.image.sha256"],
    ["text", "process.parent.name", "src.process.parent.name"],
    ["text", "process.parent.executable", "src.process.parent.image.path"],
    ["text", "process.parent.command_line", "src.process.parent.cmdline"],
    ["integer", "process.parent.pid", "src.process.parent.pid"],
    ["text", "process.parent.entity_id", "src.process.parent.uid"],
    ["file", "file", "tgt.file.path"],
    ["integer", "file.size", "tgt.file.size"],
    ["hash", "file.hash", "tgt.file.md5"],
    ["hash", "file.hash", "tgt.file.sha1"],
    ["hash", "file.hash", "tgt.file.sha256"],
    ["address", "source", "src.ip.address", "event.login.loginIpAddress"],
    ["integer", "source.port", "src.port.number"],
    ["address", "destination", "dst.ip.address"],
    ["integer", "destination.port", "dst.port.number"],
    ["text", "dns.question.name", "event.dns.request"],
    ["url", "url", "url.address"],
    ["text", "http.request.method", "event.url.action"],
    ["text", "registry.path", "registry.keyPath"],
    ["text", "registry.value", "registry.valueName"],
    ["text", "dll.path", "module.path"],
    ["hash", "dll.hash", "module.md5"],
    ["hash", "dll.hash", "module.sha1"],
    ["outcome", "event.outcome", "event.login.loginIsSuccessful"],
    ["text", "organization.id", "account.id"],
  ],
  finish(record, { fields }) {
    const category = textOf(record["event.category"]) ?? "";
    const known = Object.hasOwn(categories, category) ? categories[category] : undefined;
    if (known !== undefined) classify(fields, ...known);
    const direction = textOf(record["event.network.direction"]);
    if (direction === "INCOMING") fields["network.direction"] = "inbound";
    else if (direction === "OUTGOING") fields["network.direction"] = "outbound";
  },
});

/** Cisco Secure Endpoint (AMP) event stream and API. `timestamp` is epoch seconds. */
export const ciscoSecureEndpoint = product({
  name: "endpoint/cisco-secure-endpoint",
  title: "Cisco Secure Endpoint (AMP) event",
  recognises: (record) =>
    record.event_type_id !== undefined &&
    (record.connector_guid ?? record.group_guids ?? record.computer) !== undefined,
  time: ["date", "timestamp"],
  fixed: { "event.kind": "alert", "event.category": ["malware"], "event.type": ["info"] },
  map: [
    ["text", "event.action", "event_type"],
    ["text", "event.code", "event_type_id"],
    ["text", "event.id", "id"],
    ["text", "rule.name", "detection"],
    ["host", "host.name", "computer.hostname"],
    ["user", "user", "computer.user"],
    ["text", "host.id", "computer.connector_guid"],
    ["file", "file", "file.file_path", "file.file_name"],
    ["hash", "file.hash", "file.identity.sha256"],
    ["hash", "file.hash", "file.identity.sha1"],
    ["hash", "file.hash", "file.identity.md5"],
    ["text", "process.name", "file.parent.file_name"],
    ["integer", "process.pid", "file.parent.process_id"],
    ["hash", "process.hash", "file.parent.identity.sha256"],
    ["address", "source", "network_info.local_ip"],
    ["integer", "source.port", "network_info.local_port"],
    ["address", "destination", "network_info.remote_ip"],
    ["integer", "destination.port", "network_info.remote_port"],
    ["url", "url", "network_info.dirty_url"],
    ["text", "process.command_line", "command_line.arguments"],
  ],
  finish(record, { fields }) {
    const address = textOf(at(record, "computer", "network_addresses", 0, "ip"));
    const external = textOf(at(record, "computer", "external_ip"));
    const ips = [address, external].filter((ip) => ip !== undefined);
    if (ips.length > 0) fields["host.ip"] = ips;
  },
});
