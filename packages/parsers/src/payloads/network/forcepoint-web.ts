import type { Fields } from "@firebreak/model/event";
import { setSourceAccount } from "../../ecs/account.ts";
import { connectionVerdict, setVerdict } from "../../ecs/connection.ts";
import { assign, dictionary } from "../../ecs/dictionary.ts";
import { setEndpoint } from "../../ecs/endpoint.ts";
import { noFields } from "../../ecs/shape.ts";
import { setUrl } from "../../ecs/url.ts";
import { addTotals, setSeconds } from "../../network/totals.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";
import { isAbsent } from "../../text/absent.ts";
import { maxPairs } from "../../text/pairs.ts";

const dataset = "proxy/forcepoint";

export const payload = {
  name: dataset,
  title: "Forcepoint Web Security (Websense), SIEM pairs",
  programs: [],
  accepts: (message) => start.test(message),
  parse,
} satisfies SyslogPayload;

const start = /^ ?vendor=(Forcepoint|Websense) product=\w+ product_version=/;

/** Keys of "Integrating Forcepoint Web Security with SIEM solutions", form "syslog/key-value pairs". */
const known = dictionary({
  product_version: "observer.version",
  src_port: "source.port:port",
  dst_ip: "destination.ip:ip",
  dst_port: "destination.port:port",
  bytes_out: "source.bytes:integer",
  bytes_in: "destination.bytes:integer",
  http_response: "http.response.status_code:integer",
  http_method: "http.request.method",
  http_content_type: "http.response.mime_type",
  http_user_agent: "user_agent.original",
  reason: "event.reason",
  policy: "rule.ruleset",
  category: "rule.category",
  file_name: "file.name",
});

/** Values hold spaces and "=" ("user=LDAP://192.0.2.1 OU=staff,DC=example/anna"): a value ends before the next lower-case key. */
const pair = / ?\b([a-z][A-Za-z0-9_]{2,40})=/g;

function parse(message: string, envelope: SyslogEnvelope): PayloadDraft | undefined {
  const head = start.exec(message);
  if (!head) return undefined;
  const fields: Fields = {
    ...noFields,
    "observer.vendor": head[1]!,
    "observer.product": "Web Security",
    "observer.type": "proxy",
    "event.category": ["web", "network"],
    "event.type": ["access"],
  };
  if (envelope.host !== undefined) fields["observer.name"] = envelope.host;
  const values = readValues(message, fields);
  const user = (values.user ?? "").replace(/^[A-Z]+:\/\/.*\//i, "");
  // The directory's path ends in the full name; who signed in stands beside it.
  if (!isAbsent(values.loginID ?? "")) {
    setSourceAccount(fields, values.loginID!);
    if (!isAbsent(user) && user !== values.loginID) fields["user.full_name"] = user;
  } else if (!isAbsent(user)) setSourceAccount(fields, user);
  if (values.src_host) setEndpoint(fields, "source", values.src_host);
  if (values.dst_host) setEndpoint(fields, "destination", values.dst_host);
  if (values.url) setUrl(fields, values.url);
  setSeconds(fields, values.duration);
  addTotals(fields);
  const word = values.action ?? "";
  const verdict = connectionVerdict(word);
  if (verdict !== undefined) {
    setVerdict(fields, verdict, word);
    fields["event.type"] = ["access", verdict === "allowed" ? "allowed" : "denied"];
  } else if (word !== "") fields["event.action"] = word;
  return { dataset, fields };
}

const readHere = new Set([
  "vendor",
  "product",
  "user",
  "loginID",
  "src_host",
  "dst_host",
  "url",
  "duration",
  "action",
]);

function readValues(message: string, fields: Fields): Record<string, string> {
  const values: Record<string, string> = Object.create(null);
  const put = (name: string, value: string): void => {
    if (readHere.has(name)) values[name] ??= value;
    else assign(fields, known, name, value);
  };
  let name: string | undefined;
  let from = 0;
  let count = 0;
  for (const match of message.matchAll(pair)) {
    // Only a key behind a space ends a value: "?a=b" in an address does not.
    if (match.index > 0 && !match[0].startsWith(" ")) continue;
    if (name !== undefined) put(name, message.slice(from, match.index).trim());
    if (count++ >= maxPairs) {
      fields["firebreak.truncated"] = true;
      return values;
    }
    name = match[1]!;
    from = match.index + match[0].length;
  }
  if (name !== undefined) put(name, message.slice(from).trim());
  return values;
}
