import type { Fields } from "@firebreak/model/event";
import type { ParseContext } from "@firebreak/model/format";
import { connectionVerdict, setVerdict } from "../../ecs/connection.ts";
import { assign, dictionary } from "../../ecs/dictionary.ts";
import { noFields } from "../../ecs/shape.ts";
import { setUrl } from "../../ecs/url.ts";
import { addTotals } from "../../network/totals.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";
import { readPairs } from "../../text/pairs.ts";
import { applyRules, eventFields, loginFields, rule, type TextRule } from "../../text/rules.ts";

const dataset = "network/f5-bigip";

export const payload = {
  name: dataset,
  title: "F5 BIG-IP (LTM, APM, ASM, audit)",
  programs: [],
  accepts: (message) => header.test(message) || asm.test(message) || audit.test(message),
  parse,
} satisfies SyslogPayload;

/** "01070417:5: AUDIT - …": message number and severity; or the structured form of APM, "[F5@12276 hostname=…". */
const header = /^(?:\d{1,10} )?([0-9a-f]{8}):([0-7]): /;
/** Application Security Manager's "Splunk" and key-value storage formats, and iRules that log so. */
const asm =
  /^(?:ASM:|,)?(?:f5_asm=|f5_irule=|unit_hostname="|attack_type="|(?:[\w-]+="[^"]*",){1,12}attack_type=")/;
const audit = /^user=\S+?\([^)]*\) partition=\S+ level=/;
const levels = ["emergency", "alert", "critical", "error", "warning", "notice", "informational", "debug"];
const address = String.raw`([\da-fA-F.:]{2,45})`;

/** Wordings behind the number (F5, "Log Messages Reference", and APM's session variables). */
const rules: readonly TextRule[] = [
  rule(
    new RegExp(
      String.raw`^(?:(\S+?): )?New session from client IP ${address}(?: \(.*?\))? at VIP ${address} Listener (\S+)`,
    ),
    "firebreak.raw.session_id source destination firebreak.raw.listener",
    eventFields("session network", "start", "vpn-session-opened"),
  ),
  rule(
    /^(?:(\S+?): )?Received client info - (?:Hostname: ?(\S*))?/,
    "firebreak.raw.session_id source.domain",
    eventFields("session", "info", "client-info"),
  ),
  rule(
    /^(?:(\S+?): )?Username '([^']*)'/,
    "firebreak.raw.session_id user.name",
    eventFields("authentication", "info", "user-identified"),
  ),
  rule(
    new RegExp(
      String.raw`^(?:(\S+?): )?Assigned PPP Dynamic IPv[46]: ${address} Tunnel Type: \S+ NA Resource: \S+ Client IP: ${address}`,
    ),
    "firebreak.raw.session_id source.nat.ip source",
    eventFields("session network", "start", "vpn-address-assigned", { "event.outcome": "success" }),
  ),
  rule(
    /^(?:(\S+?): )?Session statistics - bytes in: ?(\d+), bytes out: ?(\d+)/,
    "firebreak.raw.session_id source.bytes:n destination.bytes:n",
    eventFields("session network", "end", "vpn-session-closed"),
  ),
  rule(
    /^(?:(\S+?): )?Session deleted(?: due to (.*?))?\.?$/,
    "firebreak.raw.session_id event.reason",
    eventFields("session", "end", "vpn-session-closed"),
  ),
  rule(
    /^(?:(\S+?): )?(?:AD|LDAP|RADIUS|LocalDB|TACACS\+?)(?: module| Agent)?: authentication with '([^']*)' failed(?: in \S+)?: (.*)$/i,
    "firebreak.raw.session_id user.name event.reason",
    loginFields("failure"),
  ),
  rule(
    /^(?:(\S+?): )?(?:AD|LDAP|RADIUS|LocalDB|TACACS\+?)(?: module| Agent)?: authentication with '([^']*)' successful/i,
    "firebreak.raw.session_id user.name",
    loginFields("success"),
  ),
  rule(
    /^(?:(\S+?): )?Access policy result: (.*)$/,
    "firebreak.raw.session_id event.reason",
    eventFields("authentication", "info", "access-policy-result"),
  ),
  rule(
    new RegExp(
      String.raw`^SSL Handshake failed for (TCP|UDP|SCTP) ${address}[:.](\d{1,5}) -> ${address}[:.](\d{1,5})`,
    ),
    "network.transport source source.port destination destination.port",
    eventFields("network", "connection denied", "tls-handshake-failed", { "event.outcome": "failure" }),
  ),
  rule(
    new RegExp(String.raw`^RST sent from ${address}[:.](\d{1,5}) to ${address}[:.](\d{1,5}),? (.*)$`),
    "source source.port destination destination.port event.reason",
    eventFields("network", "connection end", "reset"),
  ),
  rule(
    /^AUDIT - pid=(\d+) user=(\S+) folder=\S+ module=\S+ status=\[([^\]]*)\] cmd_data=([\s\S]*)$/,
    "process.pid:n user.name event.reason process.command_line",
    eventFields("configuration", "change", "command-executed"),
  ),
  rule(
    new RegExp(
      String.raw`^AUDIT - (?:user \S+ - RAW: )?(?:\S+: )?user=(\S+?)\([^)]*\) partition=\S+ level=(\S+) tty=\S+ host=${address}`,
    ),
    "user.name user.roles source",
    loginFields("success"),
  ),
  rule(
    /^AUDIT - (?:client ([^,]*), )?user (\S+) - (?:transaction #\S+ - )?(?:object \S+ - )?(\w+)?([\s\S]*)$/,
    "firebreak.raw.client user.name event.action process.command_line",
    eventFields("configuration", "change", "audit"),
  ),
  rule(
    new RegExp(String.raw`^user=(\S+?)\([^)]*\) partition=\S+ level=(\S+) tty=\S+ host=${address}`),
    "user.name user.roles source",
    loginFields("success"),
  ),
  rule(
    /^Pool (\S+) member (\S+) monitor status (\S+?)\./,
    "service.name firebreak.raw.member service.state",
    eventFields("host", "info", "pool-member-status"),
  ),
];

