import type { Fields } from "@firebreak/model/event";
import { connectionVerdict, setVerdict } from "../ecs/connection.ts";
import { cleanIp } from "../ecs/ip.ts";
import { transportOf } from "../ecs/transport.ts";
import { setUrl } from "../ecs/url.ts";
import { product } from "../json/define.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../json/parse.ts";
import {
  at,
  classify,
  type JsonProduct,
  putInteger,
  putText,
  putUser,
  textOf,
  timeOf,
} from "../json/product.ts";

/** Akamai SIEM integration (App & API Protector, Kona): base64 texts between ";", percent-encoded. Epoch seconds. */
export const akamaiSiem = product({
  name: "web/akamai",
  title: "Akamai security event",
  recognises: (record) => isJsonObject(record.attackData) && isJsonObject(record.httpMessage),
  time: ["httpMessage.start"],
  fixed: {
    "event.kind": "alert",
    "event.category": ["intrusion_detection", "web"],
    "event.type": ["info"],
    "observer.vendor": "Akamai",
    "observer.type": "waf",
  },
  map: [
    ["text", "event.id", "httpMessage.requestId"],
    ["address", "source", "attackData.clientIP"],
    ["text", "source.geo.country_iso_code", "geo.country"],
    ["text", "source.geo.continent_code", "geo.continent"],
    ["text", "source.geo.city_name", "geo.city"],
    ["integer", "source.as.number", "geo.asn"],
    ["text", "http.request.method", "httpMessage.method"],
    ["integer", "http.response.status_code", "httpMessage.status"],
    ["integer", "http.response.bytes", "httpMessage.bytes"],
    ["text", "http.request.id", "httpMessage.requestId"],
    ["text", "url.domain", "httpMessage.host"],
    ["integer", "url.port", "httpMessage.port"],
    ["text", "url.path", "httpMessage.path"],
    ["text", "url.query", "httpMessage.query"],
    ["text", "rule.ruleset", "attackData.policyId"],
  ],
  finish(record, { fields }) {
    const attack = record.attackData as JsonObject;
    const ids = decoded(attack.rules);
    const actions = decoded(attack.ruleActions);
    const decisive = Math.max(
      actions.findIndex((action) => /deny|abort|block/i.test(action)),
      0,
    );
    if (ids[decisive]) fields["rule.id"] = ids[decisive]!;
    const name = decoded(attack.ruleMessages)[decisive];
    if (name) fields["rule.name"] = name;
    const tag = decoded(attack.ruleTags)[decisive];
    if (tag) fields["rule.category"] = tag;
    const action = actions[decisive];
    if (action) {
      fields["event.action"] = action;
      const stopped = /deny|abort|block/i.test(action);
      fields["event.type"] = [stopped ? "denied" : "allowed"];
      fields["event.outcome"] = stopped ? "failure" : "success";
    }
    const version = /^HTTP\/(\d(?:\.\d)?)$/i.exec(textOf(at(record, "httpMessage", "protocol")) ?? "")?.[1];
    if (version !== undefined) fields["http.version"] = version;
    const headers = percentDecoded(textOf(at(record, "httpMessage", "requestHeaders")) ?? "");
    const agent = /^user-agent: (.*)$/im.exec(headers)?.[1]?.trim();
    if (agent) fields["user_agent.original"] = agent;
  },
});

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text.slice(0, 20_000).replaceAll("+", " "));
  } catch {
    return text;
  }
}

/** "OTUwMDA0;OTkwMDEx" → ["950004", "990011"]; a part that is no base64 of a text stays as it is. */
function decoded(value: JsonValue | undefined): string[] {
  const text = percentDecoded(textOf(value) ?? "");
  return text === "" ? [] : text.split(";", 50).map(fromBase64);
}

function fromBase64(part: string): string {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(part)) return part;
  const text = Buffer.from(part, "base64").toString("utf8");
  return /[\p{Cc}\ufffd]/u.test(text) ? part : text;
}

const untangleClass = /(?:^|\.)(\w{3,60}?)(?:Event|Log)?$/;

