import type { Fields } from "@firebreak/model/event";
import { isJsonObject, type JsonObject, type JsonValue } from "../json/parse.ts";
import { at, textOf } from "../json/product.ts";
import { compileTable } from "../json/table.ts";

/** What the schemas of single workloads add to the common one, by the name of the record's kind. */
const tables: Record<string, ReturnType<typeof compileTable>> = {
  ExchangeAdmin: compileTable([["text", "organization.name", "OrganizationName"]]),
  ExchangeItem: compileTable([
    ["text", "organization.name", "OrganizationName"],
    ["text", "user.full_name", "LogonUserDisplayName"],
    ["text", "process.name", "ClientProcessName"],
  ]),
  AzureActiveDirectory: compileTable([["text", "user.target.id", "ObjectId"]]),
  MicrosoftTeams: compileTable([["text", "group.name", "TeamName"]]),
  SecurityComplianceAlerts: compileTable([
    ["text", "rule.name", "Name"],
    ["text", "rule.id", "PolicyId"],
    ["text", "rule.category", "Category"],
    ["text", "rule.ruleset", "EntityType"],
    ["text", "message", "Comments"],
  ]),
  Yammer: compileTable([
    ["text", "user.email", "ActorUserId"],
    ["text", "group.name", "GroupName"],
    ["text", "file.name", "FileName"],
  ]),
};
const dlp = compileTable([
  ["text", "file.name", "SharePointMetaData.FileName"],
  ["text", "file.owner", "SharePointMetaData.FileOwner"],
  ["url", "url", "SharePointMetaData.FilePathUrl"],
  ["text", "source.user.email", "ExchangeMetaData.From"],
  ["text", "message", "ExchangeMetaData.Subject"],
  ["text", "rule.id", "PolicyDetails.Rules.RuleId", "PolicyId"],
  ["text", "rule.name", "PolicyDetails.Rules.RuleName", "PolicyName"],
]);
const severities: Record<string, number> = { informational: 1, low: 2, medium: 3, high: 4 };

/** Adds the fields of the record's own schema ("Office 365 Management Activity API schema", Microsoft Learn). */
export function addWorkloadFields(audit: JsonObject, kind: string, fields: Fields): void {
  const severity = severities[textOf(audit.Severity)?.toLowerCase() ?? ""];
  if (severity !== undefined) fields["event.severity"] = severity;
  tables[kind]?.(audit, fields);
  if (kind === "SecurityComplianceAlerts") fields["event.kind"] = "alert";
  if (kind !== "ComplianceDLPSharePoint" && kind !== "ComplianceDLPExchange") return;
  dlp(audit, fields);
  fields["event.kind"] = "alert";
  if (isBlocked(audit)) fields["event.outcome"] = "failure";
}

/** A match whose rule denies access, unless somebody may override it or it was undone. */
function isBlocked(audit: JsonObject): boolean {
  if (audit.Operation === "DlpRuleUndo" || isJsonObject(audit.ExceptionInfo)) return false;
  return listOf(audit.PolicyDetails).some((policy) =>
    listOf(at(policy, "Rules")).some((rule) => listOf(at(rule, "Actions")).includes("BlockAccess")),
  );
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value.slice(0, 100) : [];
}
