import type { Fields } from "@firebreak/model/event";
import { product } from "../json/define.ts";
import type { JsonObject } from "../json/parse.ts";
import { at, classify, putAddress, textOf } from "../json/product.ts";

/** Proofpoint TAP SIEM API: messages delivered or blocked. UTC with Z. */
export const proofpointMessage = product({
  name: "mail/proofpoint-tap-message",
  title: "Proofpoint TAP message event",
  recognises: (record) => record.messageTime !== undefined && record.GUID !== undefined,
  time: ["messageTime"],
  fixed: { "event.kind": "alert", "event.category": ["email"], "event.type": ["info"] },
  map: [
    ["text", "event.id", "GUID", "id"],
    ["list", "email.from.address", "fromAddress", "headerFrom"],
    ["list", "email.to.address", "toAddresses", "recipient"],
    ["list", "email.cc.address", "ccAddresses"],
    ["list", "email.reply_to.address", "replyToAddress"],
    ["text", "email.sender.address", "sender"],
    ["text", "email.subject", "subject"],
    ["text", "email.message_id", "messageID"],
    ["text", "email.x_mailer", "xmailer"],
    ["address", "source", "senderIP"],
    ["text", "rule.name", "quarantineRule"],
    ["text", "user.email", "recipient"],
  ],
  finish(record, { fields }) {
    const quarantined =
      textOf(record.quarantineFolder) !== undefined || textOf(record.quarantineRule) !== undefined;
    fields["event.action"] = quarantined ? "denied" : "allowed";
  },
});

/** Proofpoint TAP SIEM API: clicks permitted or blocked. UTC with Z. */
export const proofpointClick = product({
  name: "mail/proofpoint-tap-click",
  title: "Proofpoint TAP click event",
  recognises: (record) =>
    record.clickTime !== undefined && (record.clickIP ?? record.threatURL) !== undefined,
  time: ["clickTime"],
  fixed: { "event.kind": "alert", "event.category": ["email"], "event.type": ["info"] },
  map: [
    ["text", "event.id", "GUID", "id"],
    ["list", "email.from.address", "sender"],
    ["list", "email.to.address", "recipient"],
    ["text", "email.message_id", "messageID"],
    ["address", "source", "clickIP"],
    ["address", "destination", "senderIP"],
    ["url", "url", "url"],
    ["text", "user_agent.original", "userAgent"],
    ["text", "rule.category", "classification"],
    ["text", "user.email", "recipient"],
  ],
});

/** Mimecast API: audit events. The offset is in the record. */
export const mimecastAudit = product({
  name: "mail/mimecast-audit",
  title: "Mimecast audit event",
  recognises: (record) =>
    record.auditType !== undefined && record.eventTime !== undefined && record.eventInfo !== undefined,
  time: ["eventTime"],
  fixed: { "event.category": ["iam"], "event.type": ["info"] },
  map: [
    ["text", "event.id", "id"],
    ["text", "event.reason", "eventInfo"],
    ["text", "message", "eventInfo"],
  ],
  finish(record, { fields }) {
    const type = textOf(record.auditType) ?? "";
    fields["event.action"] = type.toLowerCase().replaceAll(" ", "-");
    if (/logged on|log ?on|authentication|login/i.test(type)) {
      classify(fields, "authentication", "start");
      fields["event.outcome"] = /fail/i.test(type) ? "failure" : "success";
    }
    const info = textOf(record.eventInfo) ?? "";
    putAddress(fields, "source", /\bIP: ([\da-fA-F.:]{3,45})/.exec(info)?.[1]);
    const application = /\bApplication: ([^,]{1,80})/.exec(info)?.[1];
    if (application !== undefined) fields["service.name"] = application;
    const user = textOf(record.user);
    if (user !== undefined) putMailUser(fields, user);
  },
});

function putMailUser(fields: Fields, address: string): void {
  fields["user.email"] = address;
  const cut = address.indexOf("@");
  fields["user.name"] = cut > 0 ? address.slice(0, cut) : address;
  if (cut > 0) fields["user.domain"] = address.slice(cut + 1);
}

