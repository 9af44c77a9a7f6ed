import type { EventDraft, Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult } from "@firebreak/model/format";
import type { EventTime } from "@firebreak/model/time";
import { cleanIp } from "../../ecs/ip.ts";
import { isSquidCombined } from "../../proxy/squid-combined.ts";
import { createClfDateReader } from "../../text/clf-date.ts";
import { integerOf } from "../../text/numbers.ts";
import { closingQuote, splitQuoted } from "../../text/quoted.ts";
import { setRequestLine, setWebAccess } from "../../web/request.ts";

/**
 * Access logs of Apache httpd, nginx and servers that follow them: common, combined, with the virtual host in front
 * (vhost_combined), with X-Forwarded-For, timings or other columns behind. Apache: mod_log_config; nginx:
 * ngx_http_log_module.
 */
export const format = {
  kind: "line",
  name: "web/access",
  title: "Web server access log (common and combined)",
  version: 1,
  notes:
    "By [dd/Mon/yyyy:hh:mm:ss zone] and the quoted request behind it. The zone is in the record. Columns behind the user agent are kept in firebreak.raw.extra; an address list among them is X-Forwarded-For.",
  sniff(line) {
    const open = dateStart(line);
    if (open < 0 || line.charCodeAt(line.indexOf("]", open) + 2) !== 34) return 0;
    return isSquidCombined(line) ? 0 : 0.9;
  },
  open(context) {
    const readDate = createClfDateReader(context.time);
    return { parse: (record) => parseAccess(record, readDate) };
  },
} satisfies LineFormat;

/** Index of the bracket before "10/Oct/2000:13", or -1. The client part before it is short. */
function dateStart(line: string): number {
  for (let at = line.indexOf("["); at >= 0 && at < 600; at = line.indexOf("[", at + 1)) {
    if (line.charCodeAt(at + 3) === 47 && line.charCodeAt(at + 7) === 47 && line.charCodeAt(at + 12) === 58)
      return at;
  }
  return -1;
}

function parseAccess(line: string, readDate: (text: string) => EventTime | undefined): LineResult {
  const open = dateStart(line);
  if (open < 1) return undefined;
  const close = line.indexOf("]", open);
  if (close < 0 || line.charCodeAt(close + 2) !== 34) return undefined;
  const time = readDate(line.slice(open + 1, close));
  if (time === undefined) return { reject: "no valid date in the brackets" };
  const fields: Fields = {};
  if (!setClient(fields, line, open)) return undefined;
  const requestEnd = endOfRequest(line, close + 3);
  if (requestEnd < 0) return { reject: "request without a closing quote" };
  const statusStart = requestEnd + 2;
  const status = integerOf(line.slice(statusStart, statusStart + 3));
  const known = typeof status === "number" && status >= 100 && status <= 599;
  setWebAccess(fields, known ? status : undefined);
  setRequestLine(fields, line.slice(close + 3, requestEnd));
  if (known) setRest(fields, line, statusStart + 4);
  else if (line.startsWith("- ", statusStart)) setRest(fields, line, statusStart + 2);
  setRelatedIps(fields);
  return { dataset: "web/access", time, fields } satisfies EventDraft;
}

function setRelatedIps(fields: Fields): void {
  if (fields["related.ip"] !== undefined) return;
  const source = fields["source.ip"] as string | undefined;
  const forwarded = fields["network.forwarded_ip"] as string | undefined;
  if (forwarded === undefined || forwarded === source) {
    if (source !== undefined) fields["related.ip"] = [source];
  } else fields["related.ip"] = source === undefined ? [forwarded] : [source, forwarded];
}

/** Client, identity and user stand before the date; a virtual host or a list of forwarding addresses may stand first. */
function setClient(fields: Fields, line: string, open: number): boolean {
  const space = line.indexOf(" ");
  if (space <= 0 || space >= open) return false;
  const isList = line.charCodeAt(space - 1) === 44;
  const first = line.slice(0, isList ? space - 1 : space);
  const ip = cleanIp(first);
  // The usual line: "192.0.2.1 - - [" needs no splitting.
  if (ip !== undefined && open === space + 5 && line.startsWith(" - - ", space)) {
    fields["source.ip"] = ip;
    return true;
  }
  const parts = line.slice(0, open).trimEnd().split(/,? +/, 12);
  let at = 0;
  if (ip === undefined && parts.length > 1) {
    const second = cleanIp(parts[1]!);
    if (second !== undefined) {
      setHost(fields, first);
      at = 1;
    }
  }
  const addresses: string[] = [];
  for (let one = cleanIp(parts[at] ?? ""); one !== undefined; one = cleanIp(parts[++at] ?? ""))
    addresses.push(one);
  if (addresses.length > 0) setAddresses(fields, addresses, isList);
  else if (/^[\w.:%-]{1,255}$/.test(first)) {
    if (first !== "-") fields["source.domain"] = first;
    at = 1;
  } else return false;
  const user = parts.slice(at + 1).join(" ");
  const identity = parts[at];
  if (identity !== undefined && identity !== "-") fields["firebreak.raw.ident"] = identity;
  setUser(fields, user);
  return true;
}

