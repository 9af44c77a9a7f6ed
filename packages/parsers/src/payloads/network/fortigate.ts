import type { Fields } from "@firebreak/model/event";
import type { ParseContext } from "@firebreak/model/format";
import type { EventTime } from "@firebreak/model/time";
import { setSourceAccount } from "../../ecs/account.ts";
import { connectionVerdict, setVerdict } from "../../ecs/connection.ts";
import { assign, dictionary, macOf } from "../../ecs/dictionary.ts";
import { cleanIp } from "../../ecs/ip.ts";
import { rawField } from "../../ecs/raw.ts";
import { noFields } from "../../ecs/shape.ts";
import { setBareUrl } from "../../ecs/url.ts";
import { kebabCase } from "../../ecs/verdict.ts";
import { applianceOf } from "../../network/fortinet.ts";
import { addTotals } from "../../network/totals.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";
import { isAbsent } from "../../text/absent.ts";
import { readPairs } from "../../text/pairs.ts";
import { epochTime } from "../../time/epoch.ts";

const dataset = "network/fortigate";

export const payload = {
  name: dataset,
  title: "Fortinet FortiGate (FortiOS) key=value log",
  programs: ["fortigate"],
  accepts,
  parse,
} satisfies SyslogPayload;

/** "date=… time=… devname= … logid=…": the order of the first keys varies by version and by the collector. */
export function accepts(message: string): boolean {
  const at = message.indexOf("date=");
  // Sophos has the same beginning behind its own first key.
  if (at < 0 || at > 300 || message.startsWith('device="SFW"')) return false;
  return /[ ,](?:logid|devid|log_id)=/.test(message) && applianceOf(message) === undefined;
}

/** Names of FortiOS log fields (docs.fortinet.com, "FortiOS Log Message Reference"). */
const known = dictionary({
  devname: "observer.name",
  devid: "observer.serial_number",
  srcip: "source.ip:ip",
  srcport: "source.port:port",
  dstip: "destination.ip:ip",
  dstport: "destination.port:port",
  srcmac: "source.mac:mac",
  dstmac: "destination.mac:mac",
  srcintf: "observer.ingress.interface.name",
  dstintf: "observer.egress.interface.name",
  transip: "source.nat.ip:ip",
  transport: "source.nat.port:port",
  tranip: "destination.nat.ip:ip",
  tranport: "destination.nat.port:port",
  remip: "source.ip:ip",
  remport: "source.port:port",
  locip: "destination.ip:ip",
  locport: "destination.port:port",
  proto: "network.transport:transport",
  app: "network.application",
  sentbyte: "source.bytes:integer",
  rcvdbyte: "destination.bytes:integer",
  sentpkt: "source.packets:integer",
  rcvdpkt: "destination.packets:integer",
  policyid: "rule.id",
  policyname: "rule.name",
  poluuid: "rule.uuid",
  unauthuser: "source.user.name",
  group: "user.group.name",
  srcname: "source.domain",
  dstname: "destination.domain",
  srccountry: "source.geo.country_name",
  dstcountry: "destination.geo.country_name",
  msg: "message",
  level: "log.level",
  logid: "event.code",
  hostname: "url.domain",
  agent: "user_agent.original",
  referralurl: "http.request.referrer",
  httpmethod: "http.request.method",
  qname: "dns.question.name",
  qtype: "dns.question.type",
  qclass: "dns.question.class",
  xid: "dns.id",
  catdesc: "rule.category",
  policytype: "rule.ruleset",
  cveid: "vulnerability.id",
  filesize: "file.size:integer",
  dstuser: "destination.user.name",
  assignip: "source.nat.ip:ip",
  tunnelip: "source.nat.ip:ip",
  interface: "observer.ingress.interface.name",
  filename: "file.name",
  reason: "event.reason",
  log_id: "event.code",
  pri: "log.level",
  device_id: "observer.serial_number",
  srcdomain: "source.domain",
  dstunauthuser: "destination.user.name",
  appcat: "rule.category",
  applist: "rule.ruleset",
  ref: "event.reference",
  error_num: "error.code",
  sni: "tls.client.server_name",
  cipher: "tls.cipher",
  certhash: "tls.server.hash.sha1",
  scertissuer: "tls.server.issuer",
  filetype: "file.type",
  infectedfilename: "file.name",
  infectedfilesize: "file.size:integer",
  matchedfilename: "file.name",
  from: "email.from.address",
  sender: "email.from.address",
  recipient: "email.to.address",
  subject: "email.subject",
});