/** Mimecast SIEM log records in JSON (receipt, process, delivery, AV, spam, TTP). The offset is in the record. */
export const mimecastSiem = product({
  name: "mail/mimecast-siem",
  title: "Mimecast SIEM log (JSON)",
  recognises: (record) =>
    record.acc !== undefined &&
    (record.datetime ?? record.timestamp) !== undefined &&
    (record.aCode ?? record.Sender ?? record.MsgId ?? record.processingId ?? record.messageId) !== undefined,
  time: ["datetime", "timestamp"],
  fixed: { "event.category": ["email"], "event.type": ["info"] },
  map: [
    ["lower", "event.action", "Act", "action"],
    ["text", "rule.category", "urlCategory"],
    ["text", "event.reason", "RejType", "Hld", "Error", "rejectionType", "reason"],
    ["list", "email.from.address", "Sender", "headerFrom", "senderEnvelope", "sender"],
    ["list", "email.to.address", "Rcpt", "Recipient", "recipients", "recipient"],
    ["text", "email.subject", "Subject", "subject"],
    ["text", "email.message_id", "MsgId", "messageId"],
    ["lower", "email.direction", "Dir", "Route", "direction", "route"],
    ["text", "email.local_id", "aCode", "processingId"],
    ["address", "source", "IP", "SourceIP", "senderIp", "sourceIp"],
    ["url", "url", "url", "URL"],
    ["text", "tls.cipher", "Cphr", "tlsCipher"],
    ["text", "tls.version", "TlsVer", "tlsVersion"],
    ["text", "error.code", "RejCode", "Err"],
    ["text", "error.message", "RejInfo"],
    ["text", "rule.name", "Virus", "Definition", "virusFound"],
    ["text", "email.attachments.file.name", "fileName"],
    ["hash", "email.attachments.file.hash", "sha256"],
    ["integer", "source.bytes", "Size", "totalSizeAttachments"],
  ],
  finish(record, { fields }) {
    const delivered = textOf(record.Delivered ?? record.delivered);
    if (delivered === undefined) return;
    fields["event.action"] ??= "delivery";
    fields["event.outcome"] = delivered.toLowerCase() === "true" ? "success" : "failure";
  },
});

/** Mimecast Targeted Threat Protection and DLP logs of the API: URL, attachment, impersonation. */
export const mimecastProtection = product({
  name: "mail/mimecast-protection",
  title: "Mimecast TTP and DLP log",
  recognises: (record) =>
    (record.userEmailAddress !== undefined && record.scanResult !== undefined) ||
    (record.senderAddress !== undefined &&
      record.recipientAddress !== undefined &&
      (record.date ?? record.eventTime) !== undefined),
  time: ["date", "eventTime"],
  fixed: { "event.category": ["email"], "event.type": ["info"] },
  map: [
    ["lower", "event.action", "action", "actionTriggered", "ttpDefinition"],
    ["list", "email.from.address", "fromUserEmailAddress", "senderAddress"],
    ["list", "email.to.address", "userEmailAddress", "recipientAddress"],
    ["text", "email.subject", "subject"],
    ["text", "email.message_id", "messageId", "id"],
    ["lower", "email.direction", "route"],
    ["url", "url", "url"],
    ["address", "source", "sendingIp", "senderIpAddress"],
    ["text", "rule.name", "definition", "policy"],
    ["text", "event.reason", "details"],
    ["text", "email.attachments.file.name", "fileName"],
    ["text", "email.attachments.file.mime_type", "fileType"],
    ["hash", "email.attachments.file.hash", "fileHash"],
    ["text", "user.email", "userEmailAddress"],
  ],
});

/** Exchange Online and Graph message trace rows. UTC without a zone. */
export const messageTrace = product({
  name: "m365/message-trace",
  title: "Exchange Online message trace",
  recognises: (record) => record.MessageTraceId !== undefined && record.RecipientAddress !== undefined,
  time: ["Received", "Date"],
  fixed: { "event.category": ["email"], "event.type": ["info"], "cloud.provider": "azure" },
  map: [
    ["text", "event.id", "MessageTraceId"],
    ["text", "email.message_id", "MessageId"],
    ["list", "email.from.address", "SenderAddress"],
    ["list", "email.to.address", "RecipientAddress"],
    ["text", "email.subject", "Subject"],
    ["address", "source", "FromIP"],
    ["address", "destination", "ToIP"],
    ["lower", "event.action", "Status"],
    ["integer", "source.bytes", "Size"],
    ["text", "organization.name", "Organization"],
  ],
  finish(record: JsonObject, { fields }) {
    const status = textOf(record.Status) ?? "";
    if (status === "Delivered") fields["event.outcome"] = "success";
    else if (status === "Failed") fields["event.outcome"] = "failure";
    const user = textOf(at(record, "SenderAddress"));
    if (user !== undefined) fields["user.email"] = user;
  },
});
