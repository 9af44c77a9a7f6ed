import type { Fields } from "@firebreak/model/event";
import type { PayloadDraft, SyslogPayload } from "../../syslog-payload.ts";
import { applyRules, eventFields, loginFields, rule } from "../../text/rules.ts";

const dataset = "virtual/proxmox";

export const payload = {
  name: dataset,
  title: "Proxmox VE and Backup Server",
  programs: [
    "pvedaemon",
    "pveproxy",
    "pvestatd",
    "pve-guests",
    "proxmox-backup-proxy",
    "proxmox-backup-api",
    "qm",
    "pct",
  ],
  parse,
} satisfies SyslogPayload;

const rules = [
  rule(
    /^authentication failure; rhost=(\S+?) user=(\S+?)(?:@(\S+))? msg=(.*)$/,
    "source user.name user.domain event.reason",
    loginFields("failure"),
  ),
  rule(/^<(.+?)@(\S+?)> successful auth for user '(.*?)'/, "user.name user.domain .", loginFields("success")),
  rule(
    /^<(.+?)@(\S+?)> (starting task|end task) (UPID:[^:]+:[^:]+:[^:]+:[^:]+:([^:]*):([^:]*):\S*)(?: (.*))?$/,
    "user.name user.domain firebreak.raw.phase firebreak.raw.upid firebreak.raw.task firebreak.raw.target event.reason",
    eventFields("configuration", "change", "task"),
  ),
];

function parse(message: string): PayloadDraft {
  const fields: Fields = applyRules(rules, message) ?? {};
  if (fields["event.action"] === "task") {
    const task = fields["firebreak.raw.task"];
    fields["event.action"] =
      `${fields["firebreak.raw.phase"] === "end task" ? "task-ended" : "task-started"}`;
    if (task !== undefined) fields["service.name"] = task;
  }
  return { dataset, fields };
}