/** "HTTPS" is a protocol, "udp/53" and "tcp/8443" only repeat the port. */
function setService(fields: Fields, value: string): void {
  fields["firebreak.raw.service"] = value;
  if (/^[A-Za-z][A-Za-z0-9-]{1,20}$/.test(value)) fields["network.protocol"] = value.toLowerCase();
}

/** Addresses of a DNS response, "192.0.2.7, 192.0.2.8". */
function setAnswers(fields: Fields, value: string): void {
  const addresses = value
    .split(",", 100)
    .map((one) => cleanIp(one.trim()))
    .filter((one) => one !== undefined);
  if (addresses.length > 0) fields["dns.resolved_ip"] = addresses;
}

type PairReader = (fields: Fields, value: string, name: string) => void;

/** Read here for the event itself; rules written for FortiGate ask for them under their own names, so these stay too. */
const keepRaw: PairReader = (fields, value, name) => {
  if (value !== "") fields[rawField(name)] = value;
};

/** Values that stand for "none" in this field only. */
const unless =
  (...placeholders: string[]): PairReader =>
  (fields, value, name) => {
    if (!placeholders.includes(value)) assign(fields, known, name, value);
  };

/** Names that are more than a field of their own. */
const readers = new Map<string, PairReader>([
  ["action", keepRaw],
  ["type", keepRaw],
  ["subtype", keepRaw],
  ["status", keepRaw],
  ["logdesc", keepRaw],
  ["eventtype", keepRaw],
  ["utmaction", keepRaw],
  ["url", setUrlField],
  ["user", setUserField],
  ["xauthuser", setUserField],
  ["eapuser", setUserField],
  ["service", setService],
  ["ipaddr", setAnswers],
  ["srccountry", unless("Reserved")],
  ["dstcountry", unless("Reserved")],
  ["reason", setReason],
  ["transip", unless("0.0.0.0", "::")],
  ["tranip", unless("0.0.0.0", "::")],
  ["transport", unless("0")],
  ["tranport", unless("0")],
]);

function setReason(fields: Fields, value: string, name: string): void {
  if (value.toLowerCase() !== "none") assign(fields, known, name, value);
}

function parse(message: string, envelope: SyslogEnvelope, context: ParseContext): PayloadDraft | undefined {
  const fields: Fields = {
    ...noFields,
    "observer.vendor": "Fortinet",
    "observer.product": "FortiGate",
    "observer.type": "firewall",
  };
  const start = startOfPairs(message);
  const read = (name: string, value: string): void => {
    const own = readers.get(name);
    if (own === undefined) assign(fields, known, name, value);
    else own(fields, value, name);
  };
  const cut = readPairs(message, start, read, isCsv(message) ? { separator: "," } : {});
  if (fields["event.code"] === undefined && fields["firebreak.raw.type"] === undefined) return undefined;
  if (cut) fields["firebreak.truncated"] = true;
  finishCounts(fields);
  setLease(fields);
  setKind(fields);
  setDirection(fields);
  if (envelope.host !== undefined) fields["observer.name"] ??= envelope.host;
  const device = fields["observer.name"];
  if (typeof device === "string") fields["host.name"] = device;
  const time = readTime(fields, context);
  return time ? { dataset, fields, time } : { dataset, fields };
}

/** Whose traffic it was, or who signed in or worked on the device. */
function setUserField(fields: Fields, value: string): void {
  if (!isAbsent(value)) setSourceAccount(fields, value);
}

/** "date=2024-03-03,time=10:22:33,…": the syslog format "csv" of FortiOS. */
function isCsv(message: string): boolean {
  return message.includes(",time=") && /^[^ ]{0,80}date=[\d-]{10},time=/.test(message);
}

/** The pairs may begin before "date=" ("logver=604 timestamp=… devname=…"), behind a word of the sender's. */
function startOfPairs(message: string): number {
  const at = message.indexOf("date=");
  const first = /^(?:\S{1,60} ){0,2}?(?=\w{2,20}=)/.exec(message);
  return first && first[0].length < at ? first[0].length : Math.max(at, 0);
}

function setUrlField(fields: Fields, value: string): void {
  if (value === "") return;
  setBareUrl(fields, value);
}

