import { resolve } from "node:path";
import { countOf } from "@firebreak/model/collections";
import type { RuleSet } from "@firebreak/sigma";
import { collectEvidence } from "../evidence/collect.ts";
import type { Collection } from "../evidence/item.ts";
import { type Ingested, ingest } from "../ingest/ingest.ts";
import { createPool, type IngestPool, suitsThreads } from "../ingest/pool.ts";
import type { Settings } from "./inputs.ts";
import type { InvestigateOptions, Progress, RecordEntry } from "./investigate.ts";
import { inCase } from "./layout.ts";
import { otherReceipts, sortReceipts } from "./receipts.ts";

/**
 * Finds, hashes and reads all evidence. The threads that read load their code while this one hashes: what is to be read is
 * known only then, but how much there is shows before.
 */
export async function readEvidence(
  options: InvestigateOptions,
  settings: Settings,
  ruleSet: RuleSet,
  record: RecordEntry,
  progress: Progress,
): Promise<Ingested> {
  const poolFor = (totalBytes: number) =>
    createPool({
      dir: inCase(options.case, "working"),
      threads: options.threads,
      totalBytes,
      detection: {
        ruleSet,
        machines: knownMachines(settings),
        dialects: settings.dialects.map(({ dialect }) => dialect),
      },
    });
  let pool: IngestPool | undefined;
  try {
    progress.stage("Collecting and hashing evidence");
    const collection = await collectEvidence(options.paths, {
      spoolDir: inCase(options.case, "spool"),
      ...(options.passwords && { passwords: options.passwords }),
      onWalk(bytes) {
        if (suitsThreads(options.threads, bytes)) pool = poolFor(bytes);
      },
    });
    record("evidence.collect", { items: manifest(collection) });
    const totalBytes = collection.items.reduce((sum, { bytes }) => sum + bytes, 0);
    // Archives hold more than they weigh.
    pool ??= poolFor(totalBytes);
    if (collection.items.length === 0)
      progress.warn(`${options.paths.join(", ")}: no file to read; what follows is about nothing`);
    progress.stage(`Reading ${countOf(collection.items.length, "file")}`);
    const ingested = await ingestAll(options, settings, collection, pool, progress);
    record("evidence.read", {
      receipts: ingested.receipts.length,
      records: ingested.receipts.reduce((sum, { records }) => sum + records, 0),
    });
    return ingested;
  } catch (error) {
    await pool?.abort();
    throw error;
  }
}

function manifest(collection: Collection) {
  const rows = [
    ...collection.items,
    ...collection.containers,
    ...collection.duplicates.map(({ item }) => item),
  ];
  return rows.map(({ path, file, sha256: hash, bytes }) => ({
    path,
    file: resolve(file),
    sha256: hash,
    bytes,
  }));
}

async function ingestAll(
  { referenceMs }: InvestigateOptions,
  { zone, alert }: Settings,
  collection: Collection,
  pool: IngestPool,
  progress: Progress,
): Promise<Ingested> {
  const { receipts, segments } = await ingest(collection.items, {
    pool,
    ...(zone && { zone }),
    ...(referenceMs !== undefined && { referenceMs }),
    ...(alert?.time && { alertMs: alert.time.ms }),
    onProgress: progress.bytes,
  });
  return { receipts: sortReceipts([...receipts, ...otherReceipts(collection)]), segments };
}

/** Names of the machines that the profile declares, then of those that the alert is about. */
function knownMachines({ profile, alert }: Settings): string[] {
  const inAlert =
    alert?.observables.filter(({ type, role }) => type === "host" && role !== "mentioned") ?? [];
  return [...new Set([...profile.assets.map(({ name }) => name), ...inAlert.map(({ value }) => value)])];
}
