import type { Fields } from "@firebreak/model/event";
import { cleanIp } from "../ecs/ip.ts";
import { transportOf } from "../ecs/transport.ts";
import { holds, product } from "../json/define.ts";
import type { JsonObject, JsonValue } from "../json/parse.ts";
import { at, textOf } from "../json/product.ts";
import { dnsRecordType, dnsResponseCode } from "../network/dns-types.ts";

const web = { "event.category": ["web"], "event.type": ["access"] };
const network = { "event.category": ["network"], "event.type": ["connection"] };
const who = [
  ["user", "user", "Email"],
  ["text", "user.id", "UserID"],
  ["host", "host.name", "DeviceName"],
  ["text", "host.id", "DeviceID"],
  ["text", "organization.id", "AccountID"],
] as const;

/** The dataset's word for what was done, and what it means. */
function decide(record: JsonObject, fields: Fields, key = "Action"): void {
  const word = textOf(record[key]);
  if (word === undefined) return;
  fields["event.action"] = word;
  if (/block|drop|deny|denied|challenge/i.test(word)) {
    fields["event.type"] = [...(fields["event.type"] as string[]), "denied"];
    fields["event.outcome"] = "failure";
  } else if (/allow|bypass|skip|pass|resolve|accept/i.test(word)) {
    fields["event.type"] = [...(fields["event.type"] as string[]), "allowed"];
    fields["event.outcome"] = "success";
  }
}

/** Cloudflare Logpush, firewall events (developers.cloudflare.com, "Log fields"). RFC 3339 or epoch, UTC. */
export const cloudflareFirewall = product({
  name: "cloudflare/firewall",
  title: "Cloudflare firewall event",
  recognises: holds("ClientRequestHost", "RuleID", "Action", "RayID"),
  time: ["Datetime"],
  fixed: web,
  map: [
    ["address", "source", "ClientIP"],
    ["integer", "source.as.number", "ClientASN"],
    ["text", "source.as.organization.name", "ClientASNDescription"],
    ["text", "http.request.method", "ClientRequestMethod"],
    ["url", "url", "ClientRequestPath"],
    ["text", "url.domain", "ClientRequestHost"],
    ["text", "url.query", "ClientRequestQuery"],
    ["text", "url.scheme", "ClientRequestScheme"],
    ["text", "user_agent.original", "ClientRequestUserAgent"],
    ["integer", "http.response.status_code", "EdgeResponseStatus"],
    ["text", "http.request.referrer", "ClientRefererHost"],
    ["text", "event.id", "RayID"],
    ["text", "rule.id", "RuleID"],
    ["text", "rule.name", "Description"],
    ["text", "rule.ruleset", "Source"],
  ],
  finish(record, { fields }) {
    decide(record, fields);
    const country = textOf(record.ClientCountry);
    if (country !== undefined) fields["source.geo.country_iso_code"] = country.toUpperCase();
    const version = /^HTTP\/(\d(?:\.\d)?)$/.exec(textOf(record.ClientRequestProtocol) ?? "");
    if (version !== null) fields["http.version"] = version[1]!;
    const query = fields["url.query"];
    if (typeof query === "string") fields["url.query"] = query.replace(/^\?/, "");
  },
});

/** Cloudflare Gateway's DNS log and a zone's DNS log. UTC. */
export const cloudflareDns = product({
  name: "cloudflare/dns",
  title: "Cloudflare DNS log (Gateway, zone)",
  recognises: (record) =>
    record.QueryName !== undefined &&
    (record.ResolverDecision ?? record.ResponseCached ?? record.ColoCode ?? record.ColoName) !== undefined,
  time: ["Datetime", "Timestamp"],
  fixed: { "event.category": ["network"], "event.type": ["protocol"], "network.protocol": "dns" },
  map: [
    ...who,
    ["address", "source", "SrcIP", "SourceIP"],
    ["integer", "source.port", "SrcPort"],
    ["address", "destination", "DstIP", "UpstreamIP"],
    ["integer", "destination.port", "DstPort"],
    ["text", "dns.question.name", "QueryName"],
    ["text", "dns.question.type", "QueryTypeName"],
    ["text", "rule.name", "Policy", "PolicyName"],
    ["text", "rule.id", "PolicyID"],
  ],
  finish(record, { fields }) {
    decide(record, fields, "ResolverDecision");
    const type = dnsRecordType(textOf(record.QueryType) ?? "");
    if (type !== undefined) fields["dns.question.type"] ??= type;
    const code = textOf(record.ResponseCode ?? record.ClientResponseCode ?? record.RCode);
    if (code !== undefined) fields["dns.response_code"] = dnsResponseCode(code) ?? code;
    const transport = transportOf(textOf(record.Protocol) ?? tcpOf(record.QueryTCP) ?? "");
    if (transport !== undefined) fields["network.transport"] = transport;
    const answers = record.ResolvedIPs ?? record.RData;
    const known = (Array.isArray(answers) ? answers.slice(0, 100) : [])
      .map((one) => cleanIp(textOf(at(one, "data")) ?? textOf(one) ?? ""))
      .filter((ip) => ip !== undefined);
    if (known.length > 0) fields["dns.resolved_ip"] = [...new Set(known)];
  },
});