/** The device's own DHCP server: "dhcp_msg=Ack mac= ip= hostname=" is about the client. */
function setLease(fields: Fields): void {
  const kind = text(fields, "firebreak.raw.dhcp_msg");
  if (kind === "") return;
  fields["event.action"] = `dhcp-${kebabCase(kind)}`;
  fields["network.protocol"] = "dhcp";
  const ip = cleanIp(text(fields, "firebreak.raw.ip"));
  if (ip !== undefined) fields["source.ip"] ??= ip;
  const mac = macOf(text(fields, "firebreak.raw.mac"));
  if (mac !== undefined) fields["source.mac"] ??= mac;
  const name = fields["url.domain"];
  if (typeof name === "string") {
    fields["source.domain"] = name;
    delete fields["url.domain"];
  }
}

function text(fields: Fields, name: string): string {
  const value = fields[name];
  return typeof value === "string" ? value : "";
}

function finishCounts(fields: Fields): void {
  addTotals(fields);
  const description = text(fields, "firebreak.raw.logdesc");
  if (description !== "") fields["rule.description"] = description;
  const seconds = Number(fields["firebreak.raw.duration"]);
  if (fields["firebreak.raw.duration"] !== undefined && Number.isSafeInteger(seconds * 1e9))
    fields["event.duration"] = seconds * 1e9;
}

const detections: Record<string, readonly string[]> = {
  ips: ["intrusion_detection", "network"],
  anomaly: ["intrusion_detection", "network"],
  virus: ["malware", "network"],
  waf: ["intrusion_detection", "web"],
};
const utmCategories: Record<string, readonly string[]> = {
  webfilter: ["web", "network"],
  dns: ["network"],
  emailfilter: ["email"],
};

function setKind(fields: Fields): void {
  const type = text(fields, "firebreak.raw.type");
  const subtype = text(fields, "firebreak.raw.subtype");
  const action = text(fields, "firebreak.raw.action");
  const verdict = connectionVerdict(action);
  if (type === "traffic") {
    fields["event.category"] = ["network"];
    fields["event.type"] = ["connection"];
    if (verdict !== undefined) setVerdict(fields, verdict, action);
    else if (action !== "") fields["event.action"] = action;
    return;
  }
  if (type === "utm" || type === "anomaly" || Object.hasOwn(detections, subtype)) {
    const alert = Object.hasOwn(detections, subtype) ? detections[subtype]! : undefined;
    fields["event.category"] = alert ?? utmCategories[subtype] ?? ["network"];
    fields["event.type"] = ["info"];
    if (alert) setAlert(fields);
    if (verdict !== undefined) {
      setVerdict(fields, verdict);
      if (alert)
        fields["event.type"] = verdict === "detected" || verdict === "allowed" ? ["info"] : ["denied"];
    }
    const profile = text(fields, "firebreak.raw.profile");
    if (profile !== "") fields["rule.ruleset"] = profile;
    // What the inspection saw ("ftgd_blk", "signature", "dns-query"); what it did about it is in event.type.
    const word = text(fields, "firebreak.raw.eventtype") || action;
    if (word !== "") fields["event.action"] = word;
    return;
  }
  setEventKind(fields, subtype, action);
}

function setAlert(fields: Fields): void {
  fields["event.kind"] = "alert";
  const name = text(fields, "firebreak.raw.attack") || text(fields, "firebreak.raw.virus");
  if (name !== "") {
    if (fields["rule.id"] !== undefined) fields["firebreak.raw.policyid"] = fields["rule.id"];
    fields["rule.name"] = name;
    const id = text(fields, "firebreak.raw.attackid") || text(fields, "firebreak.raw.virusid");
    if (id !== "") fields["rule.id"] = id;
  }
  const hash = text(fields, "firebreak.raw.filehash") || text(fields, "firebreak.raw.analyticscksum");
  if (/^[0-9a-f]{64}$/i.test(hash)) fields["file.hash.sha256"] = hash.toLowerCase();
}

const loginWords = /log-?(?:in|on)|auth|tunnel-up|ssl-new-con|ssl-exit-fail/;
const logoutWords = /log-?out|tunnel-down|ssl-exit$/;
const failureWords = /fail|deny|denied|reject|invalid|error/;

/** Parts of the configuration whose objects are accounts. */
const accountPaths: ReadonlySet<string> = new Set(["system.admin", "system.api-user", "user.local"]);