/** Arista Edge Threat Management (Untangle) NG Firewall events in syslog. Local time without zone. */
export const aristaNgfw: JsonProduct = {
  name: "network/arista-ngfw",
  title: "Arista NG Firewall (Untangle) event",
  recognises: (record) =>
    typeof record.class === "string" &&
    record.class.includes("com.untangle.") &&
    record.timeStamp !== undefined,
  read(record, draft, context) {
    const { fields } = draft;
    const session = isJsonObject(record.sessionEvent) ? record.sessionEvent : record;
    draft.time = timeOf(record.timeStamp, context, undefined);
    fields["observer.vendor"] = "Arista";
    fields["observer.type"] = "firewall";
    setSlashed(fields, "source.ip", session.CClientAddr ?? record.clientAddr);
    putInteger(fields, "source.port", session.CClientPort);
    setSlashed(fields, "source.nat.ip", session.SClientAddr);
    putInteger(fields, "source.nat.port", session.SClientPort);
    setSlashed(fields, "destination.ip", session.SServerAddr ?? session.CServerAddr);
    putInteger(fields, "destination.port", session.SServerPort ?? session.CServerPort);
    putUser(fields, session.username ?? record.login ?? record.loginName);
    putText(fields, "source.domain", session.hostname);
    const transport = transportOf(textOf(session.protocolName) ?? textOf(session.protocol) ?? "");
    if (transport !== undefined) fields["network.transport"] = transport;
    putInteger(fields, "source.bytes", record.c2pBytes);
    putInteger(fields, "destination.bytes", record.p2cBytes);
    putText(fields, "http.request.method", record.method);
    const url = textOf(record.requestLine)?.split(" ")[1];
    if (url !== undefined) setUrl(fields, url);
    putText(fields, "url.domain", record.host);
    putText(fields, "rule.id", record.ruleId ?? record.signatureId);
    putText(fields, "rule.name", record.msg ?? record.appName);
    putText(fields, "event.reason", record.reason);
    const kind = untangleClass.exec(textOf(record.class)!)?.[1] ?? "event";
    fields["event.action"] = kind.replace(/(?<=[a-z])(?=[A-Z])/g, "-").toLowerCase();
    classify(fields, /login/i.test(kind) ? "authentication" : url === undefined ? "network" : "web", "info");
    finishArista(record, fields, kind);
  },
};

function finishArista(record: JsonObject, fields: Fields, kind: string): void {
  if (/login/i.test(kind)) {
    const good = record.succeeded === true;
    fields["event.outcome"] = good ? "success" : "failure";
    fields["event.type"] = [good ? "start" : "info"];
  } else if (record.blocked !== undefined || record.flagged !== undefined)
    setVerdict(
      fields,
      record.blocked === true ? "blocked" : "allowed",
      record.blocked === true ? "blocked" : "allowed",
    );
  if (/IntrusionPrevention|Virus|Threat/i.test(kind)) fields["event.kind"] = "alert";
}

