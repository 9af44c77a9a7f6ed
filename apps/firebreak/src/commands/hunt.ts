import { createHunt, type HuntDetection } from "@firebreak/engine/detect/hunt";
import { readRuleSource } from "@firebreak/engine/detect/rule-files";
import { readItem } from "@firebreak/engine/ingest/item";
import { exitCodes } from "../exit.ts";
import { inert, print, say } from "../terminal/output.ts";
import { type ReadingOptions, timeSettingsFor, withEvidence } from "./shared.ts";

interface Options extends ReadingOptions {
  rules: string[];
  format: "jsonl" | "csv" | "table";
}

export async function runHunt(paths: string[], options: Options): Promise<void> {
  const sources = await Promise.all(options.rules.map(readRuleSource));
  const hunt = createHunt(sources.flatMap(({ files }) => files));
  const { rules, correlations, diagnostics } = hunt.ruleSet;
  say(
    `${rules.length} rules and ${correlations.length} correlations; ${diagnostics.length} problems ('firebreak rules check' lists them)`,
  );
  const timeFor = timeSettingsFor(options);
  const write = writers[options.format];
  let count = 0;
  const report = (detection: HuntDetection) => {
    if (count++ === 0 && options.format === "csv") print(`${csvColumns.join(",")}\n`);
    write(detection);
  };
  await withEvidence(paths, options, (collection) => {
    for (const item of collection.items) {
      readItem(item, { time: timeFor(item) }, { event: (event) => hunt.event(event, item, report) });
    }
  });
  hunt.finish(report);
  say(`${count} detections`);
  process.exitCode = count > 0 ? exitCodes.findings : exitCodes.nothingFound;
}

const csvColumns = [
  "Timestamp",
  "RuleLevel",
  "RuleTitle",
  "Computer",
  "Channel",
  "EventID",
  "RecordID",
  "RuleId",
  "File",
  "Offset",
  "Matched",
] as const;

function csvText(value: unknown): string {
  const text = typeof value === "object" ? JSON.stringify(value) : String(value ?? "");
  // A leading sign would make a spreadsheet run the cell as a formula.
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const writers: Record<Options["format"], (detection: HuntDetection) => void> = {
  jsonl: (detection) => print(`${JSON.stringify(detection)}\n`),
  csv: (detection) => print(`${csvColumns.map((column) => csvText(detection[column])).join(",")}\n`),
  table: ({ Timestamp, RuleLevel, Computer, EventID, RuleTitle }) =>
    print(
      `${(Timestamp ?? "undated").padEnd(28)} ${RuleLevel.padEnd(13)} ${inert(String(Computer ?? "-")).padEnd(24)} ${String(EventID ?? "-").padEnd(6)} ${inert(RuleTitle)}\n`,
    ),
};
