import type { EventDraft, Fields } from "@firebreak/model/event";
import type { ParseContext } from "@firebreak/model/format";
import type { EventTime } from "@firebreak/model/time";
import { addRelated } from "../ecs/related.ts";
import { readMessage } from "../formats/syslog/dispatch.ts";
import { describeProse } from "../infer/prose.ts";

/**
 * The event of one line that a container wrote: read as what it is where its text tells (a web access line, JSON, CEF), else
 * plain text. The runtime's time stands: it always has its zone, and nanoseconds.
 */
export function readContainerLine(
  dataset: string,
  time: EventTime | undefined,
  message: string,
  context: ParseContext,
): EventDraft {
  const inner = mayHoldRecord(message)
    ? readMessage(message, { program: "", host: undefined, time }, context)
    : undefined;
  const fields: Fields = inner?.fields ?? {};
  fields["event.kind"] ??= "event";
  if (message !== "") fields.message ??= message;
  if (!inner) describeProse(fields, message);
  addRelated(fields);
  // JSON of no known product says less about the source than the container does.
  const name = inner && !inner.dataset.startsWith("generic/") ? inner.dataset : dataset;
  return time ? { dataset: name, time, fields } : { dataset: name, fields };
}

/** What a container prints is mostly plain text: only JSON, an access line, CEF and LEEF are worth asking every reader. */
function mayHoldRecord(message: string): boolean {
  return (
    message.charCodeAt(0) === 123 ||
    message.includes('] "') ||
    message.startsWith("CEF:") ||
    message.startsWith("LEEF:")
  );
}
