import type { EventDraft } from "@firebreak/model/event";
import type { LineParser, ParseContext } from "@firebreak/model/format";
import { format } from "../../formats/web/access.ts";
import type { SyslogPayload } from "../../syslog-payload.ts";

const shape = /^\S{2,255} .{1,300}\[\d{2}\/[A-Z][a-z]{2}\/\d{4}:\d{2}:\d{2}:\d{2} [+-]\d{4}\] "/;

const parsers = new WeakMap<ParseContext, LineParser>();

/** Access logs of web servers within syslog; their own time carries its zone. */
export const payload = {
  name: "web/access",
  title: "Web access log within syslog",
  programs: [],
  accepts: (message) => message.includes('] "') && shape.test(message),
  parse(message, _envelope, context) {
    let parser = parsers.get(context);
    if (parser === undefined) {
      parser = format.open(context);
      parsers.set(context, parser);
    }
    const read = parser.parse(message);
    if (read === undefined || !("fields" in read)) return undefined;
    const { dataset, fields, time } = read as EventDraft;
    return time ? { dataset, fields, time } : { dataset, fields };
  },
} satisfies SyslogPayload;
