/** Usage: node bench/sigma/bench.ts RULES_ZIP */
import { readFileSync } from "node:fs";
import { BlobReader, TextWriter, ZipReader } from "@zip.js/zip.js";
import {
  compileMatcher,
  defaultTaxonomy,
  deserialiseRuleSet,
  loadRules,
  type RuleText,
  type SigmaEvent,
  serialiseRuleSet,
} from "../../packages/sigma/src/index.ts";
import { generateEvents, kinds } from "./events.ts";

async function readRules(path: string): Promise<RuleText[]> {
  const reader = new ZipReader(new BlobReader(new Blob([readFileSync(path)])));
  const texts: RuleText[] = [];
  for (const entry of await reader.getEntries()) {
    if (entry.directory || !/^rules[^/]*\/.*\.yml$/.test(entry.filename)) continue;
    texts.push({ path: entry.filename, text: await entry.getData(new TextWriter()) });
  }
  return texts;
}

/** Processor time of this process in milliseconds: on a shared machine the clock says more about the neighbours. */
function measure<T>(label: string, work: () => T): T {
  const before = process.cpuUsage();
  const started = performance.now();
  const result = work();
  const used = process.cpuUsage(before);
  const cpu = ((used.user + used.system) / 1000).toFixed(0);
  console.log(`${label}: ${cpu} ms processor, ${(performance.now() - started).toFixed(0)} ms clock`);
  return result;
}

function matchAll(matcher: ReturnType<typeof compileMatcher>, events: readonly SigmaEvent[]) {
  const before = process.cpuUsage().user;
  let matches = 0;
  for (const event of events) matches += matcher.match(event).length;
  return { matches, microseconds: (process.cpuUsage().user - before) / events.length };
}

const [rulesPath] = process.argv.slice(2);
if (rulesPath === undefined) {
  console.error("usage: node bench/sigma/bench.ts RULES_ZIP");
  process.exit(2);
}
const texts = await readRules(rulesPath);
const set = measure(`load ${texts.length} rule files`, () => loadRules(texts));
const cached = measure("serialise", () => serialiseRuleSet(set));
const again = measure(
  `deserialise ${(cached.length / 1e6).toFixed(1)} MB`,
  () => deserialiseRuleSet(cached)!,
);
const matcher = compileMatcher(again, defaultTaxonomy);
const count = 20_000;
const events = new Map(kinds.map((kind) => [kind, generateEvents(kind, count)]));
measure("first event of each kind (makes the buckets)", () => {
  for (const list of events.values()) matcher.match(list[0]!);
});
for (const round of ["warm-up", "measured"]) {
  for (const [kind, list] of events) {
    const { matches, microseconds } = matchAll(matcher, list);
    if (round === "warm-up") continue;
    const candidates = matcher.candidateCount(list[0]!.source);
    console.log(
      `${kind}: ${microseconds.toFixed(2)} µs an event, ${candidates} rules, ${matches} matches in ${count}`,
    );
  }
}
const mix = Array.from({ length: count }, (_, at) => [...events.values()][at % events.size]![at]!);
const { microseconds } = matchAll(matcher, mix);
console.log(
  `mix: ${microseconds.toFixed(2)} µs an event, ${Math.round(1e6 / microseconds)} events/s on one core`,
);
console.log(`peak memory: ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
