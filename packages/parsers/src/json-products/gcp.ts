import { cleanIp } from "../ecs/ip.ts";
import { transportOf } from "../ecs/transport.ts";
import { holds, product } from "../json/define.ts";
import { at, classify, type JsonProduct, putText, textOf, timeOf } from "../json/product.ts";
import { compileTable } from "../json/table.ts";

const auditMap = compileTable([
  [
    "user",
    "user",
    "protoPayload.authenticationInfo.principalEmail",
    "protoPayload.authenticationInfo.principalSubject",
  ],
  ["address", "source", "protoPayload.requestMetadata.callerIp"],
  ["text", "user_agent.original", "protoPayload.requestMetadata.callerSuppliedUserAgent"],
  ["text", "client.user.email", "protoPayload.authenticationInfo.principalEmail"],
  ["text", "service.name", "protoPayload.serviceName"],
  ["text", "event.code", "protoPayload.methodName"],
  ["text", "event.id", "insertId"],
  ["text", "event.reason", "protoPayload.status.message"],
  ["text", "cloud.project.id", "resource.labels.project_id"],
  ["text", "cloud.region", "resource.labels.location", "resource.labels.region"],
  ["text", "cloud.availability_zone", "resource.labels.zone"],
  ["lower", "log.level", "severity"],
]);

/** Google Cloud audit logs: a LogEntry with a protoPayload of type AuditLog. UTC. */
export const gcpAudit: JsonProduct = {
  name: "gcp/audit",
  title: "Google Cloud audit log",
  recognises(record) {
    return record.protoPayload !== undefined && record.logName !== undefined;
  },
  read(record, draft, context) {
    const fields = draft.fields;
    draft.time = timeOf(record.timestamp ?? record.receiveTimestamp, context);
    fields["cloud.provider"] = "gcp";
    auditMap(record, fields);
    // The log's own name says which of the audit logs it is: "…/logs/cloudaudit.googleapis.com%2Fdata_access".
    const log = /%2F(\w{1,40})$/.exec(textOf(record.logName) ?? "")?.[1];
    if (log !== undefined) fields["event.provider"] = log;
    const method = textOf(at(record, "protoPayload", "methodName")) ?? "";
    if (method !== "") fields["event.action"] = method;
    const code = at(record, "protoPayload", "status", "code");
    fields["event.outcome"] = code === undefined || code === 0 || code === "0" ? "success" : "failure";
    const call = method.toLowerCase();
    if (call.includes("setiampolicy") || call.includes("serviceaccount")) classify(fields, "iam", "change");
    else if (/(?:delete|remove)[a-z]*$/.test(call)) classify(fields, "configuration", "deletion");
    else if (/(?:insert|create)[a-z]*$/.test(call)) classify(fields, "configuration", "creation");
    else classify(fields, "configuration", /(?:get|list)[a-z]*$/.test(call) ? "access" : "change");
  },
};

const flowMap = compileTable([
  ["address", "source", "jsonPayload.connection.src_ip"],
  ["integer", "source.port", "jsonPayload.connection.src_port"],
  ["address", "destination", "jsonPayload.connection.dest_ip"],
  ["integer", "destination.port", "jsonPayload.connection.dest_port"],
  ["integer", "network.bytes", "jsonPayload.bytes_sent"],
  ["integer", "network.packets", "jsonPayload.packets_sent"],
  ["integer", "source.bytes", "jsonPayload.bytes_sent"],
  ["integer", "source.packets", "jsonPayload.packets_sent"],
  ["text", "event.start", "jsonPayload.start_time"],
  ["text", "event.end", "jsonPayload.end_time"],
  ["text", "source.geo.country_name", "jsonPayload.src_location.country"],
  ["text", "source.geo.city_name", "jsonPayload.src_location.city"],
  ["text", "destination.geo.country_name", "jsonPayload.dest_location.country"],
  ["text", "destination.geo.city_name", "jsonPayload.dest_location.city"],
  ["text", "source.domain", "jsonPayload.src_instance.vm_name"],
  ["text", "destination.domain", "jsonPayload.dest_instance.vm_name"],
  [
    "text",
    "cloud.project.id",
    "jsonPayload.instance.project_id",
    "jsonPayload.src_instance.project_id",
    "jsonPayload.dest_instance.project_id",
    "resource.labels.project_id",
  ],
  [
    "text",
    "cloud.region",
    "jsonPayload.instance.region",
    "jsonPayload.src_instance.region",
    "jsonPayload.dest_instance.region",
  ],
  [
    "text",
    "cloud.availability_zone",
    "jsonPayload.instance.zone",
    "jsonPayload.src_instance.zone",
    "jsonPayload.dest_instance.zone",
  ],
  ["text", "cloud.instance.name", "jsonPayload.instance.vm_name"],
  ["text", "rule.name", "jsonPayload.rule_details.reference"],
  ["text", "host.name", "jsonPayload.instance.vm_name"],
  ["text", "event.id", "insertId"],
]);

