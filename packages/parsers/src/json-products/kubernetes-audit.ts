import { setUrl } from "../ecs/url.ts";
import { at, classify, type JsonProduct, putAddress, textOf, timeOf } from "../json/product.ts";
import { compileTable } from "../json/table.ts";

const map = compileTable([
  ["text", "user.name", "user.username"],
  ["text", "user.id", "user.uid"],
  ["list", "user.roles", "user.groups"],
  ["text", "user.effective.name", "impersonatedUser.username"],
  ["text", "user_agent.original", "userAgent"],
  ["text", "event.id", "auditID"],
  ["text", "event.action", "verb"],
  ["text", "event.reason", "responseStatus.message", "responseStatus.reason"],
  ["integer", "http.response.status_code", "responseStatus.code"],
  ["text", "orchestrator.namespace", "objectRef.namespace"],
  ["text", "orchestrator.resource.type", "objectRef.resource"],
  ["text", "orchestrator.resource.name", "objectRef.name"],
  ["text", "orchestrator.api_version", "objectRef.apiVersion"],
]);

/** Kubernetes API server audit events (audit.k8s.io). UTC with Z. */
export const kubernetesAudit: JsonProduct = {
  name: "kubernetes/audit",
  title: "Kubernetes audit log",
  recognises(record) {
    return record.auditID !== undefined && (record.verb !== undefined || record.requestURI !== undefined);
  },
  read(record, draft, context) {
    const fields = draft.fields;
    draft.time = timeOf(record.stageTimestamp ?? record.requestReceivedTimestamp, context);
    fields["orchestrator.type"] = "kubernetes";
    map(record, fields);
    putAddress(fields, "source", at(record, "sourceIPs", 0));
    const uri = textOf(record.requestURI);
    if (uri !== undefined) setUrl(fields, uri);
    const verb = textOf(record.verb) ?? "";
    const type =
      verb === "create"
        ? "creation"
        : verb === "delete" || verb === "deletecollection"
          ? "deletion"
          : /^(?:update|patch)$/.test(verb)
            ? "change"
            : "access";
    classify(fields, "configuration", type);
    const decision = at(record, "annotations", "authorization.k8s.io/decision");
    const code = fields["http.response.status_code"];
    if (decision === "forbid") fields["event.outcome"] = "failure";
    else if (typeof code === "number") fields["event.outcome"] = code < 400 ? "success" : "failure";
  },
};