function tcpOf(flag: JsonValue | undefined): string | undefined {
  return typeof flag === "boolean" ? (flag ? "tcp" : "udp") : undefined;
}

/** Cloudflare Gateway's HTTP log. UTC. */
export const cloudflareGatewayHttp = product({
  name: "cloudflare/gateway-http",
  title: "Cloudflare Gateway HTTP log",
  recognises: holds("HTTPHost", "HTTPMethod", "SourceIP"),
  time: ["Datetime"],
  fixed: web,
  map: [
    ...who,
    ["address", "source", "SourceIP"],
    ["integer", "source.port", "SourcePort"],
    ["address", "destination", "DestinationIP"],
    ["integer", "destination.port", "DestinationPort"],
    ["text", "http.request.method", "HTTPMethod"],
    ["integer", "http.response.status_code", "HTTPStatusCode"],
    ["text", "http.request.referrer", "Referer"],
    ["text", "event.id", "RequestID"],
    ["url", "url", "URL"],
    ["text", "url.domain", "HTTPHost"],
    ["text", "user_agent.original", "UserAgent"],
    ["text", "rule.name", "PolicyName"],
    ["text", "rule.id", "PolicyID"],
    ["hash", "file.hash", "BlockedFileHash"],
    ["text", "file.name", "BlockedFileName"],
    ["integer", "file.size", "BlockedFileSize"],
  ],
  finish(record, { fields }) {
    decide(record, fields);
    const version = /^HTTP\/(\d(?:\.\d)?)$/.exec(textOf(record.HTTPVersion) ?? "");
    if (version !== null) fields["http.version"] = version[1]!;
  },
});

/** Cloudflare Gateway's network log, Zero Trust sessions, Spectrum and Magic IDS. UTC. */
export const cloudflareNetwork = product({
  name: "cloudflare/network",
  title: "Cloudflare network log (Gateway, Zero Trust sessions, Spectrum, Magic IDS)",
  recognises: (record) =>
    (record.SessionID !== undefined &&
      (record.OverrideIP ?? record.SNI ?? record.OriginIP) !== undefined &&
      record.SourceIP !== undefined) ||
    (record.OriginBytes !== undefined && record.ClientMatchedIpFirewall !== undefined) ||
    (record.SignatureID !== undefined &&
      record.SignatureMessage !== undefined &&
      record.SourceIP !== undefined),
  time: ["Datetime", "SessionStartTime", "Timestamp", "ConnectTimestamp"],
  fixed: network,
  map: [
    ...who,
    ["text", "event.id", "SessionID"],
    ["address", "source", "SourceIP", "ClientIP"],
    ["integer", "source.port", "SourcePort", "ClientPort"],
    ["address", "destination", "DestinationIP", "OriginIP"],
    ["integer", "destination.port", "DestinationPort", "OriginPort"],
    ["integer", "source.nat.port", "EgressPort"],
    ["integer", "source.bytes", "BytesSent", "ClientBytes"],
    ["integer", "destination.bytes", "BytesReceived", "OriginBytes"],
    ["text", "tls.client.server_name", "SNI"],
    ["text", "tls.cipher", "ClientTLSCipher", "ClientTlsCipher"],
    ["text", "rule.name", "PolicyName", "SignatureMessage"],
    ["text", "rule.id", "PolicyID", "SignatureID", "RuleID"],
    ["text", "event.reason", "ConnectionCloseReason"],
    ["text", "event.start", "SessionStartTime"],
    ["text", "event.end", "SessionEndTime"],
    ["text", "event.action", "Event"],
  ],
  finish(record, { fields }) {
    decide(record, fields);
    const egress = cleanIp(textOf(record.EgressIP) ?? "");
    if (egress !== undefined) fields["source.nat.ip"] = egress;
    if (record.SignatureID !== undefined) {
      fields["event.kind"] = "alert";
      fields["event.category"] = ["intrusion_detection"];
    }
    const transport = transportOf(
      textOf(record.Transport) ?? textOf(record.Protocol) ?? textOf(record.IpProtocol) ?? "",
    );
    if (transport !== undefined) fields["network.transport"] = transport;
  },
});

