import type { Fields } from "@firebreak/model/event";
import { addRelated } from "../ecs/related.ts";
import { describeProse } from "../infer/prose.ts";

/** What the layouts of application loggers have in common; a part that a layout lacks is undefined. */
export interface LogRecord {
  readonly level: string;
  readonly logger: string | undefined;
  readonly thread: string | undefined;
  readonly message: string;
}

const javaFailure =
  /^(?:Caused by: )?((?:[\w$]{1,60}\.){1,12}[\w$]{1,60}(?:Exception|Error))(?:: ([^\n]{1,1000}))?/m;

/** Fields of a line of an application log: level, logger, thread, text, the first exception and the addresses named. */
export function logRecordFields(record: LogRecord): Fields {
  const message = record.message.trimEnd();
  const fields: Fields = { "event.kind": "event", "log.level": record.level.toLowerCase() };
  if (record.logger) fields["log.logger"] = record.logger;
  if (record.thread) fields["process.thread.name"] = record.thread;
  if (message !== "") fields.message = message;
  const failure = javaFailure.exec(message.slice(0, 65_536));
  if (failure) {
    fields["error.type"] = failure[1]!;
    if (failure[2] !== undefined) fields["error.message"] = failure[2].trim();
  }
  describeProse(fields, message);
  addRelated(fields);
  return fields;
}
