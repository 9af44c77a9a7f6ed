import type { Fields } from "@firebreak/model/event";
import { setAccount } from "../ecs/account.ts";
import { assign, type Dictionary, dictionary } from "../ecs/dictionary.ts";
import { setHash } from "../ecs/parts.ts";
import { setSeconds } from "./totals.ts";

type Values = ReadonlyMap<string, string>;

/** What a vendor's guide says of his CEF beyond the standard. */
interface Vendor {
  /** His own keys, and those that he uses otherwise than the standard. */
  readonly known: Readonly<Record<string, string>>;
  /** Words that the name of the event lacks, for its classification. */
  label?(fields: Fields, values: Values): string;
  finish?(fields: Fields, values: Values): void;
}

/** By the vendor's name in the header, in lower case. */
const vendors: Record<string, Vendor> = {
  // "Log Integration" of Imperva Cloud WAF: spt is the port of the server, cpt that of the client.
  incapsula: {
    known: {
      cn1: "http.response.status_code:integer",
      ccode: "source.geo.country_iso_code",
      cpt: "source.port:port",
      spt: "destination.port:port",
      sip: "destination.ip:ip",
      qstr: "url.query",
      ref: "http.request.referrer",
      ver: "tls.version",
      sourceServiceName: "url.domain",
      fileId: "event.id",
      cs9: "rule.name",
      xff: "network.forwarded_ip:ip",
      dproc: "firebreak.raw.dproc",
    },
    label: (_, values) => (/^REQ_(?:PASSED|CACHED)/.test(values.get("act") ?? "") ? "" : "attack"),
    finish(fields, values) {
      const act = values.get("act") ?? "";
      const stopped = /BLOCK|CHALLENGE|BAD/.test(act);
      if (!stopped && !/PASSED|CACHED/.test(act)) return;
      fields["event.outcome"] = stopped ? "failure" : "success";
      fields["event.type"] = [stopped ? "denied" : "access"];
      if (!stopped) fields["event.category"] = ["web", "network"];
    },
  },
  "imperva inc.": {
    known: { cs1: "rule.ruleset", cs5: "rule.description" },
    label: (_, values) => (values.get("cat") === "Alert" ? "attack" : ""),
    finish(fields) {
      if (fields["event.kind"] === "alert") fields["rule.name"] ??= fields["firebreak.raw.name"]!;
    },
  },
  // "Syslog message formats" of Deep Security: the range of the number tells the module.
  "trend micro": {
    known: {
      TrendMicroDsFileMD5: "file.hash.md5:lower",
      TrendMicroDsFileSHA1: "file.hash.sha1:lower",
      TrendMicroDsFileSHA256: "file.hash.sha256:lower",
      TrendMicroDsMalwareTarget: "firebreak.raw.malware_target",
      deviceProcessName: "process.executable",
    },
    label: (fields) => deepSecurityModule(Number(fields["event.code"])),
    finish(fields) {
      const kind = deepSecurityModule(Number(fields["event.code"]));
      if (kind === "malware" || kind === "intrusion") fields["rule.name"] ??= fields["firebreak.raw.name"]!;
      if (kind === "intrusion") fields["rule.id"] ??= fields["event.code"]!;
    },
  },
  mcafee: {
    known: {},
    label: (fields) =>
      /infect|malware|virus|trojan/i.test(String(fields["firebreak.raw.name"])) ? "malware" : "",
  },
  // FortiOS counts from its own side: "out" left the source, "in" came back.
  fortinet: {
    known: {
      out: "source.bytes:integer",
      in: "destination.bytes:integer",
      FTNTFGTlogid: "event.code",
      FTNTFGTlevel: "log.level",
      FTNTFGTpolicyid: "rule.id",
      FTNTFGTpolicyname: "rule.name",
      FTNTFGTpoluuid: "rule.uuid",
      FTNTFGTpolicytype: "rule.ruleset",
      FTNTFGTattack: "rule.name",
      FTNTFGTattackid: "rule.id",
      FTNTFGTvirus: "rule.name",
      FTNTFGTcatdesc: "rule.category",
      FTNTFGTappcat: "rule.category",
      FTNTFGTapp: "network.application",
      FTNTFGTsentpkt: "source.packets:integer",
      FTNTFGTrcvdpkt: "destination.packets:integer",
      FTNTFGTqname: "dns.question.name",
      FTNTFGTqtype: "dns.question.type",
      FTNTFGTlogdesc: "rule.description",
    },
    finish: (fields, values) => setSeconds(fields, values.get("FTNTFGTduration")),
  },
  "palo alto networks": {
    known: {
      PanOSPacketsSent: "source.packets:integer",
      PanOSPacketsReceived: "destination.packets:integer",
      PanOSRuleUUID: "rule.uuid",
      PanOSThreatCategory: "rule.category",
      app: "network.application",
    },
    finish(fields, values) {
      const threat = /^(.*)\((\d{3,12})\)$/.exec(values.get("cat") ?? "");
      if (!threat) return;
      fields["rule.name"] = threat[1]!;
      fields["rule.id"] = threat[2]!;
    },
  },
  "check point": {
    known: {
      rule_uid: "rule.uuid",
      rule_name: "rule.name",
      service_id: "network.protocol:lower",
      loguid: "event.id",
      sequencenum: "event.sequence:integer",
      inzone: "observer.ingress.zone",
      outzone: "observer.egress.zone",
      ifname: "observer.ingress.interface.name",
      origin: "observer.ip:ip",
      product: "observer.product",
      protection_name: "rule.name",
      protection_id: "rule.id",
      user: "user.name",
      resource: "url.original",
    },
  },
  ubiquiti: {
    known: {
      UNIFIclientIp: "source.ip:ip",
      UNIFIclientMac: "source.mac:mac",
      UNIFIclientHostname: "source.domain",
      UNIFIwifiName: "network.name",
      UNIFIadmin: "user.name",
      UNIFIhost: "observer.name",
      UNIFIipsSignature: "rule.name",
      UNIFIipsSignatureId: "rule.id",
      UNIFIdeviceIp: "observer.ip:ip",
    },
  },
  forcepoint: {
    known: { loginID: "user.name", category: "rule.category" },
  },
  citrix: {
    known: { method: "http.request.method", cs1: "rule.ruleset" },
    label: (fields) => (fields["event.code"] === "APPFW" ? "attack" : ""),
    finish(fields) {
      if (fields["event.code"] === "APPFW") fields["rule.name"] ??= fields["firebreak.raw.name"]!;
    },
  },
};

