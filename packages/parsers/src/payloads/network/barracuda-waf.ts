import type { Fields } from "@firebreak/model/event";
import { setSourceAccount } from "../../ecs/account.ts";
import { setVerdict } from "../../ecs/connection.ts";
import { setEndpoint } from "../../ecs/endpoint.ts";
import { noFields } from "../../ecs/shape.ts";
import { setBareUrl } from "../../ecs/url.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";
import { isAbsent } from "../../text/absent.ts";
import { integerOf } from "../../text/numbers.ts";

const dataset = "network/barracuda-waf";

export const payload = {
  name: dataset,
  title: "Barracuda Web Application Firewall (access, web firewall and audit log)",
  programs: [],
  accepts: (message) =>
    (message.includes("TR ") && access.test(message)) ||
    (message.includes("WF ") && attack.test(message)) ||
    (message.includes("AUDIT ") && audit.test(message)),
  parse,
} satisfies SyslogPayload;

/** "TR 192.0.2.1 80 198.51.100.7 4000 "-" "-" GET HTTP www.example.com HTTP/1.1 200 …" (Barracuda WAF, "Syslog and other logs", default format). */
const access = /^(?:[\w.:-]{1,64} )?TR (?=\S{2,45} \d{1,5} \S{2,45} \d{1,5} ")/;
const attack =
  /^(?:[\w.:-]{1,64} )?WF (EMER|ALER|CRIT|ERR|ERRO|WARN|NOTI|INFO|DEBU|DBG) ([A-Z][A-Z0-9_]{2,80}) (\S{2,45}) (\d{1,5}) (\S{2,45}) (\d{1,5}) (\S{1,200}) (\S{1,40}) (\w{2,40}) (\w{2,40}) (\[[^\]]{0,2000}\]|\S{1,500}) (\S{1,20}) (\S{1,4000}) (\w{2,10}) (\S{1,200}) "([^"]{0,2000})"(?: (\S{1,45}) (\S{1,5}))?(?: (\S{1,100}))?(?: (\S{1,4000}))?/;
const audit =
  /^(?:[\w.:-]{1,64} )?AUDIT (\S{1,100}) (\w{2,20}) (\S{2,45}) (\d{1,5}) (\w{2,20}) (\S{1,20}) (\S{1,60}) (\w{1,20}) ([\s\S]{0,4000})$/;

function parse(message: string, envelope: SyslogEnvelope): PayloadDraft | undefined {
  const fields: Fields = {
    ...noFields,
    "observer.vendor": "Barracuda",
    "observer.product": "Web Application Firewall",
    "observer.type": "waf",
  };
  if (envelope.host !== undefined) fields["observer.name"] = envelope.host;
  const found = attack.exec(message);
  if (found) readAttack(found, fields);
  else if (access.test(message)) readAccess(message.replace(access, ""), fields);
  else {
    const change = audit.exec(message);
    if (!change) return undefined;
    readAudit(change, fields);
  }
  return { dataset, fields };
}

/** Columns of the access log in their order; "" is one without a home in ECS. */
const columns = [
  "server",
  "serverPort",
  "client",
  "clientPort",
  "",
  "",
  "method",
  "scheme",
  "host",
  "version",
  "status",
  "sent",
  "received",
  "",
  "",
  "",
  "",
  "",
  "",
  "",
  "",
  "",
  "",
  "path",
  "query",
  "referrer",
  "cookie",
  "agent",
  "forwarded",
  "",
  "user",
] as const;

