import type { LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import { addRelated } from "../../ecs/related.ts";
import { readTimeValue } from "../../infer/time-value.ts";
import { isContinuation } from "../../text/continuation.ts";
import { logRecordFields } from "../../text/log-record.ts";
import { setDeployment } from "../../web/tomcat-message.ts";

const iso = "(\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{3,9})?(?:Z|[+-]\\d\\d:?\\d\\d)?)";
const american = "(\\d{1,2}\\/\\d{1,2}\\/\\d{2,4} \\d{1,2}:\\d\\d:\\d\\d(?:[.,]\\d{3})?(?: [AP]M)?)";
const level = "(TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL|SEVERE)";
/** A class name: at least one dot, or a capital at the start of the last part. */
const logger = "((?:[\\w$]{1,80}\\.){1,12}[\\w$<>-]{1,80}|[A-Z][\\w$]{1,80})(?:[:(]\\d{1,6}\\)?)?";

interface Layout {
  readonly pattern: RegExp;
  /** Groups of time, level, thread, logger and message; 0 where the layout has none. */
  readonly groups: readonly [number, number, number, number, number];
  readonly vote: number;
}

/** Pattern layouts of Log4j and Logback that have no thread, or that put the level first. */
const layouts: readonly Layout[] = [
  {
    pattern: new RegExp(`^${iso} +\\[?${level}\\]? +${logger} +- ([\\s\\S]*)$`),
    groups: [1, 2, 0, 3, 4],
    vote: 0.6,
  },
  {
    pattern: new RegExp(`^${iso} +\\[?${level}\\]? +${logger}: ([\\s\\S]*)$`),
    groups: [1, 2, 0, 3, 4],
    vote: 0.5,
  },
  {
    pattern: new RegExp(
      `^${iso} +${level} +\\d{1,10} --- \\[[^\\]]{0,100}\\] \\[([^\\]]{1,200})\\] ${logger} *: ([\\s\\S]*)$`,
    ),
    groups: [1, 2, 3, 4, 5],
    vote: 0.7,
  },
  {
    pattern: new RegExp(
      `^\\[?${level}\\]? +\\[?${iso}\\]? +\\[([^\\]]{1,200})\\] +${logger} +-? ?([\\s\\S]*)$`,
    ),
    groups: [2, 1, 3, 4, 5],
    vote: 0.6,
  },
  {
    pattern: new RegExp(`^\\[${iso}\\]\\[${level} *\\]\\[([^\\]]{1,200}?) *\\] ?([\\s\\S]*)$`),
    groups: [1, 2, 0, 3, 4],
    vote: 0.7,
  },
  {
    pattern: new RegExp(
      `^\\[${iso}\\] +${level} +(?:\\[([^\\]]{1,200})\\] +)?${logger} *[-:]? ?([\\s\\S]*)$`,
    ),
    groups: [1, 2, 3, 4, 5],
    vote: 0.5,
  },
  {
    // ActiveMQ: the message stands before the logger and the thread.
    pattern: new RegExp(
      `^${iso} *\\| *${level} *\\| ([\\s\\S]{0,16384}?) \\| ((?:[\\w$]{1,80}\\.){1,12}[\\w$]{1,80}) \\| ([^|]{1,200})$`,
    ),
    groups: [1, 2, 5, 4, 3],
    vote: 0.7,
  },
  {
    pattern: new RegExp(
      `^(\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d:\\d\\d[.,]\\d{3,9}(?: ?(?:Z|[+-]\\d\\d:?\\d\\d))?) *\\| *${level} *\\| *(?:([^|]{1,200}?) *\\| *)?${logger} *[-|:] ?([\\s\\S]*)$`,
    ),
    groups: [1, 2, 3, 4, 5],
    vote: 0.6,
  },
  { pattern: new RegExp(`^${american} +${level} +([\\s\\S]*)$`), groups: [1, 2, 0, 0, 3], vote: 0.4 },
];

/** Java application logs whose pattern names no thread or puts the level first; GoAnywhere, Elasticsearch, Hadoop and many others. */
export const format = {
  kind: "line",
  name: "app/log4j",
  title: "Log4j and Logback pattern layouts (GoAnywhere, Elasticsearch and others)",
  version: 1,
  notes:
    "Time, level, logger in the orders that app/java-log does not have. Stack traces join their line. Local time of the server unless a zone is written.",
  sniff(line) {
    for (const { pattern, vote } of layouts) if (pattern.test(line)) return vote;
    return 0;
  },
  open: (context) => ({
    continues: (_pending, line) => isContinuation(line),
    parse: (record) => parse(record, context),
  }),
} satisfies LineFormat;

function parse(record: string, context: ParseContext): LineResult {
  for (const { pattern, groups } of layouts) {
    const match = pattern.exec(record);
    if (!match) continue;
    const [timeAt, levelAt, threadAt, loggerAt, messageAt] = groups;
    const time = readTimeValue(match[timeAt]!, context.time, "month-first");
    if (!time) return { reject: "no valid time" };
    const message = match[messageAt]!;
    const from = loggerAt === 0 ? undefined : match[loggerAt]!;
    const fields = logRecordFields({
      level: match[levelAt]!,
      logger: from,
      thread: threadAt === 0 ? undefined : match[threadAt]?.trim(),
      message,
    });
    setDeployment(fields, message);
    addRelated(fields);
    // Linoma is the maker of GoAnywhere: its classes, and nobody else's, are below this name.
    const isGoAnywhere = from?.startsWith("com.linoma.") || /\bcom\.linoma\./.test(message.slice(0, 4096));
    return { dataset: isGoAnywhere ? "app/goanywhere" : "app/log4j", time, fields };
  }
  return undefined;
}
