import type { Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult } from "@firebreak/model/format";
import { addRelated } from "../../ecs/related.ts";
import { createHeadMemory } from "../../infer/head-memory.ts";
import { type DayMonthOrder, provenOrder, readTimeValue } from "../../infer/time-value.ts";

const pattern =
  /^\uFEFF?(\d{1,2}[/.-]\d{1,2}[/.-]\d{4})\t(\d{1,2}:\d{2}:\d{2}(?: ?[AP]M)?)\t(Blocked|Would be blocked) by (?:Access Protection rule|port blocking rule)\b([^\t]*)\t/;
const memory = createHeadMemory((head): DayMonthOrder => provenOrder(head.lines) ?? "unknown");

/** McAfee VirusScan Enterprise's AccessProtectionLog.txt. Local time in the locale of the machine, no zone. */
export const format = {
  kind: "line",
  name: "endpoint/mcafee-access-protection",
  title: "McAfee VirusScan access protection log",
  version: 1,
  notes:
    "By tab-separated date, time and 'Blocked by Access Protection rule'. Local time; the order of day and month is proven by the head or flagged.",
  sniff(line, head) {
    if (!pattern.test(line)) return 0;
    memory.of(head);
    return 0.97;
  },
  open(context) {
    const order = memory.recall(context.fileName) ?? "unknown";
    return {
      parse(record): LineResult {
        const match = pattern.exec(record);
        if (!match) return undefined;
        const time = readTimeValue(`${match[1]} ${match[2]}`, context.time, order);
        if (!time) return { reject: "no valid date" };
        return {
          dataset: "endpoint/mcafee-access-protection",
          time,
          fields: fieldsOf(record, match[3] === "Blocked"),
        };
      },
    };
  },
} satisfies LineFormat;

function fieldsOf(record: string, isBlocked: boolean): Fields {
  const [, , verdict, user, program, target, rule, action] = record
    .split("\t", 20)
    .map((cell) => cell.trim());
  const fields: Fields = {
    "event.kind": "alert",
    "event.category": ["intrusion_detection"],
    "event.type": [isBlocked ? "denied" : "info"],
    "event.action": isBlocked ? "blocked" : "detected",
    "observer.vendor": "McAfee",
    "observer.type": "antivirus",
    message: verdict!,
  };
  if (user) {
    const slash = user.indexOf("\\");
    if (slash > 0) fields["user.domain"] = user.slice(0, slash);
    fields["user.name"] = user.slice(slash + 1);
  }
  if (program) {
    fields["process.executable"] = program;
    fields["process.name"] = program.slice(program.lastIndexOf("\\") + 1);
  }
  if (target) fields[target.startsWith("\\REGISTRY") ? "registry.path" : "file.path"] = target;
  if (rule) fields["rule.name"] = rule;
  if (action) fields["firebreak.raw.action"] = action;
  addRelated(fields);
  return fields;
}
