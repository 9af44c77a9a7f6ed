import type { Fields } from "@firebreak/model/event";
import type { ParseContext } from "@firebreak/model/format";
import { connectionVerdict, setVerdict } from "../../ecs/connection.ts";
import { assign, dictionary } from "../../ecs/dictionary.ts";
import { noFields } from "../../ecs/shape.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";
import { monthNumber } from "../../text/months.ts";
import { readPairs } from "../../text/pairs.ts";

const dataset = "network/f5-afm";

export const payload = {
  name: dataset,
  title: "F5 BIG-IP Advanced Firewall Manager (network firewall, IP intelligence, DoS)",
  programs: [],
  accepts: (message) => message.includes('errdefs_msg_name="') && start.test(message),
  parse,
} satisfies SyslogPayload;

/** `acl_policy_name="…",acl_policy_type="…",action="Drop",…`, bare or as structured data "[F5@12276 …]" (BIG-IP AFM, "Event log formats"). */
const start = /^(?:(?:\d{1,10} )?\[F5@\d+ |,)?[a-z_]{3,40}="[^"]{0,200}"[, ]/;

const known = dictionary({
  hostname: "observer.name",
  bigip_mgmt_ip: "observer.ip:ip",
  device_version: "observer.version",
  source_ip: "source.ip:ip",
  source_port: "source.port:port",
  source_user: "source.user.name",
  dest_ip: "destination.ip:ip",
  dest_port: "destination.port:port",
  dest_fqdn: "destination.domain",
  source_fqdn: "source.domain",
  translated_source_ip: "source.nat.ip:ip",
  translated_source_port: "source.nat.port:port",
  translated_dest_ip: "destination.nat.ip:ip",
  translated_dest_port: "destination.nat.port:port",
  ip_protocol: "network.transport:transport",
  protocol: "network.transport:transport",
  vlan: "observer.ingress.interface.name",
  acl_rule_name: "rule.name",
  acl_rule_uuid: "rule.uuid",
  acl_policy_name: "rule.ruleset",
  dos_attack_id: "rule.id",
  dos_attack_name: "rule.name",
  dos_packets_received: "source.packets:integer",
  ip_intelligence_threat_name: "rule.category",
  ip_intelligence_policy_name: "rule.ruleset",
  drop_reason: "event.reason",
  errdefs_msgno: "event.code",
  src_geo: "source.geo.country_iso_code",
  dst_geo: "destination.geo.country_iso_code",
  sa_translation_type: "firebreak.raw.sa_translation_type",
});

function parse(message: string, envelope: SyslogEnvelope, context: ParseContext): PayloadDraft | undefined {
  if (!start.test(message)) return undefined;
  const fields: Fields = {
    ...noFields,
    "observer.vendor": "F5",
    "observer.product": "BIG-IP AFM",
    "observer.type": "firewall",
  };
  const values: Record<string, string> = Object.create(null);
  const cut = readPairs(
    message,
    pairsAt(message),
    (name, value) => {
      values[name] = value;
      if (!own.has(name) && value !== "No-lookup" && value !== "Unknown") assign(fields, known, name, value);
    },
    { separator: /^[^"]{0,80}"[^"]{0,200}" /.test(message) ? " " : "," },
  );
  if (cut) fields["firebreak.truncated"] = true;
  finish(fields, values);
  if (envelope.host !== undefined) fields["observer.name"] ??= envelope.host;
  const time = readTime(values.date_time ?? "", context);
  return time ? { dataset, fields, time } : { dataset, fields };
}

/** Behind "23003137 [F5@12276 ". */
function pairsAt(message: string): number {
  const at = message.indexOf("[F5@");
  return at < 0 || at > 12 ? 0 : message.indexOf(" ", at) + 1;
}

const own = new Set([
  "action",
  "date_time",
  "device_product",
  "device_vendor",
  "severity",
  "flow_id",
  "dos_attack_event",
]);

function finish(fields: Fields, values: Record<string, string>): void {
  const { action = "", errdefs_msg_name: kind = "", dos_attack_event: attack = "" } = values;
  const isAttack = values.dos_attack_name !== undefined || values.attack_type !== undefined;
  fields["event.category"] = ["network"];
  fields["event.type"] = ["connection"];
  const word = action || attack;
  const verdict = connectionVerdict(action.replace(/^Accept decisively$/i, "accept"));
  if (verdict !== undefined) setVerdict(fields, verdict, word.toLowerCase());
  else if (/^(?:open|established|closed)$/i.test(action)) {
    setVerdict(fields, "allowed", action.toLowerCase());
    fields["event.type"] = ["connection", "allowed", /closed/i.test(action) ? "end" : "start"];
  } else if (word !== "" && word !== "None") fields["event.action"] = word.toLowerCase();
  else if (kind !== "") fields["event.action"] = kind.toLowerCase();
  if (!isAttack) return;
  fields["event.kind"] = "alert";
  fields["event.category"] = ["intrusion_detection", "network"];
  fields["event.type"] = [verdict === undefined || verdict === "allowed" ? "info" : "denied"];
}

/** "Mar 05 2024 10:12:13", the device's local time. */
function readTime(recorded: string, context: ParseContext) {
  const match = /^([A-Z][a-z]{2}) (\d\d) (\d{4}) (\d\d):(\d\d):(\d\d)$/.exec(recorded);
  if (!match) return context.time.iso(recorded);
  const [, month, day, year, hour, minute, second] = match;
  return context.time.local(
    {
      year: Number(year),
      month: monthNumber(month!),
      day: Number(day),
      hour: Number(hour),
      minute: Number(minute),
      second: Number(second),
      nanos: 0,
    },
    recorded,
  );
}
