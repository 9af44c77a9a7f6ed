import type { LedgerEntry } from "@firebreak/ledger";
import type { ClockSetting } from "./setting.ts";

export const clockAction = "clock.set";

/** Data of a `clock.set` entry. `zone` null: as read; `setting` null: taken back. */
export interface ClockEntry {
  evidence: { id: string; path: string }[];
  setting: { zone: string | null; aheadMs: number } | null;
  /** As the person wrote it. */
  text: string;
}

/** The clock of each evidence item as the ledger has it: the last word on an item holds. */
export function clocksOfLedger(entries: readonly LedgerEntry[]): Map<string, ClockSetting> {
  const clocks = new Map<string, ClockSetting>();
  for (const { action, data } of entries) {
    if (action !== clockAction) continue;
    const { evidence, setting } = data as unknown as ClockEntry;
    for (const { id } of evidence) {
      if (setting === null) clocks.delete(id);
      else clocks.set(id, { aheadMs: setting.aheadMs, ...(setting.zone !== null && { zone: setting.zone }) });
    }
  }
  return clocks;
}
