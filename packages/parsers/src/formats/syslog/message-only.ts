import type { EventDraft } from "@firebreak/model/event";
import type { LineFormat, ParseContext } from "@firebreak/model/format";
import { isBare } from "../../network/bare.ts";
import { complete, fill, isKnownMessage, readMessage } from "./dispatch.ts";
import { blankHeader, type Header, readTag, skipLevel } from "./header.ts";

/** A syslog message whose header a collector or an export took off: "%SEC-6-IPACCESSLOGP: …", "haproxy[7]: …". */
export const format = {
  kind: "line",
  name: "syslog/message-only",
  title: "Syslog message without its header",
  version: 1,
  notes:
    "`program[pid]: message`, or a message that a product's text tells, with nothing before it. Undated unless the message holds a time of its own.",
  sniff(line) {
    if (!isBare(line)) return 0;
    const { program, messageAt } = tagOf(line);
    return isKnownMessage(program, line.slice(messageAt)) || (messageAt > 0 && isKnownMessage("", line))
      ? 0.7
      : 0;
  },
  open: (context) => ({ parse: (record) => parse(record, context) }),
} satisfies LineFormat;

function parse(record: string, context: ParseContext): EventDraft | undefined {
  if (!isBare(record)) return undefined;
  const { program, pid, messageAt, level } = tagOf(record);
  const message = record.slice(messageAt).trimEnd();
  const none = { host: undefined, time: undefined };
  // What looks like a program may be the message's own first word.
  const draft =
    readMessage(message, { program, ...none }, context, "products") ??
    (messageAt > 0
      ? readMessage(record.trimEnd(), { program: "", ...none }, context, "products")
      : undefined);
  if (!draft) return undefined;
  const { fields } = draft;
  fields.message ??= message;
  fill(fields, "process.name", program);
  if (pid !== "" && Number.isSafeInteger(Number(pid))) fill(fields, "process.pid", Number(pid));
  fill(fields, "log.level", level);
  complete(fields);
  return draft;
}

function tagOf(line: string): Header {
  const header = blankHeader(-1, 0);
  readTag(line, skipLevel(line, 0, header), header);
  return header;
}
