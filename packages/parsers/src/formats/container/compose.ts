import type { Fields } from "@firebreak/model/event";
import type { Head, LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import { addRelated } from "../../ecs/related.ts";
import { createHeadMemory } from "../../infer/head-memory.ts";
import { describeProse } from "../../infer/prose.ts";
import { stripAnsi } from "../../text/ansi.ts";

const pattern =
  /^([A-Za-z][\w.-]{0,80}?(?:[-_]\d{1,4})?) {1,60}\| ?(?:(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{1,9}Z) )?([\s\S]*)$/;
const memory = createHeadMemory(isCompose);

/** `docker compose logs`: service name, bar, line; with --timestamps the time too. */
export const format = {
  kind: "line",
  name: "container/compose",
  title: "docker compose logs",
  version: 1,
  notes:
    "By 'service-1  | line' in most lines. The time is there only with --timestamps (UTC); else the events are undated.",
  sniff(line, head) {
    return memory.of(head) && pattern.test(stripAnsi(line)) ? 0.35 : 0;
  },
  open(context) {
    return { parse: (record) => parseCompose(stripAnsi(record), context) };
  },
} satisfies LineFormat;

function isCompose(head: Head): boolean {
  const hits = head.lines.filter((line) => pattern.test(stripAnsi(line))).length;
  return hits > 0 && hits >= head.lines.length * 0.6;
}

function parseCompose(record: string, context: ParseContext): LineResult {
  const match = pattern.exec(record);
  if (!match) return undefined;
  const message = match[3]!;
  const fields: Fields = { "event.kind": "event", "container.name": match[1]! };
  if (message !== "") fields.message = message;
  describeProse(fields, message);
  addRelated(fields);
  const time = match[2] === undefined ? undefined : context.time.iso(match[2]);
  return time ? { dataset: "container/compose", time, fields } : { dataset: "container/compose", fields };
}