const known = dictionary({
  ip_client: "source.ip:ip",
  src_ip: "source.ip:ip",
  c_ip: "source.ip:ip",
  client_ip: "source.ip:ip",
  Client_IP: "source.ip:ip",
  src_port: "source.port:port",
  c_port: "source.port:port",
  dest_ip: "destination.ip:ip",
  vip: "destination.ip:ip",
  dns_server_ip: "destination.ip:ip",
  dest_port: "destination.port:port",
  x_forwarded_for_header_value: "network.forwarded_ip:ip",
  unit_hostname: "observer.name",
  hostname: "observer.name",
  management_ip_address: "observer.ip:ip",
  method: "http.request.method",
  http_method: "http.request.method",
  response_code: "http.response.status_code:integer",
  http_status: "http.response.status_code:integer",
  protocol: "network.protocol:lower",
  ip_protocol: "network.transport:transport",
  policy_name: "rule.ruleset",
  attack_type: "rule.name",
  support_id: "event.id",
  username: "user.name",
  user_name: "user.name",
  http_user_agent: "user_agent.original",
  http_referrer: "http.request.referrer",
  question_name: "dns.question.name",
  question_type: "dns.question.type",
  question_class: "dns.question.class",
});

function parse(message: string, envelope: SyslogEnvelope, context: ParseContext): PayloadDraft | undefined {
  const match = header.exec(message);
  const fields: Fields = {
    ...noFields,
    "observer.vendor": "F5",
    "observer.product": "BIG-IP",
    "observer.type": "load-balancer",
  };
  if (envelope.host !== undefined) fields["observer.name"] = envelope.host;
  if (match) {
    fields["event.code"] = match[1]!;
    fields["event.severity"] = Number(match[2]);
    fields["log.level"] = levels[Number(match[2])]!;
    const text = message.slice(match[0].length);
    const structured = text.indexOf("[F5@12276 ");
    if (structured >= 0 && structured < 20) readWeb(text.slice(structured + 10), fields, " ");
    readText(text, fields);
  } else if (audit.test(message)) readText(message, fields);
  else if (asm.test(message)) readWeb(message, fields, ",");
  else return undefined;
  const transport = fields["network.transport"];
  if (typeof transport === "string") fields["network.transport"] = transport.toLowerCase();
  addTotals(fields);
  // The web firewall's own time has a year, the envelope's may have none.
  const recorded = fields["firebreak.raw.date_time"];
  const time = typeof recorded === "string" ? context.time.iso(recorded) : undefined;
  return time ? { dataset, fields, time } : { dataset, fields };
}

