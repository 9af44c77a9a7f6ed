import type { Fields } from "@firebreak/model/event";
import type { ParseContext } from "@firebreak/model/format";
import type { EventTime } from "@firebreak/model/time";
import { cleanIp } from "../ecs/ip.ts";
import { addRelated } from "../ecs/related.ts";
import { createClfDateReader } from "../text/clf-date.ts";
import { integerOf } from "../text/numbers.ts";
import { setRequestLine, setWebAccess } from "../web/request.ts";

export interface HaproxyRecord {
  readonly dataset: "proxy/haproxy";
  readonly time: EventTime | undefined;
  readonly fields: Fields;
}

const start =
  /^(\S{2,45}):(\d{1,5}) \[(\d{2}\/[A-Z][a-z]{2}\/\d{4}:\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?)\] (\S{1,200}) ([\s\S]*)$/;
const http =
  /^(\S{1,200})\/(\S{1,200}) (\S{3,80}) (-?\d{1,3}) \+?(\d{1,20}) (\S{1,512}) (\S{1,512}) ([A-Za-z-]{4}) (\S{3,60}) (\d{1,9}\/\d{1,9})([\s\S]*)$/;
const tcp =
  /^(\S{1,200})\/(\S{1,200}) (-?\d{1,12}\/-?\d{1,12}\/\+?-?\d{1,12}) \+?(\d{1,20}) ([A-Za-z-]{2}) (\S{3,60}) (\d{1,9}\/\d{1,9})/;

export function isHaproxyLine(text: string): boolean {
  return start.test(text.slice(0, 400)) && text.includes("/");
}

/**
 * HAProxy's HTTP and TCP log (haproxy.org configuration manual §8.2), as it stands in a file or in a syslog message. Its
 * date is the local time of the machine without a zone. Undefined when the text is no such line.
 */
export function readHaproxyLine(text: string, context: ParseContext): HaproxyRecord | undefined {
  const match = start.exec(text);
  if (!match) return undefined;
  const fields: Fields = {};
  const ip = cleanIp(match[1]!);
  if (ip === undefined) return undefined;
  const rest = match[5]!;
  const web = http.exec(rest);
  if (web) setHttp(fields, web);
  else if (!setTcp(fields, rest)) return undefined;
  fields["source.ip"] = ip;
  fields["source.port"] = Number(match[2]);
  fields["firebreak.raw.frontend"] = match[4]!.replace(/~$/, "");
  fields["observer.product"] = "HAProxy";
  fields["observer.type"] = "proxy";
  addRelated(fields);
  return { dataset: "proxy/haproxy", time: createClfDateReader(context.time)(match[3]!), fields };
}

function setHttp(fields: Fields, match: RegExpExecArray): void {
  const status = Number(match[4]);
  setWebAccess(fields, status >= 100 ? status : undefined);
  setServer(fields, match[1]!, match[2]!);
  const bytes = integerOf(match[5]!);
  if (bytes !== undefined) fields["http.response.bytes"] = bytes;
  fields["firebreak.raw.termination_state"] = match[8]!;
  const rest = match[11]!;
  const quote = rest.indexOf(' "');
  if (quote < 0) return;
  const captured = rest.slice(0, quote).trim();
  if (captured !== "") fields["firebreak.raw.captured_headers"] = captured;
  const agent = /\{(?:[^}|]{0,500}\|){0,5}(Mozilla\/[^}|]{1,1000}|curl\/[^}|]{1,200})/.exec(captured);
  if (agent) fields["user_agent.original"] = agent[1]!;
  const end = rest.lastIndexOf('"');
  const request = rest.slice(quote + 2, end > quote + 1 ? end : rest.length);
  if (request !== "<BADREQ>") setRequestLine(fields, request);
  else fields["firebreak.raw.request"] = request;
}

function setTcp(fields: Fields, rest: string): boolean {
  const match = tcp.exec(rest);
  if (!match) return false;
  fields["event.kind"] = "event";
  fields["event.category"] = ["network"];
  fields["event.type"] = ["connection"];
  setServer(fields, match[1]!, match[2]!);
  const bytes = integerOf(match[4]!);
  if (bytes !== undefined) fields["destination.bytes"] = bytes;
  fields["network.transport"] = "tcp";
  fields["firebreak.raw.termination_state"] = match[5]!;
  return true;
}

function setServer(fields: Fields, backend: string, server: string): void {
  fields["firebreak.raw.backend"] = backend;
  if (server !== "<NOSRV>") fields["firebreak.raw.server"] = server;
}
