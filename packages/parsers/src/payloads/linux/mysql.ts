import type { Fields } from "@firebreak/model/event";
import type { PayloadDraft, SyslogPayload } from "../../syslog-payload.ts";
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

function parse(message: string): PayloadDraft {
  const fields: Fields = applyRules(rules, message) ?? {};
  const level = /\[(Note|Warning|ERROR|System)\]/.exec(message);
  if (level) fields["log.level"] = level[1]!.toLowerCase();
  return { dataset, fields };
}
