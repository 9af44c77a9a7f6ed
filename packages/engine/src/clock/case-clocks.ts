import { readLedger } from "@firebreak/ledger";
import type { EvidenceReceipt } from "@firebreak/model/picture";
import { openCaseStore } from "./case-store.ts";
import { clocksOfLedger } from "./ledger.ts";
import { redatedReceipts } from "./receipts.ts";
import { baseReceiptsOf } from "./set.ts";
import { type ClockSetting, clockWords } from "./setting.ts";
import { clockedSources } from "./sources.ts";
import { type ClockSuggestions, suggestClocks } from "./suggest.ts";

export interface SourceClock {
  id: string;
  path: string;
  /** Zone its times were read in, with where that came from. */
  readIn: string | null;
  /** What a person set, in the words of `clock set`; "none". */
  set: string;
}

/** The clock of every source with times, in order of the paths. */
export function listClocks(dir: string): SourceClock[] {
  const clocks = clocksOf(dir);
  return clockedSources(baseReceiptsOf(dir)).map(({ id, path, zone }) => ({
    id,
    path,
    readIn: zone,
    set: clockWords(clocks.get(id)),
  }));
}

/** Compares the sources of a case, dated by the clocks that are set now. */
export async function suggestCaseClocks(dir: string): Promise<ClockSuggestions> {
  const clocks = clocksOf(dir);
  const receipts: EvidenceReceipt[] = baseReceiptsOf(dir);
  const store = await openCaseStore(dir);
  try {
    return await suggestClocks(store, await redatedReceipts(store, receipts, clocks), clocks);
  } finally {
    store.close();
  }
}

function clocksOf(dir: string): Map<string, ClockSetting> {
  return clocksOfLedger(readLedger(dir).entries);
}
