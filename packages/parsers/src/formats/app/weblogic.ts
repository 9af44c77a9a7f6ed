import type { Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import { rawField } from "../../ecs/raw.ts";
import { addRelated } from "../../ecs/related.ts";
import { readTimeValue } from "../../infer/time-value.ts";
import { isContinuation } from "../../text/continuation.ts";

const dataset = "app/weblogic";
const start = /^####<([^<>]{10,60})> <([A-Za-z]{3,12})> <([^<>]{0,100})> /;

/** Oracle WebLogic's server log ("Understanding WebLogic Logging Services", message attributes): `####<time> <severity> <…>`. */
export const format = {
  kind: "line",
  name: dataset,
  title: "Oracle WebLogic Server log",
  version: 1,
  notes:
    "`####<time> <Severity> <Subsystem> <machine> <server> <thread> <user> <transaction> <context> <epoch ms> … <BEA-nnnnnn> <text>`. The epoch is UTC; without it the written time.",
  sniff: (line) => (start.test(line) ? 0.98 : 0),
  open: (context) => ({
    continues: (pending, line) =>
      pending.startsWith("####<") && !line.startsWith("####<") && isContinuation(line),
    parse: (record) => parse(record, context),
  }),
} satisfies LineFormat;

function parse(record: string, context: ParseContext): LineResult {
  if (!start.test(record)) return undefined;
  const end = record.indexOf("\n");
  const cells = splitCells(end < 0 ? record : record.slice(0, end));
  const [stamp, severity, subsystem, machine, server, thread, user] = cells;
  const epoch = cells.slice(8).find((cell) => /^\d{13}$/.test(cell));
  const time =
    epoch !== undefined
      ? context.time.instant(Number(epoch), 0, epoch)
      : // "Jun 2, 2024 10:23:02 AM PDT": what the zone is called depends on the server's locale.
        readTimeValue((stamp ?? "").replace(/( [AP]M) .*$/, "$1"), context.time, "month-first");
  const fields: Fields = { "event.kind": "event", "event.category": ["process"], "event.type": ["info"] };
  put(fields, "log.level", severity?.toLowerCase());
  put(fields, "log.logger", subsystem);
  put(fields, "host.name", machine);
  put(fields, "service.name", server);
  put(fields, "process.thread.name", thread);
  // "<WLS Kernel>" is the server itself, in angle brackets of its own.
  put(fields, "user.name", user?.replace(/^<(.*)>$/, "$1"));
  const code = cells.find((cell, i) => i > 7 && /^[A-Z]{2,10}-\d{4,6}$/.test(cell));
  if (code !== undefined) {
    fields["event.code"] = code;
    fields["error.code"] = code;
  }
  put(fields, "message", cells.at(-1));
  put(fields, rawField("transaction"), cells[7]);
  if (end >= 0) fields["error.stack_trace"] = record.slice(end + 1, end + 8000);
  addRelated(fields);
  return time ? { dataset, time, fields } : { dataset, fields };
}

/** The texts between angle brackets, which may hold such brackets themselves. */
function splitCells(line: string): string[] {
  const cells: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 4; i < line.length && cells.length < 30; i++) {
    const sign = line[i];
    if (sign === "<" && depth++ === 0) from = i + 1;
    else if (sign === ">" && depth > 0 && --depth === 0) cells.push(line.slice(from, i).trim());
  }
  return cells;
}

function put(fields: Fields, name: string, value: string | undefined): void {
  if (value !== undefined && value !== "") fields[name] = value;
}
