import type { Fields } from "@firebreak/model/event";
import type { PayloadDraft, SyslogPayload } from "../../syslog-payload.ts";

const dataset = "linux/logind";

export const payload = {
  name: dataset,
  title: "systemd-logind (sessions, seats, power)",
  programs: ["systemd-logind", "elogind"],
  parse,
} satisfies SyslogPayload;

function parse(message: string): PayloadDraft | undefined {
  const opened = /^New session '?(\S+?)'? of user '?([^'\s]+?)'?(?: with class .*)?\.$/.exec(message);
  if (opened) return session("session-opened", "start", opened[1]!, opened[2]);
  const removed = /^Removed session '?(\S+?)'?\.$/.exec(message);
  if (removed) return session("session-closed", "end", removed[1]!, undefined);
  const ended = /^Session '?(\S+?)'? logged out\./.exec(message);
  if (ended) return session("session-logged-out", "end", ended[1]!, undefined);
  const fields: Fields = {};
  if (
    /^(?:System is (?:rebooting|powering down)|Power key pressed|The system will (?:reboot|power off) )/.test(
      message,
    )
  ) {
    fields["event.category"] = ["host"];
    fields["event.type"] = ["end"];
    fields["event.action"] = message.includes("reboot") ? "host-restarting" : "host-shutting-down";
  }
  return { dataset, fields };
}

function session(action: string, type: string, id: string, user: string | undefined): PayloadDraft {
  const fields: Fields = {
    "event.category": ["session"],
    "event.type": [type],
    "event.action": action,
    "event.outcome": "success",
    "firebreak.raw.session": id,
  };
  if (user !== undefined) fields["user.name"] = user;
  return { dataset, fields };
}
