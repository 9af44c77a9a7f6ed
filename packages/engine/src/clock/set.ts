import { existsSync, readFileSync } from "node:fs";
import { acquireLock, openLedger, readLedger, sealFiles } from "@firebreak/ledger";
import type { EvidenceReceipt, Picture } from "@firebreak/model/picture";
import { CaseError } from "../case/case-error.ts";
import { conclude, type Premises, writeOutputs } from "../case/conclude.ts";
import { settingsFrom } from "../case/inputs.ts";
import { inCase, unsealed } from "../case/layout.ts";
import { readPicture, requireCase } from "../case/show.ts";
import { type RuleSource, readRuleSource, sourceOf } from "../detect/rule-files.ts";
import { builtInRules, loadRuleTexts } from "../detect/rules.ts";
import { dialectFilesIn, readDialectFiles } from "../dialect/files.ts";
import { EventStore } from "../store/store.ts";
import { type ClockEntry, clockAction, clocksOfLedger } from "./ledger.ts";
import { readBaseReceipts } from "./receipts.ts";
import { type ClockSetting, parseClock } from "./setting.ts";
import { findSources } from "./sources.ts";

export interface SetClockOptions {
  case: string;
  source: string;
  /** What `parseClock` reads. */
  text: string;
  actor: string;
  tool: string;
  now(): string;
}

export interface SetClockResult {
  sources: EvidenceReceipt[];
  setting: ClockSetting | undefined;
  /** False when the sources had this clock already: nothing was written. */
  changed: boolean;
  picture: Picture;
}

/**
 * Sets the clock of sources: the ledger says so, and the picture and reports are made again from the store with the new
 * dates. Evidence and store keep what was recorded. Throws `ClockError` for a text or a source that is none, `CaseError`
 * for a case that cannot be dated anew.
 */
export async function setClock(options: SetClockOptions): Promise<SetClockResult> {
  const setting = parseClock(options.text);
  requireCase(options.case);
  const lock = acquireLock(options.case);
  try {
    const receipts = baseReceiptsOf(options.case);
    const sources = findSources(receipts, options.source);
    const before = readPicture(options.case);
    const clocks = clocksOfLedger(readLedger(options.case).entries);
    if (sources.every(({ id }) => isSame(clocks.get(id), setting)))
      return { sources, setting, changed: false, picture: before };
    for (const { id } of sources) {
      if (setting) clocks.set(id, setting);
      else clocks.delete(id);
    }
    const premises = await premisesOf(options.case, options.tool, before);
    const store = await EventStore.open(inCase(options.case, "store"));
    let picture: Picture;
    try {
      picture = await conclude(store, receipts, clocks, premises);
    } finally {
      store.close();
    }
    // All that can fail has been done: from here on the case changes.
    const ledger = openLedger(options.case);
    const record = (action: string, data: unknown) =>
      ledger.append({ at: options.now(), actor: options.actor, action, data: data as never });
    record(clockAction, {
      evidence: sources.map(({ id, path }) => ({ id, path })),
      setting: setting ? { zone: setting.zone ?? null, aheadMs: setting.aheadMs } : null,
      text: options.text,
    } satisfies ClockEntry);
    record("picture.redate", writeOutputs(options.case, premises.settings, picture));
    record("case.seal", { files: sealFiles(options.case, { exclude: unsealed }) });
    return { sources, setting, changed: true, picture };
  } finally {
    lock.release();
  }
}

function isSame(a: ClockSetting | undefined, b: ClockSetting | undefined): boolean {
  return a?.zone === b?.zone && (a?.aheadMs ?? 0) === (b?.aheadMs ?? 0);
}

export function baseReceiptsOf(dir: string): EvidenceReceipt[] {
  requireCase(dir);
  if (!existsSync(inCase(dir, "receipts")))
    throw new CaseError(
      `${dir}: the case was made by a version that kept no receipts of its own. Run 'firebreak investigate' with this case again.`,
    );
  return readBaseReceipts(dir);
}

interface StartData {
  rules: string[];
  rulePaths?: string[];
  timezone: string | null;
  org: string | null;
  alert: string | null;
}

/** What the case's latest investigation was made from, as the ledger and the copies in the case tell it. */
async function premisesOf(dir: string, tool: string, picture: Picture): Promise<Premises> {
  const { entries } = readLedger(dir);
  const start = entries.findLast(({ action }) => action === "investigation.start")?.data as unknown as
    | StartData
    | undefined;
  if (!start) throw new CaseError(`${dir}: the ledger records no investigation`);
  const given = (name: string | null, file: "organisation" | "alert") =>
    name !== null && {
      [file === "alert" ? "alert" : "org"]: { name, text: readFileSync(inCase(dir, file), "utf8") },
    };
  const settings = settingsFrom({
    dialects: readDialectFiles(dialectFilesIn(inCase(dir, "dialects"))),
    ...given(start.org, "organisation"),
    ...given(start.alert, "alert"),
    ...(start.timezone !== null && { timezone: start.timezone }),
  });
  const paths = start.rulePaths ?? start.rules;
  const sources = [
    ...(await builtInRules()),
    ...(await Promise.all(start.rules.map((name, i) => readRulesAgain(name, paths[i]!)))),
  ];
  requireSameRules(sources, picture);
  const ruleSet = loadRuleTexts(
    sources.flatMap(({ files }) => files),
    settings.profile.gateways,
  );
  return { tool, settings, sources, ruleSet };
}

/** Rules by the name that was given for them, read from where that name led at the time. */
async function readRulesAgain(name: string, path: string): Promise<RuleSource> {
  const { files } = await readRuleSource(path);
  return sourceOf(
    name,
    files.map((file) => (file.path === path ? { ...file, path: name } : file)),
  );
}

/** Matches in the store go by the rules' numbers: other rules would tell other findings than the evidence gave. */
function requireSameRules(sources: readonly RuleSource[], picture: Picture): void {
  const then = new Map(picture.case.rules.map(({ source, sha256 }) => [source, sha256]));
  const changed = sources.filter(({ name, sha256 }) => then.get(name) !== sha256).map(({ name }) => name);
  if (changed.length > 0 || sources.length !== then.size)
    throw new CaseError(
      `the rules are not those that the case was made with (${changed.join(", ")}): run 'firebreak investigate' with this case again, then set the clock`,
    );
}
