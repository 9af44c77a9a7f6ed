import type { Fields } from "@firebreak/model/event";
import type { PayloadDraft, SyslogPayload } from "../../syslog-payload.ts";

const dataset = "linux/sudo";

export const payload = {
  name: dataset,
  title: "sudo",
  programs: ["sudo"],
  parse,
} satisfies SyslogPayload;

/** Reasons that sudo prints between the user and TTY= when it refuses (logging.c). */
const refusal =
  /^(?:\d+ incorrect password attempts?|user NOT in sudoers|command not allowed|user NOT authorized on host|a password is required|no tty present.*|sorry, .*|.*not allowed.*)$/i;

/** "user : [reason ;] TTY=pts/0 ; PWD=/x ; USER=root ; [GROUP=…;] [TSID=…;] [ENV=…;] COMMAND=/bin/ls -l": COMMAND is always last. */
function parse(message: string): PayloadDraft | undefined {
  const colon = message.indexOf(" : ");
  if (colon < 0) return undefined;
  const user = message.slice(0, colon).trim();
  if (user === "" || user.includes(" ") || user.startsWith("pam_")) return undefined;
  const fields: Fields = { "user.name": user };
  const commandAt = message.indexOf(" COMMAND=", colon);
  const middle = message.slice(colon + 3, commandAt < 0 ? message.length : commandAt);
  let reason: string | undefined;
  for (const part of middle.split(" ;", 20)) {
    const text = part.trim();
    if (text.startsWith("TTY=")) fields["firebreak.raw.tty"] = text.slice(4);
    else if (text.startsWith("PWD=")) fields["process.working_directory"] = text.slice(4);
    else if (text.startsWith("USER=")) fields["user.effective.name"] = text.slice(5);
    else if (text.startsWith("GROUP=")) fields["group.name"] = text.slice(6);
    else if (text.startsWith("CHROOT=")) fields["firebreak.raw.CHROOT"] = text.slice(7);
    else if (text.startsWith("ENV=")) fields["firebreak.raw.ENV"] = text.slice(4);
    else if (text.startsWith("TSID=")) fields["firebreak.raw.TSID"] = text.slice(5);
    else if (text !== "") reason ??= text;
  }
  if (commandAt >= 0) {
    const command = message.slice(commandAt + 9);
    fields["process.command_line"] = command;
    const space = command.indexOf(" ");
    fields["process.executable"] = space < 0 ? command : command.slice(0, space);
  } else if (reason === undefined) return undefined;
  const refused = reason !== undefined && refusal.test(reason);
  fields["event.category"] = commandAt < 0 ? ["authentication"] : ["process"];
  fields["event.type"] = refused ? ["info"] : ["start"];
  fields["event.action"] = refused ? "sudo-denied" : "sudo-command";
  fields["event.outcome"] = refused ? "failure" : "success";
  if (reason !== undefined) fields["event.reason"] = reason;
  return { dataset, fields };
}
