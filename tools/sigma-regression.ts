/**
 * Runs SigmaHQ's public regression data: every rule that names a test against the recorded event log of that test.
 * Usage: node tools/sigma-regression.ts RULES_ZIP REGRESSION_ZIP
 * Exit code 0: every case passes and every rule loads or says why not; 1 otherwise; 2 wrong use.
 */
import { readFileSync } from "node:fs";
import { BlobReader, TextWriter, Uint8ArrayWriter, ZipReader } from "@zip.js/zip.js";
import { parse } from "yaml";
import { type EvtxRecord, openEvtx } from "../packages/evtx/src/index.ts";
import {
  compileMatcher,
  defaultTaxonomy,
  type FieldValue,
  loadRules,
  type Matcher,
  type RuleText,
  type SigmaEvent,
} from "../packages/sigma/src/index.ts";

/** Folders of rules that are in use. */
const activeFolders = [
  "rules",
  "rules-emerging-threats",
  "rules-threat-hunting",
  "rules-placeholder",
  "rules-compliance",
];

interface RegressionCase {
  readonly ruleId: string;
  readonly log: Uint8Array;
  /** Records that must match at least; without it one must. */
  readonly matchCount: number;
}

async function zipEntries(path: string, wanted: (name: string) => boolean) {
  const reader = new ZipReader(new BlobReader(new Blob([readFileSync(path)])));
  const entries = (await reader.getEntries()).filter((entry) => !entry.directory && wanted(entry.filename));
  return entries.filter((entry) => !entry.directory);
}

async function readRules(path: string): Promise<RuleText[]> {
  const isActive = (name: string) => name.endsWith(".yml") && activeFolders.includes(name.split("/")[0]!);
  const rules: RuleText[] = [];
  for (const entry of await zipEntries(path, isActive)) {
    rules.push({ path: entry.filename, text: await entry.getData(new TextWriter()) });
  }
  return rules;
}

async function readCases(path: string): Promise<RegressionCase[]> {
  const logs = new Map<string, Uint8Array>();
  for (const entry of await zipEntries(path, (name) => name.endsWith(".evtx"))) {
    logs.set(entry.filename, await entry.getData(new Uint8ArrayWriter()));
  }
  const cases: RegressionCase[] = [];
  for (const entry of await zipEntries(path, (name) => name.endsWith("/info.yml"))) {
    const info = parse(await entry.getData(new TextWriter()));
    for (const test of info.regression_tests_info ?? []) {
      const log = test.type === "evtx" ? logs.get(test.path) : undefined;
      if (log === undefined) console.log(`skipped: ${entry.filename}: no log of type evtx at ${test.path}`);
      else cases.push({ ruleId: info.rule_metadata[0].id, log, matchCount: test.match_count ?? 1 });
    }
  }
  return cases;
}

const sections: readonly [prefix: string, section: string][] = [
  ["winlog.event_data.", "EventData."],
  ["winlog.user_data.", "UserData."],
];
const systemNames: Readonly<Record<string, string>> = {
  "winlog.event_id": "EventID",
  "winlog.channel": "Channel",
  "winlog.provider_name": "Provider_Name",
  "winlog.computer_name": "Computer",
};

/** A record as an event: a value is decoded when a rule asks for it. */
function eventOf(record: EvtxRecord): SigmaEvent {
  const { channel, eventId } = record;
  return {
    source: {
      product: "windows",
      ...(channel === undefined ? {} : { channel }),
      ...(eventId === undefined ? {} : { eventId }),
    },
    get: (key) => fieldOf(record, key),
    values: () =>
      [...record.eventData()].flatMap(([, value]) => (Array.isArray(value) ? value : [value])).map(String),
  };
}

function fieldOf(record: EvtxRecord, key: string): FieldValue | undefined {
  const [prefix, section] = sections.find(([each]) => key.startsWith(each)) ?? [];
  const path = prefix === undefined ? systemNames[key] : `${section}${key.slice(prefix.length)}`;
  const value = path === undefined ? undefined : record.get(path);
  if (value === undefined || value === null) return undefined;
  return Array.isArray(value) ? value.map((item) => item ?? "") : value;
}

function countMatches(matcher: Matcher, { log, ruleId }: RegressionCase): number {
  let count = 0;
  openEvtx(log).forEachRecord((record) => {
    if (matcher.match(eventOf(record)).some(({ rule }) => rule.id === ruleId)) count++;
  });
  return count;
}

async function main(rulesPath: string, regressionPath: string): Promise<number> {
  const texts = await readRules(rulesPath);
  const set = loadRules(texts);
  const refused = set.diagnostics.filter(({ severity }) => severity === "error");
  console.log(
    `rules: ${texts.length} files, ${set.rules.length} loaded, ${refused.length} refused with a reason`,
  );
  for (const { code, file, line, message } of refused) console.log(`  ${code} ${file}:${line} ${message}`);

  const matcher = compileMatcher(set, defaultTaxonomy);
  const cases = await readCases(regressionPath);
  let failed = 0;
  let more = 0;
  for (const each of cases) {
    const found = countMatches(matcher, each);
    if (found > each.matchCount) more++;
    if (found >= each.matchCount) continue;
    failed++;
    console.log(`FAILED ${each.ruleId}: ${found} of ${each.matchCount} records match`);
  }
  console.log(
    `regression: ${cases.length} cases, ${cases.length - failed} passed (${more} with more records), ${failed} failed`,
  );
  return failed === 0 ? 0 : 1;
}

const [rulesPath, regressionPath] = process.argv.slice(2);
if (rulesPath === undefined || regressionPath === undefined) {
  console.error("usage: node tools/sigma-regression.ts RULES_ZIP REGRESSION_ZIP");
  process.exitCode = 2;
} else process.exitCode = await main(rulesPath, regressionPath);
