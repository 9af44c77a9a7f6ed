import type { Fields } from "@firebreak/model/event";
import { applyRules, eventFields, loginFields, rule } from "../text/rules.ts";

const rules = [
  rule(
    /^(?:Event \d+ : |Event \[.{10,400}\[)?User (?:'?(\S+?)\\)?'?(.+?)'?@(\S+) logged in(?: as (.*?))?\]?$/,
    "user.domain user.name source user_agent.original",
    loginFields("success"),
  ),
  rule(
    /^(?:Event \d+ : |Event \[.{10,400}\[)?User (?:'?(\S+?)\\)?'?(.+?)'?@(\S+) logged out/,
    "user.domain user.name source",
    eventFields("session", "end", "logout"),
  ),
  rule(
    /^(?:Event \d+ : |Event \[.{10,400}\[)?Cannot login (?:(\S+?)\\)?(.+?)@(\S+?)(?:: (.*))?$/,
    "user.domain user.name source event.reason",
    loginFields("failure"),
  ),
  rule(/^Rejected password for user (\S+) from (\S+)/, "user.name source", loginFields("failure")),
  rule(
    /^Accepted (?:password|public key) for user (\S+) from (\S+)/,
    "user.name source",
    loginFields("success"),
  ),
  rule(
    /^Remote access for ESXi local user account '(.*?)' has been locked for (\d+) seconds after (\d+) failed/,
    "user.name . firebreak.repeat_count:n",
    { ...loginFields("failure"), "event.action": "account-locked" },
  ),
  rule(
    /^(?:Event \d+ : )?(?:Account|Role|Permission) (\S+) was (created|removed|updated|changed) on host (\S+)/,
    "user.target.name . .",
    eventFields("iam", "user change", "account-changed"),
  ),
  rule(
    /^(?:Event \d+ : )?(?:SSH|ESXi Shell|TSM-SSH|TSM)(?: for the host .*?)? (?:has been enabled|access has been enabled)/,
    "",
    eventFields("configuration", "change", "shell-enabled"),
  ),
  rule(
    /^(?:Virtual machine |Event \d+ : )?(\S.{0,200}?) on (?:host )?(\S{1,255}) in (\S{1,255}) is (powered on|powered off|suspended|reset)/,
    "firebreak.raw.vm firebreak.raw.vm_host firebreak.raw.datacenter firebreak.raw.state",
    eventFields("host", "change", "vm-state-changed"),
  ),
];

/** "[Originator@6876 sub=Vimsvc opID=7e12 user=root] ": VMware's own structured head. */
const originator =
  /^\[(?:Originator@6876 )?sub=([^\s\]]{1,200})(?: opID=([^\s\]]{1,200}))?(?: sid=([^\s\]]{1,80}))?(?: user=([^\]]{1,255}))?\] ?/;

/** vpxd in syslog: "Event [id] [n-n] [time] [vim.event.Name] [severity] [user] [datacenter] [chain] [text]". */
const vcenterEvent =
  /^Event \[\d{1,12}\] \[[\d-]{1,20}\] \[[^\]]{0,40}\] \[(?:vim\.event\.)?([\w.]{1,120})\] \[\w{0,20}\] \[[^\]]{0,255}\] \[[^\]]{0,255}\] \[[^\]]{0,40}\] \[(.*)\]$/s;

/** Reads the text of a hostd, vpxd or vobd message. */
export function readVmware(text: string): Fields {
  const origin = originator.exec(text);
  const body = origin ? text.slice(origin[0].length) : text;
  const event = vcenterEvent.exec(body);
  const fields: Fields = applyRules(rules, event ? event[2]! : body) ?? {};
  if (event) fields["event.action"] ??= event[1]!;
  if (origin) {
    fields["firebreak.raw.sub"] = origin[1]!;
    if (origin[2]) fields["firebreak.raw.opID"] = origin[2];
    if (origin[4]) fields["user.name"] ??= origin[4];
  }
  return fields;
}

/** ESXi shell log: "[root]: esxcli vm process kill …". */
export function readShell(text: string): Fields | undefined {
  const match = /^(?:\[(\S+?)\]: |Interactive shell session )?([\s\S]*)$/.exec(text);
  if (!match || match[1] === undefined) return undefined;
  return {
    "event.category": ["process"],
    "event.type": ["start"],
    "event.action": "shell-command",
    "user.name": match[1],
    "process.command_line": match[2]!,
  };
}
