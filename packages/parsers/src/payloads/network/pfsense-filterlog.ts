import type { Fields } from "@firebreak/model/event";
import { portOf } from "../../ecs/address-port.ts";
import { connectionVerdict, setVerdict } from "../../ecs/connection.ts";
import { cleanIp } from "../../ecs/ip.ts";
import { rawField } from "../../ecs/raw.ts";
import { transportOf } from "../../ecs/transport.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";
import { integerOf } from "../../text/numbers.ts";

const dataset = "network/pfsense-filterlog";

export const payload = {
  name: dataset,
  title: "pfSense and OPNsense packet filter log",
  programs: ["filterlog"],
  accepts: (message) =>
    /^\d*,\d*,[^,]{0,64},[^,]{0,64},[\w.]{1,32},\w+,(?:block|pass|reject|match|nat|rdr|binat),(?:in|out),[46],/.test(
      message,
    ),
  parse,
} satisfies SyslogPayload;

const network = ["network"];

/**
 * Columns (docs.netgate.com, "Raw filter log format"): rule, sub-rule, anchor, tracker, interface, reason, action, direction, IP version; then the
 * IPv4 header (tos, ecn, ttl, id, offset, flags, protocol id, protocol) or the IPv6 header (class, flow label, hop limit, protocol, protocol id); then
 * length, source, destination; then ports and more by protocol.
 */
function parse(message: string, envelope: SyslogEnvelope): PayloadDraft | undefined {
  const cells = message.split(",", 64);
  if (cells.length < 9) return undefined;
  const fields: Fields = {
    "event.category": network,
    "observer.vendor": "pfSense",
    "observer.product": "filterlog",
    "observer.type": "firewall",
  };
  if (envelope.host !== undefined) fields["observer.name"] = envelope.host;
  setCommon(cells, fields);
  const version = cells[8];
  let at = 9;
  if (version === "4" && cells.length >= 20) {
    setText(fields, "firebreak.raw.ttl", cells[11]);
    setText(fields, "firebreak.raw.ip_flags", cells[14]);
    setProtocol(fields, cells[16], cells[15]);
    at = 17;
  } else if (version === "6" && cells.length >= 17) {
    setText(fields, "firebreak.raw.ttl", cells[11]);
    setProtocol(fields, cells[12], cells[13]);
    at = 14;
  } else return { dataset, fields };
  fields["network.type"] = version === "4" ? "ipv4" : "ipv6";
  setNumber(fields, "network.bytes", cells[at]);
  setIp(fields, "source.ip", "src", cells[at + 1]);
  setIp(fields, "destination.ip", "dst", cells[at + 2]);
  setTransport(cells, at + 3, fields);
  return { dataset, fields };
}

function setCommon(cells: readonly string[], fields: Fields): void {
  // The tracker survives changes of the rule set; the rule number does not.
  const tracker = cells[3]!;
  setText(fields, "rule.id", tracker === "" || tracker === "0" ? cells[0] : tracker);
  setText(fields, "firebreak.raw.rule_number", cells[0]);
  setText(fields, "rule.ruleset", cells[2]);
  const direction = cells[7];
  if (direction === "in" || direction === "out") {
    fields["network.direction"] = direction === "in" ? "inbound" : "outbound";
    if (cells[4] !== "")
      fields[direction === "in" ? "observer.ingress.interface.name" : "observer.egress.interface.name"] =
        cells[4]!;
  }
  setText(fields, "event.reason", cells[5]);
  const verdict = connectionVerdict(cells[6]!);
  if (verdict !== undefined) setVerdict(fields, verdict, cells[6]!);
  else setText(fields, "event.action", cells[6]);
}

function setTransport(cells: readonly string[], at: number, fields: Fields): void {
  const transport = fields["network.transport"];
  if (transport === "tcp" || transport === "udp" || transport === "sctp") {
    setPort(fields, "source.port", cells[at]);
    setPort(fields, "destination.port", cells[at + 1]);
    if (transport === "tcp") {
      setText(fields, "firebreak.raw.tcp_flags", cells[at + 3]);
      setText(fields, "firebreak.raw.tcp_sequence", cells[at + 4]);
    }
  } else if (transport === "icmp") setText(fields, "firebreak.raw.icmp_type", cells[at]);
}

function setProtocol(fields: Fields, name: string | undefined, id: string | undefined): void {
  const transport = transportOf(name ?? "") ?? transportOf(id ?? "") ?? name?.toLowerCase();
  if (transport !== undefined && transport !== "") fields["network.transport"] = transport;
  setText(fields, "network.iana_number", id);
}

function setText(fields: Fields, name: string, value: string | undefined): void {
  if (value !== undefined && value !== "") fields[name] = value;
}

function setNumber(fields: Fields, name: string, value: string | undefined): void {
  const number = value === undefined ? undefined : integerOf(value);
  if (number !== undefined) fields[name] = number;
}

function setPort(fields: Fields, name: string, value: string | undefined): void {
  const port = value === undefined ? undefined : portOf(value);
  if (port !== undefined) fields[name] = port;
}

function setIp(fields: Fields, name: string, raw: string, value: string | undefined): void {
  if (value === undefined || value === "") return;
  const ip = cleanIp(value);
  if (ip === undefined) fields[rawField(raw)] = value;
  else fields[name] = ip;
}
