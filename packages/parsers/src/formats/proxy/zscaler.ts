import type { Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import { cleanIp } from "../../ecs/ip.ts";
import { rawField } from "../../ecs/raw.ts";
import { addRelated } from "../../ecs/related.ts";
import { noFields } from "../../ecs/shape.ts";
import { setBareUrl, setUrl } from "../../ecs/url.ts";
import { verdictOf } from "../../ecs/verdict.ts";
import { readTimeValue } from "../../infer/time-value.ts";
import { isAbsent } from "../../text/absent.ts";
import { integerOf } from "../../text/numbers.ts";

const signature = /\tvendor=Zscaler\b|\tproduct=NSS\b/;
const pair = /^([A-Za-z_]\w{0,60})=([\s\S]*)$/;

/** Zscaler NSS web log: tab-separated key=value pairs behind a time. */
export const format = {
  kind: "line",
  name: "proxy/zscaler",
  title: "Zscaler NSS web log",
  version: 1,
  notes:
    "By vendor=Zscaler or product=NSS among tab-separated pairs. The time in front; without a zone it is read in the case's zone.",
  sniff(line) {
    return line.includes("\t") && signature.test(line) ? 0.97 : 0;
  },
  open(context) {
    return { parse: (record) => parseZscaler(record, context) };
  },
} satisfies LineFormat;

const texts: Record<string, string> = {
  reason: "event.reason",
  event_id: "event.id",
  requestmethod: "http.request.method",
  useragent: "user_agent.original",
  refererURL: "http.request.referrer",
  refererurl: "http.request.referrer",
  user: "user.name",
  login: "user.name",
  urlcategory: "rule.category",
  threatname: "rule.name",
  hostname: "url.domain",
  filename: "file.name",
  devicehostname: "host.name",
};
const numbers: Record<string, string> = {
  requestsize: "http.request.bytes",
  responsesize: "http.response.bytes",
  status: "http.response.status_code",
  respcode: "http.response.status_code",
  serverport: "destination.port",
};
const addresses: Record<string, string> = {
  ClientIP: "source.ip",
  clientip: "source.ip",
  cip: "source.ip",
  clientpublicIP: "source.nat.ip",
  serverip: "destination.ip",
  sip: "destination.ip",
};

function parseZscaler(line: string, context: ParseContext): LineResult {
  if (!signature.test(line)) return undefined;
  const fields: Fields = {
    ...noFields,
    "event.kind": "event",
    "event.category": ["web"],
    "event.type": ["access"],
    "observer.vendor": "Zscaler",
    "observer.type": "proxy",
  };
  const parts = line.split("\t", 300);
  const stamp =
    /(\d{4}-\d\d-\d\d[T ][\d:.]{8,20}(?:Z|[+-]\d\d:?\d\d)?|[A-Z][a-z]{2} [A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d \d{4})\s*$/.exec(
      parts[0]!,
    );
  for (const part of parts) {
    const match = pair.exec(part);
    if (match && !isAbsent(match[2]!) && match[2] !== "None") setPair(fields, match[1]!, match[2]!);
  }
  addRelated(fields);
  const time = stamp ? readTimeValue(stamp[1]!, context.time) : undefined;
  return time ? { dataset: "proxy/zscaler", time, fields } : { dataset: "proxy/zscaler", fields };
}

function setPair(fields: Fields, name: string, value: string): void {
  if (Object.hasOwn(texts, name)) fields[texts[name]!] = value;
  else if (Object.hasOwn(addresses, name)) {
    const ip = cleanIp(value);
    fields[ip === undefined ? rawField(name) : addresses[name]!] = ip ?? value;
  } else if (Object.hasOwn(numbers, name)) {
    const number = integerOf(value);
    fields[number === undefined ? rawField(name) : numbers[name]!] = number ?? value;
  } else if (name === "url") setSchemelessUrl(fields, value);
  else if (name === "action") {
    const action = verdictOf(value) ?? value.toLowerCase();
    fields["event.action"] = value.toLowerCase();
    fields["event.type"] = ["access", action === "allowed" ? "allowed" : "denied"];
  } else fields[rawField(name)] = value;
}

/** NSS writes URLs without their scheme: "a.example/x?y", "a.example:443" for a tunnel. */
function setSchemelessUrl(fields: Fields, value: string): void {
  if (/^[^/?#]{1,253}$/.test(value)) setUrl(fields, value, true);
  else setBareUrl(fields, value);
}
