import { fieldBelow } from "../ecs/field-name.ts";
import { setFile } from "../ecs/parts.ts";
import { setUrl } from "../ecs/url.ts";
import { isJsonObject, type JsonObject, type JsonValue, parseJsonObject } from "../json/parse.ts";
import {
  classify,
  type JsonProduct,
  type ProductDraft,
  putAddress,
  putInteger,
  putText,
  putUser,
  textOf,
  timeOf,
} from "../json/product.ts";
import { addWorkloadFields } from "./m365-details.ts";
import { m365RecordType } from "./m365-record-types.ts";

/**
 * Microsoft 365 Unified Audit Log (Microsoft Learn, "Office 365 Management Activity API schema"). CreationTime is UTC
 * without a Z; ClientIP may carry a port or stand in brackets.
 */
export const m365Audit: JsonProduct = {
  name: "m365/audit",
  title: "Microsoft 365 unified audit log",
  recognises(record) {
    if (record.Operation !== undefined && record.Workload !== undefined) return true;
    return typeof record.AuditData === "string" && record.AuditData.startsWith("{");
  },
  read(record, draft, context) {
    const inner = typeof record.AuditData === "string" ? parseJsonObject(record.AuditData) : undefined;
    const audit = inner ?? record;
    draft.time = timeOf(audit.CreationTime ?? record.CreationDate, context);
    readM365Audit(audit, draft);
  },
};

const logins = new Set(["UserLoggedIn", "UserLoginFailed", "MailboxLogin", "TeamsSessionStarted"]);

/** Fills an event from one audit record; also for the AuditData cell of a CSV export. */
export function readM365Audit(audit: JsonObject, draft: ProductDraft): void {
  const fields = draft.fields;
  const operation = textOf(audit.Operation) ?? "";
  fields["cloud.provider"] = "azure";
  const recordType = textOf(audit.RecordType);
  const kind = recordType === undefined ? "" : m365RecordType(recordType);
  if (kind !== "") fields["event.code"] = kind;
  if (operation !== "") fields["event.action"] = operation;
  putText(fields, "event.provider", audit.Workload);
  putText(fields, "event.id", audit.Id);
  putText(fields, "organization.id", audit.OrganizationId);
  putPrincipal(fields, audit.UserId ?? audit.MailboxOwnerUPN);
  putText(fields, "user.id", audit.UserId ?? audit.UserKey);
  const address =
    textOf(audit.ClientIPAddress) ?? textOf(audit.ClientIP) ?? textOf(audit.ActorIpAddress) ?? audit.SenderIp;
  putAddress(fields, "source", address);
  putAddress(fields, "client", address);
  putText(
    fields,
    "user_agent.original",
    audit.UserAgent ?? propertyOf(audit, "UserAgent") ?? audit.ClientInfoString,
  );
  putFile(audit, draft);
  putText(fields, "event.reason", audit.LogonError);
  putMail(audit, fields);
  const status = textOf(audit.ResultStatus);
  // The log records what was carried out: a record without a status succeeded.
  if (operation === "UserLoginFailed" || (status !== undefined && /^(?:fail|false$)/i.test(status)))
    fields["event.outcome"] = "failure";
  else if (status === undefined || /^(?:succe|true$|partiallysucceeded)/i.test(status))
    fields["event.outcome"] = "success";
  addWorkloadFields(audit, kind, fields);
  if (logins.has(operation)) classify(fields, "authentication", "start");
  else if (
    /^(?:Add|Remove|Delete|Update|Reset|Change|Disable|Enable)\b.*(?:user|member|group|role|password|principal)/i.test(
      operation,
    )
  )
    classify(fields, "iam", "change");
  else if (/^File|^Folder/.test(operation)) classify(fields, "file", fileChange(operation));
  else if (/^(?:Mail|Send|SoftDelete|HardDelete|MoveToDeletedItems|UpdateInbox)/.test(operation))
    classify(fields, "email", "info");
  else if (/^(?:New|Set|Remove|Add|Enable|Disable|Update)-/.test(operation))
    classify(fields, "configuration", "change");
  else classify(fields, "web", "info");
}

function fileChange(operation: string): string {
  if (/Deleted|Recycled/.test(operation)) return "deletion";
  if (/Uploaded|Copied/.test(operation)) return "creation";
  return /Modified|Renamed|Moved/.test(operation) ? "change" : "access";
}

function putFile(audit: JsonObject, draft: ProductDraft): void {
  const fields = draft.fields;
  const name = textOf(audit.SourceFileName);
  if (name !== undefined) setFile(fields, "file", name);
  putText(fields, "file.extension", audit.SourceFileExtension);
  putText(fields, "file.directory", audit.SourceRelativeUrl);
  putInteger(fields, "file.size", audit.FileSizeBytes);
  const object = textOf(audit.ObjectId);
  if (object === undefined) return;
  if (/^https?:\/\//.test(object)) setUrl(fields, object);
  else if (/^(?:Add|Remove|Update|Reset|Change|Delete) /.test(textOf(audit.Operation) ?? "")) {
    if (object.includes("@")) putPrincipal(fields, object, "user.target");
  }
}

/** A principal name as user name and address; its domain is the directory's. */
function putPrincipal(fields: ProductDraft["fields"], value: JsonValue | undefined, prefix = "user"): void {
  putUser(fields, value, prefix);
  const address = fields[fieldBelow(prefix, "email")];
  if (typeof address === "string")
    fields[fieldBelow(prefix, "domain")] = address.slice(address.indexOf("@") + 1);
}

/** Threat intelligence records describe a mail. */
function putMail(audit: JsonObject, fields: ProductDraft["fields"]): void {
  const sender = textOf(audit.P2Sender) ?? textOf(audit.P1Sender);
  if (sender !== undefined) fields["email.from.address"] = [sender];
  const recipients = audit.Recipients;
  if (Array.isArray(recipients)) {
    const known = recipients.map(textOf).filter((one) => one !== undefined);
    if (known.length > 0) fields["email.to.address"] = known;
  }
  putText(fields, "email.message_id", audit.InternetMessageId);
  if (sender !== undefined) putText(fields, "email.subject", audit.Subject);
}

/** A value of the ExtendedProperties list. */
function propertyOf(audit: JsonObject, name: string): string | undefined {
  const list = audit.ExtendedProperties;
  if (!Array.isArray(list)) return undefined;
  const found = list.find((one) => isJsonObject(one) && one.Name === name);
  return isJsonObject(found) ? textOf(found.Value) : undefined;
}