/** Google Cloud VPC flow and firewall-rule logs: a LogEntry with `jsonPayload.connection`. */
export const gcpNetwork: JsonProduct = {
  name: "gcp/vpc-flow",
  title: "Google Cloud VPC flow and firewall log",
  recognises(record) {
    return at(record, "jsonPayload", "connection") !== undefined;
  },
  read(record, draft, context) {
    const fields = draft.fields;
    draft.time = timeOf(record.timestamp ?? at(record, "jsonPayload", "start_time"), context);
    fields["cloud.provider"] = "gcp";
    flowMap(record, fields);
    const protocol = textOf(at(record, "jsonPayload", "connection", "protocol"));
    putText(fields, "network.transport", protocol && transportOf(protocol));
    const disposition = textOf(at(record, "jsonPayload", "disposition"));
    if (disposition === undefined) {
      classify(fields, "network", "connection");
      return;
    }
    draft.dataset = "gcp/firewall";
    fields["event.action"] = disposition.toLowerCase();
    fields["event.outcome"] = disposition === "DENIED" ? "failure" : "success";
    const far = textOf(at(record, "jsonPayload", "remote_location", "country"));
    const isInbound = at(record, "jsonPayload", "rule_details", "direction") !== "EGRESS";
    if (far !== undefined) fields[`${isInbound ? "source" : "destination"}.geo.country_name`] = far;
    classify(fields, "network", "connection", disposition === "DENIED" ? "denied" : "allowed");
    const direction = textOf(at(record, "jsonPayload", "rule_details", "direction"));
    if (direction === "INGRESS") fields["network.direction"] = "inbound";
    else if (direction === "EGRESS") fields["network.direction"] = "outbound";
  },
};

/** Cloud DNS query log: a LogEntry with `jsonPayload.queryName`. UTC. */
export const gcpDns = product({
  name: "gcp/dns",
  title: "Google Cloud DNS query log",
  recognises: holds("jsonPayload.queryName", "jsonPayload.queryType"),
  time: ["timestamp", "receiveTimestamp"],
  fixed: {
    "event.category": ["network"],
    "event.type": ["protocol"],
    "event.action": "dns-query",
    "network.protocol": "dns",
    "cloud.provider": "gcp",
  },
  map: [
    ["text", "event.id", "insertId"],
    ["address", "source", "jsonPayload.sourceIP"],
    ["address", "destination", "jsonPayload.destinationIP"],
    ["text", "dns.question.type", "jsonPayload.queryType"],
    ["text", "dns.response_code", "jsonPayload.responseCode"],
    ["text", "cloud.project.id", "jsonPayload.vmProjectId", "resource.labels.project_id"],
    ["text", "cloud.region", "resource.labels.location", "jsonPayload.sourceRegion"],
    ["text", "cloud.availability_zone", "jsonPayload.vmZoneName"],
    ["text", "cloud.instance.id", "jsonPayload.vmInstanceIdString", "jsonPayload.vmInstanceId"],
    ["text", "cloud.instance.name", "jsonPayload.vmInstanceName"],
    ["lower", "network.transport", "jsonPayload.protocol"],
    ["lower", "log.level", "severity"],
  ],
  finish(record, { fields }) {
    const name = textOf(at(record, "jsonPayload", "queryName"));
    if (name !== undefined) fields["dns.question.name"] = name.replace(/\.$/, "");
    const code = fields["dns.response_code"];
    if (code !== undefined) fields["event.outcome"] = code === "NOERROR" ? "success" : "failure";
    // "www.example.com.\t300\tIN\ta\t203.0.113.7", a line an answer.
    const answers = (textOf(at(record, "jsonPayload", "rdata")) ?? "")
      .split(/\s/, 500)
      .map(cleanIp)
      .filter((ip) => ip !== undefined);
    if (answers.length > 0) fields["dns.resolved_ip"] = answers;
  },
});

/** HTTP requests of load balancers, Cloud Run and App Engine: a LogEntry with `httpRequest`. UTC. */
export const gcpRequest = product({
  name: "gcp/http-request",
  title: "Google Cloud load balancer and request log",
  recognises: holds("httpRequest.requestMethod", "logName"),
  time: ["timestamp", "receiveTimestamp"],
  fixed: { "event.category": ["web"], "event.type": ["access"], "cloud.provider": "gcp" },
  map: [
    ["text", "event.id", "insertId"],
    ["address", "source", "httpRequest.remoteIp"],
    ["address", "destination", "httpRequest.serverIp"],
    ["text", "http.request.method", "httpRequest.requestMethod"],
    ["text", "http.request.referrer", "httpRequest.referer"],
    ["integer", "http.response.status_code", "httpRequest.status"],
    ["integer", "http.request.bytes", "httpRequest.requestSize"],
    ["integer", "http.response.bytes", "httpRequest.responseSize"],
    ["url", "url", "httpRequest.requestUrl"],
    ["text", "user_agent.original", "httpRequest.userAgent"],
    ["text", "cloud.project.id", "resource.labels.project_id"],
    ["text", "cloud.region", "resource.labels.zone", "resource.labels.location"],
    ["text", "rule.name", "jsonPayload.enforcedSecurityPolicy.name"],
    ["text", "event.action", "jsonPayload.enforcedSecurityPolicy.outcome"],
    ["text", "event.reason", "jsonPayload.statusDetails"],
    ["lower", "log.level", "severity"],
  ],
  finish(record, { fields }) {
    const status = fields["http.response.status_code"];
    if (typeof status === "number") fields["event.outcome"] = status < 400 ? "success" : "failure";
    const version = /^HTTP\/(\d(?:\.\d)?)$/.exec(textOf(at(record, "httpRequest", "protocol")) ?? "");
    if (version !== null) fields["http.version"] = version[1]!;
    const trace = /\/traces\/([0-9a-f]{8,64})$/.exec(textOf(record.trace) ?? "");
    if (trace !== null) fields["trace.id"] = trace[1]!;
  },
});
