import type { Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import type { EventTime } from "@firebreak/model/time";
import { addRelated } from "../../ecs/related.ts";
import { setUrl } from "../../ecs/url.ts";

const pattern = /^(\d{8})<;>(\d{1,4})<;>/;
/** What the virus log says was done, by its result number; the number itself stays in event.code. */
const results: Record<string, string> = {
  "0": "cleaned",
  "1": "quarantined",
  "2": "deleted",
  "3": "renamed",
  "4": "denied",
  "5": "clean-failed",
  "6": "quarantine-failed",
  "7": "delete-failed",
  "8": "rename-failed",
  "10": "quarantined",
  "11": "quarantine-failed",
  "12": "deleted",
  "13": "delete-failed",
  "14": "renamed",
  "15": "rename-failed",
  "25": "allowed",
};

/** Trend Micro OfficeScan and Apex One: virus log and web reputation log, cells between "<;>". */
export const format = {
  kind: "line",
  name: "endpoint/trend-micro",
  title: "Trend Micro OfficeScan virus and web reputation logs",
  version: 1,
  notes:
    "By yyyymmdd<;>hhmm<;>. The epoch in a later cell gives the exact time (UTC); without it local time to the minute.",
  sniff(line) {
    return pattern.test(line) ? 0.97 : 0;
  },
  open(context) {
    return { parse: (record) => parseTrend(record, context) };
  },
} satisfies LineFormat;

function parseTrend(record: string, context: ParseContext): LineResult {
  if (!pattern.test(record)) return undefined;
  const cells = record.split("<;>", 40);
  const time = timeOf(cells, context);
  if (!time) return { reject: "no valid date" };
  const fields: Fields = {
    "event.kind": "alert",
    "event.category": ["malware"],
    "event.type": ["info"],
    "observer.vendor": "Trend Micro",
    "observer.type": "antivirus",
  };
  if (/^https?:\/\//i.test(cells[3] ?? "")) readWebReputation(fields, cells);
  else if (cells.length >= 8) readVirus(fields, cells);
  else return { reject: `${cells.length} cells, too few for this log` };
  addRelated(fields);
  return { dataset: "endpoint/trend-micro", time, fields };
}

function timeOf(cells: readonly string[], context: ParseContext): EventTime | undefined {
  const epoch = cells.slice(8).find((cell) => /^1\d{9}$/.test(cell));
  if (epoch !== undefined) return context.time.instant(Number(epoch) * 1000, 0, epoch);
  const [date, clock] = [cells[0]!, cells[1]!.padStart(4, "0")];
  const read = context.time.iso(
    `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6, 8)} ${clock.slice(0, 2)}:${clock.slice(2, 4)}`,
  );
  return read && { ...read, original: `${date} ${cells[1]}` };
}

/** date, time, virus, result, scan type, -, path, file, … */
function readVirus(fields: Fields, cells: readonly string[]): void {
  if (cells[2]) fields["rule.name"] = cells[2];
  const result = cells[3]!;
  fields["event.action"] = Object.hasOwn(results, result) ? results[result]! : "detected";
  fields["event.code"] = result;
  const path = cells[6] ?? "";
  const file = cells[7] ?? "";
  if (file !== "") fields["file.name"] = file;
  if (path !== "")
    fields["file.path"] = path.endsWith("\\") || path.endsWith("/") ? path + file : `${path}\\${file}`;
}

/** date, time, mode, URL, rating, category, -, action, process, … */
function readWebReputation(fields: Fields, cells: readonly string[]): void {
  fields["event.category"] = ["web"];
  setUrl(fields, cells[3]!);
  if (cells[5]) fields["rule.category"] = cells[5];
  if (cells[2] === "1" || cells[2] === "0") fields["firebreak.raw.block_mode"] = cells[2];
  fields["event.action"] = cells[2] === "1" ? "blocked" : "detected";
  const program = cells[8] ?? "";
  if (program === "") return;
  fields["process.executable"] = program;
  fields["process.name"] = program.slice(Math.max(program.lastIndexOf("\\"), program.lastIndexOf("/")) + 1);
}
