import { holds, product } from "../json/define.ts";
import { at, classify, textOf } from "../json/product.ts";

/** Abnormal Security: messages of threats (API, webhook). UTC with Z. */
export const abnormalThreat = product({
  name: "mail/abnormal-threat",
  title: "Abnormal Security threat message",
  recognises: holds("abxMessageId", "threatId"),
  time: ["receivedTime", "sentTime", "remediationTimestamp"],
  fixed: {
    "event.kind": "alert",
    "event.category": ["email", "threat"],
    "event.type": ["info"],
  },
  map: [
    ["text", "event.id", "abxMessageId"],
    ["text", "event.action", "remediationStatus"],
    ["text", "rule.name", "attackType"],
    ["text", "rule.category", "attackStrategy"],
    ["text", "event.reason", "attackVector"],
    ["list", "email.from.address", "fromAddress"],
    ["list", "email.to.address", "toAddresses", "recipientAddress"],
    ["list", "email.cc.address", "ccEmails"],
    ["list", "email.reply_to.address", "replyToEmails"],
    ["text", "email.subject", "subject"],
    ["text", "email.message_id", "internetMessageId"],
    ["address", "source", "senderIpAddress"],
    ["text", "source.domain", "senderDomain"],
    ["url", "url", "urls"],
  ],
});

/** Abnormal Security: audit log of the portal. UTC with Z. */
export const abnormalAudit = product({
  name: "mail/abnormal-audit",
  title: "Abnormal Security audit log",
  recognises: holds("action", "category", "sourceIp", "tenantName"),
  time: ["timestamp"],
  fixed: { "event.category": ["iam"], "event.type": ["info"] },
  map: [
    ["text", "event.action", "action"],
    ["text", "event.provider", "category"],
    ["outcome", "event.outcome", "status"],
    ["user", "user", "user.email", "user"],
    ["address", "source", "sourceIp"],
    ["text", "organization.name", "tenantName"],
    ["url", "url", "details.requestUrl", "actionDetails.requestUrl"],
  ],
  finish(record, { fields }) {
    if (/log(?:in|out)/i.test(`${textOf(record.action)} ${textOf(record.category)}`))
      classify(fields, "authentication", /logout/i.test(textOf(record.action) ?? "") ? "end" : "start");
  },
});

/** Sublime Security: audit events. UTC with Z. */
export const sublimeAudit = product({
  name: "mail/sublime-audit",
  title: "Sublime Security audit event",
  recognises: (record) =>
    record.created_by !== undefined &&
    typeof record.type === "string" &&
    at(record, "data", "request") !== undefined,
  time: ["created_at"],
  fixed: { "event.category": ["iam"], "event.type": ["info"] },
  map: [
    ["text", "event.action", "type"],
    ["text", "event.id", "id"],
    ["user", "user", "created_by.email_address"],
    ["text", "user.id", "created_by.id"],
    ["text", "user.full_name", "created_by.first_name"],
    ["list", "user.roles", "created_by.role"],
    ["address", "source", "data.request.ip"],
    ["text", "user_agent.original", "data.request.user_agent"],
    ["text", "http.request.method", "data.request.method"],
    ["text", "http.request.id", "data.request.id"],
    ["url", "url", "data.request.path"],
  ],
});
