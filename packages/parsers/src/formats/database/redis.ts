import type { Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult } from "@firebreak/model/format";
import type { EventTime } from "@firebreak/model/time";
import { addRelated } from "../../ecs/related.ts";
import { createClfDateReader } from "../../text/clf-date.ts";
import { findAddresses } from "../../text/find-addresses.ts";

const pattern =
  /^(\d{1,10}):([XCSM]) (\d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2}\.\d{3}) ([.\-*#]) ([\s\S]*)$/;
const levels: Record<string, string> = { ".": "debug", "-": "verbose", "*": "notice", "#": "warning" };

/** Redis and Valkey server log. Local time of the server, no zone. */
export const format = {
  kind: "line",
  name: "database/redis",
  title: "Redis log",
  version: 1,
  notes: "By pid:role, date and level sign. Local time without a zone.",
  sniff(line) {
    return pattern.test(line) ? 0.97 : 0;
  },
  open(context) {
    const readDate = createClfDateReader(context.time);
    return { parse: (record) => parseRedis(record, readDate) };
  },
} satisfies LineFormat;

function parseRedis(record: string, readDate: (text: string) => EventTime | undefined): LineResult {
  const match = pattern.exec(record);
  if (!match) return undefined;
  const time = readDate(match[3]!);
  if (!time) return { reject: "no valid date" };
  const message = match[5]!;
  const fields: Fields = {
    "event.kind": "event",
    "event.category": ["database"],
    "event.type": ["info"],
    "process.pid": Number(match[1]),
    "log.level": levels[match[4]!]!,
    message,
  };
  const addresses = findAddresses(message);
  if (addresses.length === 1 && /^Accepted |SECURITY ATTACK|Client id=/.test(message))
    fields["source.ip"] = addresses[0]!;
  if (addresses.length > 0) fields["related.ip"] = addresses;
  addRelated(fields);
  return { dataset: "database/redis", time, fields };
}
