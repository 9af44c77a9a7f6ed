import type { Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import { setEndpoint } from "../../ecs/endpoint.ts";
import { setFile } from "../../ecs/parts.ts";
import { addRelated } from "../../ecs/related.ts";
import { monthNumber } from "../../text/months.ts";

const pattern =
  /^(\d{2})-([A-Z][a-z]{2})(?:-(\d{4}))? (\d{2}):(\d{2})(?::(\d{2}))? ([\w.-]{1,80}?)(?: JobId (\d{1,10}))?: {1,8}([\s\S]*)$/;

/** Bacula and Bareos messages: day-month, clock, daemon, job. Local time without a zone, mostly without a year. */
export const format = {
  kind: "line",
  name: "app/bacula",
  title: "Bacula and Bareos message log",
  version: 1,
  notes:
    "By dd-Mon hh:mm, the daemon's name and JobId. Local time without a zone; the year is mostly not recorded.",
  sniff(line) {
    const match = pattern.exec(line);
    if (!match) return 0;
    return match[8] !== undefined || /-(?:dir|sd|fd)$/.test(match[7]!) ? 0.95 : 0.5;
  },
  open(context) {
    return {
      continues: (_pending, line) => /^\s+\S/.test(line),
      parse: (record) => parseBacula(record, context),
    };
  },
} satisfies LineFormat;

function parseBacula(record: string, context: ParseContext): LineResult {
  const match = pattern.exec(record);
  if (!match) return undefined;
  const civil = {
    month: monthNumber(match[2]!),
    day: +match[1]!,
    hour: +match[4]!,
    minute: +match[5]!,
    second: match[6] === undefined ? 0 : +match[6],
    nanos: 0,
  };
  const text = record.slice(0, record.indexOf(` ${match[7]!}`));
  const year = match[3];
  const time =
    year === undefined
      ? context.time.yearless(civil, text)
      : context.time.local({ ...civil, year: +year }, text);
  const message = match[9]!;
  const fields: Fields = {
    "event.kind": "event",
    "event.category": ["process"],
    "event.type": ["info"],
    "host.name": match[7]!,
    "host.hostname": match[7]!,
    message,
  };
  if (match[8] !== undefined) fields["firebreak.raw.job_id"] = match[8];
  setProblem(fields, message);
  addRelated(fields);
  return time ? { dataset: "app/bacula", time, fields } : { dataset: "app/bacula", fields };
}

function setProblem(fields: Fields, message: string): void {
  const error = /\bERR=([^\n]{1,200})/.exec(message)?.[1];
  if (error !== undefined) {
    fields["error.message"] = error.trim();
    fields["event.outcome"] = "failure";
  }
  const level = /^(Fatal error|Error|Warning)\b/.exec(message)?.[1];
  if (level !== undefined) fields["log.level"] = level.toLowerCase();
  const file = /^Could not (?:open directory|stat|open|access) "?(\/[^":]{0,1000})"?: ERR/.exec(message)?.[1];
  if (file !== undefined) setFile(fields, "file", file);
  const client = /to (?:Client|Storage daemon|Director)[^\n]{0,80}? on ([\w.-]{1,253}):(\d{1,5})\b/.exec(
    message,
  );
  if (client) {
    setEndpoint(fields, "destination", client[1]!, client[2]);
    fields["client.address"] = client[1]!;
    fields["client.port"] = Number(client[2]);
  }
}