/** type=event: logins to the device and its VPN, changes of its configuration, and its own health. */
function setEventKind(fields: Fields, subtype: string, action: string): void {
  const status = text(fields, "firebreak.raw.status").toLowerCase();
  const description = text(fields, "firebreak.raw.logdesc").toLowerCase();
  if (action !== "") fields["event.action"] ??= action;
  const lower = action.toLowerCase();
  const failed = failureWords.test(lower) || failureWords.test(status) || / fail/.test(description);
  const user = subtype === "user" || subtype === "vpn" || lower === "login" || lower === "logout";
  if (user && (loginWords.test(lower) || /log ?in|authentication/.test(description))) {
    fields["event.category"] = ["authentication"];
    fields["event.type"] = [failed ? "info" : "start"];
    fields["event.outcome"] = failed ? "failure" : "success";
  } else if (user && logoutWords.test(lower)) {
    fields["event.category"] = ["authentication", "session"];
    fields["event.type"] = ["end"];
  } else if (
    fields["firebreak.raw.cfgpath"] !== undefined ||
    /^(?:add|edit|delete|move|set|rename)$/.test(lower)
  ) {
    fields["event.category"] = ["configuration"];
    fields["event.type"] = [lower === "add" ? "creation" : lower === "delete" ? "deletion" : "change"];
    const account = text(fields, "firebreak.raw.cfgobj");
    if (accountPaths.has(text(fields, "firebreak.raw.cfgpath")) && account !== "")
      fields["user.target.name"] = account;
  } else {
    fields["event.category"] = [subtype === "vpn" ? "network" : "host"];
    fields["event.type"] = ["info"];
  }
  if (fields["event.outcome"] === undefined && status !== "") {
    if (failureWords.test(status)) fields["event.outcome"] = "failure";
    else if (status.startsWith("success")) fields["event.outcome"] = "success";
  }
  // "ui=ssh(192.0.2.7)": from where the administrator works.
  const from = /\(([^)]{2,45})\)$/.exec(text(fields, "firebreak.raw.ui"));
  const ip = from ? cleanIp(from[1]!) : undefined;
  if (ip !== undefined) fields["source.ip"] ??= ip;
}

/** The interface roles that the administrator gave, or the direction that an inspection states. */
function setDirection(fields: Fields): void {
  const stated = text(fields, "firebreak.raw.direction");
  if (stated === "outgoing" || stated === "outbound") fields["network.direction"] = "outbound";
  else if (stated === "incoming" || stated === "inbound") fields["network.direction"] = "inbound";
  else {
    const from = fields["firebreak.raw.srcintfrole"];
    const to = fields["firebreak.raw.dstintfrole"];
    if (from === "wan" && (to === "lan" || to === "dmz")) fields["network.direction"] = "inbound";
    else if ((from === "lan" || from === "dmz") && to === "wan") fields["network.direction"] = "outbound";
    else if (from === "lan" && to === "lan") fields["network.direction"] = "internal";
  }
}

/**
 * `date` and `time` are local, with `tz` only in newer versions; `eventtime` is an epoch whose unit changed over the versions (seconds,
 * then nanoseconds). Where the zone is stated, the record's own time of day counts, and the epoch tells its fraction of the second when
 * both mean the same one; where it is not, the epoch needs no interpretation.
 */
function readTime(fields: Fields, context: ParseContext): EventTime | undefined {
  const epoch = text(fields, "firebreak.raw.eventtime");
  const exact = epoch === "" ? undefined : epochTime(epoch, context.time);
  const clock = text(fields, "firebreak.raw.time");
  const date = text(fields, "firebreak.raw.date");
  const offset = /^(?:UTC)?([+-])(\d{1,2}):?(\d\d)$/.exec(text(fields, "firebreak.raw.tz"));
  if (exact !== undefined && offset === null) return exact;
  if (clock.includes("T")) return context.time.iso(clock);
  const hint = offset
    ? ({ zone: `${offset[1]}${offset[2]!.padStart(2, "0")}:${offset[3]}`, source: "in-record" } as const)
    : undefined;
  const stated = context.time.iso(`${date} ${clock}`, hint);
  if (exact === undefined || stated === undefined) return stated ?? exact;
  return Math.floor(exact.ms / 1000) === Math.floor(stated.ms / 1000) ? exact : stated;
}
