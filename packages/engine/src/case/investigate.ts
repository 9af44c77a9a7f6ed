import { mkdirSync, renameSync, rmSync } from "node:fs";
import { rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { acquireLock, type Ledger, openLedger, readLedger, sealFiles } from "@firebreak/ledger";
import { countOf } from "@firebreak/model/collections";
import type { Picture } from "@firebreak/model/picture";
import type { RuleSet } from "@firebreak/sigma";
import { clocksOfLedger } from "../clock/ledger.ts";
import { redatedReceipts, writeBaseReceipts } from "../clock/receipts.ts";
import { type RuleSource, readRuleSource } from "../detect/rule-files.ts";
import { builtInRules, loadRuleTexts } from "../detect/rules.ts";
import type { Segments } from "../ingest/pipeline.ts";
import { EventStore } from "../store/store.ts";
import { together } from "../store/together.ts";
import { conclude, writeOutputs } from "./conclude.ts";
import { DiskFullError, isDiskFull } from "./disk-full.ts";
import { makeFolder, requirePlaces } from "./input.ts";
import { readSettings, type Settings } from "./inputs.ts";
import { inCase, unsealed } from "./layout.ts";
import { withOverlaps } from "./overlaps.ts";
import { readEvidence } from "./read-evidence.ts";
import { writeRejects } from "./rejects.ts";

export interface InvestigateOptions {
  paths: readonly string[];
  case: string;
  org?: string;
  alert?: string;
  rules?: readonly string[];
  timezone?: string;
  referenceMs?: number;
  passwords?: readonly string[];
  /** Dialect files and folders; they belong to the case from then on. */
  dialects?: readonly string[];
  threads: number;
  /** Name and version of the tool, for the ledger and the report. */
  tool: string;
  now(): string;
  progress?: Progress;
}

export interface Progress {
  stage(text: string): void;
  /** Bytes read of all bytes. */
  bytes(done: number, total: number): void;
  warn(text: string): void;
}

const silent: Progress = { stage() {}, bytes() {}, warn() {} };

/** The main job: reads the evidence, writes the case folder, returns the picture. */
export async function investigate(options: InvestigateOptions): Promise<Picture> {
  try {
    return await investigateInCase(options);
  } catch (error) {
    if (!isDiskFull(error)) throw error;
    throw new DiskFullError(`${options.case}: ${(error as Error).message}`, { cause: error });
  }
}

async function investigateInCase(options: InvestigateOptions): Promise<Picture> {
  const progress = options.progress ?? silent;
  // What the user named is read first: a mistake is told before anything is written.
  requirePlaces(options.paths, options.case);
  const settings = readSettings(options);
  for (const warning of settings.warnings) progress.warn(warning);
  const rules = await readRules(options, settings, progress);
  makeFolder("--case", options.case);
  const lock = acquireLock(options.case);
  try {
    const ledger = openLedger(options.case);
    const record = (action: string, data: Parameters<Ledger["append"]>[0]["data"]) =>
      void ledger.append({ at: options.now(), actor: options.tool, action, data });
    record("investigation.start", startData(options));
    const working = inCase(options.case, "working");
    rmSync(working, { recursive: true, force: true });
    mkdirSync(working, { recursive: true });
    try {
      const picture = await run(options, settings, rules, record, progress);
      record("case.seal", { files: sealFiles(options.case, { exclude: unsealed }) as never });
      return picture;
    } catch (error) {
      // On a full disk this is what makes room for the ledger's entry.
      rmSync(working, { recursive: true, force: true });
      recordFault(record, error);
      throw error;
    }
  } finally {
    lock.release();
  }
}

/** Writes down why the run failed, as far as the disk lets it: the fault itself is what the user must hear of. */
function recordFault(record: RecordEntry, error: unknown): void {
  try {
    record("investigation.fail", { message: error instanceof Error ? error.message : String(error) });
  } catch (failure) {
    if (!isDiskFull(failure)) throw failure;
  }
}

export type RecordEntry = (action: string, data: Parameters<Ledger["append"]>[0]["data"]) => void;

function startData(options: InvestigateOptions) {
  return {
    paths: options.paths.map((path) => ({ given: path, absolute: resolve(path) })),
    rules: [...(options.rules ?? [])],
    rulePaths: (options.rules ?? []).map((path) => resolve(path)),
    timezone: options.timezone ?? null,
    org: options.org ?? null,
    alert: options.alert ?? null,
  };
}

interface Rules {
  readonly sources: RuleSource[];
  readonly ruleSet: RuleSet;
}

/** The built-in rules and those of the user. */
async function readRules(
  { rules = [] }: InvestigateOptions,
  { profile }: Settings,
  progress: Progress,
): Promise<Rules> {
  const sources = [...(await builtInRules()), ...(await Promise.all(rules.map(readRuleSource)))];
  const files = sources.flatMap((source) => source.files);
  const ruleSet = loadRuleTexts(files, profile.gateways);
  const errors = ruleSet.diagnostics.filter(({ severity }) => severity === "error").length;
  if (errors > 0)
    progress.warn(
      `${countOf(errors, "document")} of the rules did not load; 'firebreak rules check ${rules.join(" ")}' says why`,
    );
  return { sources, ruleSet };
}

async function run(
  options: InvestigateOptions,
  settings: Settings,
  { sources, ruleSet }: Rules,
  record: RecordEntry,
  progress: Progress,
): Promise<Picture> {
  const { receipts, segments } = await readEvidence(options, settings, ruleSet, record, progress);
  progress.stage("Building the event store");
  const store = await buildStore(options, segments);
  // As much as all evidence again: removed beside what follows, which takes no longer for it.
  const removed = rm(inCase(options.case, "working"), { recursive: true, force: true });
  // Its fault is told where it is awaited.
  removed.catch(() => {});
  try {
    progress.stage("Finding what belongs together");
    const clocks = clocksOfLedger(readLedger(options.case).entries);
    const premises = { tool: options.tool, settings, sources, ruleSet };
    const overlaps = withOverlaps(store, receipts);
    // Records are the same by their times as recorded, which clocks change for all queries after them.
    if (clocks.size > 0) await overlaps;
    const [told, concluded] = await together([overlaps, conclude(store, receipts, clocks, premises)]);
    const picture = { ...concluded, evidence: await redatedReceipts(store, told, clocks) };
    writeBaseReceipts(options.case, told);
    await writeRejects(store, told, inCase(options.case, "rejects"));
    record("investigation.finish", writeOutputs(options.case, settings, picture));
    return picture;
  } finally {
    store.close();
    await removed;
  }
}

async function buildStore(options: InvestigateOptions, segments: readonly Segments[]): Promise<EventStore> {
  const working = join(inCase(options.case, "working"), "events.duckdb");
  const built = await EventStore.build(working, {
    events: segments.map(({ events }) => events),
    matches: segments.map(({ matches }) => matches),
    rejects: segments.map(({ rejects }) => rejects),
  });
  built.close();
  const file = inCase(options.case, "store");
  mkdirSync(dirname(file), { recursive: true });
  // Only a complete store takes the place of the one before.
  renameSync(working, file);
  return EventStore.open(file);
}
