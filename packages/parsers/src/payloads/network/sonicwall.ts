import type { Fields } from "@firebreak/model/event";
import type { ParseContext } from "@firebreak/model/format";
import { setSourceAccount } from "../../ecs/account.ts";
import { splitAddressPort } from "../../ecs/address-port.ts";
import { connectionVerdict, setVerdict } from "../../ecs/connection.ts";
import { assign, dictionary } from "../../ecs/dictionary.ts";
import { type Side, setEndpoint } from "../../ecs/endpoint.ts";
import { fieldBelow } from "../../ecs/field-name.ts";
import { noFields } from "../../ecs/shape.ts";
import { transportOf } from "../../ecs/transport.ts";
import { setPath } from "../../ecs/url.ts";
import { kebabCase } from "../../ecs/verdict.ts";
import { classify } from "../../network/classify.ts";
import { addTotals } from "../../network/totals.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";
import { isAbsent } from "../../text/absent.ts";
import { readPairs } from "../../text/pairs.ts";

const dataset = "network/sonicwall";

export const payload = {
  name: dataset,
  title: "SonicWall firewall",
  programs: [],
  accepts: (message) => /^ ?id=\S+ sn=/.test(message),
  parse,
} satisfies SyslogPayload;

/** Syslog tags of SonicOS ("SonicOS Log Events Reference Guide", index of syslog tag field descriptions). */
const known = dictionary({
  sn: "observer.serial_number",
  fw: "observer.ip:ip",
  m: "event.code",
  n: "event.sequence:integer",
  msg: "message",
  sent: "source.bytes:integer",
  rcvd: "destination.bytes:integer",
  spkt: "source.packets:integer",
  rpkt: "destination.packets:integer",
  srcMac: "source.mac:mac",
  dstMac: "destination.mac:mac",
  rule: "rule.name",
  uuid: "rule.uuid",
  sid: "rule.id",
  ipscat: "rule.category",
  Category: "rule.category",
  srcZone: "observer.ingress.zone",
  dstZone: "observer.egress.zone",
  agent: "user_agent.original",
  appName: "network.application",
  dstname: "destination.domain",
  result: "http.response.status_code:integer",
  note: "event.reason",
});

function parse(message: string, envelope: SyslogEnvelope, context: ParseContext): PayloadDraft | undefined {
  const fields: Fields = {
    ...noFields,
    "observer.vendor": "SonicWall",
    "observer.product": "SonicOS",
    "observer.type": "firewall",
  };
  const values: Record<string, string> = Object.create(null);
  const cut = readPairs(message, 0, (name, value) => {
    if (name === "src" || name === "dst") setSide(fields, name === "src" ? "source" : "destination", value);
    else if (name === "natSrc" || name === "natDst")
      setNat(fields, name === "natSrc" ? "source" : "destination", value);
    else if (name === "usr" || name === "user") {
      if (!isAbsent(value)) setSourceAccount(fields, value);
    } else if (name === "op") setMethod(fields, value);
    else if (name === "proto") setProtocol(fields, value);
    else if (
      name === "time" ||
      name === "vp_time" ||
      name === "fw_action" ||
      name === "pri" ||
      name === "arg"
    )
      values[name] = value;
    else assign(fields, known, name, value);
  });
  if (cut) fields["firebreak.truncated"] = true;
  if (fields["observer.serial_number"] === undefined) return undefined;
  if (envelope.host !== undefined) fields["observer.name"] = envelope.host;
  if (values.arg) setRequest(fields, values.arg);
  if (values.pri && /^[0-7]$/.test(values.pri)) {
    fields["event.severity"] = Number(values.pri);
    fields["log.level"] = levels[Number(values.pri)]!;
  }
  if (fields["rule.name"] !== undefined) fields["rule.id"] ??= fields["rule.name"];
  setSpan(fields, values);
  finish(fields, values.fw_action);
  addTotals(fields);
  // The remote access appliances add their time in UTC.
  const recorded = values.vp_time || values.time;
  const time = recorded ? context.time.iso(recorded) : undefined;
  return time ? { dataset, fields, time } : { dataset, fields };
}

