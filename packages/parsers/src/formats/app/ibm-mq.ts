import type { Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import { addRelated } from "../../ecs/related.ts";
import { readTimeValue } from "../../infer/time-value.ts";

const dataset = "app/ibm-mq";
const head =
  /^(\d{1,2}[/.]\d{1,2}[/.]\d{2,4} (?:,? ?)\d{1,2}:\d\d:\d\d(?: [AP]M)?) - Process\((\d{1,10})\.\d{1,10}\) User\(([^()]{0,128})\) Program\(([^()]{0,128})\)/;
const messageId = /^(AMQ\d{4,5}[IWESTC]?): ?([^\n]*(?:\n(?!\n|EXPLANATION:)[^\n]*)*)/m;
const maxLines = 200;

/** IBM MQ's error log (AMQERR01.LOG). `Time(…Z)` is UTC; without it the head is local time in the server's notation. */
export const format = {
  kind: "line",
  name: dataset,
  title: "IBM MQ error log (AMQERR*.LOG)",
  version: 1,
  notes:
    "A head with Process(…) User(…) Program(…), the message AMQnnnn, EXPLANATION and ACTION, up to a line of dashes: one event. Time(…) in UTC, else local.",
  sniff: (line) => (head.test(line) ? 0.96 : 0),
  open: (context) => ({
    continues: (pending, line) =>
      head.test(pending) &&
      !head.test(line) &&
      !/\n-{4,}[^\n]*$/.test(pending) &&
      pending.split("\n", maxLines).length < maxLines,
    parse: (record) => parse(record, context),
  }),
} satisfies LineFormat;

function parse(record: string, context: ParseContext): LineResult {
  const match = head.exec(record);
  if (match === null)
    return /^-{4,} ?\S{0,80}|^\s*$/.test(record) ? { skip: "ruler between records" } : undefined;
  const utc = /\bTime\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z)\)/.exec(record)?.[1];
  const time = utc === undefined ? readTimeValue(match[1]!, context.time) : context.time.iso(utc);
  if (time === undefined) return { reject: "no valid time" };
  const fields: Fields = {
    "event.kind": "event",
    "process.pid": Number(match[2]),
    "process.title": match[4]!,
    "process.name": match[4]!,
  };
  if (match[3] !== "") fields["user.name"] = match[3]!;
  const host = /\bHost\(([^()]{1,255})\)/.exec(record)?.[1];
  if (host !== undefined) fields["host.name"] = host;
  const version = /\bVRMF\(([\d.]{1,30})\)/.exec(record)?.[1];
  if (version !== undefined) fields["service.version"] = version;
  const manager = /\bQMgr\(([^()]{1,64})\)/.exec(record)?.[1];
  if (manager !== undefined) fields["service.name"] = manager;
  const told = messageId.exec(record);
  if (told !== null) {
    fields["event.code"] = told[1]!;
    fields["error.code"] = told[1]!;
    fields.message = told[2]!.replace(/\n/g, " ").trim();
  } else fields.message = record;
  addRelated(fields);
  return { dataset, time, fields };
}
