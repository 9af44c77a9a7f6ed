import type { Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import { cleanIp } from "../../ecs/ip.ts";
import { addRelated } from "../../ecs/related.ts";
import { readTimeValue } from "../../infer/time-value.ts";
import { integerOf } from "../../text/numbers.ts";

const pattern =
  /^(\d{2}-[A-Z]{3}-\d{4} \d{2}:\d{2}:\d{2}) \* (.{1,4000}?) \* (?:(\(ADDRESS=.{1,500}?\)) \* )?(\w{1,40}) \* (?:(\S{1,128}) \* )?(\d{1,6})\s*$/;

/** Oracle's listener.log. Local time of the server, no zone. */
export const format = {
  kind: "line",
  name: "database/oracle-listener",
  title: "Oracle listener log",
  version: 1,
  notes: "By date * (CONNECT_DATA=…) * (ADDRESS=…) * event * service * code. Local time without a zone.",
  sniff(line) {
    return pattern.test(line) ? 0.95 : 0;
  },
  open(context) {
    return { parse: (record) => parseListener(record, context) };
  },
} satisfies LineFormat;

function parseListener(record: string, context: ParseContext): LineResult {
  const match = pattern.exec(record);
  if (!match) return undefined;
  const time = readTimeValue(match[1]!, context.time);
  if (!time) return { reject: "no valid date" };
  const address = match[3] ?? "";
  // "service_update * ORCL * 0": the event stands first when nobody connects.
  const isBare = match[3] === undefined && match[5] === undefined && /^\w{1,40}$/.test(match[2]!);
  const connect = match[2]!;
  const action = isBare ? match[2]! : match[4]!;
  const service = isBare ? match[4] : match[5];
  const fields: Fields = {
    "event.kind": "event",
    "event.category": ["database"],
    "event.type": ["access"],
    "event.action": action.toLowerCase(),
    "event.code": match[6]!,
    "event.outcome": match[6] === "0" ? "success" : "failure",
    message: connect,
  };
  if (service !== undefined) fields["service.name"] = service;
  const host = /\(HOST=([^)]{1,255})\)/.exec(address)?.[1];
  const ip = cleanIp(host ?? "");
  if (ip !== undefined) fields["source.ip"] = ip;
  else if (host) fields["source.domain"] = host;
  const port = integerOf(/\(PORT=(\d{1,5})\)/.exec(address)?.[1] ?? "");
  if (typeof port === "number" && port <= 65_535) fields["source.port"] = port;
  const user = /\(USER=([^)]{1,128})\)/.exec(connect)?.[1];
  if (user) fields["user.name"] = user;
  const program = /\(PROGRAM=([^)]{1,500})\)/.exec(connect)?.[1];
  if (program) fields["process.executable"] = program;
  addRelated(fields);
  return { dataset: "database/oracle-listener", time, fields };
}
