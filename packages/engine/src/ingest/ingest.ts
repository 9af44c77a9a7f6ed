import type { ZoneHint } from "@firebreak/model/format";
import type { EvidenceReceipt } from "@firebreak/model/picture";
import type { TimeSettings } from "@firebreak/parsers/time/reader";
import type { EvidenceItem } from "../evidence/item.ts";
import type { PipelineSettings, Segments } from "./pipeline.ts";
import { createPool, type IngestPool } from "./pool.ts";

export interface IngestOptions {
  /** Folder for the segment files. */
  dir: string;
  threads: number;
  detection: PipelineSettings;
  zone?: ZoneHint;
  /** `--reference-date`: dates year-less times. */
  referenceMs?: number;
  /** The alert's time: year-less evidence is near it. */
  alertMs?: number;
  onReceipt?(receipt: EvidenceReceipt): void;
}

export interface Ingested {
  receipts: EvidenceReceipt[];
  segments: Segments[];
}

/** Reads all evidence: first what dates itself, then the year-less files, dated by the others. */
export async function ingest(items: readonly EvidenceItem[], options: IngestOptions): Promise<Ingested> {
  const totalBytes = items.reduce((sum, item) => sum + item.bytes, 0);
  const pool = createPool({
    dir: options.dir,
    detection: options.detection,
    threads: options.threads,
    totalBytes,
  });
  try {
    return await readAll(items, options, pool);
  } catch (error) {
    await pool.abort();
    throw error;
  }
}

async function readAll(
  items: readonly EvidenceItem[],
  options: IngestOptions,
  pool: IngestPool,
): Promise<Ingested> {
  const receipts: EvidenceReceipt[] = [];
  const keep = (receipt: EvidenceReceipt) => {
    receipts.push(receipt);
    options.onReceipt?.(receipt);
  };
  const zone = options.zone ? { zone: options.zone } : {};
  const postponeYearless = options.referenceMs === undefined;
  const yearless = await pool.run(
    items.map((item) => ({ item, postponeYearless, time: { ...zone, ...givenReference(options) } })),
    keep,
  );
  const neighbours = medianLast(receipts) ?? options.alertMs;
  await pool.run(
    yearless.map((item) => ({
      item,
      postponeYearless: false,
      time: { ...zone, ...referenceFor(item, options, neighbours) },
    })),
    keep,
  );
  const segments = await pool.close();
  receipts.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return { receipts, segments };
}

function givenReference(options: IngestOptions): Pick<TimeSettings, "reference"> {
  if (options.referenceMs === undefined) return {};
  return { reference: { ms: options.referenceMs, source: "reference-date" } };
}

function referenceFor(
  item: EvidenceItem,
  options: IngestOptions,
  neighbours: number | undefined,
): Pick<TimeSettings, "reference"> {
  if (options.referenceMs !== undefined) return givenReference(options);
  if (neighbours !== undefined) return { reference: { ms: neighbours, source: "neighbours" } };
  if (item.modifiedMs !== undefined) return { reference: { ms: item.modifiedMs, source: "file-time" } };
  return {};
}

/** The middle of the files' last times: one odd file does not move it. */
function medianLast(receipts: readonly EvidenceReceipt[]): number | undefined {
  const lasts = receipts.flatMap(({ last }) => (last ? [Date.parse(last)] : [])).sort((a, b) => a - b);
  return lasts[Math.floor(lasts.length / 2)];
}
