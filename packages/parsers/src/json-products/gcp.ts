import { transportOf } from "../ecs/transport.ts";
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
    draft.time = timeOf(at(record, "jsonPayload", "start_time") ?? record.timestamp, context);
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
    fields["event.action"] = disposition === "DENIED" ? "denied" : "allowed";
    classify(fields, "network", "connection", disposition === "DENIED" ? "denied" : "allowed");
    const direction = textOf(at(record, "jsonPayload", "rule_details", "direction"));
    if (direction === "INGRESS") fields["network.direction"] = "inbound";
    else if (direction === "EGRESS") fields["network.direction"] = "outbound";
  },
};
