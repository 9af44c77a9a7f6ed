import type { Fields } from "@firebreak/model/event";
import { splitAddressPort } from "../../ecs/address-port.ts";
import { connectionVerdict, setVerdict } from "../../ecs/connection.ts";
import { macOf } from "../../ecs/dictionary.ts";
import { setAddressPort, setEndpoint } from "../../ecs/endpoint.ts";
import { fieldBelow } from "../../ecs/field-name.ts";
import { noFields } from "../../ecs/shape.ts";
import { transportOf } from "../../ecs/transport.ts";
import { setUrl } from "../../ecs/url.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";

const dataset = "network/mikrotik";

export const payload = {
  name: dataset,
  title: "MikroTik RouterOS",
  programs: [],
  accepts: (message) =>
    topics.test(message) || resolver.test(message) || (message.includes(" out:") && flow.test(message)),
  parse,
} satisfies SyslogPayload;

/** "firewall,info ", "system,error,critical ": the topics of a RouterOS logging rule. */
const topics =
  /^(?:account|bfd|bgp|bridge|caps|certificate|critical|ddns|debug|dhcp|dns|dot1x|e?igmp|error|event|firewall|gsm|health|hotspot|info|interface|ipsec|isakmp|iscsi|kvm|l2tp|lte|manager|netwatch|ntp|ospf|ovpn|packet|pim|poe-out|ppp|pppoe|pptp|queue|radius|raw|route|script|sertcp|snmp|ssh|sstp|state|store|system|telephony|tftp|timer|ups|upnp|vrrp|warning|watchdog|web-proxy|wireguard|wireless)(?:,[!\w-]{2,20}){1,5} /;
