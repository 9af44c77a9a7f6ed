import type { Fields } from "@firebreak/model/event";
import { setSourceAccount } from "../../ecs/account.ts";
import { connectionVerdict, setVerdict } from "../../ecs/connection.ts";
import { assign, dictionary } from "../../ecs/dictionary.ts";
import { setEndpoint } from "../../ecs/endpoint.ts";
import { noFields } from "../../ecs/shape.ts";
import { transportOf } from "../../ecs/transport.ts";
import { setBareUrl } from "../../ecs/url.ts";
import { kebabCase } from "../../ecs/verdict.ts";
import { readStructuredData } from "../../formats/syslog/rfc5424-header.ts";
import { addTotals, setSeconds } from "../../network/totals.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";
import { isAbsent } from "../../text/absent.ts";

const dataset = "network/juniper-srx";

export const payload = {
  name: dataset,
  title: "Juniper Junos OS (SRX security logs, management logins)",
  programs: ["rt_flow", "rt_idp", "rt_utm", "rt_ids", "rt_aamw", "rt_secintel", "rt_screen", "mgd"],
  accepts: (message) => structured.test(message) || plain.test(message),
  parse,
} satisfies SyslogPayload;

const structured = /^([A-Z][A-Z0-9_]{3,60}) \[junos@2636\.[\d.]+ /;
const plain =
  /^(?:RT_(?:FLOW|UTM|IDP|IDS|AAMW|SECINTEL|SCREEN)(?:: | - ))?((?:RT_|WEBFILTER_|IDP_|AAMW_|SECINTEL_|APPTRACK_|AV_|CONTENT_|UI_|LOGIN_|SSHD_|SSH_|SNMP_|KMD_|JSRPD_|DAEMON_|AAMW_|ANTISPAM_|PAM_)[A-Z0-9_]{2,60}): ([\s\S]*)$/;

/** Parameters of Junos security messages (Junos OS System Log Explorer). */
const known = dictionary({
  "source-address": "source.ip:ip",
  "source-port": "source.port:port",
  "destination-address": "destination.ip:ip",
  "destination-port": "destination.port:port",
  "nat-source-address": "source.nat.ip:ip",
  "nat-source-port": "source.nat.port:port",
  "nat-destination-address": "destination.nat.ip:ip",
  "nat-destination-port": "destination.nat.port:port",
  "protocol-id": "network.transport:transport",
  "protocol-name": "network.transport:transport",
  protocol: "network.transport:transport",
  "policy-name": "rule.name",
  "source-zone-name": "observer.ingress.zone",
  "destination-zone-name": "observer.egress.zone",
  "source-interface-name": "observer.ingress.interface.name",
  "packet-incoming-interface": "observer.ingress.interface.name",
  "destination-interface-name": "observer.egress.interface.name",
  "bytes-from-client": "source.bytes:integer",
  "bytes-from-server": "destination.bytes:integer",
  "inbound-bytes": "destination.bytes:integer",
  "outbound-bytes": "source.bytes:integer",
  "packets-from-client": "source.packets:integer",
  "packets-from-server": "destination.packets:integer",
  reason: "event.reason",
  "http-host": "url.domain",
  "file-name": "file.name",
  filename: "file.name",
  "sample-sha256": "file.hash.sha256:lower",
  command: "process.command_line",
});

const readHere = new Set(["elapsed-time", "action", "username", "url", "application", "nested-application"]);

function parse(message: string, envelope: SyslogEnvelope): PayloadDraft | undefined {
  const fields: Fields = {
    ...noFields,
    "observer.vendor": "Juniper",
    "observer.product": "Junos",
    "observer.type": "firewall",
  };
  if (envelope.host !== undefined) fields["observer.name"] = envelope.host;
  const data = structured.exec(message);
  const values: Record<string, string> = Object.create(null);
  if (data) {
    const end = readStructuredData(message, data[1]!.length + 1, (element, name, value) => {
      fields["firebreak.raw.sd_id"] = element;
      values[name] = value;
      if (!readHere.has(name)) assign(fields, known, name, value);
    });
    const text = message.slice(end).trim();
    if (text !== "") fields.message = text;
    finish(data[1]!, values, fields);
    return { dataset, fields };
  }
  const line = plain.exec(message);
  if (!line) return undefined;
  readPlain(line[1]!, line[2]!, values, fields);
  finish(line[1]!, values, fields);
  return { dataset, fields };
}

const flowPattern =
  /^session (created|denied|closed(?: ([^:]*))?):? ?(\S+)\/(\d+)->(\S+)\/(\d+)(?: 0x\w+)?(?: \[\S+\])? (\S+)(?: ([0-9a-fA-F.:]+)\/(\d+)->([0-9a-fA-F.:]+)\/(\d+))?(.*)$/;

function readPlain(event: string, text: string, values: Record<string, string>, fields: Fields): void {
  const flow = flowPattern.exec(text);
  if (flow) {
    if (flow[2]) fields["event.reason"] = flow[2];
    setEndpoint(fields, "source", flow[3]!, flow[4]);
    setEndpoint(fields, "destination", flow[5]!, flow[6]);
    fields["firebreak.raw.service-name"] = flow[7]!;
    if (flow[8] !== undefined) {
      assign(fields, known, "nat-source-address", flow[8]);
      assign(fields, known, "nat-source-port", flow[9]!);
      assign(fields, known, "nat-destination-address", flow[10]!);
      assign(fields, known, "nat-destination-port", flow[11]!);
    }
    readFlowTail(event, flow[12]!, values, fields);
    return;
  }
  const ends = /([0-9a-fA-F.:]{2,45})[(/](\d+)\)?->([0-9a-fA-F.:]{2,45})[(/](\d+)\)?/.exec(text);
  if (ends) {
    setEndpoint(fields, "source", ends[1]!, ends[2]);
    setEndpoint(fields, "destination", ends[3]!, ends[4]);
  }
  for (const pair of text.matchAll(
    /\b(ACTION|action|CATEGORY|REASON|PROFILE|URL|OBJ|name|threat-severity)=("[^"]*"|[^\s,]*)/g,
  ))
    values[pair[1]!.toLowerCase()] = pair[2]!.replace(/^"|"$/g, "");
  if (values.url) fields["url.domain"] = values.url;
  if (values.obj) fields["url.path"] = values.obj;
  if (values.name) values["attack-name"] = values.name;
  const login = /^(?:Authenticated u|U)ser '([^']*)'/.exec(text);
  if (login) fields["user.name"] = login[1]!;
  const refused = /for user '?([^\s']+)'? from host '?([^\s']+?)'?$/.exec(text);
  if (refused) {
    fields["user.name"] ??= refused[1]!;
    setEndpoint(fields, "source", refused[2]!);
  }
  const from = /ssh-connection '(\S+) (\d+)/.exec(text);
  if (from) setEndpoint(fields, "source", from[1]!, from[2]);
  const tunnel = /^VPN .{1,120}? from (\S+) is (?:up|down)\. Local-ip: ([^,\s]+)/.exec(text);
  if (tunnel) {
    setEndpoint(fields, "source", tunnel[1]!);
    setEndpoint(fields, "destination", tunnel[2]!);
  }
  const command = /command '([\s\S]*)'\s*$/.exec(text);
  if (command) fields["process.command_line"] = command[1]!.trim();
}

/** "… None None 6 policy trust untrust 12345 5(300) 4(200) 12": rule names, protocol, policy, zones, session, counters, seconds. */
function readFlowTail(event: string, tail: string, values: Record<string, string>, fields: Fields): void {
  const match =
    / (\d{1,3})(?:\(\d+\))? (\S+) (\S+) (\S+)(?: (\d+)(?: (\d+)\((\d+)\) (\d+)\((\d+)\) (\d+))?)?/.exec(
      tail.startsWith(" ") ? tail : ` ${tail}`,
    );
  if (!match) return;
  const transport = transportOf(match[1]!);
  if (transport !== undefined) fields["network.transport"] = transport;
  fields["rule.name"] = match[2]!;
  fields["observer.ingress.zone"] = match[3]!;
  fields["observer.egress.zone"] = match[4]!;
  if (match[5] !== undefined) fields["firebreak.raw.session-id-32"] = match[5];
  if (event.includes("CLOSE") && match[6] !== undefined) {
    fields["source.packets"] = Number(match[6]);
    fields["source.bytes"] = Number(match[7]);
    fields["destination.packets"] = Number(match[8]);
    fields["destination.bytes"] = Number(match[9]);
    values["elapsed-time"] = match[10]!;
  }
}

function finish(event: string, values: Record<string, string>, fields: Fields): void {
  fields["event.code"] = event;
  if (values.action) fields["firebreak.raw.action"] = values.action;
  if (isStated(values.username)) setSourceAccount(fields, values.username);
  const application = [values["nested-application"], values.application].find(isStated);
  if (application !== undefined) fields["network.application"] = application;
  if (isStated(values.url)) setBareUrl(fields, values.url);
  setSeconds(fields, values["elapsed-time"]);
  addTotals(fields);
  if (/SESSION_(?:CREATE|CLOSE|DENY)/.test(event)) {
    fields["event.category"] = ["network"];
    if (event.includes("DENY")) setVerdict(fields, "denied", "flow_deny");
    else setVerdict(fields, "allowed", event.includes("CREATE") ? "flow_started" : "flow_close");
    if (event.includes("CREATE")) fields["event.type"] = ["connection", "allowed", "start"];
    if (event.includes("CLOSE")) fields["event.type"] = ["connection", "end"];
    return;
  }
  if (/^(?:UI|LOGIN|SSHD|SSH|SNMPD?|PAM|DAEMON|JSRPD)_/.test(event)) finishManagement(event, fields);
  else finishInspection(event, values, fields);
}

function isStated(value: string | undefined): value is string {
  return value !== undefined && value !== "UNKNOWN" && !isAbsent(value);
}

/** What each inspection reports; what it did about it stands in event.type. */
const inspections: readonly (readonly [RegExp, string])[] = [
  [/^WEBFILTER_/, "web_filter"],
  [/^ANTISPAM_/, "antispam_filter"],
  [/^CONTENT_/, "content_filter"],
  [/^AV_/, "virus_detected"],
  [/^IDP_APPDDOS/, "application_ddos"],
  [/^IDP_/, "security_threat"],
  [/AAMW|SECINTEL/, "malware_detected"],
];
/** What the screens of an interface are named after ("TCP sweep!", "SYN flood!"). */
const screens: readonly (readonly [RegExp, string])[] = [
  [/flood/i, "flood_detected"],
  [/sweep/i, "sweep_detected"],
  [/scan/i, "scan_detected"],
  [/spoof/i, "spoofing_detected"],
  [/fragment/i, "fragment_detected"],
  [/./, "attack_detected"],
];

/** The web site that a filter looked at: `object-name="bad.example" pathname="/a"`. */
function setFilteredSite(values: Record<string, string>, fields: Fields): void {
  const site = values["object-name"];
  if (site !== undefined && isStated(site) && fields["url.original"] === undefined)
    setBareUrl(fields, `${site}${isStated(values.pathname) ? values.pathname : ""}`);
}

function finishInspection(event: string, values: Record<string, string>, fields: Fields): void {
  const attack = /^(?:IDP_|AV_|RT_SCREEN)|AAMW|SECINTEL/.test(event);
  fields["event.category"] = attack
    ? [/AAMW|AV_/.test(event) ? "malware" : "intrusion_detection", "network"]
    : /WEBFILTER|CONTENT/.test(event)
      ? ["web", "network"]
      : ["network"];
  fields["event.type"] = ["info"];
  if (attack) fields["event.kind"] = "alert";
  const name = values["attack-name"];
  if (name) fields["rule.name"] = name;
  const word =
    values.action ?? (event.includes("BLOCKED") ? "blocked" : event.includes("PERMITTED") ? "permitted" : "");
  const verdict = connectionVerdict(word.replace(/^URL /, ""));
  const screen = event.startsWith("RT_SCREEN");
  const found = (screen ? screens : inspections).find(([pattern]) =>
    pattern.test(screen ? (name ?? "-") : event),
  );
  if (verdict !== undefined) setVerdict(fields, verdict, found?.[1] ?? word);
  else fields["event.action"] = found?.[1] ?? kebabCase(word || event);
  if (screen) {
    const transport = transportOf(event.replace("RT_SCREEN_", ""));
    if (transport !== undefined) fields["network.transport"] = transport;
  }
  if (event.startsWith("WEBFILTER")) setFilteredSite(values, fields);
}

function finishManagement(event: string, fields: Fields): void {
  const failed = event.includes("FAIL") || event.includes("DENIED");
  if (/LOGIN|AUTH/.test(event) || event.includes("LOGOUT")) {
    fields["event.category"] = ["authentication"];
    fields["event.type"] = [failed ? "info" : event.includes("LOGOUT") ? "end" : "start"];
    if (!event.includes("LOGOUT")) fields["event.outcome"] = failed ? "failure" : "success";
  } else {
    fields["event.category"] = ["configuration"];
    fields["event.type"] = [event.includes("COMMIT") || event.includes("CFG") ? "change" : "access"];
  }
  fields["event.action"] = kebabCase(event.replace(/^UI_|_EVENT$/g, ""));
}
