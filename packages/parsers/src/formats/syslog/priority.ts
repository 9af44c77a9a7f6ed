import type { Fields } from "@firebreak/model/event";

const facilities = [
  "kern",
  "user",
  "mail",
  "daemon",
  "auth",
  "syslog",
  "lpr",
  "news",
  "uucp",
  "cron",
  "authpriv",
  "ftp",
  "ntp",
  "security",
  "console",
  "solaris-cron",
  "local0",
  "local1",
  "local2",
  "local3",
  "local4",
  "local5",
  "local6",
  "local7",
];

const severities = ["emergency", "alert", "critical", "error", "warning", "notice", "informational", "debug"];

/**
 * Reads "<PRI>" at `at` (RFC 5424 §6.2.1, 0 to 191): the value, or -1 when there is none. Old senders print up to three
 * digits with leading zeros; both are taken.
 */
export function readPriority(line: string, at: number): number {
  if (line.charCodeAt(at) !== 60) return -1;
  let value = 0;
  let i = at + 1;
  for (; i <= at + 4; i++) {
    const code = line.charCodeAt(i);
    if (code === 62) break;
    if (code < 48 || code > 57 || i === at + 4) return -1;
    value = value * 10 + code - 48;
  }
  return i === at + 1 || value > 191 ? -1 : value;
}

/** Index behind the ">" of a priority that `readPriority` has read. */
export function priorityEnd(line: string, at: number): number {
  return line.indexOf(">", at) + 1;
}

/** Sets the log.syslog.* fields and log.level of a priority value. */
export function setPriority(fields: Fields, priority: number): void {
  fields["log.syslog.priority"] = priority;
  fields["log.syslog.facility.code"] = priority >> 3;
  fields["log.syslog.facility.name"] = facilities[priority >> 3]!;
  fields["log.syslog.severity.code"] = priority & 7;
  fields["log.syslog.severity.name"] = severities[priority & 7]!;
  fields["log.level"] ??= severities[priority & 7]!;
}

/** The priority value of a facility and severity by their names in any case, or -1: "Local7", "Info" → 190. */
export function priorityOf(facility: string, severity: string): number {
  const first = facilities.indexOf(facilityAliases[facility.toLowerCase()] ?? facility.toLowerCase());
  const word = severity.toLowerCase();
  const second = severities.findIndex((name) => name.startsWith(word) || word.startsWith(name.slice(0, 4)));
  return first < 0 || second < 0 ? -1 : first * 8 + second;
}

const facilityAliases: Record<string, string> = { kernel: "kern", clock: "cron" };