/** "192.0.2.10:50000:X1:name" or "2001:db8::1:443:X1": address, port, interface, resolved name. */
function setSide(fields: Fields, side: Side, recorded: string): void {
  const match = /^(\[?[0-9a-fA-F:.]+?\]?)(?::(\d{1,5}))?(?::([A-Za-z][\w.:-]*?))?(?::([\w.-]*))?$/.exec(
    recorded,
  );
  if (!match) {
    setEndpoint(fields, side, splitAddressPort(recorded).address);
    return;
  }
  setEndpoint(fields, side, match[1]!, match[2]);
  if (match[3])
    fields[side === "source" ? "observer.ingress.interface.name" : "observer.egress.interface.name"] =
      match[3];
  if (match[4]) fields[side === "source" ? "source.domain" : "destination.domain"] = match[4];
}

/** "/a/b.html?c=1" of the web site that stands in dstname. */
function setRequest(fields: Fields, target: string): void {
  const question = target.indexOf("?");
  setPath(fields, question < 0 ? target : target.slice(0, question));
  if (question >= 0) fields["url.query"] = target.slice(question + 1);
  const name = fields["destination.domain"];
  if (name !== undefined) fields["url.domain"] = name;
}

/** "203.0.113.1:40000": the address behind translation. */
function setNat(fields: Fields, side: Side, recorded: string): void {
  const { ip, port } = splitAddressPort(recorded);
  if (ip === undefined) return;
  fields[fieldBelow(side, "nat.ip")] = ip;
  if (port !== undefined) fields[fieldBelow(side, "nat.port")] = port;
}

const methods: Record<string, string> = { "1": "GET", "2": "POST", "3": "HEAD" };

/** "GET", or the firewall's own number of the method. */
function setMethod(fields: Fields, recorded: string): void {
  const method = /^[A-Z]+$/.test(recorded) ? recorded : methods[recorded];
  if (method !== undefined) fields["http.request.method"] = method;
  else fields["firebreak.raw.op"] = recorded;
}

const levels = ["emergency", "alert", "critical", "error", "warning", "notice", "info", "debug"];

/** `dur` counts seconds, `cdur` milliseconds. */
function setSpan(fields: Fields, values: Record<string, string>): void {
  const { dur, cdur } = values;
  if (cdur !== undefined && /^\d{1,12}$/.test(cdur)) fields["event.duration"] = Number(cdur) * 1e6;
  else if (dur !== undefined && /^\d{1,9}$/.test(dur)) fields["event.duration"] = Number(dur) * 1e9;
}

/** "tcp/https", "udp/53", "icmp". */
function setProtocol(fields: Fields, recorded: string): void {
  const [transport, service] = recorded.split("/", 2);
  const known = transportOf(transport!);
  if (known !== undefined) fields["network.transport"] = known;
  if (service && !/^\d+$/.test(service)) fields["network.protocol"] = service.toLowerCase();
}

function finish(fields: Fields, action: string | undefined): void {
  const text = typeof fields.message === "string" ? fields.message : "";
  const stated =
    action && action !== "NA"
      ? action === "forward" || action === "mgmt"
        ? "allowed"
        : connectionVerdict(action)
      : undefined;
  const told = /\b(dropped|denied|blocked|rejected)\b/i.exec(text)?.[1];
  classify(fields, text, stated ?? told);
  if (fields["event.category"] === undefined) fields["event.category"] = ["host"];
  if (stated === undefined && told === undefined && /^Connection (?:Opened|Closed)/i.test(text)) {
    setVerdict(fields, "allowed");
    fields["event.type"] = ["connection", text.toLowerCase().includes("closed") ? "end" : "start"];
  }
  const signature =
    /^(?:IPS|Anti-Spyware|Application Control|Gateway Anti-Virus|GAV|DPI-SSL)[^:]{0,40}(?:Alert|Detection|Prevention)[^:]{0,20}: (.{1,200})$/i.exec(
      text,
    );
  if (signature) fields["rule.name"] = signature[1]!;
  // The name of the event, which the reference guide lists by its number ("m="); its verdict is in event.type.
  if (text !== "" && text.length <= 80) fields["event.action"] = kebabCase(text);
}