/** Cloudflare Network Analytics: sampled packets and what Magic Transit's mitigations did with them. UTC. */
export const cloudflarePackets = product({
  name: "cloudflare/network-analytics",
  title: "Cloudflare Network Analytics (sampled packets)",
  recognises: holds("IPSourceAddress", "IPDestinationAddress", "MitigationSystem"),
  time: ["Datetime"],
  fixed: network,
  map: [
    ["address", "source", "IPSourceAddress"],
    ["integer", "source.port", "SourcePort"],
    ["integer", "source.as.number", "SourceASN"],
    ["text", "source.as.organization.name", "SourceASNName"],
    ["text", "source.geo.country_iso_code", "SourceCountry"],
    ["address", "destination", "IPDestinationAddress"],
    ["integer", "destination.port", "DestinationPort"],
    ["integer", "destination.as.number", "DestinationASN"],
    ["text", "destination.as.organization.name", "DestinationASNName"],
    ["text", "destination.geo.country_iso_code", "DestinationCountry"],
    ["integer", "network.bytes", "IPTotalLength"],
    ["text", "rule.id", "RuleID"],
    ["text", "rule.name", "RuleName"],
    ["text", "event.id", "AttackID"],
    ["text", "event.reason", "MitigationReason"],
    ["text", "dns.question.name", "DNSQueryName"],
    ["text", "dns.question.type", "DNSQueryType"],
  ],
  finish(record, { fields }) {
    decide(record, fields, textOf(record.Outcome) === undefined ? "Verdict" : "Outcome");
    const transport = transportOf(textOf(record.IPProtocolName) ?? textOf(record.IPProtocol) ?? "");
    if (transport !== undefined) fields["network.transport"] = transport;
    const direction = directions[textOf(record.Direction) ?? ""];
    if (direction !== undefined) fields["network.direction"] = direction;
  },
});

const directions: Record<string, string> = { ingress: "inbound", egress: "outbound", lan: "internal" };

/** Cloudflare's HTTP sinkhole: requests to a domain that malware calls. UTC. */
export const cloudflareSinkhole = product({
  name: "cloudflare/sinkhole-http",
  title: "Cloudflare sinkhole HTTP log",
  recognises: holds("SinkholeID", "SrcAddr", "DestAddr"),
  time: ["Timestamp"],
  fixed: { ...web, "event.kind": "alert" },
  map: [
    ["address", "source", "SrcAddr"],
    ["address", "destination", "DestAddr"],
    ["text", "user.name", "Username"],
    ["text", "http.request.method", "Method"],
    ["integer", "http.request.body.bytes", "BodyLength"],
    ["text", "http.request.referrer", "Referrer"],
    ["url", "url", "URL", "URI"],
    ["text", "url.domain", "Host"],
    ["text", "user_agent.original", "UserAgent"],
    ["text", "rule.id", "SinkholeID"],
    ["text", "organization.id", "AccountID"],
  ],
});

/** Cloudflare's device posture results. UTC. */
export const cloudflarePosture = product({
  name: "cloudflare/device-posture",
  title: "Cloudflare device posture result",
  recognises: holds("PostureCheckName", "PostureEvaluatedResult"),
  time: ["Timestamp"],
  fixed: { "event.category": ["host"], "event.type": ["info"], "event.action": "posture_check" },
  map: [
    ...who,
    ["text", "user.id", "UserUID"],
    ["text", "host.os.version", "OSVersion"],
    ["text", "host.type", "DeviceType"],
    ["text", "device.manufacturer", "DeviceManufacturer"],
    ["text", "device.model.name", "DeviceModel"],
    ["text", "device.serial_number", "DeviceSerialNumber"],
    ["text", "rule.id", "PolicyID"],
    ["text", "rule.name", "PostureCheckName"],
    ["text", "rule.category", "PostureCheckType"],
  ],
  finish(record, { fields }) {
    if (typeof record.PostureEvaluatedResult === "boolean")
      fields["event.outcome"] = record.PostureEvaluatedResult ? "success" : "failure";
  },
});

/** Cloudflare CASB's findings about a connected service. UTC. */
export const cloudflareCasb = product({
  name: "cloudflare/casb",
  title: "Cloudflare CASB finding",
  recognises: holds("FindingTypeID", "DetectedTimestamp"),
  time: ["DetectedTimestamp"],
  fixed: { "event.kind": "alert", "event.category": ["configuration"], "event.type": ["info"] },
  map: [
    ["text", "event.id", "InstanceID"],
    ["text", "rule.id", "FindingTypeID"],
    ["text", "rule.name", "FindingTypeDisplayName"],
    ["text", "service.name", "IntegrationDisplayName"],
    ["text", "service.id", "IntegrationID"],
    ["url", "url", "AssetLink"],
  ],
  finish(record, { fields }) {
    const severity = severities[textOf(record.FindingTypeSeverity)?.toLowerCase() ?? ""];
    if (severity !== undefined) fields["event.severity"] = severity;
  },
});

const severities: Record<string, number> = { low: 21, medium: 47, high: 73, critical: 99 };
