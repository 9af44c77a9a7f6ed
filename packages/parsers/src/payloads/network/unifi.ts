import type { Fields } from "@firebreak/model/event";
import { macOf } from "../../ecs/dictionary.ts";
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
  if (!match) return undefined;
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
