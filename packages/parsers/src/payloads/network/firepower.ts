import type { Fields } from "@firebreak/model/event";
import { connectionVerdict, setVerdict } from "../../ecs/connection.ts";
import { setAddressPort } from "../../ecs/endpoint.ts";
import { noFields } from "../../ecs/shape.ts";
import { transportOf } from "../../ecs/transport.ts";
import { readFtd } from "../../network/cisco/ftd.ts";
import type { PayloadDraft, SyslogPayload } from "../../syslog-payload.ts";

const dataset = "network/cisco-firepower";

/** `[1:2000001:3] "message" [Impact: …] From "sensor" at Tue Mar  5 10:00:00 2024 UTC [Classification: …] [Priority: 2] {tcp} a:p->b:p`. */
const intrusion =
  /^\[(\d+):(\d+):(\d+)\] "?(.*?)"? \[Impact: ([^\]]*)\] From "?([^"\s]{1,200})"?(?: at (\w{3} \w{3} [ \d]\d [\d:]{8} \d{4}) (UTC|GMT))?(?: \[Classification: ([^\]]*)\])?(?: \[Priority: (\d)\])?/;
/** "[engine][policy] Connection Type: Start, User: …, … {TCP} a:p -> b:p". */
const connection = /^(?:\[[^\]]*\]){1,3} (?=Connection Type: )/;
const pairsOnly = /^Protocol: \w+, SrcIP: /;
const ends = /\{(\w+)\} (\S+?)(?: \([^)]*\))? ?-> ?(\S+?)(?: \([^)]*\))?\s*$/;

/** Names of the older wording and those that its readers know (Cisco, "Security Event Syslog Messages"). */
const renamed: readonly (readonly [from: RegExp, to: string])[] = [
  [/(^|, )Connection Type: /, "$1ConnectType: "],
  [/, Application Protocol: /, ", ApplicationProtocol: "],
  [/, Web App: /, ", WebApplication: "],
  [/, Access Control Rule Name: /, ", AccessControlRuleName: "],
  [/, Access Control Rule Action: /, ", AccessControlRuleAction: "],
  [/, Access Control Rule Reasons: /, ", AccessControlRuleReason: "],
  [/, Interface Ingress: /, ", IngressInterface: "],
  [/, Interface Egress: /, ", EgressInterface: "],
  [/, Security Zone Ingress: /, ", IngressZone: "],
  [/, Security Zone Egress: /, ", EgressZone: "],
  [/, Initiator Packets: /, ", InitiatorPackets: "],
  [/, Responder Packets: /, ", ResponderPackets: "],
  [/, Initiator Bytes: /, ", InitiatorBytes: "],
  [/, Responder Bytes: /, ", ResponderBytes: "],
  [/, UserName: /, ", User: "],
];

export const payload = {
  name: dataset,
  title: "Cisco Firepower Management Center (SFIMS)",
  programs: ["sfims"],
  parse(message, envelope, context): PayloadDraft | undefined {
    const fields: Fields = {
      ...noFields,
      "observer.vendor": "Cisco",
      "observer.product": "Firepower",
      "observer.type": "firewall",
    };
    if (envelope.host !== undefined) fields["observer.name"] = envelope.host;
    const alert = intrusion.exec(message);
    if (alert) {
      readIntrusion(alert, fields);
      setEnds(message, fields);
      const time =
        alert[7] === undefined ? undefined : context.time.iso(alert[7], { zone: "UTC", source: "in-record" });
      return time ? { dataset, fields, time } : { dataset, fields };
    }
    const head = connection.exec(message);
    if (!head && !pairsOnly.test(message)) return undefined;
    let text = message
      .slice(head?.[0].length ?? 0)
      .replace(ends, "")
      .trimEnd();
    for (const [from, to] of renamed) text = text.replace(from, to);
    const ended = /(?:^|, )ConnectType: End\b/.test(text);
    readFtd(text, ended ? 430_003 : 430_002, fields, context);
    setEnds(message, fields);
    return { dataset, fields };
  },
} satisfies SyslogPayload;

function readIntrusion(match: RegExpExecArray, fields: Fields): void {
  fields["event.kind"] = "alert";
  fields["event.category"] = ["intrusion_detection", "network"];
  fields["event.type"] = ["info"];
  fields["event.action"] = "intrusion-detected";
  fields["firebreak.raw.gid"] = match[1]!;
  fields["rule.id"] = match[2]!;
  fields["rule.version"] = match[3]!;
  fields["rule.name"] = match[4]!;
  fields["firebreak.raw.impact"] = match[5]!;
  fields["observer.name"] = match[6]!;
  if (match[9] !== undefined) fields["rule.category"] = match[9];
  if (match[10] !== undefined) fields["event.severity"] = Number(match[10]);
}

function setEnds(message: string, fields: Fields): void {
  const match = ends.exec(message.slice(-400));
  if (!match) return;
  const transport = transportOf(match[1]!);
  if (transport !== undefined) fields["network.transport"] = transport;
  setAddressPort(fields, "source", match[2]!);
  setAddressPort(fields, "destination", match[3]!);
  const verdict = fields["firebreak.raw.AccessControlRuleAction"];
  const word = typeof verdict === "string" ? connectionVerdict(verdict) : undefined;
  if (word !== undefined) setVerdict(fields, word, String(fields["event.action"] ?? word));
}
