/**
 * How a folder of log samples is read: `npm run script bench/samples/samples.ts -- FOLDER [--all]`. The folder holds a `manifest.json`,
 * a list of `{ format, file }`. One line a file: what the manifest calls it, the format that read it, the datasets of its records, the
 * share of its records that were parsed (not rejected, and by more than the general text format). Archives are left out: opening them
 * is the engine's. Prints what is below 98 % only, unless --all is given.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { formats } from "../../packages/parsers/src/formats.generated.ts";
import { collect } from "../../packages/parsers/src/testing/collect.ts";

const [folder, flag] = process.argv.slice(2);
if (folder === undefined) throw new Error("usage: samples.ts FOLDER [--all]");
const wanted = 0.98;
const general = new Set(["generic/text", "syslog/rfc3164", "syslog/rfc5424"]);
const archives = /\.(?:gz|zip|tar|tgz|7z|bz2|xz|zst)$/i;

interface Row {
  format: string;
  file: string;
}

function measure(row: Row): { line: string; events: number; parsed: number } | undefined {
  if (archives.test(row.file)) return undefined;
  const read = collect(readFileSync(join(folder!, row.file)), formats, {
    fileName: row.file.split("/").pop()!,
  });
  const datasets = new Map<string, number>();
  for (const { dataset } of read.events) datasets.set(dataset, (datasets.get(dataset) ?? 0) + 1);
  const records = read.events.length + read.rejects.length;
  const parsed = records === 0 ? 1 : read.events.length / records;
  const top = [...datasets].sort((a, b) => b[1] - a[1]).slice(0, 4);
  const plain = top.filter(([name]) => general.has(name)).reduce((sum, [, count]) => sum + count, 0);
  if (flag !== "--all" && parsed >= wanted && read.format !== undefined)
    return { line: "", events: read.events.length, parsed: records * parsed };
  const why = [...new Set(read.rejects.map(({ reason }) => reason))].slice(0, 2).join("; ");
  const line = [
    row.file,
    row.format,
    read.format ?? "none",
    top.map(([name, count]) => `${name} ${count}`).join(", "),
    `${(parsed * 100).toFixed(1)} % of ${records}`,
    plain === 0 ? "" : `${plain} as plain text`,
    why,
  ];
  return { line: line.join(" | "), events: read.events.length, parsed: records * parsed };
}

const rows = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as Row[];
const measured = rows.map(measure).filter((one) => one !== undefined);
for (const { line } of measured) if (line !== "") console.log(line);
console.log(`${measured.length} files, ${measured.reduce((sum, { events }) => sum + events, 0)} records`);
