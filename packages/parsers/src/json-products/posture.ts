import { holds, product } from "../json/define.ts";
import { at, classify, textOf } from "../json/product.ts";

const finding = {
  "event.kind": "alert",
  "event.category": ["vulnerability"],
  "event.type": ["info"],
} as const;

/** Wiz issues: GraphQL and webhook. UTC with Z. */
export const wizIssue = product({
  name: "wiz/issue",
  title: "Wiz issue",
  recognises: (record) =>
    record.entitySnapshot !== undefined && (record.sourceRule ?? record.control) !== undefined,
  time: ["createdAt", "updatedAt"],
  fixed: { ...finding, "event.category": ["configuration"] },
  map: [
    ["text", "event.id", "id"],
    ["text", "event.action", "status"],
    ["text", "rule.id", "sourceRule.id", "control.id"],
    ["text", "rule.name", "sourceRule.name", "control.name"],
    ["text", "message", "sourceRule.controlDescription", "description"],
    ["lower", "log.level", "severity"],
    ["lower", "cloud.provider", "entitySnapshot.cloudPlatform"],
    ["text", "cloud.region", "entitySnapshot.region"],
    ["text", "cloud.account.id", "entitySnapshot.subscriptionExternalId"],
    ["text", "cloud.account.name", "entitySnapshot.subscriptionName"],
    ["text", "url.full", "entitySnapshot.cloudProviderURL"],
  ],
  finish(record, { fields }) {
    const name = textOf(at(record, "entitySnapshot", "name"));
    if (name !== undefined && at(record, "entitySnapshot", "type") === "VIRTUAL_MACHINE")
      fields["host.name"] = name;
  },
});

/** Wiz audit log. UTC with Z. */
export const wizAudit = product({
  name: "wiz/audit",
  title: "Wiz audit log",
  recognises: holds("action", "requestId", "actionParameters", "timestamp"),
  time: ["timestamp"],
  fixed: { "event.category": ["iam"], "event.type": ["info"] },
  map: [
    ["text", "event.id", "id", "requestId"],
    ["text", "event.action", "action"],
    ["outcome", "event.outcome", "status"],
    ["address", "source", "sourceIP"],
    ["user", "user", "user.name", "serviceAccount.name", "actionParameters.name"],
    ["text", "user.id", "user.id", "serviceAccount.id"],
    ["text", "user_agent.original", "userAgent"],
  ],
  finish(record, { fields }) {
    if (/login/i.test(textOf(record.action) ?? "")) classify(fields, "authentication", "start");
  },
});

/** Prisma Cloud CSPM alerts. Epoch milliseconds. */
export const prismaAlert = product({
  name: "prisma-cloud/alert",
  title: "Prisma Cloud alert",
  recognises: holds("alertTime", "policy.policyType"),
  time: ["alertTime", "firstSeen"],
  fixed: { ...finding, "event.category": ["configuration"] },
  map: [
    ["text", "event.id", "id"],
    ["text", "event.action", "status"],
    ["text", "event.reason", "reason"],
    ["text", "rule.id", "policy.policyId", "policyId"],
    ["text", "rule.name", "policy.name"],
    ["text", "message", "policy.description"],
    ["lower", "log.level", "policy.severity"],
    ["lower", "cloud.provider", "resource.cloudType"],
    ["text", "cloud.region", "resource.regionId", "resource.region"],
    ["text", "cloud.account.id", "resource.accountId"],
    ["text", "cloud.account.name", "resource.account"],
    ["text", "cloud.service.name", "resource.cloudServiceName"],
  ],
});

/** Prisma Cloud audit log of the console. Epoch milliseconds. */
export const prismaAudit = product({
  name: "prisma-cloud/audit",
  title: "Prisma Cloud audit log",
  recognises: holds("timestamp", "user", "ipAddress", "actionType", "resourceType"),
  time: ["timestamp"],
  fixed: { "event.category": ["iam"], "event.type": ["info"] },
  map: [
    ["text", "event.action", "actionType"],
    ["text", "message", "action"],
    ["outcome", "event.outcome", "result"],
    ["user", "user", "user"],
    ["address", "source", "ipAddress"],
  ],
  finish(record, { fields }) {
    if (/login/i.test(textOf(record.actionType) ?? "")) classify(fields, "authentication", "start");
  },
});

