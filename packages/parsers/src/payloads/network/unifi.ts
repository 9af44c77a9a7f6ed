import type { Fields } from "@firebreak/model/event";
import { macOf } from "../../ecs/dictionary.ts";
import { setOutcome } from "../../ecs/parts.ts";
import { rawField } from "../../ecs/raw.ts";
import { kebabCase } from "../../ecs/verdict.ts";
import { isJsonObject, parseJson } from "../../json/parse.ts";
import { textOf } from "../../json/product.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";

const dataset = "network/unifi";

export const payload = {
  name: dataset,
  title: "Wireless access points (hostapd, UniFi)",
  programs: ["hostapd", "stahtd", "wevent"],
  parse,
} satisfies SyslogPayload;

/** "ath0: STA aa:bb:cc:dd:ee:ff IEEE 802.11: associated", as hostapd prints it. */
const station = /^(\S+): STA ([0-9a-fA-F:]{17}) (IEEE 802\.1[1X]|WPA|RADIUS|MLME|DRIVER): (.*)$/;

const actions: readonly [RegExp, string, string][] = [
  [/^(?:re)?associated/, "wifi-associated", "start"],
  [/^disassociated/, "wifi-disassociated", "end"],
  [/^deauthenticated/, "wifi-deauthenticated", "end"],
  [/^authenticated/, "wifi-authenticated", "start"],
  [/pairwise key handshake completed/, "wifi-key-exchanged", "info"],
];

function parse(message: string, envelope: SyslogEnvelope): PayloadDraft | undefined {
  const match = station.exec(message);
  if (!match) return readTracker(message, envelope);
  const text = match[4]!;
  const known = actions.find(([pattern]) => pattern.test(text));
  const fields: Fields = {
    "observer.type": "wireless",
    "observer.ingress.interface.name": match[1]!,
    "event.category": ["network"],
    "event.type": ["connection", known?.[2] ?? "info"],
    "event.action": known?.[1] ?? "wifi-event",
  };
  const mac = macOf(match[2]!);
  if (mac !== undefined) fields["source.mac"] = mac;
  if (envelope.host !== undefined) fields["observer.name"] = envelope.host;
  return { dataset, fields };
}

/** `[STA-TRACKER].stahtd_dump_event(): {"message_type":"STA_ASSOC_TRACKER","mac":"…","event_type":"success",…}`. */
function readTracker(message: string, envelope: SyslogEnvelope): PayloadDraft | undefined {
  const at = message.indexOf('{"message_type"');
  const record = at < 0 || at > 120 ? undefined : parseJson(message.slice(at));
  if (!isJsonObject(record)) return undefined;
  const fields: Fields = {
    "observer.type": "wireless",
    "event.category": ["network"],
    "event.type": ["connection"],
    "event.action": kebabCase(textOf(record.message_type) ?? "station"),
  };
  const mac = macOf(textOf(record.mac) ?? "");
  if (mac !== undefined) fields["source.mac"] = mac;
  const word = textOf(record.event_type) ?? "";
  if (word !== "") setOutcome(fields, word);
  if (envelope.host !== undefined) fields["observer.name"] = envelope.host;
  for (const name of ["vap", "event_type", "assoc_status", "ip_assign_type", "dns_resp_seen"]) {
    const value = textOf(record[name]);
    if (value !== undefined) fields[rawField(name)] = value;
  }
  return { dataset, fields };
}
