import { readLedger } from "@firebreak/ledger";
import { damaged } from "../case/case-error.ts";
import { caseFiles, inCase } from "../case/layout.ts";
import { EventStore } from "../store/store.ts";
import { clocksOfLedger } from "./ledger.ts";
import { readBaseReceipts } from "./receipts.ts";
import { redatingOf } from "./redate.ts";

/** Opens a case's store with its events dated by the clocks that the ledger holds: what every reader of a case sees. Throws `CaseError` for a damaged one. */
export async function openCaseStore(dir: string): Promise<EventStore> {
  const clocks = clocksOfLedger(readLedger(dir).entries);
  const redatings = clocks.size === 0 ? [] : redatingOf(readBaseReceipts(dir), clocks);
  let store: EventStore;
  try {
    store = await EventStore.open(inCase(dir, "store"));
  } catch (error) {
    throw damaged(dir, caseFiles.store, error);
  }
  await store.redate(redatings);
  return store;
}
