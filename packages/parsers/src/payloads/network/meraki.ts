import type { Fields } from "@firebreak/model/event";
import type { ParseContext } from "@firebreak/model/format";
import { setVerdict } from "../../ecs/connection.ts";
import { assign, dictionary, macOf } from "../../ecs/dictionary.ts";
import { setAddressPort, setEndpoint } from "../../ecs/endpoint.ts";
import { noFields } from "../../ecs/shape.ts";
import { setUrl } from "../../ecs/url.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";
import { readPairs } from "../../text/pairs.ts";
import { epochTime } from "../../time/epoch.ts";

const dataset = "network/meraki";

export const payload = {
  name: dataset,
  title: "Cisco Meraki",
  programs: [],
  accepts: (message) => (message.includes("=") || message.includes("events ")) && kinds.test(message),
  parse,
} satisfies SyslogPayload;

const kinds =
  /^(?:(?:[\w.-]{1,64} )?)(flows|firewall|vpn_firewall|cellular_firewall|bridge_anyconnect_client_vpn_firewall|ip_flow_start|ip_flow_end|urls|ids-alerts|security_event|airmarshal_events) (?:(?:allow|deny|ids_alerted|security_filtering_file_scanned|security_filtering_disposition_change) )?(?:src|signature|url|type|message)=|^(?:[\w.-]{1,64} )?events (?:type=\w|content_filtering_block |client_vpn_|anyconnect_vpn_|dhcp |port \d|Blocked |.{0,40}(?:vpn|VPN))/;

/** Keys of "Syslog Event Types and Log Samples" (documentation.meraki.com). */
const known = dictionary({
  sport: "source.port:port",
  dport: "destination.port:port",
  mac: "source.mac:mac",
  shost: "source.mac:mac",
  dhost: "destination.mac:mac",
  translated_src_ip: "source.nat.ip:ip",
  translated_dst_ip: "destination.nat.ip:ip",
  translated_port: "source.nat.port:port",
  sha256: "file.hash.sha256:lower",
  name: "file.name",
  agent: "user_agent.original",
  identity: "user.name",
  client_mac: "source.mac:mac",
  client_ip: "source.ip:ip",
});

function parse(message: string, envelope: SyslogEnvelope, context: ParseContext): PayloadDraft | undefined {
  const match = kinds.exec(message);
  if (!match) return undefined;
  const kind = match[1] ?? "events";
  const fields: Fields = {
    ...noFields,
    "observer.vendor": "Cisco",
    "observer.product": "Meraki",
    "observer.type": "firewall",
    "firebreak.raw.event_type": kind,
  };
  if (envelope.host !== undefined) fields["observer.name"] = envelope.host;
  const values: Record<string, string> = Object.create(null);
  readPairs(message, 0, (name, value) => {
    if (name === "src" || name === "dst") setSide(fields, name === "src" ? "source" : "destination", value);
    else if (name === "protocol") fields["network.transport"] = value.split("/")[0]!.toLowerCase();
    else {
      values[name] = value;
      if (name !== "signature" && name !== "timestamp" && name !== "direction")
        assign(fields, known, name, value);
    }
  });
  finish(kind, message, values, fields);
  const time = values.timestamp ? epochTime(values.timestamp, context.time) : undefined;
  return time && !envelope.time ? { dataset, fields, time } : { dataset, fields };
}

/** "192.0.2.1:80"; the wireless intrusion system names stations by their MAC address. */
function setSide(fields: Fields, side: "source" | "destination", value: string): void {
  // "198.51.100.8:443" has twelve digits too.
  const mac = /^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(value) ? macOf(value) : undefined;
  if (mac === undefined) setAddressPort(fields, side, value);
  else fields[`${side}.mac`] = mac;
}

function finish(kind: string, message: string, values: Record<string, string>, fields: Fields): void {
  if (kind === "ids-alerts" || kind === "security_event") finishAlert(message, values, fields);
  else if (kind === "events" || kind === "airmarshal_events") finishEvent(message, values, fields);
  else if (kind === "urls") {
    const request = /request: (\S+) (\S+)/.exec(message);
    fields["event.category"] = ["web", "network"];
    fields["event.type"] = ["access"];
    fields["event.action"] = "http-access";
    if (request) {
      if (request[1] !== "UNKNOWN") fields["http.request.method"] = request[1]!;
      setUrl(fields, request[2]!);
    }
  } else finishFlow(kind, message, fields);
}

function finishFlow(kind: string, message: string, fields: Fields): void {
  fields["event.category"] = ["network"];
  fields["event.type"] = ["connection"];
  const pattern = /pattern: (\w+)(.*)$/.exec(message);
  const word = pattern?.[1] ?? / (allow|deny) src=/.exec(message)?.[1];
  // "pattern: 1 all" (deny by rule number 1 in old firmware) and "0 all" (allowed).
  if (word === "allow" || word === "0") setVerdict(fields, "allowed", "layer3-firewall-allowed-flow");
  else if (word === "deny" || word === "1") setVerdict(fields, "denied", "layer3-firewall-denied-flow");
  else {
    fields["event.action"] = kind === "ip_flow_end" ? "ip-session-ended" : "ip-session-initiated";
    if (kind.startsWith("ip_flow_"))
      fields["event.type"] = ["connection", kind === "ip_flow_end" ? "end" : "start"];
  }
  if (pattern) fields["rule.name"] = `${pattern[1]}${pattern[2]}`.trim();
}

