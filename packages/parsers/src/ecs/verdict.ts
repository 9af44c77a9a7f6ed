/** Words of devices for what they did, as the `event.action` verbs that keep the difference between the verdicts. */
const verdicts: Record<string, string> = {
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
  reject: "rejected",
  rejected: "rejected",
  reset: "reset",
  quarantine: "quarantined",
  quarantined: "quarantined",
  clean: "cleaned",
  cleaned: "cleaned",
  delete: "deleted",
  deleted: "deleted",
  detect: "detected",
  detected: "detected",
  alert: "detected",
  monitor: "monitored",
};

/** "ACCEPT" → "allowed", "Blocked" → "blocked"; undefined when the word is no verdict of a device. */
export function verdictOf(word: string): string | undefined {
  const lower = word.toLowerCase();
  return Object.hasOwn(verdicts, lower) ? verdicts[lower] : undefined;
}

/** "UserLoggedIn" → "user-logged-in", "Add member to role." → "add-member-to-role". */
export function kebabCase(text: string): string {
  return text
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replace(/[^A-Za-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .toLowerCase();
}
