import { isJsonObject } from "../json/parse.ts";
import { at, classify, type JsonProduct, timeOf } from "../json/product.ts";
import { compileTable } from "../json/table.ts";

const map = compileTable([
  ["text", "event.id", "canonicalName", "name"],
  ["text", "event.action", "category"],
  ["text", "rule.name", "category"],
  ["text", "rule.category", "findingClass"],
  ["text", "event.provider", "parentDisplayName"],
  ["text", "message", "description"],
  ["text", "event.reason", "nextSteps"],
  ["lower", "log.level", "severity"],
  ["user", "user", "access.principalEmail"],
  ["address", "source", "access.callerIp", "connections.sourceIp"],
  ["integer", "source.port", "connections.sourcePort"],
  ["address", "destination", "connections.destinationIp"],
  ["integer", "destination.port", "connections.destinationPort"],
  ["lower", "network.transport", "connections.protocol"],
  ["text", "user_agent.original", "access.userAgent"],
  ["text", "service.name", "access.serviceName"],
  ["program", "process", "processes.binary.path"],
  ["text", "process.name", "processes.name"],
  ["integer", "process.pid", "processes.pid"],
  ["integer", "process.parent.pid", "processes.parentPid"],
  ["text", "vulnerability.id", "vulnerability.cve.id"],
]);

/** Security Command Center findings as its notifications and exports write them (Google Cloud, "Finding" resource). UTC. */
export const gcpFinding: JsonProduct = {
  name: "gcp/scc-finding",
  title: "Google Cloud Security Command Center finding",
  recognises: (record) =>
    at(record, "finding", "eventTime") !== undefined &&
    at(record, "finding", "category") !== undefined &&
    at(record, "finding", "resourceName") !== undefined,
  read(record, draft, context) {
    const { fields } = draft;
    const finding = isJsonObject(record.finding) ? record.finding : {};
    draft.time = timeOf(finding.eventTime ?? finding.createTime, context);
    fields["event.kind"] = finding.findingClass === "THREAT" ? "alert" : "state";
    fields["cloud.provider"] = "gcp";
    classify(fields, finding.findingClass === "THREAT" ? "threat" : "configuration", "info");
    if (finding.findingClass === "THREAT") fields["event.type"] = ["indicator"];
    map(finding, fields);
    const project = at(record, "resource", "projectDisplayName");
    if (typeof project === "string") fields["cloud.project.name"] = project;
  },
};
