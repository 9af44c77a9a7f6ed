import type { Fields } from "@firebreak/model/event";
import { applyRules, eventFields, rule } from "../text/rules.ts";

const alert = (action: string) => ({
  ...eventFields("intrusion_detection network", action === "blocked" ? "denied" : "info", action),
  "event.kind": "alert",
});

const rules = [
  rule(
    /^\((\w+)\) (.*?) from (\S+) \((.*?)\): (\d+) in the last (\d+) secs - \*(Blocked in csf|.*?)\*(?: [^[]*)?(?: ?\[(\w+)\])?$/,
    "service.name rule.name source firebreak.raw.location firebreak.repeat_count:n firebreak.raw.seconds . rule.id",
    alert("blocked"),
  ),
  rule(
    /^\*(Port Scan|Port Flood)\* detected from (\S+?)(?: \((.*?)\))?\. ?(\d+)? ?hits/,
    "rule.name source firebreak.raw.location firebreak.repeat_count:n",
    alert("blocked"),
  ),
  rule(
    /^\*(User Processing|Suspicious Process|Suspicious File|Excessive Processes|Account Modification|System Integrity)\*(.*)$/,
    "rule.name event.reason",
    { ...eventFields("process", "info", "detected"), "event.kind": "alert" },
  ),
  rule(
    /^\*SSH login\* from (\S+) into the (\S+) account using (\S+) authentication/,
    "source user.name firebreak.raw.method",
    {
      "event.category": ["authentication"],
      "event.type": ["start"],
      "event.action": "login",
      "event.outcome": "success",
    },
  ),
  rule(
    /^Incoming IP (\S+) temporary block removed/,
    "source",
    eventFields("network", "info", "block-removed"),
  ),
  rule(
    /^(?:DynDNS|daemon|csf|Error|Retrieved|Global|Main Process|CSF|Starting|Watching|SYSLOG).*$/,
    "",
    eventFields("process", "info", "service-event"),
  ),
];

/** Reads a message of ConfigServer's login failure daemon. */
export function readLfd(text: string): Fields | undefined {
  return applyRules(rules, text);
}
