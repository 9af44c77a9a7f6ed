import type { Fields } from "@firebreak/model/event";
import { applyRules, eventFields, rule } from "../text/rules.ts";

const jail = String.raw`\[([^\]]{1,100})\] `;
const alert = (action: string, type: string) => ({
  ...eventFields("intrusion_detection network", type, action),
  "event.kind": "alert",
});

const rules = [
  rule(new RegExp(`^${jail}(?:Restore )?Ban (\\S+)`), "rule.name source", alert("blocked", "denied")),
  rule(
    new RegExp(`^${jail}Unban (\\S+)`),
    "rule.name source",
    eventFields("network", "info", "block-removed"),
  ),
  rule(new RegExp(`^${jail}Found (\\S+)`), "rule.name source", alert("detected", "info")),
  rule(new RegExp(`^${jail}(\\S+) already banned`), "rule.name source", alert("already-blocked", "info")),
  rule(new RegExp(`^${jail}Ignore (\\S+)`), "rule.name source", eventFields("network", "info", "ignored")),
];

/** Reads a message of fail2ban's actions and filter: "[sshd] Ban 198.51.100.9". */
export function readFail2ban(text: string): Fields | undefined {
  return applyRules(rules, text);
}
