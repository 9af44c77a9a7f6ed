import type { Fields } from "@firebreak/model/event";
import type { ParseContext } from "@firebreak/model/format";
import { connectionVerdict, setVerdict } from "../../ecs/connection.ts";
import { setEndpoint } from "../../ecs/endpoint.ts";
import { transportOf } from "../../ecs/transport.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";

const dataset = "network/radware";

export const payload = {
  name: dataset,
  title: "Radware DefensePro",
  programs: ["defensepro"],
  accepts: (message) => attack.test(message),
  parse,
} satisfies SyslogPayload;

/**
 * `DefensePro: 03-03-2024 10:22:33 WARNING 703 Intrusions "name" TCP source port destination port physical-port context "policy" status
 * packets …risk action guid` (DefensePro User Guide, "Syslog messages"). Dates are day first.
 */
const attack =
  /^(?:DefensePro: )?(\d\d)-(\d\d)-(\d{4}) (\d\d):(\d\d):(\d\d) (INFO|WARNING|ERROR|FATAL|CRITICAL|HIGH|MEDIUM|LOW) (\d{1,10}) ([\w-]{2,40}) "([^"]{0,200})" ([\w-]{1,20}) (\S{1,64}) (\d{1,5}) (\S{1,64}) (\d{1,5}) (\S{1,20}) (\S{1,20}) "([^"]{0,200})" (\S{1,30})(?: (\d{1,15}))?([\s\S]*)$/;

function parse(message: string, envelope: SyslogEnvelope, context: ParseContext): PayloadDraft | undefined {
  const match = attack.exec(message);
  if (!match) return undefined;
  const fields: Fields = {
    "event.kind": "alert",
    "event.category": ["intrusion_detection", "network"],
    "event.code": match[8]!,
    "observer.vendor": "Radware",
    "observer.product": "DefensePro",
    "observer.type": "ips",
    "log.level": match[7]!.toLowerCase(),
    "rule.id": match[8]!,
    "rule.category": match[9]!,
    "rule.name": match[10]!,
    "rule.ruleset": match[18]!,
    "firebreak.raw.status": match[19]!,
  };
  if (envelope.host !== undefined) fields["observer.name"] = envelope.host;
  const transport = transportOf(match[11]!);
  if (transport !== undefined) fields["network.transport"] = transport;
  setEndpoint(fields, "source", match[12]!, match[13]);
  setEndpoint(fields, "destination", match[14]!, match[15]);
  if (match[20] !== undefined) fields["network.packets"] = Number(match[20]);
  const word = /\b(drop|forward|source reset|dest reset|challenge|quarantine|bypass)\b/i.exec(
    match[21]!,
  )?.[1];
  const verdict = word === undefined ? undefined : (connectionVerdict(word) ?? verdicts[word.toLowerCase()]);
  if (verdict !== undefined) setVerdict(fields, verdict, word!.toLowerCase());
  fields["event.type"] = [verdict === undefined || verdict === "allowed" ? "info" : "denied"];
  const [day, month, year, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const stamp = /\d\d-\d\d-\d{4} [\d:]{8}/.exec(message)![0];
  const time = context.time.local({ year, month, day, hour, minute, second }, stamp);
  return time && envelope.time === undefined ? { dataset, fields, time } : { dataset, fields };
}

const verdicts: Record<string, string> = {
  forward: "allowed",
  "source reset": "reset",
  "dest reset": "reset",
  challenge: "blocked",
};
