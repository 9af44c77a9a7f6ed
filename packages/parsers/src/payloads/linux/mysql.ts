import type { Fields } from "@firebreak/model/event";
import type { ParseContext } from "@firebreak/model/format";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";
import { applyRules, loginFields, rule } from "../../text/rules.ts";

const dataset = "database/mysql";

export const payload = {
  name: dataset,
  title: "MySQL and MariaDB in syslog",
  programs: ["mysqld", "mysql", "mariadbd", "mysqld_safe", "mysqld-safe", "mariadb"],
  parse,
} satisfies SyslogPayload;

const rules = [
  rule(
    /Access denied for user '(.*?)'@'(.*?)'(?: to database '(.*?)')?(?: \(using password: (YES|NO)\))?/,
    "user.name source firebreak.raw.database firebreak.raw.using_password",
    loginFields("failure"),
  ),
  rule(
    /(?:Aborted|Got an error reading).*? user: '(.*?)' host: '(.*?)'(?: \((.*)\))?/,
    "user.name source event.reason",
    {
      "event.category": ["database", "network"],
      "event.type": ["connection", "end"],
      "event.action": "connection-aborted",
    },
  ),
  rule(/ready for connections/, "", {
    "event.category": ["database", "process"],
    "event.type": ["start"],
    "event.action": "service-started",
  }),
  rule(/(?:Normal shutdown|Shutdown complete)/i, "", {
    "event.category": ["database", "process"],
    "event.type": ["end"],
    "event.action": "service-stopped",
  }),
];

/** The server's own stamp, which has the year and (from 5.7 on) the zone that syslog's lacks. */
const ownStamp = /^(\d{4}-\d\d-\d\d[T ] ?\d{1,2}:\d\d:\d\d(?:\.\d{6})?(?:Z|[+-]\d\d:\d\d)) /;

function parse(message: string, _envelope: SyslogEnvelope, context: ParseContext): PayloadDraft {
  const fields: Fields = applyRules(rules, message) ?? {};
  const level = /\[(Note|Warning|ERROR|System)\]/.exec(message);
  if (level) fields["log.level"] = level[1]!.toLowerCase();
  const stamp = ownStamp.exec(message);
  const time = stamp ? context.time.iso(stamp[1]!) : undefined;
  return time ? { dataset, fields, time } : { dataset, fields };
}