/** The resolver's own words, whose only topic may be "dns" or cut away. */
const resolver = /^(?:dns )?(?:(?:local )?query from \S{3,60}: #\d+ |done query: #\d+ )/;
const flow = /\bin:\S+(?: \S+)? out:\S.{0,40}?, .{0,120}?proto \S+/;

function parse(message: string, envelope: SyslogEnvelope): PayloadDraft | undefined {
  const head = topics.exec(message);
  const text = head
    ? message.slice(head[0].length)
    : message.replace(/^dns (?=(?:local )?query from|done query)/, "");
  const fields: Fields = {
    ...noFields,
    "observer.vendor": "MikroTik",
    "observer.product": "RouterOS",
    "observer.type": "router",
  };
  if (head) fields["firebreak.raw.topics"] = head[0].trim();
  if (envelope.host !== undefined) fields["observer.name"] = envelope.host;
  if (
    !readFlow(text, fields) &&
    !readResolver(text, fields) &&
    !readLogin(text, fields) &&
    !readService(text, fields) &&
    !head
  )
    return undefined;
  return { dataset, fields };
}

const packet =
  /^(?:(.{1,200}?) )?(input|forward|output|prerouting|postrouting|srcnat|dstnat|[\w-]{1,40}): in:(\(unknown \d+\)|\S+) out:(\(unknown \d+\)|[^\s,]+), (.*)$/;

function readFlow(text: string, fields: Fields): boolean {
  const match = packet.exec(text);
  if (!match) return false;
  fields["event.category"] = ["network"];
  fields["event.type"] = ["connection"];
  // The prefix of the rule is free text: its words are all that tells the verdict.
  const prefix = match[1];
  if (prefix !== undefined) {
    fields["rule.name"] = prefix;
    for (const word of prefix.split(/[^A-Za-z]+/)) {
      const verdict = word === "" ? undefined : connectionVerdict(word);
      if (verdict === undefined) continue;
      setVerdict(fields, verdict);
      break;
    }
  }
  const chain = match[2]!;
  fields["rule.ruleset"] = chain;
  if (!match[3]!.startsWith("(")) fields["observer.ingress.interface.name"] = match[3]!;
  if (!match[4]!.startsWith("(")) fields["observer.egress.interface.name"] = match[4]!;
  if (chain === "input") fields["network.direction"] = "inbound";
  else if (chain === "output") fields["network.direction"] = "outbound";
  readPacket(match[5]!, fields);
  return true;
}

function readPacket(rest: string, fields: Fields): void {
  const state = /connection-state:(\S+?)(?:,| |$)/.exec(rest);
  if (state) fields["firebreak.raw.connection_state"] = state[1]!;
  const mac = /src-mac ([0-9a-fA-F:]{17})/.exec(rest);
  const cleaned = mac ? macOf(mac[1]!) : undefined;
  if (cleaned !== undefined) fields["source.mac"] = cleaned;
  const protocol = /proto (\S+?)(?: \(([^)]*)\))?, (\S+?)->(\S+?)(?:,|$)/.exec(rest);
  if (protocol) {
    fields["network.transport"] = transportOf(protocol[1]!) ?? protocol[1]!.toLowerCase();
    if (protocol[2]) fields["firebreak.raw.tcp_flags"] = protocol[2];
    setAddressPort(fields, "source", protocol[3]!);
    setAddressPort(fields, "destination", protocol[4]!);
  }
  const nat = /NAT (\(?)([^\s()]+?)->\(?([^\s()]+?)\)/.exec(rest);
  if (nat) setNat(nat, fields);
  const length = /, len (\d{1,9})/.exec(rest);
  if (length) fields["network.bytes"] = Number(length[1]);
}

/** "NAT (10.1.1.2:1234->198.51.100.1:1234)->192.0.2.1:443" (source), "NAT 192.0.2.9:1234->(198.51.100.1:80->10.1.1.2:80)" (destination). */
function setNat(match: RegExpExecArray, fields: Fields): void {
  const side = match[1] === "(" ? "source" : "destination";
  const mapped = splitAddressPort(side === "source" ? match[3]! : match[3]!.split("->").at(-1)!);
  if (mapped.ip !== undefined) fields[fieldBelow(side, "nat.ip")] = mapped.ip;
  if (mapped.port !== undefined) fields[fieldBelow(side, "nat.port")] = mapped.port;
}

const logins: readonly { pattern: RegExp; action: string; outcome?: "success" | "failure"; type: string }[] =
  [
    {
      pattern: /^user (.+?) logged in from (\S+) via (\S+)/,
      action: "login",
      outcome: "success",
      type: "start",
    },
    { pattern: /^user (.+?) logged out from (\S+) via (\S+)/, action: "logout", type: "end" },
    {
      pattern: /^login failure for user (.*?) from (\S+) via (\S+)/,
      action: "login-failed",
      outcome: "failure",
      type: "info",
    },
    {
      pattern: /^<(.+?)>: authenticated(?: from (\S+))?/,
      action: "vpn-login",
      outcome: "success",
      type: "start",
    },
    {
      pattern: /^(?:<\S+>: )?user (.+?) authentication failed/,
      action: "vpn-login-failed",
      outcome: "failure",
      type: "info",
    },
  ];

function readLogin(text: string, fields: Fields): boolean {
  for (const { pattern, action, outcome, type } of logins) {
    const match = pattern.exec(text);
    if (!match) continue;
    fields["event.category"] = ["authentication"];
    fields["event.type"] = [type];
    fields["event.action"] = action;
    if (outcome) fields["event.outcome"] = outcome;
    if (match[1]) fields["user.name"] = match[1];
    if (match[2]) setEndpoint(fields, "source", match[2]);
    if (match[3]) fields["firebreak.raw.service"] = match[3];
    return true;
  }
  const changed = /^(.{1,80}?) (added|changed|removed) by (\S+)$/.exec(text);
  if (!changed) return false;
  fields["event.category"] = ["configuration"];
  fields["event.type"] = [
    changed[2] === "added" ? "creation" : changed[2] === "removed" ? "deletion" : "change",
  ];
  fields["event.action"] = `configuration-${changed[2]}`;
  fields["user.name"] = changed[3]!;
  fields["firebreak.raw.object"] = changed[1]!;
  return true;
}

const mac = "((?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2})";
const lease = new RegExp(
  `^(\\S{1,60}) (assigned|deassigned) ([0-9a-fA-F.:]{3,45}) (?:to|for|from) ${mac}(?: (\\S{1,100}))?`,
);
const station = new RegExp(`^${mac}@(\\S{1,40}): (connected|disconnected|reassociating)(.*)$`);
const proxied = /^([0-9a-fA-F.:]{3,45}) ([A-Z]{3,8}) (\S{1,4000})(?: +action=(\w+))?/;

/** Leases, wireless stations and requests through the web proxy. */
function readService(text: string, fields: Fields): boolean {
  const given = lease.exec(text);
  const client = given ? undefined : station.exec(text);
  const request = given || client ? undefined : proxied.exec(text);
  if (given) {
    fields["event.category"] = ["network"];
    fields["event.type"] = ["protocol", given[2] === "assigned" ? "start" : "end"];
    fields["event.action"] = `dhcp-${given[2]}`;
    fields["network.protocol"] = "dhcp";
    setEndpoint(fields, "source", given[3]!);
    fields["source.mac"] = macOf(given[4]!)!;
    if (given[5] !== undefined) fields["source.domain"] = given[5];
  } else if (client) {
    fields["event.category"] = ["network"];
    fields["event.type"] = ["connection", client[3] === "disconnected" ? "end" : "start"];
    fields["event.action"] = `wifi-${client[3]}`;
    fields["source.mac"] = macOf(client[1]!)!;
    fields["observer.ingress.interface.name"] = client[2]!;
    const reason = client[4]!.replace(/^, /, "");
    if (reason !== "") fields["event.reason"] = reason;
  } else if (request) {
    fields["event.category"] = ["web", "network"];
    fields["event.type"] = ["access"];
    setEndpoint(fields, "source", request[1]!);
    fields["http.request.method"] = request[2]!;
    setUrl(fields, request[3]!);
    const verdict = request[4] === undefined ? undefined : connectionVerdict(request[4]);
    if (verdict !== undefined) {
      fields["event.action"] = request[4]!;
      fields["event.type"] = ["access", verdict === "allowed" ? "allowed" : "denied"];
    }
  }
  return given !== null || Boolean(client) || Boolean(request);
}

const asked =
  /^(?:local )?query from ([\da-fA-F.:]{3,45}?)(?:[:#](\d{1,5}))?: #(\d{1,9}) (\S{1,255}?)\.? (\S{1,20})$/;
const answered = /^done query: #(\d{1,9}) (?:(\S{1,255}?)\.? )?(\S{1,255}|dns name does not exist)$/;

/** "query from 10.0.0.5: #123 www.example.com. A", "done query: #123 www.example.com 192.0.2.7". */
function readResolver(text: string, fields: Fields): boolean {
  const question = asked.exec(text);
  const answer = question ? null : answered.exec(text);
  if (!question && !answer) return false;
  fields["event.category"] = ["network"];
  fields["event.type"] = ["protocol"];
  fields["network.protocol"] = "dns";
  fields["event.action"] = question ? "dns-query" : "dns-answer";
  fields["dns.type"] = question ? "query" : "answer";
  const name = question ? question[4] : answer![2];
  if (name !== undefined) fields["dns.question.name"] = name;
  if (question) {
    setEndpoint(fields, "source", question[1]!, question[2]);
    fields["dns.id"] = question[3]!;
    fields["dns.question.type"] = question[5]!;
  } else {
    fields["dns.id"] = answer![1]!;
    const { ip } = splitAddressPort(answer![3]!);
    if (ip !== undefined) fields["dns.resolved_ip"] = [ip];
  }
  return true;
}
