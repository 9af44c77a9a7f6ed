import type { Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import { cleanIp } from "../../ecs/ip.ts";
import { addRelated } from "../../ecs/related.ts";
import { setUrl } from "../../ecs/url.ts";
import { describeProse } from "../../infer/prose.ts";
import { setWebAccess } from "../../web/request.ts";

/** Ruby's Logger: severity letter, [time #pid], severity, program, message. */
const logger =
  /^[DIWEFAU], \[(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{1,9})(?: ?([+-]\d\d:?\d\d|Z))? ?#(\d{1,10})\] {1,3}([A-Z]{3,7}) -- ([^:]{0,100}): ([\s\S]*)$/;
/** Rails' default request line (Rails guide, "Action Controller"). */
const started =
  /^(?:\[[\w-]{8,64}\] )?Started ([A-Z]{3,10}) "([^"]{1,4000})" for ([\da-fA-F.:]{2,45}) at (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4})/;

/** Ruby programs: Logger (Puppet, MCollective, Sidekiq …) and Rails' development and production logs. */
export const format = {
  kind: "line",
  name: "app/ruby-logger",
  title: "Ruby Logger and Rails log",
  version: 1,
  notes:
    "By the severity letter and [time #pid], or Rails' 'Started GET … for … at …', to which the lines of the request are joined. Logger writes local time without a zone; Rails has it in the record.",
  sniff(line) {
    return logger.test(line) || started.test(line) ? 0.95 : 0;
  },
  open(context) {
    return {
      continues: (pending, line) => {
        if (started.test(pending) && !/^Completed \d/m.test(pending.slice(-200)))
          return !started.test(line) && !logger.test(line);
        return /^\s+\S/.test(line);
      },
      parse: (record) => parseRuby(record, context),
    };
  },
} satisfies LineFormat;

function parseRuby(record: string, context: ParseContext): LineResult {
  const match = logger.exec(record);
  if (!match) return parseRequest(record, context);
  const time = context.time.iso(`${match[1]}${match[2] ?? ""}`);
  if (!time) return { reject: "no valid time" };
  const message = match[6]!;
  // Rails behind a tagged logger writes its request line as the message.
  const inner = parseRequest(message, context);
  const fields: Fields = inner?.fields ?? { "event.kind": "event", message };
  fields["log.level"] = match[4]!;
  fields["process.pid"] = Number(match[3]);
  const program = match[5]!.trim();
  if (program !== "") fields["process.name"] = program;
  if (inner === undefined) describeProse(fields, message);
  addRelated(fields);
  return { dataset: "app/ruby-logger", time, fields };
}

function parseRequest(record: string, context: ParseContext) {
  const match = started.exec(record);
  if (!match) return undefined;
  const time = context.time.iso(match[4]!);
  if (!time) return undefined;
  const fields: Fields = {};
  const completed = /^Completed (\d{3}) ([^\n]{0,200}?) in (\d{1,9})ms/m.exec(record);
  setWebAccess(fields, completed ? Number(completed[1]) : undefined);
  fields["http.request.method"] = match[1]!;
  setUrl(fields, match[2]!);
  const ip = cleanIp(match[3]!);
  if (ip !== undefined) fields["source.ip"] = ip;
  const action = /^Processing by ([\w:]{1,200})#(\w{1,100}) as ([^\n]{1,60})/m.exec(record);
  if (action) {
    fields["firebreak.raw.controller"] = action[1]!;
    fields["firebreak.raw.action"] = action[2]!;
  }
  if (completed) fields["event.duration"] = Number(completed[3]) * 1e6;
  fields.message = record;
  addRelated(fields);
  return { dataset: "app/ruby-logger", time, fields };
}
