import type { Fields } from "@firebreak/model/event";
import { applyRules, eventFields, loginFields, rule } from "../text/rules.ts";

const mail = (action: string, more: Fields = {}) => eventFields("email", "info", action, more);
const verdict = (action: string) => mail(action, { "event.kind": "alert" });
const mid = String.raw`^(?:Info: |Warning: )?MID (\d+)`;

/** Wordings of "Logging" in the guide of AsyncOS for Secure Email Gateway: MID is a message, ICID and DCID connections, RID a recipient. */
const rules = [
  rule(
    /^New SMTP ICID (\d+) interface (\S+) \((\S+)\) address (\S+) reverse dns host (\S+) verified (\S+)/,
    "firebreak.raw.icid observer.ingress.interface.name destination source source.domain firebreak.raw.verified",
    eventFields("email network", "connection start", "connection-opened", { "network.direction": "inbound" }),
  ),
  rule(
    /^New SMTP DCID (\d+) interface (\S+) address (\S+) port (\d+)/,
    "firebreak.raw.dcid source destination destination.port",
    eventFields("email network", "connection start", "connection-opened", {
      "network.direction": "outbound",
    }),
  ),
  rule(
    /^ICID (\d+) (REJECT|TCPREFUSE|BLOCKED) (?:SG )?(\S+)(?: match (.*?))?(?: SBRS (\S+))?(?: country (.*))?$/,
    "firebreak.raw.icid event.action rule.name firebreak.raw.match firebreak.raw.sbrs source.geo.country_name",
    eventFields("email network", "denied", "reject", { "event.outcome": "failure" }),
  ),
  rule(
    /^ICID (\d+) (ACCEPT|RELAY|THROTTLE\w*|CONTINUE) (?:SG )?(\S+)(?: match (.*?))?(?: SBRS (\S+))?(?: country (.*))?$/,
    "firebreak.raw.icid event.action rule.name firebreak.raw.match firebreak.raw.sbrs source.geo.country_name",
    eventFields("email network", "allowed", "accept", { "event.outcome": "success" }),
  ),
  rule(
    /^[ID]CID (\d+) TLS (success|failed:?.*?)(?: protocol (\S+))?(?: cipher (\S+))?$/,
    "firebreak.raw.icid event.reason tls.version tls.cipher",
    eventFields("email network", "connection", "tls"),
  ),
  rule(
    /^([ID]CID) (\d+) (close|lost)/,
    ". firebreak.raw.icid event.reason",
    eventFields("email network", "connection end", "connection-closed"),
  ),
  rule(/^Start MID (\d+) ICID (\d+)/, "email.local_id firebreak.raw.icid", mail("message-started")),
  rule(
    new RegExp(`${mid} ICID (\\d+) From: <([^>]*)>`),
    "email.local_id firebreak.raw.icid email.from.address",
    mail("message-from"),
  ),
  rule(
    new RegExp(`${mid} ICID (\\d+) (?:invalid )?RID (\\d+) To: <([^>]*)>`),
    "email.local_id firebreak.raw.icid firebreak.raw.rid email.to.address",
    mail("message-to"),
  ),
  rule(
    new RegExp(`${mid} [Ss]ubject:? ['"]?(.*?)['"]?$`),
    "email.local_id email.subject",
    mail("message-subject"),
  ),
  rule(
    new RegExp(`${mid} Message-ID '?<?([^'>]*)>?'?`),
    "email.local_id email.message_id",
    mail("message-id"),
  ),
  rule(
    new RegExp(`${mid} ready (\\d+) bytes from <([^>]*)>`),
    "email.local_id source.bytes:n email.from.address",
    mail("message-ready"),
  ),
  rule(
    new RegExp(`${mid} (?:was )?matched all recipients for per-recipient policy (.+?) in the (\\w+) table`),
    "email.local_id rule.name email.direction",
    mail("policy-matched"),
  ),
  rule(
    new RegExp(
      `${mid} (?:interim verdict )?using engine: (.+?) ((?:spam|marketing|bulk|graymail|social|suspect)\\b.*)$`,
    ),
    "email.local_id firebreak.raw.engine event.reason",
    mail("spam-verdict"),
  ),
  rule(
    new RegExp(
      `${mid} (?:interim verdict |antivirus )(?:using engine: )?(positive|viral|repaired)(?: '?(.*?)'?)?$`,
    ),
    "email.local_id event.reason rule.name",
    verdict("virus-found"),
  ),
  rule(new RegExp(`${mid} antivirus (\\w+)`), "email.local_id event.reason", mail("antivirus-verdict")),
  rule(
    new RegExp(`${mid} AMP file reputation verdict ?: (MALICIOUS.*)$`),
    "email.local_id event.reason",
    verdict("file-reputation"),
  ),
  rule(
    new RegExp(`${mid} AMP file reputation verdict ?: (.*)$`),
    "email.local_id event.reason",
    mail("file-reputation"),
  ),
  rule(
    new RegExp(`${mid} attachment '?(.*?)'?$`),
    "email.local_id email.attachments.file.name",
    mail("attachment"),
  ),
  rule(
    new RegExp(`${mid} (?:rewritten to MID \\d+|was generated|generated) .*?by (.*)$`),
    "email.local_id event.reason",
    mail("message-rewritten"),
  ),
  rule(
    new RegExp(`${mid} (?:quarantined to|enqueued for transfer to centralized quarantine) "?([^"]*)"?`),
    "email.local_id rule.name",
    mail("quarantined", { "event.outcome": "failure" }),
  ),
  rule(new RegExp(`${mid} queued for delivery`), "email.local_id", mail("queued")),
  rule(
    new RegExp(`${mid} (?:Dropped|dropped|aborted|ICID \\d+ Aborted)(?: by:?)? ?(.*)$`),
    "email.local_id event.reason",
    mail("dropped", { "event.outcome": "failure" }),
  ),
  rule(
    /^(?:Message done|Message finished|Delivery start) (?:DCID (\d+) )?MID (\d+)(?: to RID \[?([\d, ]+)\]?| done)?/,
    "firebreak.raw.dcid email.local_id firebreak.raw.rid",
    mail("delivered"),
  ),
  rule(
    /^(Bounced|Delayed|Deferred): (?:DCID (\d+) )?MID (\d+)(?: to RID (\d+))? - (.*)$/,
    "event.action firebreak.raw.dcid email.local_id firebreak.raw.rid event.reason",
    mail("bounced", { "event.outcome": "failure" }),
  ),
  rule(
    /^(?:File reputation query initiating\.|Response received for file reputation query from \S+) File Name = '?(.*?)'?, MID = (\d+)(?:, File Size = (\d+) bytes)?(?:, File Type = ([^,]+))?(?:, Disposition = (.+?))?(?:, Malware = ([^,]+))?(?:, (?:Analysis Score|Reputation Score) = [^,]+)*(?:, sha256 = ([0-9a-fA-F]{64}))?(?:, upload_action = .*)?$/,
    "file.name email.local_id file.size:n file.mime_type event.reason rule.name file.hash.sha256",
    mail("file-reputation"),
  ),
  rule(
    /\b[Tt]he user (\S+) successfully logged on from (\S+)(?: with privilege (\S+))?(?: using an? (\S+) connection)?/,
    "user.name source user.roles network.protocol",
    loginFields("success"),
  ),
  rule(
    /^[Aa]n authentication attempt by the user (\S+) from (\S+) failed(?: using an? (\S+) connection)?/,
    "user.name source network.protocol",
    loginFields("failure"),
  ),
  rule(
    /^User (\S+?) from (\S+) was authenticated successfully(?: by (.+))?\.?$/,
    "user.name source firebreak.raw.method",
    loginFields("success"),
  ),
  rule(/^User (\S+) was authenticated successfully/, "user.name", loginFields("success")),
  rule(
    /^User (\S+?)(?: from (\S+))? (?:failed authentication|is locked|has been locked)/,
    "user.name source",
    loginFields("failure"),
  ),
  rule(
    /^(login|logout):(\S+) user:(\S+) session:(\S+)/,
    "event.action source user.name firebreak.raw.session",
    eventFields("authentication session", "info", "login"),
  ),
  rule(
    /^req:(\S+) user:(\S+) id:(\S+) (\d{3}) (\S+) (\S+) HTTP\/(\S+) ?(.*)$/,
    "source user.name firebreak.raw.session http.response.status_code:n http.request.method url http.version user_agent.original",
    eventFields("web", "access", "request"),
  ),
  rule(
    /^PID (\d+): User (\S+) entered '(.*?)'(?:; prompt was '(.*)')?/,
    "process.pid:n user.name process.command_line firebreak.raw.prompt",
    eventFields("configuration process", "info", "command-entered"),
  ),
  rule(
    /^PID (\d+): User (\S+) (?:commit changes|committed changes): ?(.*)$/,
    "process.pid:n user.name event.reason",
    eventFields("configuration", "change", "commit"),
  ),
];

const known = /^(?:Critical|Alert|Warning|Info|Debug|Trace|Error): /;

/** "Info: MID 12345 ICID 678 From: <x@a.example>": the level, then what happened. */
export function readEsa(message: string): Fields | undefined {
  const level = known.exec(message);
  if (!level) return undefined;
  const fields = applyRules(rules, message.slice(level[0].length));
  if (fields === undefined) return undefined;
  fields["log.level"] = level[0].slice(0, -2).toLowerCase();
  fields["observer.vendor"] = "Cisco";
  fields["observer.product"] = "Secure Email Gateway";
  const action = fields["event.action"];
  if (typeof action === "string") fields["event.action"] = action.toLowerCase();
  if (action === "logout") fields["event.type"] = ["end"];
  if (fields["email.direction"] === "inbound" || fields["email.direction"] === "outbound") return fields;
  delete fields["email.direction"];
  return fields;
}
