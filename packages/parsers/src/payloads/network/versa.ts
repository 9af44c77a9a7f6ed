import type { Fields } from "@firebreak/model/event";
import type { ParseContext } from "@firebreak/model/format";
import { setSourceAccount } from "../../ecs/account.ts";
import { connectionVerdict, setVerdict } from "../../ecs/connection.ts";
import { assign, dictionary } from "../../ecs/dictionary.ts";
import { setBareUrl } from "../../ecs/url.ts";
import { kebabCase } from "../../ecs/verdict.ts";
import { addTotals } from "../../network/totals.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";
import { isAbsent } from "../../text/absent.ts";
import { readPairs } from "../../text/pairs.ts";

const dataset = "network/versa";

export const payload = {
  name: dataset,
  title: "Versa Networks SD-WAN and SASE",
  programs: [],
  accepts: (message) => header.test(message),
  parse,
} satisfies SyslogPayload;

/** "2024-03-05T11:12:13+0000 accessLog, applianceName=Branch1, tenantName=T1, …": time, kind of log, pairs. */
const header = /^(\d{4}-\d\d-\d\dT[\d:.]{8,15}(?:Z|[+-]\d\d:?\d\d)) (\w{3,40}), ?(?=applianceName=)/;

/** Names of Versa's log fields ("Log Collector Log Types", docs.versa-networks.com), the IPFIX names of RFC 7012 among them. */
const known = dictionary({
  applianceName: "observer.name",
  tenantName: "organization.name",
  sourceIPv4Address: "source.ip:ip",
  sourceIPv6Address: "source.ip:ip",
  sourceTransportPort: "source.port:port",
  sourcePort: "source.port:port",
  destinationIPv4Address: "destination.ip:ip",
  destinationIPv6Address: "destination.ip:ip",
  destinationTransportPort: "destination.port:port",
  destinationPort: "destination.port:port",
  postNATSourceIPv4Address: "source.nat.ip:ip",
  postNAPTSourceTransportPort: "source.nat.port:port",
  postNATDestinationIPv4Address: "destination.nat.ip:ip",
  postNAPTDestinationTransportPort: "destination.nat.port:port",
  protocolIdentifier: "network.transport:transport",
  ipProtocol: "network.transport:transport",
  sentOctets: "source.bytes:integer",
  sentPackets: "source.packets:integer",
  recvdOctets: "destination.bytes:integer",
  recvdPackets: "destination.packets:integer",
  appId: "network.application",
  appIdStr: "network.application",
  ingIf: "observer.ingress.interface.name",
  egrIf: "observer.egress.interface.name",
  fromZone: "observer.ingress.zone",
  toZone: "observer.egress.zone",
  rule: "rule.name",
  profileName: "rule.ruleset",
  threatType: "rule.category",
  signatureId: "rule.id",
  signatureMsg: "rule.name",
  urlCategory: "rule.category",
  httpUrl: "url.original",
  fileName: "file.name",
  dnsQueryName: "dns.question.name",
});

function parse(message: string, envelope: SyslogEnvelope, context: ParseContext): PayloadDraft | undefined {
  const match = header.exec(message);
  if (!match) return undefined;
  const kind = match[2]!;
  const fields: Fields = {
    "observer.vendor": "Versa Networks",
    "observer.type": "firewall",
    "event.code": kind,
    "event.action": kebabCase(kind),
  };
  const values: Record<string, string> = Object.create(null);
  const cut = readPairs(
    message,
    match[0].length,
    (name, recorded) => {
      const value = recorded.trim();
      values[name] = value;
      if (value !== "Unknown" && value !== "unknown") assign(fields, known, name, value);
    },
    { separator: "," },
  );
  if (cut) fields["firebreak.truncated"] = true;
  finish(fields, values, kind);
  if (envelope.host !== undefined) fields["observer.name"] ??= envelope.host;
  const time = context.time.iso(match[1]!);
  return time ? { dataset, fields, time } : { dataset, fields };
}

function finish(fields: Fields, values: Record<string, string>, kind: string): void {
  const { fromUser = "", httpUrl = "", action = "", idpAction = "", eventType = "" } = values;
  if (!isAbsent(fromUser) && !/^unknown$/i.test(fromUser)) setSourceAccount(fields, fromUser);
  if (!isAbsent(httpUrl)) setBareUrl(fields, httpUrl);
  addTotals(fields);
  const isAlert = /^(?:idp|ids|av|malware|sandbox|dosThreat|ipFiltering)/i.test(kind);
  const word = idpAction || action;
  const verdict = connectionVerdict(word.replace(/-.*$/, ""));
  fields["event.category"] = isAlert ? ["intrusion_detection", "network"] : ["network"];
  fields["event.type"] = ["connection"];
  if (verdict !== undefined) setVerdict(fields, verdict, word.toLowerCase());
  if (eventType === "start" || eventType === "end")
    fields["event.type"] = [...(fields["event.type"] as readonly string[]), eventType];
  if (isAlert) {
    fields["event.kind"] = "alert";
    fields["event.type"] = [verdict === undefined || verdict === "allowed" ? "info" : "denied"];
  }
}
