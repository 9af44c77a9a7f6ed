import type { Fields } from "@firebreak/model/event";
import { remembering } from "../text/remember.ts";
import { verdictOf } from "./verdict.ts";

/** Words that only firewalls use: how a session that was let through ended, and the finer ways of stopping one. */
const firewallWords: Record<string, string> = {
  "client-rst": "allowed",
  "server-rst": "allowed",
  "ip-conn": "allowed",
  "session-end": "allowed",
  close: "allowed",
  timeout: "allowed",
  bypass: "allowed",
  permitted: "allowed",
  discard: "dropped",
  discarded: "dropped",
  "drop-packet": "dropped",
  "drop-icmp": "dropped",
  "drop-all-packets": "dropped",
  "reset-both": "reset",
  "reset-client": "reset",
  "reset-server": "reset",
  "block with reset": "blocked",
  "block-url": "blocked",
  "block-ip": "blocked",
  "block-continue": "blocked",
  prevent: "blocked",
  prevented: "blocked",
  monitored: "detected",
  alerted: "detected",
};

const networkCategory = ["network"];
const allowedTypes = ["connection", "allowed"];
const deniedTypes = ["connection", "denied"];
const plainTypes = ["connection"];

/** The verdict that a firewall's own word stands for: "Accept" → "allowed", "reset-both" → "reset". */
export const connectionVerdict = remembering((word): string | undefined => {
  const lower = word.toLowerCase();
  return Object.hasOwn(firewallWords, lower) ? firewallWords[lower] : verdictOf(lower);
});

/**
 * Sets event.action, event.type and event.outcome of a connection that a device let through, stopped or only saw.
 * ECS keeps the device's own word as the action; what it means stands in event.type.
 */
export function setVerdict(fields: Fields, verdict: string, word: string = verdict): void {
  fields["event.action"] = word;
  fields["event.category"] ??= networkCategory;
  if (verdict === "allowed") {
    fields["event.type"] = allowedTypes;
    fields["event.outcome"] = "success";
  } else if (verdict === "detected" || verdict === "monitored") {
    fields["event.type"] = plainTypes;
  } else {
    fields["event.type"] = deniedTypes;
    fields["event.outcome"] = "failure";
  }
}
