/**
 * Holds the fast way over event logs against the slow one (every record converted to ECS) on real files:
 *
 *   npm run script bench/hunt/compare.ts -- RULES EVTX_FOLDER...
 *
 * Prints every line that only one of them gives. Exit code 0: none; 1: some.
 */
import { tmpdir } from "node:os";
import { findHuntFiles } from "@firebreak/engine/hunt/files";
import { defaultCacheDir, loadCachedRules } from "@firebreak/engine/hunt/rule-cache";
import { createScanner, loadOtherReader } from "@firebreak/engine/hunt/scan";

const [rulesPath, ...paths] = process.argv.slice(2);
if (rulesPath === undefined || paths.length === 0) {
  console.error("usage: node bench/hunt/compare.ts RULES EVTX_FOLDER...");
  process.exit(2);
}
const { ruleSet } = await loadCachedRules([rulesPath], defaultCacheDir());
const { files } = await findHuntFiles(paths, { spoolDir: tmpdir() });
const scanner = createScanner(
  ruleSet,
  { format: "jsonl", minLevel: "informational", withData: false },
  await loadOtherReader([{ isEvtx: false }]),
);
const shownMax = 40;
let records = 0;
let same = 0;
let different = 0;

for (const file of files.filter(({ isEvtx }) => isEvtx)) {
  const fast = new Set<string>();
  const slow = new Set<string>();
  records += scanner.scan({ file, time: {} }, ({ line }) => fast.add(line)).records;
  scanner.scan({ file: { ...file, isEvtx: false }, time: {} }, ({ line }) => slow.add(line));
  for (const line of slow) if (fast.has(line)) same++;
  const only = [...difference("slow", slow, fast), ...difference("fast", fast, slow)];
  for (const line of only) if (different++ < shownMax) process.stdout.write(line);
}
console.log(`${files.length} files, ${records} records: ${same} equal detections, ${different} different`);
process.exitCode = different === 0 ? 0 : 1;

function difference(name: string, left: ReadonlySet<string>, right: ReadonlySet<string>): string[] {
  return [...left].filter((line) => !right.has(line)).map((line) => `only the ${name} way: ${line}`);
}
