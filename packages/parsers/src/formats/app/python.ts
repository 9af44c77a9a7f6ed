import type { Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import type { EventTime } from "@firebreak/model/time";
import { setAddressPort, setEndpoint } from "../../ecs/endpoint.ts";
import { addRelated } from "../../ecs/related.ts";
import { createClfDateReader } from "../../text/clf-date.ts";
import { isContinuation } from "../../text/continuation.ts";
import { logRecordFields } from "../../text/log-record.ts";
import { setRequestLine, setWebAccess } from "../../web/request.ts";

const stamp =
  "(\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d:\\d\\d(?:[,.]\\d{3,6})?(?: ?(?:Z|[+-]\\d\\d:?\\d\\d))?)";
const level = "(DEBUG|INFO|WARNING|ERROR|CRITICAL)";
const logger = "([A-Za-z_][\\w.-]{0,120})";
/** The module's own notation of milliseconds: without it these orders are any program's. */
const comma = "(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d,\\d{3})";
const framework =
  "((?:django|werkzeug|flask|gunicorn|uvicorn|celery|asyncio|aiohttp|urllib3|requests|sqlalchemy|root|__main__)(?:\\.[\\w.]{1,100})?)";

interface Layout {
  readonly pattern: RegExp;
  /** Groups of time, level, logger and message; 0 where the layout has none. */
  readonly groups: readonly [number, number, number, number];
  readonly vote: number;
}

/** Layouts of the logging module as documentation and frameworks (Flask, Django, gunicorn, Celery, uvicorn) set them. */
const layouts: readonly Layout[] = [
  {
    pattern: new RegExp(`^${stamp} - ${logger} - ${level} - ([\\s\\S]*)$`),
    groups: [1, 3, 2, 4],
    vote: 0.85,
  },
  {
    pattern: new RegExp(`^\\[${stamp}: ${level}\\/([\\w-]{1,60})\\] ([\\s\\S]*)$`),
    groups: [1, 2, 3, 4],
    vote: 0.9,
  },
  {
    pattern: new RegExp(`^\\[${stamp}\\] ${level} in ${logger}: ([\\s\\S]*)$`),
    groups: [1, 2, 3, 4],
    vote: 0.9,
  },
  {
    pattern: new RegExp(`^\\[${stamp}\\] \\[\\d{1,10}\\] \\[${level}\\] ()([\\s\\S]*)$`),
    groups: [1, 2, 0, 4],
    vote: 0.85,
  },
  {
    pattern: new RegExp(`^${comma} \\[?${level}\\]? +${logger}: ([\\s\\S]*)$`),
    groups: [1, 2, 3, 4],
    vote: 0.45,
  },
  { pattern: new RegExp(`^${comma} ${logger} ${level} ([\\s\\S]*)$`), groups: [1, 3, 2, 4], vote: 0.55 },
  {
    pattern: new RegExp(`^${stamp} \\[?${level}\\]? +${framework}: ([\\s\\S]*)$`),
    groups: [1, 2, 3, 4],
    vote: 0.7,
  },
];
/** basicConfig's default has no time: `WARNING:django.security:text`. */
const bare = new RegExp(`^${level}:${logger}:([\\s\\S]*)$`);
/** uvicorn: `INFO:     203.0.113.9:51234 - "GET /admin HTTP/1.1" 200 OK`. */
const uvicorn =
  /^(DEBUG|INFO|WARNING|ERROR|CRITICAL): {2,10}(?:([0-9a-fA-F.:[\]]{3,60}) - "([^"]{1,8192})" (\d{3})\b)?([\s\S]*)$/;
/** Werkzeug (Flask's own server): the Common Log Format with a blank before the clock and no zone. */
const werkzeug =
  /^(?:INFO:werkzeug:)?(\S{2,255}) - (?:-|\S{1,64}) \[(\d{2}\/[A-Z][a-z]{2}\/\d{4} \d\d:\d\d:\d\d)\] "([^"]{1,8192})" (\d{3}) (?:-|\d{1,20})?\s*$/;
