import type { ZoneHint } from "@firebreak/model/format";
import type { EvidenceReceipt } from "@firebreak/model/picture";
import type { TimeSettings } from "@firebreak/parsers/time/reader";
import type { EvidenceItem } from "../evidence/item.ts";
import type { Segments } from "./pipeline.ts";
import type { IngestPool, ReadingWatcher } from "./pool.ts";

export interface IngestOptions {
  /** Reads the items; closed at the end. */
  pool: IngestPool;
  zone?: ZoneHint;
  /** `--reference-date`: dates year-less times. */
  referenceMs?: number;
  /** The alert's time: year-less evidence is near it. */
  alertMs?: number;
  /** Bytes read of all bytes; may go back a little when a file turns out to be one that others date. */
  onProgress?(done: number, total: number): void;
}

export interface Ingested {
  receipts: EvidenceReceipt[];
  segments: Segments[];
}

/** Reads all evidence: first what dates itself, then the year-less files, dated by the others. */
export async function ingest(items: readonly EvidenceItem[], options: IngestOptions): Promise<Ingested> {
  const totalBytes = items.reduce((sum, item) => sum + item.bytes, 0);
  const { pool } = options;
  const receipts: EvidenceReceipt[] = [];
  const tell = progressOf(totalBytes, options.onProgress);
  const watcher: ReadingWatcher = {
    receipt(receipt) {
      receipts.push(receipt);
      tell(receipt.path, receipt.bytes);
    },
    position: (item, bytes) => tell(item.path, bytes),
  };
  const zone = options.zone ? { zone: options.zone } : {};
  const postponeYearless = options.referenceMs === undefined;
  const yearless = await pool.run(
    items.map((item) => ({ item, postponeYearless, time: { ...zone, ...givenReference(options) } })),
    watcher,
  );
  const neighbours = medianLast(receipts) ?? options.alertMs;
  await pool.run(
    yearless.map((item) => ({
      item,
      postponeYearless: false,
      time: { ...zone, ...referenceFor(item, options, neighbours) },
    })),
    watcher,
  );
  const segments = await pool.close();
  receipts.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return { receipts, segments };
}

/** Adds up how far each file is read. */
function progressOf(totalBytes: number, onProgress: IngestOptions["onProgress"]) {
  const read = new Map<string, number>();
  let done = 0;
  return (path: string, bytes: number) => {
    done += bytes - (read.get(path) ?? 0);
    read.set(path, bytes);
    onProgress?.(done, totalBytes);
  };
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