function readText(text: string, fields: Fields): void {
  const found = applyRules(rules, text);
  if (!found) {
    fields["event.category"] ??= ["host"];
    fields["event.type"] ??= ["info"];
    return;
  }
  Object.assign(fields, found);
  const command = fields["process.command_line"];
  if (typeof command === "string") fields["process.command_line"] = command.trim();
  const status = fields["event.reason"];
  if (found["event.action"] === "command-executed" && typeof status === "string")
    fields["event.outcome"] = /OK|complete/i.test(status) ? "success" : "failure";
}

function readWeb(text: string, fields: Fields, separator: string): void {
  let uri: string | undefined;
  readPairs(
    text.replace(/^(?:ASM:|,)/, ""),
    0,
    (name, value) => {
      if (name === "uri" || name === "http_uri") uri = value;
      else if (name === "request") readRequest(value, fields);
      else if (name === "sig_ids" && /^\d{6,12}(?:,|$)/.test(value))
        fields["rule.id"] = value.split(",", 1)[0]!;
      else if (name === "query_string" && value !== "") fields["url.query"] = value;
      else if (name === "response_code" && value === "0") fields["firebreak.raw.response_code"] = value;
      else if (value !== "N/A") assign(fields, known, name, value);
    },
    { separator },
  );
  if (uri !== undefined && uri !== "") {
    const host = fields["url.domain"];
    setUrl(fields, uri);
    if (host !== undefined) fields["url.domain"] = host;
  }
  const status = fields["firebreak.raw.request_status"];
  const verdict = typeof status === "string" ? connectionVerdict(status) : undefined;
  if (fields["rule.name"] !== undefined || status !== undefined) {
    fields["event.kind"] = fields["rule.name"] === undefined ? "event" : "alert";
    fields["event.category"] = ["web", "intrusion_detection"];
    fields["event.type"] = ["access"];
    fields["observer.type"] = "waf";
  } else fields["event.category"] = [fields["dns.question.name"] === undefined ? "web" : "network"];
  fields["event.type"] ??= ["access"];
  if (verdict !== undefined) {
    setVerdict(fields, verdict);
    fields["event.type"] = verdict === "allowed" ? ["access", "allowed"] : ["access", "denied"];
  } else if (typeof status === "string" && /^alerted$/i.test(status)) fields["event.action"] = "detected";
}

/** The head of the request as ASM records it, line ends written out: "GET /a HTTP/1.1\\r\\nHost: www.example.com\\r\\n…". */
function readRequest(request: string, fields: Fields): void {
  fields["firebreak.raw.request"] = request;
  const head = request.slice(0, 4000);
  const host = /(?:\\n|\n)host: ?([\w.-]{1,253})/i.exec(head)?.[1];
  if (host !== undefined) fields["url.domain"] = host;
  const agent = /(?:\\n|\n)user-agent: ?(.{1,300}?)(?:\\r|\r|\\n|\n|$)/i.exec(head)?.[1];
  if (agent !== undefined) fields["user_agent.original"] ??= agent;
  const version = /^\S{1,20} \S{1,3000} HTTP\/(\d(?:\.\d)?)/.exec(head)?.[1];
  if (version !== undefined) fields["http.version"] = version;
}