const failure =
  /^((?:[A-Za-z_]\w{0,80}\.){0,8}[A-Za-z_]\w{0,80}(?:Error|Exception|Warning|Interrupt|Exit|DoesNotExist|Http404))(?:: ([^\n]{1,1000}))?$/gm;

/** Logs of Python programs with their tracebacks. */
export const format = {
  kind: "line",
  name: "app/python",
  title: "Python logging (Flask, Django, gunicorn, Celery, uvicorn)",
  version: 1,
  notes:
    "By the usual layouts of the logging module; tracebacks join their line. Local time unless an offset is written; basicConfig and uvicorn write no time: such events are undated.",
  sniff(line) {
    const code = line.charCodeAt(0);
    if (werkzeug.test(line)) return 0.92;
    const isStamped = (code >= 48 && code <= 57) || code === 91;
    if (isStamped) {
      for (const { pattern, vote } of layouts) if (pattern.test(line)) return vote;
      return 0;
    }
    return bare.test(line) ? 0.6 : uvicorn.exec(line)?.[3] !== undefined ? 0.9 : uvicorn.test(line) ? 0.3 : 0;
  },
  open: (context) => {
    const readDate = createClfDateReader(context.time);
    return {
      continues: (_pending, line) => isContinuation(line),
      parse: (record) => {
        const served = werkzeug.exec(record);
        return served ? readWerkzeug(served, readDate(served[2]!)) : parse(record, context);
      },
    };
  },
} satisfies LineFormat;

function readWerkzeug(match: RegExpExecArray, time: EventTime | undefined): LineResult {
  if (!time) return { reject: "no valid time" };
  const fields: Fields = { "log.logger": "werkzeug", message: match[0].trimEnd() };
  setWebAccess(fields, Number(match[4]));
  setRequestLine(fields, match[3]!);
  setEndpoint(fields, "source", match[1]!);
  addRelated(fields);
  return { dataset: "app/python", time, fields };
}

function parse(record: string, context: ParseContext): LineResult {
  for (const { pattern, groups } of layouts) {
    const match = pattern.exec(record);
    if (!match) continue;
    const time = context.time.iso(match[groups[0]]!);
    if (!time) return { reject: "no valid time" };
    const from = groups[2] === 0 ? undefined : match[groups[2]];
    return draft(match[groups[1]]!, from, match[groups[3]]!, time);
  }
  const plain = bare.exec(record);
  if (plain) return draft(plain[1]!, plain[2], plain[3]!, undefined);
  const web = uvicorn.exec(record);
  return web ? readUvicorn(web) : undefined;
}

function draft(
  severity: string,
  from: string | undefined,
  message: string,
  time: EventTime | undefined,
): LineResult {
  const fields = logRecordFields({ level: severity, logger: from, thread: undefined, message });
  setFailure(fields, message);
  addRelated(fields);
  return time ? { dataset: "app/python", time, fields } : { dataset: "app/python", fields };
}

/** The last exception of a traceback is the one that reached the log; those before led to it. */
function setFailure(fields: Fields, message: string): void {
  if (!message.includes("Traceback (most recent call last):")) return;
  let last: RegExpExecArray | undefined;
  for (const match of message.slice(-65_536).matchAll(failure)) last = match;
  if (!last) return;
  fields["error.type"] = last[1]!;
  if (last[2] !== undefined) fields["error.message"] = last[2].trim();
}

function readUvicorn(match: RegExpExecArray): LineResult {
  if (match[3] === undefined) return draft(match[1]!, "uvicorn", match[5]!.trim(), undefined);
  const fields: Fields = {
    "log.level": match[1]!.toLowerCase(),
    "log.logger": "uvicorn.access",
    message: match[0],
  };
  setWebAccess(fields, Number(match[4]));
  setRequestLine(fields, match[3]);
  setAddressPort(fields, "source", match[2]!);
  addRelated(fields);
  return { dataset: "app/python", fields };
}
