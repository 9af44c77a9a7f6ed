import type { Fields } from "@firebreak/model/event";
import type { ParseContext } from "@firebreak/model/format";
import { assign, dictionary } from "../../ecs/dictionary.ts";
import { noFields } from "../../ecs/shape.ts";
import { setBareUrl } from "../../ecs/url.ts";
import { classify } from "../../network/classify.ts";
import { addTotals, setSeconds } from "../../network/totals.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";
import { readPairs } from "../../text/pairs.ts";

const dataset = "network/stormshield";

export const payload = {
  name: dataset,
  title: "Stormshield Network Security",
  programs: [],
  accepts: (message) => /^ ?id=firewall time="[^"]{10,30}" fw="/.test(message),
  parse,
} satisfies SyslogPayload;

/** Tokens of "Description of audit logs" (Stormshield technical note). */
const known = dictionary({
  fw: "observer.name",
  src: "source.ip:ip",
  srcport: "source.port:port",
  srcname: "source.domain",
  srcmac: "source.mac:mac",
  dst: "destination.ip:ip",
  dstport: "destination.port:port",
  dstname: "destination.domain",
  modsrc: "source.nat.ip:ip",
  modsrcport: "source.nat.port:port",
  origdst: "destination.nat.ip:ip",
  origdstport: "destination.nat.port:port",
  ipproto: "network.transport:transport",
  proto: "network.protocol:lower",
  srcifname: "observer.ingress.interface.name",
  dstifname: "observer.egress.interface.name",
  ruleid: "rule.id",
  rulename: "rule.name",
  user: "user.name",
  sent: "source.bytes:integer",
  rcvd: "destination.bytes:integer",
  msg: "message",
  op: "http.request.method",
  address: "source.ip:ip",
  result: "http.response.status_code:integer",
  cat_site: "rule.category",
  virus: "rule.name",
  mailfrom: "email.from.address",
  mailto: "email.to.address",
  alarmid: "event.code",
});

const readHere = new Set(["time", "tz", "action", "logtype", "duration", "arg", "error"]);

function parse(message: string, envelope: SyslogEnvelope, context: ParseContext): PayloadDraft | undefined {
  const fields: Fields = {
    ...noFields,
    "observer.vendor": "Stormshield",
    "observer.product": "SNS",
    "observer.type": "firewall",
  };
  const values: Record<string, string> = Object.create(null);
  readPairs(message, 0, (name, value) => {
    if (readHere.has(name)) values[name] = value;
    else if (name !== "id") assign(fields, known, name, value);
  });
  if (!values.time) return undefined;
  if (envelope.host !== undefined) fields["observer.name"] ??= envelope.host;
  if (values.logtype) fields["firebreak.raw.logtype"] = values.logtype;
  setSeconds(fields, values.duration?.split(".")[0]);
  const label =
    values.logtype === "alarm"
      ? `attack ${values.logtype}`
      : values.logtype === "auth"
        ? "authentication"
        : (values.logtype ?? "");
  if (values.arg) setTarget(fields, values.arg);
  classify(fields, label, values.action);
  finish(fields, values);
  addTotals(fields);
  const zone =
    values.tz && /^[+-]\d{4}$/.test(values.tz)
      ? ({ zone: values.tz, source: "in-record" } as const)
      : undefined;
  const time = context.time.iso(values.time, zone);
  return time ? { dataset, fields, time } : { dataset, fields };
}

/** "/a?b=1" of the site that stands in dstname. */
function setTarget(fields: Fields, target: string): void {
  setBareUrl(fields, target);
  const site = fields["destination.domain"];
  if (typeof site === "string") fields["url.domain"] = site;
}

/** What the log's kind says beyond the verdict: names of alarms, administrators' sessions, requests, sign-ins that failed. */
function finish(fields: Fields, values: Record<string, string>): void {
  const { logtype = "", error = "0" } = values;
  const words = typeof fields.message === "string" ? fields.message : "";
  if (logtype === "alarm" && words !== "") fields["rule.name"] ??= words;
  else if (logtype === "web" || logtype === "plugin") {
    if (fields["http.request.method"] !== undefined) fields["event.category"] = ["web", "network"];
  } else if (logtype === "server") {
    fields["event.category"] = ["configuration"];
    fields["event.type"] = [/^CONFIG|UPDATE|SET|ADD|REMOVE/i.test(words) ? "change" : "access"];
    fields["event.outcome"] = error === "0" ? "success" : "failure";
  } else if (logtype === "auth" || logtype === "xvpn" || logtype === "vpn") {
    if (/fail|denied|invalid|refused/i.test(words)) fields["event.outcome"] = "failure";
    else if (/authenticat|logged|success|established/i.test(words) && error === "0") {
      fields["event.outcome"] = "success";
      fields["event.type"] = ["start"];
    }
  }
}
