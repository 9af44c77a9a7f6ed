import type { LineFormat } from "@firebreak/model/format";
import { setEndpoint } from "../../ecs/endpoint.ts";
import { lineTable } from "../../text/line-table.ts";
import { rule } from "../../text/rules.ts";

const start =
  /^([\w.-]{1,80})::(DEBUG|INFO|WARNING|ERROR|CRITICAL)::(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3})::([\w.]{1,80})::(\d{1,6})::([\w.-]{1,120})::\((\w{1,80})\) ?([\s\S]*)$/;

/** oVirt and RHV host agent (vdsm.log). Local time of the host, no zone. */
export const format = {
  kind: "line",
  name: "virtual/vdsm",
  title: "oVirt host agent (vdsm)",
  version: 1,
  notes:
    "By thread::LEVEL::time::module::line::logger::(function). Tracebacks join their line. Local time without a zone.",
  ...lineTable({
    dataset: "virtual/vdsm",
    rules: [
      rule(
        start,
        "process.thread.name log.level @ log.origin.file.name log.origin.file.line:n log.logger log.origin.function message",
        {},
      ),
    ],
    vote: 0.95,
    // A traceback's lines are not all indented; every record of its own begins with a thread.
    continues: (_pending, line) => !start.test(line),
    finish(fields) {
      const client = /^\[([\da-fA-F.:]{3,45})\]/.exec(String(fields.message ?? ""))?.[1];
      if (client !== undefined) setEndpoint(fields, "source", client);
      return undefined;
    },
  }),
} satisfies LineFormat;
