import type { Fields } from "@firebreak/model/event";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";
import { applyRules, eventFields, loginFields, rule } from "../../text/rules.ts";

const dataset = "linux/postfix";

export const payload = {
  name: dataset,
  title: "Postfix mail server",
  programs: ["postfix", "postfix-script", "postscreen"],
  parse,
} satisfies SyslogPayload;

const peer = String.raw`([^\s\[]+)\[([^\]]+)\](?::\d+)?`;
const queue = "(?:([0-9A-Za-z]{6,24}): )?";

const rules = [
  rule(
    new RegExp(
      `^(?:warning: )?${peer}: SASL (\\S+) authentication failed: ?(.*?)(?:, sasl_username=(\\S+))?$`,
    ),
    "source.domain source firebreak.raw.sasl_method event.reason user.name",
    loginFields("failure"),
  ),
  rule(
    new RegExp(`^${queue}client=${peer}, sasl_method=(\\S+?), sasl_username=(\\S+?)(?:, .*)?$`),
    "firebreak.raw.queue_id source.domain source firebreak.raw.sasl_method user.name",
    loginFields("success"),
  ),
  rule(
    new RegExp(`^${queue}client=${peer}`),
    "firebreak.raw.queue_id source.domain source",
    eventFields("email network", "info", "mail-received"),
  ),
  rule(
    new RegExp(`^connect from ${peer}`),
    "source.domain source",
    eventFields("network", "connection start", "connection-opened"),
  ),
  rule(
    new RegExp(`^(?:disconnect|lost connection after \\S+) from ${peer}`),
    "source.domain source",
    eventFields("network", "connection end", "connection-closed"),
  ),
  rule(
    new RegExp(`^(?:timeout after \\S+|too many errors after \\S+) from ${peer}`),
    "source.domain source",
    eventFields("network", "connection", "connection-failed", { "event.outcome": "failure" }),
  ),
  rule(
    /^([0-9A-Za-z]{6,24}): from=<([^>]*)>, size=(\d+), nrcpt=(\d+)/,
    "firebreak.raw.queue_id email.from.address firebreak.raw.size firebreak.raw.nrcpt",
    eventFields("email", "info", "mail-queued"),
  ),
  rule(
    /^([0-9A-Za-z]{6,24}): to=<([^>]*)>,(?: orig_to=<[^>]*>,)? relay=((?:([^[,]+)\[([^\],]+)\]:(\d+))?[^,]*), .*?status=sent \((.*)\)/,
    "firebreak.raw.queue_id email.to.address firebreak.raw.relay destination.domain destination destination.port event.reason",
    eventFields("email", "info", "mail-sent", { "event.outcome": "success" }),
  ),
  rule(
    /^([0-9A-Za-z]{6,24}): to=<([^>]*)>,(?: orig_to=<[^>]*>,)? relay=((?:([^[,]+)\[([^\],]+)\]:(\d+))?[^,]*), .*?status=(?:bounced|deferred|expired) \((.*)\)/,
    "firebreak.raw.queue_id email.to.address firebreak.raw.relay destination.domain destination destination.port event.reason",
    eventFields("email", "info", "mail-not-sent", { "event.outcome": "failure" }),
  ),
  rule(
    new RegExp(
      `^(?:NOQUEUE|([0-9A-Za-z]{6,24})): (?:milter-)?reject: (\\S+) from ${peer}: (.*?)(?:; from=<([^>]*)>)?(?: to=<([^>]*)>)?(?: proto=\\S+)?(?: helo=<[^>]*>)?$`,
    ),
    "firebreak.raw.queue_id firebreak.raw.stage source.domain source event.reason email.from.address email.to.address",
    eventFields("email network", "denied", "mail-rejected", { "event.outcome": "failure" }),
  ),
  rule(
    /^([0-9A-Za-z]{6,24}): message-id=<?([^>]*)>?/,
    "firebreak.raw.queue_id email.message_id",
    eventFields("email", "info", "mail-identified"),
  ),
  rule(
    /^([0-9A-Za-z]{6,24}): removed/,
    "firebreak.raw.queue_id",
    eventFields("email", "info", "mail-removed"),
  ),
  rule(
    /^([0-9A-Za-z]{6,24}): uid=(\d+) from=<([^>]*)>/,
    "firebreak.raw.queue_id user.id email.from.address",
    eventFields("email", "info", "mail-submitted"),
  ),
  rule(
    /^CONNECT from \[([^\]]+)\]:(\d+) to \[([^\]]+)\]:(\d+)/,
    "source source.port destination destination.port",
    eventFields("network", "connection start", "connection-opened"),
  ),
];

function parse(message: string, envelope: SyslogEnvelope): PayloadDraft {
  const fields: Fields = applyRules(rules, message) ?? {};
  const slash = envelope.program.indexOf("/");
  if (slash > 0) fields["firebreak.raw.postfix_service"] = envelope.program.slice(slash + 1);
  return { dataset, fields };
}
