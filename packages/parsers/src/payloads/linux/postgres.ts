import type { Fields } from "@firebreak/model/event";
import type { PayloadDraft, SyslogPayload } from "../../syslog-payload.ts";
import { applyRules, eventFields, loginFields, rule } from "../../text/rules.ts";

const dataset = "database/postgresql";

export const payload = {
  name: dataset,
  title: "PostgreSQL in syslog",
  programs: ["postgres", "postgresql"],
  parse,
} satisfies SyslogPayload;

const rules = [
  rule(
    /(?:password|Ident|PAM|LDAP|GSSAPI|peer|certificate) authentication failed for user "(.*?)"/,
    "user.name",
    loginFields("failure"),
  ),
  rule(
    /no pg_hba\.conf entry for host "(.*?)", user "(.*?)", database "(.*?)"/,
    "source user.name firebreak.raw.database",
    { ...loginFields("failure"), "event.reason": "no pg_hba.conf entry" },
  ),
  rule(/role "(.*?)" does not exist/, "user.name", {
    ...loginFields("failure"),
    "event.reason": "role does not exist",
  }),
  rule(
    /connection authorized: user=(\S+)(?: database=(\S+))?/,
    "user.name firebreak.raw.database",
    loginFields("success"),
  ),
  rule(
    /connection received: host=(\S+)(?: port=(\d+))?/,
    "source source.port",
    eventFields("database network", "connection start", "connection-opened"),
  ),
  rule(
    /disconnection: .*?user=(\S+) database=(\S+) host=(\S+)(?: port=(\d+))?/,
    "user.name firebreak.raw.database source source.port",
    eventFields("database network", "connection end", "connection-closed"),
  ),
  rule(
    /(?:statement|execute [^:]*): ([\s\S]*)$/,
    "firebreak.raw.statement",
    eventFields("database", "access", "statement"),
  ),
];

/** "[3-1] 2024-… [12] bob@shop LOG:  message": what stands before the severity is the installation's own log_line_prefix. */
const severity = /(DEBUG\d?|LOG|INFO|NOTICE|WARNING|ERROR|FATAL|PANIC|DETAIL|HINT|STATEMENT|CONTEXT): {1,2}/;

function parse(message: string): PayloadDraft {
  const found = severity.exec(message.slice(0, 300));
  const text = found ? message.slice(found.index + found[0].length) : message;
  const fields: Fields = applyRules(rules, text) ?? {};
  if (found) {
    fields["log.level"] = found[1]!.toLowerCase();
    const who = /\b([\w.-]{1,63})@([\w.-]{1,63})\b/.exec(message.slice(0, found.index));
    if (who) {
      fields["user.name"] ??= who[1]!;
      fields["firebreak.raw.database"] ??= who[2]!;
    }
  }
  return { dataset, fields };
}
