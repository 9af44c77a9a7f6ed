import type { Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import type { EventTime } from "@firebreak/model/time";
import { addRelated } from "../../ecs/related.ts";
import { splitCsvRow } from "../../text/csv-row.ts";

const pattern = /^[0-9A-Fa-f]{12},\d{1,4},\d{1,3},\d{1,3},/;
/** Actions of the log, by number. */
const actions: Record<string, string> = {
  "1": "quarantined",
  "2": "renamed",
  "3": "deleted",
  "4": "allowed",
  "5": "cleaned",
  "6": "cleaned",
  "14": "quarantined",
  "19": "quarantined",
};

/** Symantec Endpoint Protection's and AntiVirus's log on the client: comma-separated, the time in six hexadecimal octets. */
export const format = {
  kind: "line",
  name: "endpoint/symantec-av",
  title: "Symantec AntiVirus client log",
  version: 1,
  notes:
    "By twelve hexadecimal digits (years since 1970, month from 0, day, hour, minute, second) and three numbers. Local time, no zone.",
  sniff(line) {
    return pattern.test(line) ? 0.95 : 0;
  },
  open(context) {
    return { parse: (record) => parseSymantec(record, context) };
  },
} satisfies LineFormat;

/** time, event, category, logger, computer, user, virus, file, wanted action 1, wanted action 2, real action, type, flags, description … */
function parseSymantec(record: string, context: ParseContext): LineResult {
  if (!pattern.test(record)) return undefined;
  const cells = splitCsvRow(record);
  const time = timeOf(cells[0]!, context);
  if (!time) return { reject: "no valid time" };
  if (cells.length < 8) return { reject: `${cells.length} cells, too few for this log` };
  const virus = cells[6]!;
  const fields: Fields = {
    "event.kind": virus === "" ? "event" : "alert",
    "event.category": ["malware"],
    "event.type": ["info"],
    "event.code": cells[1]!,
    "observer.vendor": "Symantec",
    "observer.type": "antivirus",
  };
  if (cells[4]) fields["host.name"] = cells[4];
  if (cells[5]) fields["user.name"] = cells[5];
  if (virus !== "") fields["rule.name"] = virus;
  const file = cells[7]!;
  if (file !== "") {
    fields["file.path"] = file;
    fields["file.name"] = file.slice(file.lastIndexOf("\\") + 1);
  }
  const done = cells[10] ?? "";
  if (virus !== "") fields["event.action"] = Object.hasOwn(actions, done) ? actions[done]! : "detected";
  if (cells[13]) fields.message = cells[13];
  addRelated(fields);
  return { dataset: "endpoint/symantec-av", time, fields };
}

function timeOf(text: string, context: ParseContext): EventTime | undefined {
  const octet = (i: number) => Number.parseInt(text.slice(2 * i, 2 * i + 2), 16);
  const civil = {
    year: 1970 + octet(0),
    month: octet(1) + 1,
    day: octet(2),
    hour: octet(3),
    minute: octet(4),
    second: octet(5),
  };
  return context.time.local(civil, text);
}
