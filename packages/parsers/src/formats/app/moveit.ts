import type { Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import { cleanIp } from "../../ecs/ip.ts";
import { addRelated } from "../../ecs/related.ts";
import { isContinuation } from "../../text/continuation.ts";
import { findAddresses } from "../../text/find-addresses.ts";
import { applyRules, eventFields, loginFields, rule } from "../../text/rules.ts";

const dataset = "app/moveit";

/** `2024-03-05 10:14:02.163 #0A z10 <0> (2165209421) SILUser.ExecuteSignon: text`: thread in hex, then the debug level. */
const line =
  /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}) #([0-9A-Fa-f]{1,8}) z(\d{1,3}) +(?:<(-?\d{1,10})> )?(?:\((\d{1,20})\) )?([\s\S]*)$/;
const source = /^([A-Za-z_]\w{1,80}(?:\.[A-Za-z_]\w{0,80}){0,4})(?:\(\))?: /;

const rules = [
  rule(
    /(?:sign ?on|log ?on|login|authentication)\b.{0,80}?\b(?:failed|failure|denied|rejected|invalid)/i,
    "",
    loginFields("failure"),
  ),
  rule(/(?:signed on|logged on|(?:sign ?on|logon|login) (?:was )?success)/i, "", loginFields("success")),
  rule(
    /X-siLock-Transaction: ?(folder_add_by_path|session_setvars|\w{1,60})/i,
    "firebreak.raw.X-siLock-Transaction",
    eventFields("web", "access", "transaction"),
  ),
  rule(/Caught exception of type (\w{1,120})/, "error.type", eventFields("web", "error", "exception")),
];

/** Debug logs of MOVEit Transfer (DMZ_WEB.log, DMZ_ISAPI.log, DMZ_WebApi.log, SftpServer.log). */
export const format = {
  kind: "line",
  name: dataset,
  title: "MOVEit Transfer debug log (DMZ_WEB.log, DMZ_ISAPI.log)",
  version: 1,
  notes:
    "`YYYY-MM-DD hh:mm:ss.mmm #thread zLEVEL Class.Method: text`; local time without a zone, while the IIS log of the same machine is UTC. Exceptions join their line.",
  sniff: (text) => (line.test(text) ? 0.95 : 0),
  open(context) {
    return {
      continues: (_pending, text) => !line.test(text) && isContinuation(text),
      parse: (record) => parse(record, context),
    };
  },
} satisfies LineFormat;

function parse(record: string, context: ParseContext): LineResult {
  const match = line.exec(record);
  if (!match) return undefined;
  const time = context.time.iso(match[1]!);
  if (!time) return { reject: "no valid time" };
  const text = match[6]!.trim();
  const head = text.slice(0, 16_384);
  const fields: Fields = applyRules(rules, head) ?? {};
  fields["event.kind"] = "event";
  fields["process.thread.id"] = Number.parseInt(match[2]!, 16);
  fields["firebreak.raw.debug_level"] = match[3]!;
  if (match[5] !== undefined) fields["firebreak.raw.session"] = match[5];
  const from = source.exec(text);
  if (from) fields["log.logger"] = from[1]!;
  const ip = cleanIp(
    /\b(?:IP ?address|client IP|remote IP|IP)[:=]? ?'?([0-9a-fA-F.:]{3,45})/i.exec(head)?.[1] ?? "",
  );
  if (ip !== undefined) fields["source.ip"] = ip;
  const user = /\b(?:user ?name|login ?name|user)(?:[:=] ?'?| {1,2}')([\w.@\\-]{1,128})/i.exec(head)?.[1];
  if (user !== undefined) fields["user.name"] = user;
  if (text !== "") fields.message = text;
  const addresses = findAddresses(text);
  if (addresses.length > 0) fields["related.ip"] = addresses;
  addRelated(fields);
  return { dataset, time, fields };
}