/** Snyk audit log: v1 API and REST. UTC with Z. */
export const snykAudit = product({
  name: "snyk/audit",
  title: "Snyk audit log",
  recognises: (record) =>
    typeof record.event === "string" &&
    /^(?:org|group|api|user)\.[a-z_.]+$/.test(record.event) &&
    record.created !== undefined,
  time: ["created"],
  fixed: { "event.category": ["iam"], "event.type": ["info"] },
  map: [
    ["text", "event.action", "event"],
    ["text", "user.id", "userId", "user_id"],
    ["text", "user.target.id", "content.userPublicId", "content.user_id"],
    ["text", "group.id", "groupId", "group_id"],
    ["text", "organization.id", "orgId", "org_id"],
  ],
});

/** Snyk issues with their vulnerability. UTC with Z. */
export const snykIssue = product({
  name: "snyk/issue",
  title: "Snyk issue",
  recognises: (record) =>
    (record.issue !== undefined && record.projects !== undefined && record.introducedDate !== undefined) ||
    (record.type === "issue" && at(record, "attributes", "effective_severity_level") !== undefined),
  time: ["introducedDate", "attributes.updated_at", "attributes.created_at"],
  fixed: finding,
  map: [
    ["text", "event.id", "issue.id", "id"],
    ["text", "rule.name", "issue.title", "attributes.title"],
    ["lower", "vulnerability.severity", "issue.severity", "attributes.effective_severity_level"],
    ["text", "vulnerability.id", "issue.identifiers.CVE", "attributes.problems.id", "issue.id"],
    ["text", "package.name", "issue.package"],
    ["text", "package.version", "issue.version"],
    ["url", "url", "issue.url"],
  ],
});

/** Tenable vulnerability export (assets and plugins). UTC with Z. */
export const tenableVulnerability = product({
  name: "tenable/vulnerability",
  title: "Tenable vulnerability finding",
  recognises: holds("plugin.id", "asset", "severity"),
  time: ["last_found", "last_seen", "indexed", "first_found"],
  fixed: finding,
  map: [
    ["text", "event.action", "state"],
    ["text", "event.id", "finding_id"],
    ["host", "host.name", "asset.hostname", "asset.fqdn", "asset.netbios_name"],
    ["address", "host", "asset.ipv4"],
    ["text", "host.id", "asset.uuid"],
    ["text", "host.os.full", "asset.operating_system"],
    ["text", "rule.id", "plugin.id"],
    ["text", "rule.name", "plugin.name"],
    ["list", "vulnerability.category", "plugin.family"],
    ["text", "vulnerability.description", "plugin.description"],
    ["text", "vulnerability.id", "plugin.cve"],
    ["lower", "vulnerability.severity", "severity"],
    ["integer", "destination.port", "port.port"],
    ["lower", "network.transport", "port.protocol"],
    ["text", "network.application", "port.service"],
  ],
  finish(_record, { fields }) {
    const severity = fields["vulnerability.severity"];
    if (typeof severity === "string") fields["log.level"] = severity;
    const transport = fields["network.transport"];
    if (transport !== "tcp" && transport !== "udp" && transport !== "icmp")
      delete fields["network.transport"];
    if (fields["destination.port"] === 0) delete fields["destination.port"];
  },
});