function finishAlert(message: string, values: Record<string, string>, fields: Fields): void {
  fields["event.kind"] = "alert";
  const isFile = message.includes("security_filtering");
  fields["event.category"] = isFile ? ["malware", "network"] : ["intrusion_detection", "network"];
  fields["event.type"] = ["info"];
  if (values.signature) fields["rule.id"] = values.signature;
  const text = /message: (.*)$/.exec(message);
  if (text) {
    fields["rule.name"] = text[1]!;
    fields.message = text[1]!;
  }
  if (values.direction === "ingress" || values.direction === "egress")
    fields["network.direction"] = values.direction === "ingress" ? "inbound" : "outbound";
  const stopped = values.decision === "blocked" || values.action === "block";
  setVerdict(
    fields,
    stopped ? "blocked" : "detected",
    isFile
      ? message.includes("disposition_change")
        ? "issued-retrospective-malicious-disposition"
        : "malicious-file-actioned"
      : "ids-signature-matched",
  );
  fields["event.type"] = [stopped ? "denied" : "info"];
  if (values.url) setUrl(fields, values.url);
}

/** "dhcp lease of ip … from server mac … for client mac …", "dhcp no offers for mac …". */
function setLease(message: string, fields: Fields): boolean {
  const lease = /\bdhcp lease of ip (\S+) (?:from (?:server )?mac (\S+) )?for client mac (\S+)/.exec(message);
  const none = lease ? undefined : /\bdhcp no offers for mac (\S+)/.exec(message);
  if (!lease && !none) return false;
  fields["event.category"] = ["network"];
  fields["event.type"] = ["protocol", lease ? "start" : "info"];
  fields["event.action"] = lease ? "dhcp-lease" : "dhcp-no-offers";
  fields["network.protocol"] = "dhcp";
  if (lease) setEndpoint(fields, "source", lease[1]!);
  const mac = macOf((lease?.[3] ?? none?.[1])!);
  if (mac !== undefined) fields["source.mac"] = mac;
  return true;
}

/** What the types of wireless and gateway events mean ("Syslog Event Types and Log Samples"). */
const eventActions: Record<string, string> = {
  association: "wifi-association-request",
  disassociation: "wifi-disassociation-request",
  wpa_auth: "wpa-authentication",
  wpa_deauth: "wpa-deauthentication",
  "8021x_eap_success": "8021x-authentication",
  "8021x_eap_failure": "8021x-failed-authentication-attempt",
  "8021x_deauth": "8021x-deauthentication",
  splash_auth: "splash-authentication",
  device_packet_flood: "wireless-packet-flood-detected",
  vpn_connectivity_change: "vpn-connectivity-change",
  ssid_spoofing_detected: "ssid-spoofing-detected",
  rogue_ssid_detected: "rogue-ssid-detected",
};

function finishEvent(message: string, values: Record<string, string>, fields: Fields): void {
  const vpn =
    /(client_vpn_connect|client_vpn_disconnect|anyconnect_vpn_\w+)(?:.*?user id '([^']*)')?(?:.*?local ip (\S+))?(?:.*?connected from (\S+))?/.exec(
      message,
    );
  if (vpn) {
    fields["event.category"] = ["authentication", "session"];
    fields["event.type"] = [vpn[1]!.includes("disconnect") ? "end" : "start"];
    fields["event.action"] = vpn[1]!.replaceAll("_", "-");
    if (vpn[2]) fields["user.name"] = vpn[2];
    if (vpn[4]) setEndpoint(fields, "source", vpn[4]);
    return;
  }
  if (setLease(message, fields)) return;
  if (values.url && message.includes("content_filtering_block")) {
    fields["event.category"] = ["web", "network"];
    setVerdict(fields, "blocked", "content-filtering-block");
    setUrl(fields, values.url);
    if (values.category0) fields["rule.category"] = values.category0;
    if (values.server) setAddressPort(fields, "destination", values.server);
    return;
  }
  fields["event.category"] = ["network"];
  fields["event.type"] = ["info"];
  const tunnel =
    /Site-to-site VPN: .*?([0-9a-fA-F.:]{3,45})\[(\d{1,5})\]->([0-9a-fA-F.:]{3,45})\[(\d{1,5})\]/.exec(
      message,
    );
  if (tunnel) {
    fields["event.action"] = "site-to-site-vpn";
    setEndpoint(fields, "source", tunnel[1]!, tunnel[2]);
    setEndpoint(fields, "destination", tunnel[3]!, tunnel[4]);
  }
  if (values.peer_contact) setAddressPort(fields, "destination", values.peer_contact);
  if (values.type?.startsWith("8021x_eap")) {
    fields["event.category"] = ["authentication"];
    fields["event.outcome"] = values.type.endsWith("success") ? "success" : "failure";
  }
  if (values.type)
    fields["event.action"] = Object.hasOwn(eventActions, values.type)
      ? eventActions[values.type]!
      : values.type.replaceAll("_", "-");
}
