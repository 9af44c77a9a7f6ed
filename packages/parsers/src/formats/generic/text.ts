import type { Fields } from "@firebreak/model/event";
import type { Head, LineFormat, LineParser, LineResult, ParseContext } from "@firebreak/model/format";
import { addRelated } from "../../ecs/related.ts";
import { createHeadMemory } from "../../infer/head-memory.ts";
import { leadingTimeText, readLeadingTime } from "../../infer/leading-time.ts";
import { describeProse } from "../../infer/prose.ts";
import { type DayMonthOrder, provenOrder } from "../../infer/time-value.ts";
import { stripAnsi } from "../../text/ansi.ts";
import { isContinuation } from "../../text/continuation.ts";

const level =
  /(?:^|[\s[(|:"=])(TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|ERR|SEVERE|CRITICAL|CRIT|FATAL|ALERT|EMERG|trace|debug|info|notice|warn|warning|error|critical|fatal|Debug|Info|Information|Warning|Error|Critical)(?=[\s\])|:",]|$)/;
const glogLevels: Record<string, string> = { I: "info", W: "warning", E: "error", F: "fatal" };
const clockOnly = /^\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?\s+\S/;

const memory = createHeadMemory(orderOf);

/** Any text whose lines begin with a time: the last resort, so that such a log still has its place on the timeline. */
export const format = {
  kind: "line",
  name: "generic/text",
  title: "Text with a time at the start of its lines",
  version: 1,
  notes:
    "Any line that begins with a recognisable time; the rest is the message: accounts, sides and sign-ins are read out of its words with a confidence, all addresses are related.ip. Indented lines and stack traces join the line before. A clock without a date gives an undated event.",
  sniff(line, head) {
    memory.of(head);
    const text = stripAnsi(line);
    return leadingTimeText(text) !== undefined ? 0.1 : clockOnly.test(text) ? 0.06 : 0;
  },
  open(context) {
    return new TextParser(context, memory.recall(context.fileName) ?? "unknown");
  },
} satisfies LineFormat;

function orderOf(head: Head): DayMonthOrder {
  const times = head.lines
    .map((line) => leadingTimeText(stripAnsi(line)))
    .filter((text) => text !== undefined);
  return provenOrder(times) ?? "unknown";
}

class TextParser implements LineParser {
  readonly #context: ParseContext;
  readonly #order: DayMonthOrder;

  constructor(context: ParseContext, order: DayMonthOrder) {
    this.#context = context;
    this.#order = order;
  }

  continues(_pending: string, line: string): boolean {
    return isContinuation(line);
  }

  parse(record: string): LineResult {
    const text = stripAnsi(record);
    const leading = readLeadingTime(text, this.#context.time, this.#order);
    if (leading === undefined && !clockOnly.test(text)) return undefined;
    const message = leading === undefined ? text : text.slice(leading.end);
    const fields: Fields = { "event.kind": "event", message };
    const found = level.exec(message.slice(0, 120))?.[1];
    if (found !== undefined) fields["log.level"] = found.toLowerCase();
    else if (/^[IWEF]\d{4} /.test(text)) fields["log.level"] = glogLevels[text.charAt(0)]!;
    describeProse(fields, message);
    addRelated(fields);
    return leading
      ? { dataset: "generic/text", time: leading.time, fields }
      : { dataset: "generic/text", fields };
  }
}
