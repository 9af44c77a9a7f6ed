import type { Fields } from "@firebreak/model/event";
import type { PayloadDraft, SyslogPayload } from "../../syslog-payload.ts";

const dataset = "linux/systemd";

export const payload = {
  name: dataset,
  title: "systemd (service manager)",
  programs: ["systemd"],
  parse,
} satisfies SyslogPayload;

interface Rule {
  pattern: RegExp;
  action: string;
  type: string;
  outcome?: "success" | "failure";
}

const rules: readonly Rule[] = [
  { pattern: /^Started (.+?)\.?$/, action: "service-started", type: "start", outcome: "success" },
  { pattern: /^Starting (.+?)\.{0,3}$/, action: "service-starting", type: "start" },
  { pattern: /^Stopped (.+?)\.?$/, action: "service-stopped", type: "end", outcome: "success" },
  { pattern: /^Stopping (.+?)\.{0,3}$/, action: "service-stopping", type: "end" },
  { pattern: /^Finished (.+?)\.?$/, action: "service-finished", type: "end", outcome: "success" },
  { pattern: /^Reloaded (.+?)\.?$/, action: "service-reloaded", type: "change", outcome: "success" },
  { pattern: /^Reloading\.?(.*)$/, action: "daemon-reloaded", type: "change" },
  {
    pattern: /^Failed to start (.+?)\.?$/,
    action: "service-start-failed",
    type: "info",
    outcome: "failure",
  },
  { pattern: /^(\S+\.\w+): Main process exited, (.*)$/, action: "service-exited", type: "end" },
  {
    pattern: /^(\S+\.\w+): Failed with result '(.*)'\.$/,
    action: "service-failed",
    type: "info",
    outcome: "failure",
  },
  {
    pattern: /^(\S+\.\w+): (?:Deactivated successfully|Succeeded)\.$/,
    action: "service-stopped",
    type: "end",
    outcome: "success",
  },
  { pattern: /^(\S+\.\w+): Scheduled restart job.*$/, action: "service-restarting", type: "start" },
  { pattern: /^(\S+\.\w+): Consumed (.*)$/, action: "service-stopped", type: "info" },
  { pattern: /^Created slice (.+?)\.?$/, action: "slice-created", type: "start" },
  { pattern: /^Removed slice (.+?)\.?$/, action: "slice-removed", type: "end" },
  { pattern: /^Reached target (.+?)\.?$/, action: "target-reached", type: "info" },
  { pattern: /^Mounted (.+?)\.?$/, action: "mounted", type: "start" },
];

const unitName =
  /([\w@\\:.-]{1,200}\.(?:service|socket|timer|mount|scope|slice|target|path|automount|swap|device))/;

function parse(message: string): PayloadDraft | undefined {
  for (const rule of rules) {
    const match = rule.pattern.exec(message);
    if (!match) continue;
    const fields: Fields = {
      "event.category": ["process"],
      "event.type": [rule.type],
      "event.action": rule.action,
    };
    if (rule.outcome) fields["event.outcome"] = rule.outcome;
    const subject = match[1]!;
    const unit = unitName.exec(subject);
    if (unit) fields["service.name"] = unit[1]!;
    else if (subject !== "") fields["service.name"] = subject;
    if (match[2] !== undefined) fields["event.reason"] = match[2];
    const session = /^Session (\S+) of [Uu]ser (\S+?)\.?$/.exec(subject);
    if (session) {
      fields["event.category"] = ["session"];
      fields["user.name"] = session[2]!;
      fields["firebreak.raw.session"] = session[1]!;
    }
    return { dataset, fields };
  }
  return { dataset, fields: {} };
}