function readAccess(text: string, fields: Fields): void {
  const values: Record<string, string> = Object.create(null);
  const cells = text.match(/"[^"]{0,4000}"|\S{1,8000}/g) ?? [];
  for (const [i, name] of columns.entries()) {
    const cell = cells[i]?.replace(/^"|"$/g, "");
    if (name !== "" && cell !== undefined && cell !== "-" && cell !== "") values[name] = cell;
  }
  setEndpoint(fields, "source", values.client ?? "", values.clientPort);
  setEndpoint(fields, "destination", values.server ?? "", values.serverPort);
  fields["event.category"] = ["web", "network"];
  fields["event.type"] = ["access"];
  put(fields, "http.request.method", values.method);
  // Other versions have other columns here: "TLSv1.2".
  if (/^https?$/i.test(values.scheme ?? "")) put(fields, "url.scheme", values.scheme?.toLowerCase());
  put(fields, "http.version", values.version?.replace("HTTP/", ""));
  put(fields, "user_agent.original", values.agent);
  put(fields, "http.request.referrer", values.referrer);
  if (values.path !== undefined)
    setBareUrl(
      fields,
      `${values.host ?? ""}${values.path}${values.query === undefined ? "" : `?${values.query}`}`,
    );
  const status = integerOf(values.status ?? "");
  if (typeof status === "number") {
    fields["http.response.status_code"] = status;
    fields["event.outcome"] = status < 400 ? "success" : "failure";
  }
  putNumber(fields, "http.response.bytes", values.sent);
  putNumber(fields, "http.request.bytes", values.received);
  if (values.user !== undefined && !isAbsent(values.user))
    setSourceAccount(fields, values.user.replace(/^"|"$/g, ""));
}

/** The severities are cut to four letters. */
const levels: Record<string, string> = {
  emer: "emergency",
  aler: "alert",
  crit: "critical",
  erro: "error",
  warn: "warning",
  noti: "notice",
  info: "informational",
  debu: "debug",
};

function readAttack(match: RegExpExecArray, fields: Fields): void {
  fields["event.kind"] = "alert";
  fields["event.category"] = ["intrusion_detection", "web"];
  const level = match[1]!.toLowerCase();
  fields["log.level"] = levels[level] ?? level;
  fields["rule.name"] = match[2]!;
  setEndpoint(fields, "source", match[3]!, match[4]);
  setEndpoint(fields, "destination", match[5]!, match[6]);
  fields["rule.ruleset"] = match[7]!;
  const stopped = match[9] !== "LOG" && match[9] !== "NONE";
  setVerdict(fields, stopped ? "denied" : "detected", match[9]!.toLowerCase());
  fields["event.type"] = [stopped ? "denied" : "info"];
  if (match[11] !== "[]" && match[11] !== "-") fields["event.reason"] = match[11]!;
  put(fields, "http.request.method", match[12]);
  if (match[13] !== undefined) setBareUrl(fields, match[13].replace(/^"|"$/g, ""));
  put(fields, "url.scheme", match[14]?.toLowerCase());
  put(fields, "user_agent.original", match[16]);
  const user = match[19]?.replace(/^"|"$/g, "") ?? "";
  if (!isAbsent(user)) setSourceAccount(fields, user);
  put(fields, "http.request.referrer", match[20]?.replace(/^"|"$/g, ""));
}

function readAudit(match: RegExpExecArray, fields: Fields): void {
  setSourceAccount(fields, match[1]!);
  setEndpoint(fields, "source", match[3]!, match[4] === "0" ? undefined : match[4]);
  const kind = match[5]!.toUpperCase();
  const isLogin = /LOGIN|LOGOUT|LOGON/.test(kind) || /LOGIN|LOGOUT/i.test(match[8]!);
  fields["event.category"] = [isLogin ? "authentication" : "configuration"];
  const failed = /UNSUCCESS|FAIL/.test(kind);
  fields["event.type"] = [isLogin ? (failed ? "info" : kind.includes("OUT") ? "end" : "start") : "change"];
  if (isLogin) fields["event.outcome"] = failed ? "failure" : "success";
  fields["event.action"] = isLogin ? kind.toLowerCase().replaceAll("_", "-") : match[8]!.toLowerCase();
  fields["firebreak.raw.interface"] = match[2]!;
  fields["firebreak.raw.change"] = match[9]!.trim();
}

function put(fields: Fields, name: string, value: string | undefined): void {
  if (value !== undefined && value !== "" && value !== "-") fields[name] = value;
}

function putNumber(fields: Fields, name: string, value: string | undefined): void {
  const number = value === undefined ? undefined : integerOf(value);
  if (number !== undefined) fields[name] = number;
}
