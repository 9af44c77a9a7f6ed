import { setProgram } from "../../ecs/parts.ts";
import type { SyslogPayload } from "../../syslog-payload.ts";
import { applyRules, eventFields, rule } from "../../text/rules.ts";

const dataset = "linux/snoopy";
const command = eventFields("process", "start", "process-started");

const rules = [
  rule(
    /^\[(?:login:(\S{1,64}) )?(?:ssh:\(.{0,80}?\) )?(?:username:(\S{1,64}) )?uid:(\d{1,10}) (?:gid:\d{1,10} )?sid:(\d{1,10}) tty:(\S{1,64}) (?:\(\d{1,10}\/\S{1,64}\) )?cwd:(.{1,1000}?) filename:(.{1,1000}?)\]: ([\s\S]{1,6000})$/,
    "user.name user.name user.id firebreak.raw.sid firebreak.raw.tty process.working_directory process.executable process.command_line",
    command,
  ),
];

/** Snoopy: every program that was started, with its arguments. */
export const payload = {
  name: dataset,
  title: "Snoopy command logger",
  programs: ["snoopy"],
  parse(message) {
    const fields = applyRules(rules, message);
    if (fields === undefined) return undefined;
    if (typeof fields["process.executable"] === "string")
      setProgram(fields, "process", fields["process.executable"]);
    return { dataset, fields };
  },
} satisfies SyslogPayload;
