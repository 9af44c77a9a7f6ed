import type { Fields } from "@firebreak/model/event";
import type { ParseContext } from "@firebreak/model/format";
import type { EventTime } from "@firebreak/model/time";
import { setAccount } from "../ecs/account.ts";
import { cleanIp } from "../ecs/ip.ts";
import { addRelated } from "../ecs/related.ts";
import { noFields } from "../ecs/shape.ts";
import { setUrl } from "../ecs/url.ts";
import { readEpoch } from "../infer/time-value.ts";
import { integerOf } from "../text/numbers.ts";

export interface SquidRecord {
  readonly dataset: "proxy/squid";
  readonly time: EventTime | undefined;
  readonly fields: Fields;
}

/**
 * Squid's native access log: time elapsed client result/status bytes method URL user hierarchy/peer type (and whatever a
 * custom format adds behind). Also for the message of a syslog line. Undefined when the text is no such line.
 */
const line =
  /^(\d{9,10}\.\d{3})\s+(-?\d{1,12})\s+(\S{2,255})\s+([A-Z_]{3,40})\/(\d{3})\s+(-?\d{1,20})\s+(\S{1,40})\s+(\S{1,65536})\s+(\S{1,255})\s+([A-Z_]{2,40})\/(\S{1,255})(?:\s+(\S{1,255}))?(?:\s+([\s\S]*))?$/;

/** True when a text begins as a native Squid line does. Cheap. */
export function isSquidLine(text: string): boolean {
  const code = text.charCodeAt(0);
  return (
    code >= 48 && code <= 57 && /^\d{9,10}\.\d{3}\s+-?\d{1,12}\s+\S{2,255}\s+[A-Z_]{3,40}\/\d{3}\s/.test(text)
  );
}

export function readSquidLine(text: string, context: ParseContext): SquidRecord | undefined {
  const match = line.exec(text);
  if (!match) return undefined;
  const [, stamp, elapsed, client, result, status, bytes, method, url, user, hierarchy, peer, type, extra] =
    match;
  const fields: Fields = {
    ...noFields,
    "event.kind": "event",
    "event.category": ["web"],
    "event.type": ["access"],
    "observer.product": "Squid",
    "observer.type": "proxy",
    "firebreak.raw.elapsed": elapsed!,
    "firebreak.raw.result": result!,
    "firebreak.raw.hierarchy": hierarchy!,
  };
  const clientIp = cleanIp(client!);
  fields[clientIp === undefined ? "source.domain" : "source.ip"] = clientIp ?? client!;
  const code = Number(status);
  if (code >= 100) {
    fields["http.response.status_code"] = code;
    fields["event.outcome"] = code < 400 ? "success" : "failure";
  }
  const size = integerOf(bytes!);
  if (size !== undefined) fields["http.response.bytes"] = size;
  if (method !== "-" && method !== "NONE") fields["http.request.method"] = method!;
  if (url!.startsWith("error:")) fields["event.reason"] = url!.slice(6);
  else if (url !== "-") setUrl(fields, url!, method === "CONNECT");
  // Cisco's appliance names the realm behind the user: "CORP\\anna@AD".
  if (user !== "-") setAccount(fields, user!.replace(/^"(.*)"$/, "$1").replace(/(\\[^@]*)@[\w .-]*$/, "$1"));
  if (type !== undefined && type !== "-") fields["http.response.mime_type"] = type;
  if (extra) fields["firebreak.raw.extra"] = extra;
  setDestination(fields, peer!);
  setSquidResult(fields, result!, code);
  if (extra) readDecision(extra, fields);
  addRelated(fields);
  return { dataset: "proxy/squid", time: readEpoch(stamp!, context.time), fields };
}

export function setDestination(fields: Fields, peer: string): void {
  if (peer !== "-") {
    const ip = cleanIp(peer);
    fields[ip === undefined ? "destination.domain" : "destination.ip"] = ip ?? peer;
  }
  const domain = fields["url.domain"];
  if (typeof domain === "string" && cleanIp(domain) === undefined) fields["destination.domain"] ??= domain;
  const port = fields["url.port"];
  if (port !== undefined) fields["destination.port"] = port;
}

/** What the proxy did ("TCP_MISS") is the action; whether the request was let through is the type. */
export function setSquidResult(fields: Fields, result: string, status: number): void {
  fields["event.action"] = result;
  if (result.includes("DENIED") || status === 407) fields["event.type"] = ["access", "denied"];
  else if (status > 0 && status < 400) fields["event.type"] = ["access", "allowed"];
}

/**
 * Cisco's Secure Web Appliance puts the tag of its decision behind a native line: "BLOCK_WEBCAT_12-Policy-Identity-…" (Cisco,
 * "Interpreting Access Log Scanning Verdict Entries").
 */
const decision = /^([A-Z]+)(?:_[A-Z_]+)?_\d+-([^-\s]{1,100})-([^-\s]{1,100})(?:-|\s|$)/;

function readDecision(extra: string, fields: Fields): void {
  const match = decision.exec(extra);
  if (!match) return;
  fields["observer.vendor"] = "Cisco";
  fields["observer.product"] = "Secure Web Appliance";
  fields["rule.name"] = extra.slice(0, extra.indexOf("-"));
  fields["rule.ruleset"] = match[2]!;
  const word = match[1]!;
  if (word === "BLOCK" || word === "DROP") {
    fields["event.type"] = ["access", "denied"];
    fields["event.outcome"] = "failure";
  }
}
