/**
 * Runs SigmaHQ's public regression data by `firebreak hunt`: every rule that names a test against the recorded event log
 * of that test. The counts of matching records are held against a baseline of rule ids and counts.
 * Usage: node tools/sigma-regression.ts RULES_ZIP REGRESSION_ZIP [--baseline FILE] [--write]
 * Exit code 0: every case fires as often as it must, and exactly as often as the baseline says; 1 otherwise; 2 wrong use.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { BlobReader, TextWriter, Uint8ArrayWriter, ZipReader } from "@zip.js/zip.js";
import { parse } from "yaml";

interface RegressionCase {
  readonly ruleId: string;
  /** Of the log's bytes: a hunt reads the same bytes once, whatever their names. */
  readonly sha256: string;
  /** Records that must match at least; without it one must. */
  readonly matchCount: number;
}

const firebreak = fileURLToPath(new URL("../apps/firebreak/bin/firebreak.mjs", import.meta.url));
const defaultBaseline = fileURLToPath(new URL("sigma-regression-baseline.json", import.meta.url));
const outputBytesMax = 1 << 30;

async function readEntries(path: string) {
  const reader = new ZipReader(new BlobReader(new Blob([readFileSync(path)])));
  return (await reader.getEntries()).filter((entry) => !entry.directory);
}

/** Unpacks the logs below `dir`; returns each one's hash by its path. */
async function unpackLogs(zip: string, dir: string): Promise<Map<string, string>> {
  const hashes = new Map<string, string>();
  for (const entry of await readEntries(zip)) {
    if (!entry.filename.endsWith(".evtx")) continue;
    const file = resolve(dir, entry.filename);
    if (relative(dir, file).startsWith("..")) throw new Error(`${entry.filename} leads out of the archive`);
    const bytes = await entry.getData(new Uint8ArrayWriter());
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
    hashes.set(entry.filename, createHash("sha256").update(bytes).digest("hex"));
  }
  return hashes;
}

async function readCases(zip: string, hashes: ReadonlyMap<string, string>): Promise<RegressionCase[]> {
  const cases: RegressionCase[] = [];
  for (const entry of await readEntries(zip)) {
    if (!entry.filename.endsWith("/info.yml")) continue;
    const info = parse(await entry.getData(new TextWriter()));
    for (const test of info.regression_tests_info ?? []) {
      const sha256 = test.type === "evtx" ? hashes.get(test.path) : undefined;
      if (sha256 === undefined)
        console.log(`skipped: ${entry.filename}: no log of type evtx at ${test.path}`);
      else cases.push({ ruleId: info.rule_metadata[0].id, sha256, matchCount: test.match_count ?? 1 });
    }
  }
  return cases;
}

/** Detections by rule id and hash of the log. */
function runHunt(dir: string, rulesZip: string, hashes: ReadonlyMap<string, string>): Map<string, number> {
  const args = [firebreak, "hunt", ".", "--rules", resolve(rulesZip), "--format", "jsonl"];
  const { stdout, stderr, status, error } = spawnSync(process.execPath, args, {
    cwd: dir,
    encoding: "utf8",
    maxBuffer: outputBytesMax,
  });
  if (error !== undefined || (status !== 0 && status !== 1)) {
    throw new Error(`firebreak hunt failed (${status}): ${error?.message ?? stderr}`);
  }
  const counts = new Map<string, number>();
  for (const line of stdout.split("\n")) {
    if (line === "") continue;
    const { RuleId, File } = JSON.parse(line) as { RuleId: string; File: string | null };
    const key = `${RuleId} ${hashes.get(relativePath(File ?? ""))}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function relativePath(file: string): string {
  const at = file.indexOf("regression_data/");
  return at < 0 ? file : file.slice(at);
}

function judge(cases: readonly RegressionCase[], counts: ReadonlyMap<string, number>) {
  const found: Record<string, number> = {};
  let failed = 0;
  let more = 0;
  for (const { ruleId, sha256, matchCount } of cases) {
    const count = counts.get(`${ruleId} ${sha256}`) ?? 0;
    found[ruleId] = count;
    if (count > matchCount) more++;
    if (count >= matchCount) continue;
    failed++;
    console.log(`FAILED ${ruleId}: ${count} of ${matchCount} records match`);
  }
  const passed = `${cases.length - failed} passed (${more} with more records)`;
  console.log(`regression by firebreak hunt: ${cases.length} cases, ${passed}, ${failed} failed`);
  return { found, failed };
}

function differencesFrom(file: string, found: Readonly<Record<string, number>>): number {
  const baseline = JSON.parse(readFileSync(file, "utf8")) as Record<string, number>;
  let different = 0;
  for (const id of new Set([...Object.keys(baseline), ...Object.keys(found)])) {
    if (baseline[id] === found[id]) continue;
    different++;
    console.log(
      `DIFFERENT from the baseline: ${id}: ${found[id] ?? "no case"}, was ${baseline[id] ?? "no case"}`,
    );
  }
  console.log(`baseline: ${Object.keys(baseline).length} counts, ${different} different`);
  return different;
}

async function main(rulesZip: string, regressionZip: string, baseline: string, isWritten: boolean) {
  const dir = mkdtempSync(join(tmpdir(), "firebreak-regression-"));
  try {
    const hashes = await unpackLogs(regressionZip, dir);
    const cases = await readCases(regressionZip, hashes);
    const { found, failed } = judge(cases, runHunt(dir, rulesZip, hashes));
    if (isWritten) {
      const sorted = Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)));
      writeFileSync(baseline, `${JSON.stringify(sorted, null, 2)}\n`);
    }
    return failed + differencesFrom(baseline, found) === 0 ? 0 : 1;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    baseline: { type: "string", default: defaultBaseline },
    write: { type: "boolean", default: false },
  },
});
const [rulesPath, regressionPath] = positionals;
if (rulesPath === undefined || regressionPath === undefined) {
  console.error("usage: node tools/sigma-regression.ts RULES_ZIP REGRESSION_ZIP [--baseline FILE] [--write]");
  process.exitCode = 2;
} else process.exitCode = await main(rulesPath, regressionPath, values.baseline, values.write);
