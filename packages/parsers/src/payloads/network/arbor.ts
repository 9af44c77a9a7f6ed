import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";
import { applyRules, eventFields, rule } from "../../text/rules.ts";

const dataset = "network/arbor";

export const payload = {
  name: dataset,
  title: "NETSCOUT Arbor (Sightline/Peakflow, TMS, Edge Defense/APS)",
  programs: ["pfsp", "arbor-networks-aps", "arbor-networks-aed", "arbor-aps", "arbor-aed"],
  accepts: (message) => /^(?:pfsp: |arbor-networks-a(?:ps|ed): )/.test(message),
  parse,
} satisfies SyslogPayload;

const blocked = eventFields("intrusion_detection network", "denied", "blocked-host", {
  "event.kind": "alert",
  "event.outcome": "success",
});
const attack = eventFields("intrusion_detection network", "info", "dos-alert", { "event.kind": "alert" });

/** Wordings of "Syslog Notifications" in the guides of Sightline and APS. */
const rules = [
  rule(
    /^Blocked Host: Blocked (?:host|source) (\S+) at (?:\S+) by (.+?) using (?:(\w+)\/)?(\d+|\w+)?(?: \(([^)]*)\))? ?(?:source port (\d+) )?destination (\S+?)(?:,| source port (\d+)|$)(?:.*?URL: (\S+))?/,
    "source rule.name . destination.port network.protocol source.port destination source.port event.reference",
    blocked,
  ),
  rule(
    /^(?:Host|Profiled Router|Profiled Network|Fast Flood)? ?(?:Detection|DoS) alert #(\d+), start (.+?)(?:, duration (\d+))?(?:, stop .+?)?, direction (\w+), host (\S+?), signatures \((.*?)\), impact (.*?), importance (\w+)/i,
    "event.id . . firebreak.raw.direction destination rule.name firebreak.raw.impact firebreak.raw.importance",
    attack,
  ),
  rule(
    /^anomaly (?:Bandwidth |Protocol )?id (\d+)(?: status (\w+))?(?: severity (\d+))?(?: classification (.+?))?(?: impact (.+?))? src (\S+?)(?:\/\d+)? .*?dst (\S+?)(?:\/\d+)? /i,
    "event.id firebreak.raw.status event.severity:n rule.category firebreak.raw.impact source destination",
    attack,
  ),
  rule(
    /^(?:TMS|Mitigation|tms mitigation) .*?(?:#|id )?(\d+)?.*?(started|stopped|ended)/i,
    "event.id firebreak.raw.state",
    eventFields("network", "info", "mitigation"),
  ),
];
const transport = /\busing (TCP|UDP|ICMP|GRE|ESP)\b/i;

function parse(message: string, envelope: SyslogEnvelope): PayloadDraft | undefined {
  const text = message.replace(/^(?:pfsp|arbor-networks-a(?:ps|ed)): /, "");
  const fields = applyRules(rules, text) ?? eventFields("host", "info", "notification");
  fields["observer.vendor"] = "NETSCOUT";
  fields["observer.type"] = "ddos";
  const protocol = transport.exec(text.slice(0, 1000))?.[1];
  if (protocol !== undefined) fields["network.transport"] = protocol.toLowerCase();
  const direction = fields["firebreak.raw.direction"];
  if (direction === "incoming" || direction === "outgoing")
    fields["network.direction"] = direction === "incoming" ? "inbound" : "outbound";
  if (envelope.host !== undefined) fields["observer.name"] = envelope.host;
  return { dataset, fields };
}
