import type { EventDraft } from "@firebreak/model/event";
import type { ParseContext } from "@firebreak/model/format";
import { parseJsonObject } from "../../json/parse.ts";
import { JsonRecordReader } from "../../json/record.ts";
import type { SyslogPayload } from "../../syslog-payload.ts";

/** One reader per evidence item: it remembers the paths of its records. */
const readers = new WeakMap<ParseContext, JsonRecordReader>();

/** A JSON object as the message of a syslog line: Suricata EVE, cloud collectors, applications. */
export const payload = {
  name: "generic/json-lines",
  title: "JSON within syslog",
  programs: [],
  accepts: (message) => /^\s*(?:@cee:\s*)?\{\s*"/.test(message),
  parse(message, _envelope, context) {
    const object = parseJsonObject(message.slice(message.indexOf("{")));
    if (object === undefined) return undefined;
    let reader = readers.get(context);
    if (reader === undefined) {
      reader = new JsonRecordReader(context, "generic/json-lines");
      readers.set(context, reader);
    }
    const read = reader.read(object);
    // An envelope of several records has no place in one syslog line: it stays plain text.
    if (Array.isArray(read)) return undefined;
    const { dataset, time, fields } = read as EventDraft;
    return time ? { dataset, time, fields } : { dataset, fields };
  },
} satisfies SyslogPayload;
