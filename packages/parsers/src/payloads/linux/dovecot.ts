import type { Fields } from "@firebreak/model/event";
import { setEndpoint } from "../../ecs/endpoint.ts";
import { rawField } from "../../ecs/raw.ts";
import type { PayloadDraft, SyslogPayload } from "../../syslog-payload.ts";
import { applyRules, eventFields, loginFields, rule } from "../../text/rules.ts";

const dataset = "linux/dovecot";

export const payload = {
  name: dataset,
  title: "Dovecot IMAP and POP3 server",
  programs: ["dovecot", "dovecot-auth", "imap-login", "pop3-login", "managesieve-login", "submission-login"],
  parse,
} satisfies SyslogPayload;

const rules = [
  rule(/^(?:\w+-login: )?(?:Info: )?Login: /, "", loginFields("success")),
  rule(
    /^(?:\w+-login: )?(?:Info: )?(?:Disconnected|Aborted login)[^(]*\((auth failed, .*?|tried to use .*?)\)/,
    "event.reason",
    loginFields("failure"),
  ),
  rule(
    /^(?:\w+-login: )?(?:Info: )?(?:Disconnected|Aborted login)(?:[^(]*\((.*?)\))?/,
    "event.reason",
    eventFields("network session", "connection end", "connection-closed"),
  ),
  rule(
    /^auth(?:-worker)?(?:\(\d+\)|<\d+>)?: (?:Info: )?(?:conn \S+ \([^)]*\): )?(?:auth-worker<\d+>: )?(?:\w+)\(([^,)]+),([^,)]+)[^)]*\): (unknown user|.*[Ff]ail.*|Password mismatch.*|.*mismatch.*)/,
    "user.name source event.reason",
    loginFields("failure"),
  ),
  rule(
    /^(?:imap|pop3)\(([^)<]+)\)(?:<[^>]*>)*: (?:Info: )?(?:Logged out|Disconnected)(.*)$/,
    "user.name firebreak.raw.detail",
    eventFields("session", "end", "logout"),
  ),
];

const pairs = /\b(user|method|rip|lip|rport|lport|mpid|session)=(?:<([^>]*)>|([^,\s]*))/g;

function parse(message: string): PayloadDraft {
  const fields: Fields = applyRules(rules, message) ?? {};
  for (const match of message.matchAll(pairs)) {
    const value = match[2] ?? match[3] ?? "";
    if (value === "") continue;
    if (match[1] === "user") fields["user.name"] = value;
    else if (match[1] === "rip") setEndpoint(fields, "source", value);
    else if (match[1] === "lip") setEndpoint(fields, "destination", value);
    else fields[rawField(match[1]!)] = value;
  }
  return { dataset, fields };
}
