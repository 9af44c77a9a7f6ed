import { isJsonObject, type JsonObject } from "../json/parse.ts";
import { at, classify, type JsonProduct, putAddress, putText, textOf, timeOf } from "../json/product.ts";

/** AWS CloudTrail (AWS docs, "CloudTrail record contents"). Times are UTC with Z. */
export const cloudTrail: JsonProduct = {
  name: "aws/cloudtrail",
  title: "AWS CloudTrail",
  recognises(record) {
    if (record.awsRegion === undefined) return false;
    return (
      (record.eventSource !== undefined && record.eventName !== undefined) ||
      isJsonObject(record.insightDetails)
    );
  },
  read(record, draft, context) {
    const fields = draft.fields;
    // An insight tells of a call whose rate is unusual.
    const insight = isJsonObject(record.insightDetails) ? record.insightDetails : record;
    const name = textOf(record.eventName ?? insight.eventName) ?? "";
    draft.time = timeOf(record.eventTime, context);
    fields["cloud.provider"] = "aws";
    putText(fields, "cloud.region", record.awsRegion);
    putText(fields, "cloud.account.id", at(record, "userIdentity", "accountId") ?? record.recipientAccountId);
    putText(fields, "event.provider", record.eventSource ?? insight.eventSource);
    putText(fields, "event.id", record.eventID);
    putText(fields, "event.code", name);
    putText(fields, "event.action", name);
    putAddress(fields, "source", record.sourceIPAddress);
    putText(fields, "user_agent.original", record.userAgent);
    putText(fields, "event.reason", record.errorMessage ?? record.errorCode);
    putText(fields, "error.code", record.errorCode);
    putText(fields, "error.message", record.errorMessage);
    fields["event.outcome"] = outcomeOf(record, name);
    putIdentity(record, draft.fields);
    classifyCall(fields, name, record);
    if (insight !== record) fields["event.kind"] = "alert";
  },
};

function outcomeOf(record: JsonObject, name: string): string {
  if (textOf(record.errorCode) !== undefined || textOf(record.errorMessage) !== undefined) return "failure";
  // ConsoleLogin and CheckMfa report their result in the response, without an error code.
  const answer = textOf(at(record, "responseElements", name));
  return answer === "Failure" ? "failure" : "success";
}

function putIdentity(record: JsonObject, fields: Parameters<JsonProduct["read"]>[1]["fields"]): void {
  const identity = record.userIdentity;
  if (!isJsonObject(identity)) return;
  const arn = textOf(identity.arn);
  const name =
    textOf(identity.userName) ??
    (identity.type === "Root" ? "root" : undefined) ??
    (arn?.includes("/") ? arn.slice(arn.lastIndexOf("/") + 1) : undefined) ??
    textOf(identity.invokedBy);
  if (name !== undefined) fields["user.name"] = name;
  putText(fields, "user.id", identity.principalId);
  putText(fields, "tls.cipher", at(record, "tlsDetails", "cipherSuite"));
  putText(fields, "tls.client.server_name", at(record, "tlsDetails", "clientProvidedHostHeader"));
  const tls = /^(TLS|SSL)v(\d(?:\.\d)?)$/.exec(textOf(at(record, "tlsDetails", "tlsVersion")) ?? "");
  if (tls !== null) {
    fields["tls.version"] = tls[2]!;
    fields["tls.version_protocol"] = tls[1]!.toLowerCase();
  }
  const group = textOf(at(record, "requestParameters", "groupName"));
  if (group !== undefined && textOf(record.eventSource) === "iam.amazonaws.com") fields["group.name"] = group;
  const role = textOf(at(identity, "sessionContext", "sessionIssuer", "userName"));
  if (role !== undefined) fields["user.roles"] = [role];
  const target = textOf(at(record, "requestParameters", "userName"));
  if (target !== undefined) fields["user.target.name"] = target;
}

function classifyCall(
  fields: Parameters<JsonProduct["read"]>[1]["fields"],
  name: string,
  record: JsonObject,
): void {
  const source = textOf(record.eventSource) ?? "";
  if (/^(?:ConsoleLogin|AssumeRole|GetSessionToken|GetFederationToken|CheckMfa|SwitchRole)/.test(name))
    classify(fields, "authentication", "start");
  else if (source === "iam.amazonaws.com") classify(fields, "iam", changeType(name));
  else if (source === "s3.amazonaws.com" && /Object/.test(name)) classify(fields, "file", changeType(name));
  else classify(fields, "configuration", changeType(name));
}

function changeType(name: string): string {
  if (/^(?:Create|Run|Add|Register|Import)/.test(name)) return "creation";
  if (/^(?:Delete|Terminate|Remove|Deregister)/.test(name)) return "deletion";
  if (/^(?:Put|Update|Modify|Attach|Detach|Set|Authorize|Revoke|Stop|Start|Enable|Disable|Change)/.test(name))
    return "change";
  return "access";
}
