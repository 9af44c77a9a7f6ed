/**
 * From files into the store: `npm run script bench/store/run.ts -- [EVENTS] [RUNS] [THREADS]`.
 * Writes the ordinary days of bench/parse until they hold EVENTS, then per run: hashing, reading on THREADS threads with the built-in rules,
 * and the load of the store. Findings and report are not in it. Prints events per second, processor time and the peak of memory.
 */
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { builtInRules, loadRuleTexts } from "@firebreak/engine/detect/rules";
import { collectEvidence } from "@firebreak/engine/evidence/collect";
import { ingest } from "@firebreak/engine/ingest/ingest";
import { createPool } from "@firebreak/engine/ingest/pool";
import { EventStore } from "@firebreak/engine/store/store";
import { ordinaryLogs } from "../parse/ordinary.ts";

const events = Number(process.argv[2] ?? 1_000_000);
const runs = Number(process.argv[3] ?? 3);
const threads = Number(process.argv[4] ?? 2);
/** Files of a few MiB, as a day's logs are: threads share them out. */
const fileBytes = 4 << 20;

/** Writes the logs in turn until there are enough lines. */
function writeEvidence(dir: string): number {
  mkdirSync(dir);
  let lines = 0;
  for (let n = 0; lines < events; n++) {
    const { make, fileName } = ordinaryLogs[n % ordinaryLogs.length]!;
    const bytes = make(fileBytes, n + 1);
    writeFileSync(join(dir, `${String(n).padStart(4, "0")}-${fileName}`), bytes);
    for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines++;
  }
  return lines;
}

async function readOnce(evidence: string, dir: string): Promise<{ events: number; storeBytes: number }> {
  const working = join(dir, "working");
  mkdirSync(working, { recursive: true });
  const files = (await builtInRules()).flatMap((source) => source.files);
  const collection = await collectEvidence([evidence], { spoolDir: join(dir, "spool") });
  const pool = createPool({
    dir: working,
    threads,
    totalBytes: collection.items.reduce((sum, { bytes }) => sum + bytes, 0),
    detection: { ruleSet: loadRuleTexts(files, []), machines: [], dialects: [] },
  });
  const { receipts, segments } = await ingest(collection.items, { pool });
  const file = join(dir, "store.duckdb");
  const store = await EventStore.build(file, {
    events: segments.map((one) => one.events),
    matches: segments.map((one) => one.matches),
    rejects: segments.map((one) => one.rejects),
  });
  await store.close();
  return {
    events: receipts.reduce((sum, { records }) => sum + records, 0),
    storeBytes: statSync(file).size,
  };
}

const work = mkdtempSync(join(tmpdir(), "firebreak-bench-"));
try {
  const lines = writeEvidence(join(work, "evidence"));
  console.log(`${lines} lines`);
  for (let run = 0; run < runs; run++) {
    const dir = join(work, `run-${run}`);
    const before = process.cpuUsage();
    const started = performance.now();
    const read = await readOnce(join(work, "evidence"), dir);
    const seconds = (performance.now() - started) / 1000;
    const used = process.cpuUsage(before);
    const cpuSeconds = (used.user + used.system) / 1e6;
    console.log(
      `run ${run + 1}: ${read.events} events in ${seconds.toFixed(1)} s, ${Math.round(read.events / seconds)} events/s; ` +
        `${cpuSeconds.toFixed(1)} s of processor time, ${((cpuSeconds * 1e6) / read.events).toFixed(1)} µs an event; ` +
        `peak so far ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB, store ${(read.storeBytes / 2 ** 20).toFixed(0)} MiB`,
    );
    rmSync(dir, { recursive: true, force: true });
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
