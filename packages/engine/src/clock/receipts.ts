import { readFileSync, writeFileSync } from "node:fs";
import type { EvidenceReceipt } from "@firebreak/model/picture";
import { formatInstant } from "@firebreak/model/time";
import { inCase } from "../case/layout.ts";
import type { EventStore } from "../store/store.ts";
import { type ClockSetting, clockWords } from "./setting.ts";

/** The receipts as the evidence was read, before any clock was set: what every later dating starts from. */
export function writeBaseReceipts(dir: string, receipts: readonly EvidenceReceipt[]): void {
  writeFileSync(inCase(dir, "receipts"), `${JSON.stringify(receipts)}\n`);
}

/** Throws what `readFileSync` throws when the case has none. */
export function readBaseReceipts(dir: string): EvidenceReceipt[] {
  return JSON.parse(readFileSync(inCase(dir, "receipts"), "utf8")) as EvidenceReceipt[];
}

/** The receipts with the times of the redated store: span and zone change, and a note says so. */
export async function redatedReceipts(
  store: EventStore,
  receipts: readonly EvidenceReceipt[],
  settings: ReadonlyMap<string, ClockSetting>,
): Promise<EvidenceReceipt[]> {
  if (settings.size === 0) return [...receipts];
  const rows = await store.query<{ evidence: string; low: string; high: string }>(
    `SELECT evidence, CAST(min(nanos) AS VARCHAR) AS low, CAST(max(nanos) AS VARCHAR) AS high
     FROM (SELECT evidence, CAST(ms AS HUGEINT) * 1000000 + ns AS nanos FROM events WHERE ms IS NOT NULL)
     GROUP BY evidence ORDER BY evidence`,
  );
  const spans = new Map(rows.map((row) => [row.evidence, row]));
  return receipts.map((receipt) => {
    const setting = settings.get(receipt.id);
    const span = spans.get(receipt.id);
    if (!setting || !span || receipt.format === "duplicate") return receipt;
    return {
      ...receipt,
      first: instantOf(span.low),
      last: instantOf(span.high),
      zone: zoneText(receipt.zone, setting),
      notes: [
        ...receipt.notes,
        `dated by the clock that was set for it: ${clockWords(setting)}; the evidence keeps its recorded times`,
      ],
    };
  });
}

function instantOf(nanos: string): string {
  const value = BigInt(nanos);
  const ms = value / 1_000_000n - (value % 1_000_000n < 0n ? 1n : 0n);
  return formatInstant({ ms: Number(ms), ns: Number(value - ms * 1_000_000n) });
}

function zoneText(zone: string | null, setting: ClockSetting): string | null {
  if (zone === null || setting.zone === undefined) return zone;
  const parts = zone
    .split(", ")
    .map((part) => (part === "in-record" ? part : `${setting.zone} (case-setting)`));
  return [...new Set(parts)].join(", ");
}
