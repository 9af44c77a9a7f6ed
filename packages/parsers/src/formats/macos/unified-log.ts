import type { Fields } from "@firebreak/model/event";
import type { LineFormat } from "@firebreak/model/format";
import { setProgram } from "../../ecs/parts.ts";
import { addRelated } from "../../ecs/related.ts";
import { readMessage } from "../syslog/dispatch.ts";

const stamp = String.raw`(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3,6}(?:[+-]\d{4})?)`;
/** `log show`: thread, type, activity, process id, TTL, then "process: (sender) [subsystem:category] message". */
const shown = new RegExp(
  `^${stamp} +(0x[0-9a-f]{1,16}) +(Default|Info|Debug|Error|Fault|Activity|Signpost|State|UserAction) +(0x[0-9a-f]{1,16}) +(\\d{1,10}) +(\\d{1,10}) +([^:]{1,200}): (?:\\(([^)]{1,200})\\) )?(?:\\[([\\w.-]{1,200}):([^\\]]{0,200})\\] )?([\\s\\S]*)$`,
);
/** `log show --style syslog`: host, process[pid]. */
const syslog = new RegExp(
  `^${stamp} +([\\w.-]{1,255}) ([^[\\]]{1,200})\\[(\\d{1,10})\\]: (?:\\(([^)]{1,200})\\) )?(?:\\[([\\w.-]{1,200}):([^\\]]{0,200})\\] )?([\\s\\S]*)$`,
);
const header = /^Timestamp {5,}Thread {2,}Type {2,}|^Timestamp {10,}\(process\)\[PID\]/;

/** macOS unified log as text of `log show` or `log stream` (default and syslog style). The offset is in the record. */
export const format = {
  kind: "line",
  name: "macos/unified-log",
  title: "macOS unified log (log show)",
  version: 1,
  notes:
    "By microseconds with an offset and the columns of log show, or host process[pid] of its syslog style. The zone is in the record. JSON and ndjson styles are read as macos/unified-log too.",
  sniff(line) {
    if (shown.test(line)) return 0.95;
    if (header.test(line)) return 0.9;
    return syslog.test(line) ? 0.8 : 0;
  },
  open: (context) => ({
    continues: (_pending, line) => /^\s/.test(line),
    parse(record) {
      if (header.test(record)) return { skip: "header" };
      const table = shown.exec(record);
      const plain = table ? null : syslog.exec(record);
      const match = table ?? plain;
      if (!match) return undefined;
      const time = context.time.iso(match[1]!);
      if (!time) return { reject: "no valid time" };
      const program = match[table ? 7 : 3]!.trim();
      const message = match[table ? 11 : 8]!;
      const host = plain?.[2];
      const inner = readMessage(message, { program: program.split("/").at(-1)!, host, time }, context);
      const fields: Fields = inner?.fields ?? {};
      fields["event.kind"] ??= "event";
      setProgram(fields, "process", program);
      fields["process.pid"] = Number(match[table ? 5 : 4]);
      if (table) {
        fields["log.level"] = match[3]!.toLowerCase();
        fields["process.thread.id"] = Number.parseInt(match[2]!, 16);
      }
      const [subsystem, category] = table ? [match[9], match[10]] : [match[6], match[7]];
      if (subsystem !== undefined) fields["event.provider"] = subsystem;
      if (category !== undefined && category !== "") fields["log.logger"] = category;
      if (host !== undefined) fields["host.name"] = host;
      fields.message ??= message;
      addRelated(fields);
      return { dataset: inner?.dataset ?? "macos/unified-log", time, fields };
    },
  }),
} satisfies LineFormat;