/** Qualys VMDR host detections, one detection a record. UTC with Z. */
export const qualysDetection = product({
  name: "qualys/detection",
  title: "Qualys VMDR host detection",
  recognises: (record) =>
    at(record, "DETECTION_LIST", "QID") !== undefined ||
    (record.QID !== undefined && record.DETECTION_ID !== undefined),
  time: [
    "DETECTION_LIST.LAST_FOUND_DATETIME",
    "LAST_FOUND_DATETIME",
    "LAST_SCAN_DATETIME",
    "LAST_VULN_SCAN_DATETIME",
  ],
  fixed: finding,
  map: [
    ["text", "event.id", "DETECTION_LIST.UNIQUE_VULN_ID", "UNIQUE_VULN_ID"],
    ["text", "event.action", "DETECTION_LIST.STATUS", "STATUS"],
    ["text", "vulnerability.id", "DETECTION_LIST.QID", "QID"],
    ["text", "rule.id", "DETECTION_LIST.QID", "QID"],
    ["text", "vulnerability.severity", "DETECTION_LIST.SEVERITY", "SEVERITY"],
    ["text", "message", "DETECTION_LIST.RESULTS", "RESULTS"],
    ["host", "host.name", "DNS_DATA.HOSTNAME", "DNS", "NETBIOS"],
    ["address", "host", "IP"],
    ["text", "host.id", "ID", "HOST_ID"],
    ["text", "host.os.full", "OS"],
    ["integer", "destination.port", "DETECTION_LIST.PORT", "PORT"],
    ["lower", "network.transport", "DETECTION_LIST.PROTOCOL", "PROTOCOL"],
  ],
});

/** Rapid7 InsightVM assets with findings. UTC with Z. */
export const rapid7Asset = product({
  name: "rapid7/asset",
  title: "Rapid7 InsightVM asset",
  recognises: holds("last_assessed_for_vulnerabilities", "risk_score", "ip"),
  time: ["last_assessed_for_vulnerabilities", "last_scan_end"],
  fixed: { "event.kind": "state", "event.category": ["host"], "event.type": ["info"] },
  map: [
    ["text", "host.id", "id"],
    ["host", "host.name", "host_name"],
    ["address", "host", "ip"],
    ["text", "host.os.full", "os_description"],
    ["text", "host.os.name", "os_name"],
    ["text", "host.os.version", "os_version"],
    ["text", "host.architecture", "os_architecture"],
  ],
});

/** Sysdig Secure events and Falco's JSON output. UTC. */
export const falco = product({
  name: "container/falco",
  title: "Falco and Sysdig Secure alert",
  recognises: (record) =>
    (record.output_fields !== undefined && record.rule !== undefined && record.priority !== undefined) ||
    (at(record, "content", "ruleName") !== undefined && record.severity !== undefined),
  time: ["time", "timestampRFC3339Nano", "timestamp"],
  fixed: { "event.kind": "alert", "event.category": ["intrusion_detection"], "event.type": ["info"] },
  map: [
    ["text", "event.id", "id", "uuid"],
    ["text", "event.action", "output_fields.evt.type", "content.fields.evt.type"],
    ["text", "rule.name", "rule", "content.ruleName", "name"],
    ["text", "rule.category", "source"],
    ["text", "message", "output", "content.output", "description"],
    ["lower", "log.level", "priority"],
    ["host", "host.name", "hostname", "labels.host.hostName", "machineId"],
    ["text", "container.id", "output_fields.container.id", "containerId"],
    ["text", "container.name", "output_fields.container.name", "labels.container.name"],
    [
      "text",
      "container.image.name",
      "output_fields.container.image.repository",
      "labels.container.image.repo",
    ],
    ["text", "orchestrator.namespace", "output_fields.k8s.ns.name", "labels.kubernetes.namespace.name"],
    ["text", "orchestrator.resource.name", "output_fields.k8s.pod.name", "labels.kubernetes.pod.name"],
    ["text", "user.name", "output_fields.user.name", "content.fields.user.name"],
    ["text", "user.id", "output_fields.user.uid", "content.fields.user.uid"],
    [
      "program",
      "process",
      "output_fields.proc.exepath",
      "content.fields.proc.exepath",
      "output_fields.proc.name",
    ],
    ["text", "process.name", "output_fields.proc.name", "content.fields.proc.name"],
    ["integer", "process.pid", "output_fields.proc.pid", "content.fields.proc.pid"],
    ["text", "process.command_line", "output_fields.proc.cmdline", "content.fields.proc.cmdline"],
    ["text", "process.parent.name", "output_fields.proc.pname", "content.fields.proc.pname"],
    ["integer", "process.parent.pid", "output_fields.proc.ppid", "content.fields.proc.ppid"],
    ["file", "file", "output_fields.fd.name", "content.fields.fd.name"],
  ],
});