/**
 * With a list in front ("client, proxy") the first is what the client says of itself. Each hop adds the address that it saw behind it: the
 * last public one was seen by our own proxies, and is the peer. Without a public one it is the last.
 */
function setAddresses(fields: Fields, addresses: readonly string[], isList: boolean): void {
  if (!isList) {
    fields["source.ip"] = addresses[0]!;
    return;
  }
  fields["network.forwarded_ip"] = addresses[0]!;
  fields["related.ip"] = [...addresses];
  fields["source.ip"] = addresses.findLast((one) => !isPrivate(one)) ?? addresses.at(-1)!;
}

/** Addresses of one's own network: RFC 1918, RFC 4193, loopback and link-local. */
function isPrivate(ip: string): boolean {
  return /^(?:10\.|127\.|169\.254\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|::1$|f[cd]|fe[89ab])/i.test(ip);
}

function setHost(fields: Fields, host: string): void {
  if (host === "-") return;
  const colon = host.lastIndexOf(":");
  const port = colon > 0 ? integerOf(host.slice(colon + 1)) : undefined;
  fields["url.domain"] = typeof port === "number" ? host.slice(0, colon) : host;
  if (typeof port === "number" && port <= 65_535) fields["destination.port"] = port;
  fields["destination.domain"] = typeof port === "number" ? host.slice(0, colon) : host;
}

function setUser(fields: Fields, user: string): void {
  const name = user.startsWith('"') && user.endsWith('"') ? user.slice(1, -1) : user;
  if (name === "" || name === "-") return;
  fields["user.name"] = name;
  fields["related.user"] = [name];
}

/** The request may hold quotes that the server did not escape: its end is the quote before a status. */
function endOfRequest(line: string, from: number): number {
  const end = closingQuote(line, from);
  if (end < 0 || isStatusAt(line, end + 1)) return end;
  for (
    let at = line.indexOf('"', end + 1), tries = 0;
    at >= 0 && tries < 100;
    at = line.indexOf('"', at + 1), tries++
  ) {
    if (isStatusAt(line, at + 1)) return at;
  }
  return end;
}

function isStatusAt(line: string, at: number): boolean {
  if (line.charCodeAt(at) !== 32) return false;
  for (let i = at + 1; i < at + 4; i++) {
    const code = line.charCodeAt(i);
    if (code < 48 || code > 57) return false;
  }
  return true;
}

/** Bytes, then (combined) the referrer and the user agent, then whatever the server was told to add. */
function setRest(fields: Fields, line: string, start: number): void {
  let at = line.indexOf(" ", start);
  const bytes = integerOf(line.slice(start, at < 0 ? line.length : at));
  if (bytes !== undefined) fields["http.response.body.bytes"] = bytes;
  if (at < 0) return;
  if (line.charCodeAt(at + 1) !== 34) {
    setExtra(fields, line, at + 1);
    return;
  }
  let end = endOfQuoted(line, at + 2);
  if (end < 0) return;
  if (!isNothing(line, at + 2, end)) fields["http.request.referrer"] = line.slice(at + 2, end);
  at = end + 1;
  if (line.charCodeAt(at + 1) !== 34) {
    if (at + 1 < line.length) setExtra(fields, line, at + 1);
    return;
  }
  end = endOfQuoted(line, at + 2);
  const agentEnd = end < 0 ? line.length : end;
  if (!isNothing(line, at + 2, agentEnd)) fields["user_agent.original"] = line.slice(at + 2, agentEnd);
  if (agentEnd + 2 < line.length) setExtra(fields, line, agentEnd + 2);
}

/** A quote that the server did not escape is followed by more text: the closing one by a blank or the end. */
function endOfQuoted(line: string, from: number): number {
  let end = closingQuote(line, from);
  for (
    let tries = 0;
    end >= 0 && end + 1 < line.length && line.charCodeAt(end + 1) !== 32 && tries < 100;
    tries++
  )
    end = line.indexOf('"', end + 1);
  return end;
}

function isNothing(line: string, from: number, end: number): boolean {
  return end <= from || (end === from + 1 && line.charCodeAt(from) === 45);
}

function setExtra(fields: Fields, line: string, start: number): void {
  const parts = splitQuoted(line, start, 50);
  const kept: string[] = [];
  for (const part of parts) {
    if (part === "-" || part === "") continue;
    const forwarded = fields["network.forwarded_ip"] === undefined ? firstAddress(part) : undefined;
    if (forwarded !== undefined) fields["network.forwarded_ip"] = forwarded;
    kept.push(part);
  }
  if (kept.length > 0) fields["firebreak.raw.extra"] = kept;
}

function firstAddress(text: string): string | undefined {
  const comma = text.indexOf(",");
  return cleanIp(comma < 0 ? text : text.slice(0, comma).trim());
}
