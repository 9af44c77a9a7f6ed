import type { SyslogPayload } from "../../syslog-payload.ts";
import { applyRules, eventFields, loginFields, rule } from "../../text/rules.ts";

const dataset = "linux/polkit";

const rules = [
  rule(
    /^Operator of \S{1,80} (?:successfully )?authenticated as unix-user:(\S{1,64}) to gain (?:TEMPORARY|ONE-SHOT|PERMANENT) authorization for action (\S{1,200})(?: for .{0,400}?)?(?: \[.{0,400}\])?(?: \(owned by unix-user:(\S{1,64})\))?$/,
    "user.effective.name firebreak.raw.polkit_action user.name",
    loginFields("success", "authorization-granted"),
  ),
  rule(
    /^Operator of \S{1,80} FAILED to authenticate to gain authorization for action (\S{1,200}) .{0,600}?\(owned by unix-user:(\S{1,64})\)$/,
    "firebreak.raw.polkit_action user.name",
    loginFields("failure", "authorization-refused"),
  ),
  rule(
    /^Registered Authentication Agent for (\S{1,80}) /,
    "firebreak.raw.session",
    eventFields("session", "info", "authentication-agent-registered"),
  ),
  rule(
    /^(\S{1,64}): Executing command \[USER=([^\]]{1,64})\] \[TTY=([^\]]{1,64})\] \[CWD=([^\]]{1,1000})\] \[COMMAND=([\s\S]{1,4000})\]$/,
    "user.name user.effective.name firebreak.raw.tty process.working_directory process.command_line",
    eventFields("process", "start", "pkexec-command", { "event.outcome": "success" }),
  ),
  rule(
    /^(\S{1,64}): (The value for .{1,200}|Error executing command as another user: .{1,200})/,
    "user.name event.reason",
    eventFields("process", "info", "pkexec-denied", { "event.outcome": "failure" }),
  ),
  rule(
    /^(\S{1,64}) ran command (.{1,4000}?) as (\S{1,64}) from (\S{1,1000})$/,
    "user.name process.command_line user.effective.name process.working_directory",
    eventFields("process", "start", "doas-command", { "event.outcome": "success" }),
  ),
  rule(
    /^(?:command not permitted|failed command) for (\S{1,64}): (.{1,4000})$/,
    "user.name process.command_line",
    eventFields("process", "info", "doas-denied", { "event.outcome": "failure" }),
  ),
];

/** polkit's daemon, pkexec and doas: who became whom, for what. */
export const payload = {
  name: dataset,
  title: "polkit, pkexec and doas",
  programs: ["polkitd", "polkitd(authority=local)", "pkexec", "doas"],
  parse(message) {
    const fields = applyRules(rules, message);
    return fields && { dataset, fields };
  },
} satisfies SyslogPayload;
