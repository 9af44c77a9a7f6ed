import type { Fields } from "@firebreak/model/event";

/** What a firewall did, in our words; the distinctions that devices make are kept. */
export type Verdict =
  | "allowed"
  | "denied"
  | "blocked"
  | "dropped"
  | "rejected"
  | "reset"
  | "detected"
  | "quarantined";

const words: Record<string, Verdict> = {
  accept: "allowed",
  accepted: "allowed",
  allow: "allowed",
  allowed: "allowed",
  pass: "allowed",
  passed: "allowed",
  passthrough: "allowed",
  permit: "allowed",
  permitted: "allowed",
  deny: "denied",
  denied: "denied",
  block: "blocked",
  blocked: "blocked",
  drop: "dropped",
  dropped: "dropped",
  discard: "dropped",
  discarded: "dropped",
  reject: "rejected",
  rejected: "rejected",
  reset: "reset",
  "reset-both": "reset",
  "reset-client": "reset",
  "reset-server": "reset",
  "block with reset": "blocked",
  "block-url": "blocked",
  "block-ip": "blocked",
  "block-continue": "blocked",
  "drop-packet": "dropped",
  "drop-all-packets": "dropped",
  "drop icmp": "dropped",
  "drop-icmp": "dropped",
  "client-rst": "allowed",
  "server-rst": "allowed",
  "ip-conn": "allowed",
  close: "allowed",
  timeout: "allowed",
  detect: "detected",
  detected: "detected",
  monitored: "detected",
  alert: "detected",
  alerted: "detected",
  prevent: "blocked",
  prevented: "blocked",
  quarantine: "quarantined",
  quarantined: "quarantined",
};

/** The verdict that a device's own word stands for: "Accept" → "allowed", "deny" → "denied"; undefined for other words. */
export function verdictOf(word: string): Verdict | undefined {
  if (Object.hasOwn(words, word)) return words[word];
  const lower = word.toLowerCase();
  return Object.hasOwn(words, lower) ? words[lower] : undefined;
}

const allowedTypes = ["connection", "allowed"];
const deniedTypes = ["connection", "denied"];
const plainTypes = ["connection"];

/** Sets event.action, event.type and event.outcome of a connection that a device let through or stopped. */
export function setVerdict(fields: Fields, verdict: Verdict): void {
  fields["event.action"] = verdict;
  if (verdict === "allowed") {
    fields["event.type"] = allowedTypes;
    fields["event.outcome"] = "success";
  } else if (verdict === "detected") {
    fields["event.type"] = plainTypes;
  } else {
    fields["event.type"] = deniedTypes;
    fields["event.outcome"] = "failure";
  }
}
