import type { Fields } from "@firebreak/model/event";
import { assign, dictionary } from "../../ecs/dictionary.ts";
import { setEndpoint } from "../../ecs/endpoint.ts";
import { cleanIp } from "../../ecs/ip.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";
import { isAbsent } from "../../text/absent.ts";
import { readPairs } from "../../text/pairs.ts";

const dataset = "mail/proofpoint-pps";

export const payload = {
  name: dataset,
  title: "Proofpoint Protection Server (filter log)",
  programs: ["filter_instance1", "filter_instance"],
  accepts: (message) => line.test(message),
  parse,
} satisfies SyslogPayload;

/** "rprt s=2abc m=1 x=2abc-1 mod=mail cmd=msg …": a level, the session's id, the module and what it reports. */
const line =
  /^(?:rprt|info|note|warn|err|crit|debug|mlog) (?:s=\S{1,40} |m=\S{1,20} |x=\S{1,40} ){0,3}(?:(?:attachment|duration|elapsed|rule|pri|mod|cmd|eid|type)=)/;

const known = dictionary({
  s: "email.local_id",
  qid: "email.local_id",
  guid: "event.id",
  hdr_mid: "email.message_id",
  subject: "email.subject",
  size: "source.bytes:integer",
  ip: "source.ip:ip",
  "hops-ip": "source.ip:ip",
  helo: "source.domain",
  lip: "destination.ip:ip",
  rule: "rule.name",
  module: "rule.ruleset",
  policy: "rule.ruleset",
  name: "rule.name",
  tls_version: "tls.version",
  cipher: "tls.cipher",
  file: "file.name",
  mime: "file.mime_type",
  sha256: "file.hash.sha256:lower",
  reason: "event.reason",
  verdict: "event.reason",
  vendor: "firebreak.raw.vendor",
  country: "source.geo.country_iso_code",
});
const stopped = /discard|reject|quarantine|temp_?fail|block|retry/i;

function parse(message: string, envelope: SyslogEnvelope): PayloadDraft | undefined {
  if (!line.test(message)) return undefined;
  const fields: Fields = {
    "observer.vendor": "Proofpoint",
    "observer.product": "Protection Server",
    "event.category": ["email"],
    "event.type": ["info"],
  };
  if (envelope.host !== undefined) fields["observer.name"] = envelope.host;
  const values: Record<string, string> = Object.create(null);
  const cut = readPairs(message, message.indexOf(" ") + 1, (name, value) => {
    values[name] ??= value;
    if (name === "country" && !/^[a-z]{2}$/i.test(value)) return;
    if (name === "rcpt" || name === "rcpts" || name === "from" || name === "value" || name === "action")
      return;
    if (!isAbsent(value)) assign(fields, known, name, name === "country" ? value.toUpperCase() : value);
  });
  if (cut) fields["firebreak.truncated"] = true;
  finish(fields, values);
  return { dataset, fields };
}

function finish(fields: Fields, values: Record<string, string>): void {
  const { mod = "", cmd = "", action = "", value = "", from = "", rcpt = "" } = values;
  if (cmd === "env_from") setMail(fields, "email.from.address", value);
  else if (cmd === "env_rcpt") setMail(fields, "email.to.address", value);
  setMail(fields, "email.from.address", from);
  setMail(fields, "email.to.address", rcpt);
  const host = values.host ?? "";
  if (host !== "" && cleanIp(host) === undefined && fields["source.domain"] === undefined)
    setEndpoint(fields, "source", host);
  if (fields["source.ip"] !== undefined) delete fields["source.address"];
  const mid = fields["email.message_id"];
  if (typeof mid === "string") fields["email.message_id"] = mid.replace(/^<|>$/g, "");
  if (action !== "") {
    fields["event.action"] = action;
    fields["event.outcome"] = stopped.test(action) ? "failure" : "success";
  } else if (cmd !== "" || mod !== "") fields["event.action"] = cmd || mod;
}

function setMail(fields: Fields, field: string, value: string): void {
  const address = value.replace(/^<|>$/g, "");
  if (address.includes("@")) fields[field] = address;
}