function deepSecurityModule(code: number): string {
  if (code >= 4_000_000 && code < 5_000_000) return "malware";
  if (code >= 1_000_000 && code < 2_000_000) return "intrusion";
  if (code >= 5_000_000 && code < 6_000_000) return "web reputation";
  return code >= 600 && code <= 609 ? "authentication" : "";
}

const dictionaries = new Map<Vendor, Dictionary>();

function vendorOf(fields: Fields): Vendor | undefined {
  const name = String(fields["observer.vendor"] ?? "").toLowerCase();
  return Object.hasOwn(vendors, name) ? vendors[name] : undefined;
}

/** Fields that a "…Label" names in words that many vendors share. */
const labels: readonly (readonly [pattern: RegExp, field: string])[] = [
  [
    /^(?:rule|rule ?name|policy ?rule|firewall ?rule|(?:signature|threat|virus|malware|attack|alert) ?name|sname)$/,
    "rule.name",
  ],
  [/^policy(?: ?name)?$/, "rule.ruleset"],
  [/^(?:rule|signature|policy|attack) ?id$/, "rule.id"],
  [/^(?:url ?)?category(?: ?name)?$/, "rule.category"],
  [/^(?:source|src|from) ?zone$/, "observer.ingress.zone"],
  [/^(?:destination|dst|dest|to) ?zone$/, "observer.egress.zone"],
  [/^(?:dns ?query|queried ?(?:name|domain)|qname)$/, "dns.question.name"],
  [/^cnchost$/, "destination.domain"],
];
const nothing = /^(?:none|n\/a|null|-)$/i;
const statusLabel = /^(?:http ?)?(?:status|response) ?code$/;

/** Keys that the vendor uses in his own way, and custom strings whose label says what they are. Nothing of the standard is lost by it. */
export function readVendor(fields: Fields, values: Values): void {
  const vendor = vendorOf(fields);
  for (const [key, label] of values) {
    if (!key.endsWith("Label")) continue;
    const value = values.get(key.slice(0, -5)) ?? "";
    const words = label.trim().toLowerCase().replaceAll(/[_-]/g, " ");
    if (value === "" || words === "" || nothing.test(value)) continue;
    const known = labels.find(([pattern]) => pattern.test(words));
    // A rule may have the number 0, no name is "0" (Zscaler: no threat).
    if (known?.[1] === "rule.name" && value === "0") continue;
    if (known !== undefined) fields[known[1]] ??= value;
    else if (statusLabel.test(words) && /^[1-5]\d\d$/.test(value))
      fields["http.response.status_code"] ??= Number(value);
    else if (words === "elapsed time in seconds") setSeconds(fields, value);
    else if (/^(?:md5|sha ?1|sha ?256)(?: hash)?$/.test(words)) setHash(fields, "file.hash", value);
  }
  if (vendor === undefined) return;
  let known = dictionaries.get(vendor);
  if (known === undefined) {
    known = dictionary(vendor.known);
    dictionaries.set(vendor, known);
  }
  for (const [name, target] of Object.entries(vendor.known)) {
    const value = values.get(name);
    if (value === undefined || value === "" || value === "N/A") continue;
    if (target === "user.name") setAccount(fields, value);
    else assign(fields, known, name, value);
  }
}

/** Words for the classification that the vendor's event needs beside its name. */
export function vendorLabel(fields: Fields, values: Values): string {
  return vendorOf(fields)?.label?.(fields, values) ?? "";
}

/** What the vendor's record says once it is classified. */
export function finishVendor(fields: Fields, values: Values): void {
  vendorOf(fields)?.finish?.(fields, values);
}