/** Java prints an address as "host/192.0.2.1" or "/192.0.2.1". */
function setSlashed(fields: Fields, field: string, value: JsonValue | undefined): void {
  const ip = cleanIp((textOf(value) ?? "").replace(/^.*\//, ""));
  if (ip !== undefined) fields[field] = ip;
}

/** Infoblox BloxOne DDI and Threat Defense (API, cloud data connector). */
export const bloxOne = product({
  name: "dns/bloxone",
  title: "Infoblox BloxOne DNS or threat event",
  recognises: (record) =>
    record.qname !== undefined && (record.qip ?? record.policy_action ?? record.feed_name) !== undefined,
  time: ["event_time", "timestamp"],
  fixed: {
    "event.category": ["network"],
    "event.type": ["protocol"],
    "observer.vendor": "Infoblox",
    "network.protocol": "dns",
  },
  map: [
    ["address", "source", "qip", "private_ip"],
    ["mac", "source.mac", "mac_address"],
    ["user", "user", "user"],
    ["text", "host.name", "device"],
    ["text", "dns.question.name", "qname"],
    ["text", "dns.question.type", "qtype"],
    ["text", "dns.question.class", "qclass"],
    ["text", "dns.response_code", "rcode"],
    ["text", "rule.name", "policy_name"],
    ["text", "rule.ruleset", "feed_name"],
    ["text", "rule.category", "tproperty", "category"],
    ["lower", "log.level", "severity"],
    ["text", "event.action", "policy_action", "event_type"],
  ],
  finish(record, { fields }) {
    const name = fields["dns.question.name"];
    if (typeof name === "string") fields["dns.question.name"] = name.replace(/(?<=.)\.$/, "");
    const transport = transportOf(textOf(record.proto) ?? "");
    if (transport !== undefined) fields["network.transport"] = transport;
    const answers = (textOf(record.rdata) ?? textOf(record.response) ?? "")
      .split(/[\s,;]+/, 100)
      .map(cleanIp);
    const known = answers.filter((ip) => ip !== undefined);
    if (known.length > 0) fields["dns.resolved_ip"] = known;
    if (record.tproperty !== undefined || record.threat_indicator !== undefined)
      fields["event.kind"] = "alert";
    const word = textOf(record.policy_action) ?? "";
    if (connectionVerdict(word) === "blocked" || /redirect/i.test(word)) {
      fields["event.type"] = ["denied"];
      fields["event.outcome"] = "failure";
    }
  },
});

/** Proofpoint on Demand log service (Pod Logging API): messages. */
export const proofpointOnDemand = product({
  name: "mail/proofpoint-on-demand",
  title: "Proofpoint on Demand message",
  recognises: (record) =>
    isJsonObject(record.envelope) && isJsonObject(record.filter) && isJsonObject(record.connection),
  time: ["ts"],
  fixed: { "event.category": ["email"], "event.type": ["info"], "observer.vendor": "Proofpoint" },
  map: [
    ["text", "event.id", "guid"],
    ["address", "source", "connection.ip"],
    ["text", "source.domain", "connection.host"],
    ["text", "tls.cipher", "connection.tls.inbound.cipher"],
    ["text", "tls.version", "connection.tls.inbound.version"],
    ["list", "email.from.address", "envelope.from"],
    ["list", "email.to.address", "envelope.rcpts"],
    ["text", "email.subject", "msg.normalizedHeader.subject", "msg.header.subject"],
    ["text", "email.message_id", "msg.normalizedHeader.message-id", "msg.header.message-id"],
    ["text", "email.local_id", "filter.qid"],
    ["lower", "email.direction", "filter.routeDirection"],
    ["text", "event.action", "filter.disposition", "filter.actions.action"],
    ["text", "rule.name", "filter.actions.rule"],
    ["text", "rule.ruleset", "filter.actions.module"],
    ["text", "observer.name", "pps.agent"],
    ["text", "observer.version", "pps.version"],
    ["text", "file.name", "msgParts.detectedName", "msgParts.detectedName"],
    ["hash", "file.hash", "msgParts.sha256", "msgParts.md5"],
  ],
  finish(_record, { fields }) {
    const mid = fields["email.message_id"];
    if (typeof mid === "string") fields["email.message_id"] = mid.replace(/^<|>$/g, "");
    const direction = fields["email.direction"];
    if (direction !== "inbound" && direction !== "outbound") delete fields["email.direction"];
    const action = fields["event.action"];
    if (typeof action === "string")
      fields["event.outcome"] = /discard|reject|quarantine|block/i.test(action) ? "failure" : "success";
  },
});

/** Meraki Dashboard API: network events and webhook alerts. The zone is in the record. */
export const merakiApi = product({
  name: "network/meraki-api",
  title: "Cisco Meraki dashboard event or alert",
  recognises: (record) =>
    (record.networkId !== undefined && record.occurredAt !== undefined) ||
    (record.alertType !== undefined && record.organizationId !== undefined && record.networkId !== undefined),
  time: ["occurredAt", "ts"],
  fixed: {
    "event.category": ["network"],
    "event.type": ["info"],
    "observer.vendor": "Cisco",
    "observer.product": "Meraki",
  },
  map: [
    ["text", "event.id", "alertId"],
    ["text", "event.action", "type", "alertType"],
    ["text", "message", "description", "alertType"],
    ["mac", "source.mac", "clientMac", "alertData.mac"],
    ["address", "source", "clientIp", "alertData.ip"],
    ["text", "source.domain", "clientDescription", "clientName"],
    ["text", "network.name", "ssidName", "networkName"],
    ["text", "observer.name", "deviceName"],
    ["text", "observer.serial_number", "deviceSerial"],
    ["mac", "observer.mac", "deviceMac"],
  ],
  finish(record, { fields }) {
    if (record.alertType !== undefined) fields["event.kind"] = "alert";
  },
});

/** Check Point Harmony Email & Collaboration security events (API). The zone is in the record. */
export const harmonyEmail = product({
  name: "mail/checkpoint-email",
  title: "Check Point Harmony Email event",
  recognises: (record) =>
    record.saas !== undefined &&
    record.eventCreated !== undefined &&
    record.confidenceIndicator !== undefined,
  time: ["eventCreated"],
  fixed: {
    "event.kind": "alert",
    "event.category": ["email"],
    "event.type": ["info"],
    "observer.vendor": "Check Point",
  },
  map: [
    ["text", "event.id", "eventId"],
    ["text", "event.action", "type"],
    ["text", "message", "description"],
    ["list", "email.from.address", "senderAddress"],
    ["text", "rule.category", "type"],
    ["integer", "event.severity", "severity"],
    ["text", "event.reason", "confidenceIndicator"],
    ["text", "rule.name", "description"],
  ],
});
