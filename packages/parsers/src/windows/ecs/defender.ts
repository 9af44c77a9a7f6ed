import type { Fields } from "@firebreak/model/event";
import { type EventReading, type ProviderReadings, reading, table } from "./reading.ts";
import { copy, domainAccount, executable, present, type Step, setFilePath } from "./steps.ts";

/** Names as recorded ("Threat Name") have lost their spaces: `winlog.event_data.ThreatName`. */
const threat: Step[] = [
  copy("rule.name", "ThreatName"),
  copy("rule.id", "ThreatID"),
  copy("rule.category", "CategoryName"),
  copy("winlog.defender.severity", "SeverityName"),
  domainAccount("user", "DetectionUser", "RemediationUser", "User"),
  executable("process", "ProcessName"),
  threatPath,
];

/** Path is `file:_C:\a.exe; process:_pid:1234,ProcessStart:…`: the first file is the event's file. */
function threatPath(fields: Fields): void {
  const text = present(fields["winlog.event_data.Path"]);
  if (text === undefined || text.length > 16_384) return;
  for (const part of text.split(";", 64)) {
    const at = part.indexOf(":_");
    if (at < 0) continue;
    const kind = part.slice(0, at).trim();
    if (kind !== "file" && kind !== "containerfile") continue;
    setFilePath(fields, part.slice(at + 2).trim());
    return;
  }
}

/** Word for Defender's action: quarantined, cleaned, removed, allowed, blocked are five different facts. */
const actions: readonly (readonly [string, string])[] = [
  ["quarantine", "quarantined"],
  ["clean", "cleaned"],
  ["remove", "removed"],
  ["allow", "allowed"],
  ["block", "blocked"],
  ["user defined", "user-defined"],
  ["no action", "detected"],
  ["not applicable", "detected"],
];

function takenAction(fields: Fields): void {
  const text = present(fields["winlog.event_data.ActionName"])?.toLowerCase();
  if (text === undefined) return;
  for (const [word, action] of actions) {
    if (!text.includes(word)) continue;
    fields["event.action"] = action;
    return;
  }
}

const alert = (title: string, action: string, steps: readonly Step[] = threat): EventReading =>
  reading(title, action, "malware", "info", steps, { kind: "alert" });
const settings = (title: string, action: string): EventReading =>
  reading(title, action, "configuration", "change", [
    copy("winlog.defender.old_value", "OldValue"),
    copy("winlog.defender.new_value", "NewValue"),
  ]);

export const defenderProviders: readonly ProviderReadings[] = [
  {
    provider: "Microsoft-Windows-Windows Defender",
    aliases: ["Microsoft Antimalware", "WinDefend"],
    channels: ["Microsoft-Windows-Windows Defender/Operational"],
    events: table([
      [1000, reading("An antimalware scan started", "scan-started", "host", "start")],
      [1001, reading("An antimalware scan finished", "scan-finished", "host", "end")],
      [1002, reading("An antimalware scan was stopped before it finished", "scan-stopped", "host", "end")],
      [1005, reading("An antimalware scan failed", "scan-failed", "host", "end", [], { outcome: "failure" })],
      [
        1006,
        alert("The antimalware engine found malware or other potentially unwanted software", "detected"),
      ],
      [
        1007,
        alert("The antimalware platform performed an action to protect your system", "remediated", [
          ...threat,
          takenAction,
        ]),
      ],
      [
        1008,
        {
          ...alert(
            "The antimalware platform attempted to perform an action, but the action failed",
            "remediation-failed",
          ),
          outcome: "failure",
        },
      ],
      [
        1009,
        reading(
          "An item was restored from quarantine",
          "restored-from-quarantine",
          "malware",
          "info",
          threat,
        ),
      ],
      [
        1011,
        reading("An item was deleted from quarantine", "deleted-from-quarantine", "malware", "info", threat),
      ],
      [1013, reading("The history of malware was deleted", "history-deleted", "malware", "info", threat)],
      [1015, alert("The antimalware platform detected suspicious behavior", "detected")],
      [
        1116,
        alert("The antimalware platform detected malware or other potentially unwanted software", "detected"),
      ],
      [
        1117,
        alert(
          "The antimalware platform performed an action to protect your system from malware",
          "remediated",
          [...threat, takenAction],
        ),
      ],
      [
        1118,
        {
          ...alert("The antimalware platform attempted an action that failed", "remediation-failed"),
          outcome: "failure",
        },
      ],
      [
        1119,
        {
          ...alert(
            "The antimalware platform met a critical error when taking action on malware",
            "remediation-failed",
          ),
          outcome: "failure",
        },
      ],
      [
        1121,
        alert("A rule for attack surface reduction fired in block mode", "blocked", [
          copy("rule.id", "ID"),
          executable("process", "ProcessName"),
          domainAccount("user", "User"),
          asrPath,
        ]),
      ],
      [
        1122,
        alert("A rule for attack surface reduction fired in audit mode", "detected", [
          copy("rule.id", "ID"),
          executable("process", "ProcessName"),
          domainAccount("user", "User"),
          asrPath,
        ]),
      ],
      [
        1123,
        alert("Controlled folder access blocked a change", "blocked", [
          executable("process", "ProcessName"),
          domainAccount("user", "User"),
          asrPath,
        ]),
      ],
      [
        [1125, 1126],
        alert("Network protection event", "blocked", [
          copy("destination.domain", "Destination"),
          executable("process", "ProcessName"),
          domainAccount("user", "User"),
        ]),
      ],
      [
        2000,
        reading("Security intelligence was updated", "signatures-updated", "configuration", "change", [], {
          outcome: "success",
        }),
      ],
      [
        2001,
        reading(
          "Security intelligence update failed",
          "signature-update-failed",
          "configuration",
          "change",
          [],
          { outcome: "failure" },
        ),
      ],
      [
        3002,
        reading(
          "Real-time protection encountered an error and failed",
          "protection-failed",
          "host",
          "info",
          [],
          { outcome: "failure" },
        ),
      ],
      [5000, settings("Real-time protection is enabled", "protection-enabled")],
      [5001, settings("Real-time protection is disabled", "protection-disabled")],
      [5004, settings("The real-time protection configuration changed", "protection-changed")],
      [5007, settings("The antimalware platform configuration changed", "protection-changed")],
      [
        5008,
        reading(
          "The antimalware engine encountered an error and failed",
          "protection-failed",
          "host",
          "info",
          [],
          { outcome: "failure" },
        ),
      ],
      [5010, settings("Scanning for malware is disabled", "protection-disabled")],
      [5012, settings("Scanning for viruses is disabled", "protection-disabled")],
      [5013, settings("Tamper protection blocked a change", "protection-change-blocked")],
    ]),
  },
];

function asrPath(fields: Fields): void {
  const text = present(fields["winlog.event_data.Path"]);
  if (text !== undefined) setFilePath(fields, text);
}
