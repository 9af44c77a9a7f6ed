import type { Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import { addRelated } from "../../ecs/related.ts";
import { type DayMonthOrder, readTimeValue } from "../../infer/time-value.ts";
import { isContinuation } from "../../text/continuation.ts";
import { logRecordFields } from "../../text/log-record.ts";
import { setDeployment } from "../../web/tomcat-message.ts";

/** `Mar 05, 2024 10:14:02 AM org.apache.catalina.startup.HostConfig deployWAR`, then `INFO: text`. */
const head =
  /^((?:[A-Z][a-z]{2} \d{1,2}, \d{4}|\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{1,2} [A-Za-z]{3,4}\.? \d{4}) \d{1,2}:\d\d:\d\d(?: [AP]M)?) ((?:[\w$]{1,80}\.){1,12}[\w$]{1,80}) ([\w$<>]{1,80})$/;
const body = /^([A-Z\u00c0-\u00dc]{3,16}): ([\s\S]*)$/;

/** The levels of java.util.logging as German and French servers write them. */
const levels: Readonly<Record<string, string>> = {
  SCHWERWIEGEND: "severe",
  WARNUNG: "warning",
  INFORMATION: "info",
  INFORMATIONEN: "info",
  KONFIGURATION: "config",
  FEIN: "fine",
  GRAVE: "severe",
  AVERTISSEMENT: "warning",
  INFOS: "info",
};

/** The two-line records of java.util.logging: Tomcat to version 7, many services. */
export const format = {
  kind: "line",
  name: "app/java-util-logging",
  title: "java.util.logging in two lines (Tomcat to version 7)",
  version: 1,
  notes:
    "A line of date, class and method, then `LEVEL: text`, joined with its stack trace. Local time and notation of the server's locale, no zone.",
  sniff(line) {
    if (head.test(line)) return 0.9;
    const level = body.exec(line)?.[1];
    return level !== undefined &&
      (Object.hasOwn(levels, level) || /^(?:INFO|WARNING|SEVERE|CONFIG|FINE)$/.test(level))
      ? 0.06
      : 0;
  },
  open: (context) => ({
    continues(pending, line) {
      if (head.test(line)) return false;
      return (!pending.includes("\n") && body.test(line)) || isContinuation(line);
    },
    parse: (record) => parse(record, context),
  }),
} satisfies LineFormat;

function parse(record: string, context: ParseContext): LineResult {
  const end = record.indexOf("\n");
  const match = head.exec((end < 0 ? record : record.slice(0, end)).trimEnd());
  if (!match) return undefined;
  const order: DayMonthOrder = / [AP]M$/.test(match[1]!) ? "month-first" : "day-first";
  const time = readTimeValue(match[1]!, context.time, order);
  if (!time) return { reject: "no valid time" };
  const rest = end < 0 ? "" : record.slice(end + 1);
  const text = body.exec(rest);
  const level = text ? (Object.hasOwn(levels, text[1]!) ? levels[text[1]!]! : text[1]!) : "";
  const fields: Fields = logRecordFields({
    level,
    logger: match[2]!,
    thread: undefined,
    message: text ? text[2]! : rest,
  });
  if (level === "") delete fields["log.level"];
  fields["log.origin.function"] = match[3]!;
  setDeployment(fields, text ? text[2]! : rest);
  addRelated(fields);
  return { dataset: "app/java-util-logging", time, fields };
}
