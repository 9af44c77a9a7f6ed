import type { Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import { connectionVerdict, setVerdict } from "../../ecs/connection.ts";
import { setEndpoint } from "../../ecs/endpoint.ts";
import { cleanIp } from "../../ecs/ip.ts";
import { addRelated } from "../../ecs/related.ts";
import { noFields } from "../../ecs/shape.ts";
import { transportOf } from "../../ecs/transport.ts";
import { setUrl } from "../../ecs/url.ts";
import { verdictOf } from "../../ecs/verdict.ts";
import { splitCsvRow } from "../../text/csv-row.ts";
import { integerOf } from "../../text/numbers.ts";

const start = /^"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d","/;
const dnsAnswer = /^(?:Allowed|Blocked|Proxied)$/i;
const question = /^(\d{1,5}) \(([A-Za-z0-9-]{1,20})\)$/;

/** Cisco Umbrella's DNS, proxy and IP logs, as exported to S3: quoted CSV without a header. UTC. */
export const format = {
  kind: "line",
  name: "proxy/umbrella",
  title: "Cisco Umbrella DNS and proxy log",
  version: 1,
  notes: 'By the quoted time and the columns of the DNS log ("1 (A)") or the proxy log. UTC.',
  sniff(line) {
    if (!start.test(line)) return 0;
    return /,"(?:Allowed|Blocked|Proxied|ALLOWED|BLOCKED|PROXIED)",/.test(line) || firewall.test(line)
      ? 0.96
      : 0;
  },
  open(context) {
    return { parse: (record) => parseUmbrella(record, context) };
  },
} satisfies LineFormat;

function parseUmbrella(line: string, context: ParseContext): LineResult {
  if (!start.test(line)) return undefined;
  const cells = splitCsvRow(line);
  const time = context.time.iso(cells[0]!, { zone: "UTC", source: "format-default" });
  if (!time) return { reject: "no valid time" };
  const fields: Fields = {
    ...noFields,
    "event.kind": "event",
    "observer.vendor": "Cisco",
    "observer.product": "Umbrella",
  };
  if (question.test(cells[6] ?? "")) readDns(fields, cells);
  else if (firewall.test(line)) readFirewall(fields, cells);
  else if (/^https?:\/\//i.test(cells[7] ?? "") || /^https?:\/\//i.test(cells[6] ?? ""))
    readProxy(fields, cells);
  else return undefined;
  addRelated(fields);
  return { dataset: "proxy/umbrella", time, fields };
}

/** timestamp, most granular identity, identities, internal IP, external IP, action, query type, response code, domain, categories. */
function readDns(fields: Fields, cells: readonly string[]): void {
  fields["event.category"] = ["network"];
  fields["network.protocol"] = "dns";
  setIdentity(fields, cells);
  setAction(fields, cells[5]);
  fields["dns.question.type"] = question.exec(cells[6]!)![2]!;
  put(fields, "dns.response_code", cells[7]);
  if (cells[5]) fields["event.action"] = `dns-request-${cells[5]}`;
  const name = cells[8]?.replace(/\.$/, "");
  put(fields, "dns.question.name", name);
  put(fields, "rule.category", cells[9]);
}

/** The cloud-delivered firewall: "timestamp","[origin ids]","identity","identity type","INBOUND|OUTBOUND","protocol","size", source … "verdict". */
const firewall = /^"[\d: -]{19}","\[[\d, ]*\]",(?:"[^"]*",){2}"(?:INBOUND|OUTBOUND)","\d*","\d*",/;

function readFirewall(fields: Fields, cells: readonly string[]): void {
  setUser(fields, cells[2]);
  fields["network.direction"] = cells[4]!.toLowerCase();
  const transport = transportOf(cells[5] ?? "");
  if (transport !== undefined) fields["network.transport"] = transport;
  const size = integerOf(cells[6] ?? "");
  if (size !== undefined) fields["network.bytes"] = size;
  setEndpoint(fields, "source", cells[7] ?? "", cells[8]);
  setEndpoint(fields, "destination", cells[9] ?? "", cells[10]);
  put(fields, "rule.id", cells[12]);
  const word = cells[13] ?? "";
  fields["event.category"] = ["network"];
  const verdict = connectionVerdict(word);
  if (verdict !== undefined) setVerdict(fields, verdict, `fw-connection-${word}`);
}

/** timestamp, identities, internal IP, external IP, destination IP, content type, action, URL, referrer, user agent, status, … */
function readProxy(fields: Fields, cells: readonly string[]): void {
  fields["event.category"] = ["web"];
  const at = /^https?:/i.test(cells[7] ?? "") ? 7 : 6;
  setUser(fields, cells[1]);
  setAddress(fields, "source.ip", cells[2]);
  setAddress(fields, "source.nat.ip", cells[3]);
  setAddress(fields, "destination.ip", cells[4]);
  setAction(fields, dnsAnswer.test(cells[at - 1] ?? "") ? cells[at - 1] : cells[5]);
  setUrl(fields, cells[at]!);
  put(fields, "http.request.referrer", cells[at + 1]);
  put(fields, "user_agent.original", cells[at + 2]);
  const status = integerOf(cells[at + 3] ?? "");
  if (typeof status === "number" && status >= 100) fields["http.response.status_code"] = status;
  const sent = integerOf(cells[at + 4] ?? "");
  if (sent !== undefined) fields["http.request.bytes"] = sent;
  const received = integerOf(cells[at + 5] ?? "");
  if (received !== undefined) fields["http.response.bytes"] = received;
  const sha256 = cells[at + 7];
  if (sha256 !== undefined && /^[0-9a-f]{64}$/i.test(sha256))
    fields["file.hash.sha256"] = sha256.toLowerCase();
}

/** "b.rossi (b.rossi@example.org)": the name, and the address behind it. */
function setUser(fields: Fields, text: string | undefined): void {
  const both = /^(.{1,200}?) \(([^()\s]{1,100}@[^()\s]{1,200})\)$/.exec(text ?? "");
  put(fields, "user.name", both ? both[1] : text);
  if (both) fields["user.email"] = both[2]!;
}

function setIdentity(fields: Fields, cells: readonly string[]): void {
  setUser(fields, cells[1]);
  put(fields, "firebreak.raw.identities", cells[2]);
  setAddress(fields, "source.ip", cells[3]);
  setAddress(fields, "source.nat.ip", cells[4]);
}

function setAction(fields: Fields, word: string | undefined): void {
  if (!word) return;
  const action = /^proxied$/i.test(word) ? "proxied" : (verdictOf(word) ?? word.toLowerCase());
  fields["event.action"] = word;
  fields["event.type"] = ["access", action === "blocked" ? "denied" : "allowed"];
}

function setAddress(fields: Fields, name: string, text: string | undefined): void {
  const ip = cleanIp(text ?? "");
  if (ip !== undefined) fields[name] = ip;
}

function put(fields: Fields, name: string, text: string | undefined): void {
  if (text !== undefined && text !== "" && text !== "-") fields[name] = text;
}
