import { openCaseIntel } from "@firebreak/engine/intel/case-intel";
import { asOfFrom, observablesFrom, printCards } from "../intel/shared.ts";

interface Options {
  case: string;
  asOf?: string;
  own?: string[];
  json?: true;
}

/** Prints verdict cards from what the case keeps; opens no socket. */
export async function runIntelCard(texts: string[], options: Options): Promise<void> {
  const observables = observablesFrom(texts, "observable");
  const asOf = asOfFrom(options.asOf);
  const intel = await openCaseIntel(options.case, { own: observablesFrom(options.own ?? [], "--own") });
  try {
    const cards = [];
    for (const observable of observables) cards.push(await intel.card(observable, asOf));
    printCards(cards, options.json === true, texts.length === 1);
  } finally {
    intel.close();
  }
}
