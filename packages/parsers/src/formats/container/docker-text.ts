import type { LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import { readContainerLine } from "../../container/inner.ts";
import { stripAnsi } from "../../text/ansi.ts";

/** Docker always writes nine digits of the second and Z; few programs do. */
const pattern = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z) ([\s\S]*)$/;

/** `docker logs --timestamps`: the runtime's time, then what the container wrote. */
export const format = {
  kind: "line",
  name: "container/docker-text",
  title: "docker logs with times",
  version: 1,
  notes:
    "A time with nine digits of the second and Z before each line, UTC. Access lines and JSON within are read as what they are.",
  // Just above a web access line with the time taken for its virtual host.
  sniff: (line) =>
    !pattern.test(line) || / (?:stdout|stderr) [FP](?: |$)/.test(line.slice(30, 40)) ? 0 : 0.92,
  open: (context) => ({ parse: (record) => parse(record, context) }),
} satisfies LineFormat;

function parse(record: string, context: ParseContext): LineResult {
  const match = pattern.exec(record);
  if (!match) return undefined;
  const time = context.time.iso(match[1]!);
  if (!time) return { reject: "no valid time" };
  return readContainerLine("container/docker-text", time, stripAnsi(match[2]!).trimEnd(), context);
}
