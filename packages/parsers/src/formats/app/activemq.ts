import type { LineFormat } from "@firebreak/model/format";
import { isContinuation } from "../../text/continuation.ts";
import { lineTable } from "../../text/line-table.ts";
import { rule } from "../../text/rules.ts";

const time = "(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d,\\d{3})";
const level = "(TRACE|DEBUG|INFO|WARN|ERROR|FATAL)";

/** ActiveMQ's audit log ("Audit logging") and its server log, `time | level | message | logger | thread`. Local time without a zone. */
export const format = {
  kind: "line",
  name: "app/activemq",
  title: "Apache ActiveMQ server and audit log",
  version: 1,
  notes:
    "`time | LEVEL | message | logger | thread`; the audit log tells who called or requested what. Local time without a zone.",
  ...lineTable({
    dataset: "app/activemq",
    vote: 0.9,
    rules: [
      rule(
        new RegExp(
          `^${time} \\| ${level} *\\| (\\S{1,128}) (?:called (\\S{1,400})|requested (\\S{1,2000})) ([\\s\\S]*?)\\s*\\| ([^|]{1,200})$`,
        ),
        "@ log.level user.name event.action url message process.thread.name",
        { "event.category": ["configuration"], "event.type": ["access"] },
      ),
      rule(
        new RegExp(
          `^${time} \\| ${level} *\\| ([^|]*?) \\| ([\\w.$]{3,200}) \\| ([^|\\n]{1,400})([\\s\\S]*)$`,
        ),
        "@ log.level message log.logger process.thread.name error.stack_trace",
        { "event.category": ["process"], "event.type": ["info"] },
      ),
    ],
    continues: (pending, line) => /^\d{4}-\d\d-\d\d \d\d/.test(pending) && isContinuation(line),
    finish(fields, record) {
      fields["log.level"] = String(fields["log.level"]).toLowerCase();
      if (fields["url.path"] !== undefined) {
        fields["event.action"] = "requested";
        fields["event.category"] = ["web"];
      }
      const from = / from ([\da-fA-F.:]{3,45}) \|/.exec(record)?.[1];
      if (from !== undefined) fields["source.ip"] = from;
      return undefined;
    },
  }),
} satisfies LineFormat;
