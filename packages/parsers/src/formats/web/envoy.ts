import type { Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import { splitAddressPort } from "../../ecs/address-port.ts";
import { fieldBelow } from "../../ecs/field-name.ts";
import { cleanIp } from "../../ecs/ip.ts";
import { rawField } from "../../ecs/raw.ts";
import { addRelated } from "../../ecs/related.ts";
import { isAbsent } from "../../text/absent.ts";
import { integerOf } from "../../text/numbers.ts";
import { splitQuoted } from "../../text/quoted.ts";
import { setRequestLine, setWebAccess } from "../../web/request.ts";

const dataset = "web/envoy";
const head =
  /^(?:ACCESS )?\[(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z)\] "([^"]{1,8192})" (\d{1,3}) (?=\S)/;

/** Behind the status code; Istio puts details and the transport's failure between flags and bytes. */
const envoyColumns =
  "flags bytes_received bytes_sent duration upstream_time forwarded_for user_agent request_id authority upstream";
const istioColumns =
  "flags details termination failure bytes_received bytes_sent duration upstream_time forwarded_for user_agent request_id authority upstream cluster upstream_local downstream_local downstream_remote server_name route";

/** Envoy's default access log and Istio's (envoyproxy.io, "Access logging: default format string"). UTC. */
export const format = {
  kind: "line",
  name: dataset,
  title: "Envoy and Istio access log",
  version: 1,
  notes: '`[ISO time] "method path protocol" status flags … "upstream"`. UTC with Z.',
  sniff: (line) => (head.test(line.slice(0, 8400)) ? 0.96 : 0),
  open: (context) => ({ parse: (record) => parse(record, context) }),
} satisfies LineFormat;

function parse(record: string, context: ParseContext): LineResult {
  const match = head.exec(record);
  if (match === null) return undefined;
  const time = context.time.iso(match[1]!);
  if (time === undefined) return { reject: "no valid time" };
  const cells = splitQuoted(record.slice(match[0].length));
  // The bytes received come first in the one, the details of the response in the other.
  const names = (/^\d+$/.test(cells[1] ?? "") ? envoyColumns : istioColumns).split(" ");
  const held: Record<string, string> = {};
  for (let i = 0; i < names.length && i < cells.length; i++)
    if (!isAbsent(cells[i]!)) held[names[i]!] = cells[i]!;
  const status = Number(match[3]);
  const fields: Fields = {};
  setWebAccess(fields, status >= 100 ? status : undefined);
  if (match[2] !== "- - -") setRequestLine(fields, match[2]!);
  fill(fields, held);
  for (const name of ["flags", "details", "cluster", "route", "upstream_time", "failure"])
    if (held[name] !== undefined) fields[rawField(name)] = held[name];
  addRelated(fields);
  return { dataset, time, fields };
}

function fill(fields: Fields, held: Record<string, string>): void {
  put(fields, "http.request.body.bytes", held.bytes_received);
  put(fields, "http.response.body.bytes", held.bytes_sent);
  const ms = Number(held.duration);
  if (held.duration !== undefined && Number.isSafeInteger(ms * 1e6)) fields["event.duration"] = ms * 1e6;
  if (held.user_agent !== undefined) fields["user_agent.original"] = held.user_agent;
  if (held.request_id !== undefined) fields["http.request.id"] = held.request_id;
  if (held.authority !== undefined) fields["url.domain"] ??= held.authority.replace(/:\d{1,5}$/, "");
  setEnd(fields, "destination", held.upstream?.replace(/^\w{2,6}:\/\//, ""));
  const from = held.forwarded_for
    ?.split(",", 20)
    .map((one) => cleanIp(one.trim()))
    .find((ip) => ip !== undefined);
  if (held.downstream_remote !== undefined) setEnd(fields, "source", held.downstream_remote);
  if (from !== undefined) {
    if (fields["source.ip"] === undefined) fields["source.ip"] = from;
    else fields["network.forwarded_ip"] = from;
  }
  if (held.server_name !== undefined) fields["tls.client.server_name"] = held.server_name;
}

function put(fields: Fields, name: string, text: string | undefined): void {
  const number = text === undefined ? undefined : integerOf(text);
  if (number !== undefined) fields[name] = number;
}

function setEnd(fields: Fields, side: string, text: string | undefined): void {
  if (text === undefined) return;
  const { address, ip, port } = splitAddressPort(text);
  if (ip !== undefined) fields[fieldBelow(side, "ip")] = ip;
  else if (/^[\w.-]{1,253}$/.test(address)) fields[fieldBelow(side, "domain")] = address;
  if (port !== undefined) fields[fieldBelow(side, "port")] = port;
}
