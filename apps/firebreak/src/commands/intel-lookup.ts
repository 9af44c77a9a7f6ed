import { setTimeout as pause } from "node:timers/promises";
import { InputError } from "@firebreak/engine/case/inputs";
import { openCaseIntel } from "@firebreak/engine/intel/case-intel";
import { internalOf } from "@firebreak/engine/intel/internal";
import { quotaFiles } from "@firebreak/engine/intel/quota-files";
import { intelActions, keepRecord, keptRecords } from "@firebreak/engine/intel/records";
import { readingsAbout } from "@firebreak/intel/answer";
import type { Observable } from "@firebreak/intel/observable";
import { defaultLimits, type Outside } from "@firebreak/intel/outbound/ask";
import { defaultSharing, type Pap, papLevels } from "@firebreak/intel/outbound/gate";
import { lookUp } from "@firebreak/intel/outbound/lookup";
import type { Provider } from "@firebreak/intel/provider";
import { type Tlp, tlpLevels } from "@firebreak/intel/reading";
import { readTlp, strictest } from "@firebreak/intel/tlp";
import { acquireLock, type Ledger, openLedger, readLedger } from "@firebreak/ledger";
import { readSettings, type Settings, stateFolder } from "../intel/keys.ts";
import { asOfFrom, observablesFrom, printCards, profileFor, providersFrom } from "../intel/shared.ts";
import { say } from "../terminal/output.ts";
import { toolName } from "../version.ts";

interface Options {
  case: string;
  provider?: string[];
  tlp?: string;
  pap?: string;
  org?: string;
  asOf?: string;
  own?: string[];
  relations: boolean;
  maxAge: number;
  wait: number;
  json?: true;
}

/** Asks the providers that were named, keeps what they say, and prints the cards. Without --provider nothing is asked. */
export async function runIntelLookup(texts: string[], options: Options): Promise<void> {
  const observables = observablesFrom(texts, "observable");
  const named = providersFrom(options.provider ?? [], (provider) => provider.kind !== "document");
  const profile = profileFor(options.case, options.org);
  const lock = acquireLock(options.case);
  try {
    const ledger = openLedger(options.case);
    if (named.length === 0)
      say(
        "Nothing is asked: name providers with --provider ('firebreak intel providers' lists them). The cards show what the case keeps.",
      );
    else await askAll(observables, named, options, ledger, internalOf(profile));
    // A case that was never written to has no ledger yet: the card of such a case is empty, and no error.
    if (readLedger(options.case).entries.length === 0)
      ledger.append({ at: new Date().toISOString(), actor: toolName, action: "intel.open", data: null });
  } finally {
    lock.release();
  }
  const intel = await openCaseIntel(options.case, {
    own: observablesFrom(options.own ?? [], "--own"),
    profile,
  });
  try {
    const asOf = asOfFrom(options.asOf);
    const cards = [];
    for (const observable of observables) cards.push(await intel.card(observable, asOf));
    printCards(cards, options.json === true, false);
  } finally {
    intel.close();
  }
}

async function askAll(
  observables: readonly Observable[],
  named: readonly Provider[],
  options: Options,
  ledger: Ledger,
  internal: ReturnType<typeof internalOf>,
): Promise<void> {
  const settings = readSettings(process.env);
  const sleep = (ms: number) => pause(ms);
  const outside: Outside = {
    fetch: (url, init) => fetch(url, init),
    nowMs: Date.now,
    sleep: (ms) => {
      if (ms > 1500)
        say(
          `waiting ${Math.ceil(ms / 1000)} s before the next question (quota, or what the provider asked for)`,
        );
      return sleep(ms);
    },
    quota: quotaFiles(stateFolder(process.env), sleep),
    keyOf: ({ key }) => (key === undefined ? undefined : settings.value(key.variable)),
    baseOf: (provider) => baseOf(provider, settings),
    onAsk: (request) =>
      void ledger.append({
        at: new Date().toISOString(),
        actor: toolName,
        action: intelActions.ask,
        data: request as never,
      }),
    limits: { ...defaultLimits, maxWaitMs: options.wait * 1000 },
  };
  for (const { title, terms } of named) if (terms !== undefined) say(`${title}: ${terms}`);
  const { entries } = readLedger(options.case);
  const known = await openCaseIntel(options.case, {}).catch(() => undefined);
  known?.close();
  const summary = await lookUp(
    {
      observables,
      providers: named,
      internal,
      sharing: { tlp: tlpFrom(options.tlp), pap: papFrom(options.pap) },
      tlpOf: (observable) =>
        strictest(
          (known?.answers ?? []).flatMap((answer) => readingsAbout(answer, observable).map(({ tlp }) => tlp)),
        ),
      kept: keptRecords(entries),
      freshMs: options.maxAge * 3_600_000,
      withRelations: options.relations,
      onOutcome: ({ record, bytes }) => {
        const action = record.isRefusal ? intelActions.refuse : intelActions.answer;
        keepRecord(options.case, ledger, toolName, action, record, bytes);
        if (record.isRefusal) say(`${record.provider}: not asked: ${record.failure}`);
      },
    },
    outside,
  );
  say(`${summary.asked} asked, ${summary.refused} not asked, ${summary.fresh} kept answers still fresh`);
}

/** The base URL: the variable, else the provider's own. Plain http is for this machine only. */
function baseOf({ base }: Provider, settings: Settings): string | undefined {
  if (base === undefined) return undefined;
  const given = settings.value(base.variable);
  if (given === undefined) return base.url;
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const isLocal = url !== undefined && ["127.0.0.1", "[::1]", "localhost"].includes(url.hostname);
  if (url === undefined || !(url.protocol === "https:" || (url.protocol === "http:" && isLocal)))
    throw new InputError(`${base.variable}: give an https address (http only for 127.0.0.1)`);
  return given;
}

function tlpFrom(text: string | undefined): Tlp {
  const found = text === undefined ? defaultSharing.tlp : readTlp(text);
  if (found === undefined)
    throw new InputError(`--tlp ${JSON.stringify(text)}: give one of ${tlpLevels.join(", ")}`);
  return found;
}

function papFrom(text: string | undefined): Pap {
  const word = text?.toUpperCase().replace(/^PAP:/, "").replace("WHITE", "CLEAR");
  const found = word === undefined ? defaultSharing.pap : papLevels.find((level) => level === word);
  if (found === undefined)
    throw new InputError(`--pap ${JSON.stringify(text)}: give one of ${papLevels.join(", ")}`);
  return found;
}
