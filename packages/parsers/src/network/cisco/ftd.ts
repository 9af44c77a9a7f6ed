import type { Fields } from "@firebreak/model/event";
import type { ParseContext } from "@firebreak/model/format";
import { type EventTime, formatInstant } from "@firebreak/model/time";
import { setSourceAccount } from "../../ecs/account.ts";
import { connectionVerdict, setVerdict } from "../../ecs/connection.ts";
import { assign, dictionary } from "../../ecs/dictionary.ts";
import { setBareUrl } from "../../ecs/url.ts";
import { isAbsent } from "../../text/absent.ts";
import { readPairs } from "../../text/pairs.ts";
import { addTotals, setSeconds } from "../totals.ts";

/** Security events of Firepower Threat Defense, "Name: value, Name: value" (Cisco, "Security Event Syslog Messages"). */
const known = dictionary({
  SrcIP: "source.ip:ip",
  SrcPort: "source.port:port",
  DstIP: "destination.ip:ip",
  DstPort: "destination.port:port",
  Protocol: "network.transport:transport",
  OriginalClientIP: "client.ip:ip",
  IngressInterface: "observer.ingress.interface.name",
  EgressInterface: "observer.egress.interface.name",
  IngressZone: "observer.ingress.zone",
  EgressZone: "observer.egress.zone",
  AccessControlRuleName: "rule.name",
  ACPolicy: "rule.ruleset",
  ApplicationProtocol: "network.protocol:lower",
  WebApplication: "network.application",
  InitiatorPackets: "source.packets:integer",
  ResponderPackets: "destination.packets:integer",
  InitiatorBytes: "source.bytes:integer",
  ResponderBytes: "destination.bytes:integer",
  DNSQuery: "dns.question.name",
  UserAgent: "user_agent.original",
  HTTPReferer: "http.request.referrer",
  FileName: "file.name",
  FileSHA256: "file.hash.sha256:lower",
  FileSize: "file.size:integer",
  AccessControlRuleReason: "event.reason",
  SignatureName: "rule.name",
  ThreatName: "threat.software.name",
  NAT_InitiatorIP: "source.nat.ip:ip",
  NAT_InitiatorPort: "source.nat.port:port",
  NAT_ResponderIP: "destination.nat.ip:ip",
  NAT_ResponderPort: "destination.nat.port:port",
  HTTPResponse: "http.response.status_code:integer",
  ReferencedHost: "url.domain",
  SSLVersion: "tls.version",
  SSLCipherSuite: "tls.cipher",
  SSLServerName: "tls.client.server_name",
  VLAN_ID: "network.vlan.id",
  Classification: "rule.category",
  Revision: "rule.version",
  URLCategory: "rule.category",
});

/** What each security event tells; what was done about it is in event.type. */
const actions: Record<number, string> = {
  430001: "intrusion-detected",
  430002: "connection-started",
  430003: "connection-finished",
  430004: "file-detected",
  430005: "malware-detected",
};

/** Record types in words, as the documentation of the DNS fields lists them. */
const recordTypes: Record<string, string> = {
  "a host address": "A",
  "ip6 address": "AAAA",
  "text strings": "TXT",
  "a domain name pointer": "PTR",
  "an authoritative name server": "NS",
  "the canonical name for an alias": "CNAME",
  "marks the start of a zone of authority": "SOA",
  "mail exchange": "MX",
  "server selection": "SRV",
};

const responses: Record<string, string> = {
  "no error": "NOERROR",
  "format error": "FORMERR",
  "server failure": "SERVFAIL",
  "non-existent domain": "NXDOMAIN",
  "not implemented": "NOTIMP",
  "query refused": "REFUSED",
};

const noUser = /^(?:No Authentication Required|Unknown|Not Applicable|Special Identities\/.*)$/;

function setUserField(fields: Fields, value: string): void {
  if (noUser.test(value)) fields["firebreak.raw.User"] = value;
  else if (!isAbsent(value)) setSourceAccount(fields, value);
}

/** 430001 intrusion, 430002 and 430003 connection begin and end, 430004 file, 430005 malware. Returns the time of the event. */
export function readFtd(
  text: string,
  id: number,
  fields: Fields,
  context: ParseContext,
): EventTime | undefined {
  let first: string | undefined;
  let verdict: string | undefined;
  readPairs(
    text,
    0,
    (name, recorded) => {
      const value = recorded.trim();
      if (name === "FirstPacketSecond" || name === "FilePolicyTime") first ??= value;
      else if (name === "AccessControlRuleAction" || name === "InlineResult" || name === "FileAction")
        verdict ??= value;
      else if ((name === "URL" || name === "URI") && value !== "") setBareUrl(fields, value);
      else if (name === "User") setUserField(fields, value);
      else if (name === "Message" && id === 430_001) fields["rule.name"] = value.replace(/^"|"$/g, "");
      else if (name === "ConnectionDuration") setSeconds(fields, value);
      else if (name === "DNSRecordType")
        fields["dns.question.type"] = recordTypes[value.toLowerCase()] ?? value;
      else if (name === "DNSResponseType")
        fields["dns.response_code"] = responses[value.toLowerCase()] ?? value;
      else if (name === "SID") fields["rule.id"] = value;
      else assign(fields, known, name, value);
    },
    { separator: ",", assign: ": " },
  );
  const isAlert = id === 430_001 || id === 430_005;
  const types = id === 430_002 ? ["connection", "start"] : id === 430_003 ? ["connection", "end"] : ["info"];
  fields["event.category"] =
    id === 430_001
      ? ["intrusion_detection", "network"]
      : id === 430_005
        ? ["malware", "network"]
        : ["network"];
  fields["event.type"] = types;
  if (isAlert) fields["event.kind"] = "alert";
  const action = actions[id]!;
  fields["event.action"] = action;
  if (verdict !== undefined) {
    fields["firebreak.raw.AccessControlRuleAction"] = verdict;
    // "Malware Block", "Custom Detection Block".
    const word = connectionVerdict(/ Block$/.test(verdict) ? "Block" : verdict);
    if (word !== undefined) {
      setVerdict(fields, word, action);
      if (id === 430_002 || id === 430_003)
        fields["event.type"] = [...types, word === "allowed" ? "allowed" : "denied"];
      else if (id >= 430_004 && word !== "allowed" && word !== "detected") fields["event.type"] = ["denied"];
    }
  }
  addTotals(fields);
  const began = first === undefined ? undefined : context.time.iso(first);
  if (began !== undefined) fields["event.start"] = formatInstant(began);
  return began;
}
