import { createHash } from "node:crypto";
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { acquireLock, type Ledger, openLedger, sealFiles } from "@firebreak/ledger";
import type { EvidenceReceipt, Picture } from "@firebreak/model/picture";
import { renderHtml } from "@firebreak/report/html";
import { renderJson } from "@firebreak/report/json";
import { renderMarkdown } from "@firebreak/report/markdown";
import type { RuleSet } from "@firebreak/sigma";
import { type RuleSource, readRuleSource } from "../detect/rule-files.ts";
import { builtInRules, loadRuleTexts } from "../detect/rules.ts";
import { collectEvidence } from "../evidence/collect.ts";
import type { Collection } from "../evidence/item.ts";
import { buildPicture } from "../findings/picture.ts";
import { createCite } from "../findings/rows.ts";
import type { Scene } from "../findings/scene.ts";
import { ingest } from "../ingest/ingest.ts";
import { loadAttack } from "../knowledge.ts";
import { openGeography } from "../organisation/geography.ts";
import { InternalNetworks } from "../organisation/networks.ts";
import { EventStore } from "../store/store.ts";
import { readSettings, type Settings } from "./inputs.ts";
import { caseFiles, inCase, unsealed } from "./layout.ts";
import { otherReceipts, sortReceipts } from "./receipts.ts";

export interface InvestigateOptions {
  paths: readonly string[];
  case: string;
  org?: string;
  alert?: string;
  rules?: readonly string[];
  timezone?: string;
  referenceMs?: number;
  passwords?: readonly string[];
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
/** A rule that matches more events than this is a base rate: its events are not gathered beforehand. */
const floodCount = 20_000;
export const pictureSchema = "firebreak-picture/1";

/** The main job: reads the evidence, writes the case folder, returns the picture. */
export async function investigate(options: InvestigateOptions): Promise<Picture> {
  const progress = options.progress ?? silent;
  const settings = readSettings(options);
  for (const warning of settings.warnings) progress.warn(warning);
  mkdirSync(options.case, { recursive: true });
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
      const picture = await run(options, settings, record, progress);
      rmSync(working, { recursive: true, force: true });
      record("case.seal", { files: sealFiles(options.case, { exclude: unsealed }) as never });
      return picture;
    } catch (error) {
      record("investigation.fail", { message: error instanceof Error ? error.message : String(error) });
      throw error;
    } finally {
      rmSync(working, { recursive: true, force: true });
    }
  } finally {
    lock.release();
  }
}

type RecordEntry = (action: string, data: Parameters<Ledger["append"]>[0]["data"]) => void;

function startData(options: InvestigateOptions) {
  return {
    paths: options.paths.map((path) => ({ given: path, absolute: resolve(path) })),
    rules: [...(options.rules ?? [])],
    timezone: options.timezone ?? null,
    org: options.org ?? null,
    alert: options.alert ?? null,
  };
}

async function run(
  options: InvestigateOptions,
  settings: Settings,
  record: RecordEntry,
  progress: Progress,
): Promise<Picture> {
  progress.stage("Collecting and hashing evidence");
  const collection = await collectEvidence(options.paths, {
    spoolDir: inCase(options.case, "spool"),
    ...(options.passwords && { passwords: options.passwords }),
  });
  record("evidence.collect", { items: manifest(collection) });
  const sources = [
    ...(await builtInRules()),
    ...(await Promise.all((options.rules ?? []).map(readRuleSource))),
  ];
  const ruleSet = loadRuleTexts(
    sources.flatMap(({ files }) => files),
    settings.profile.gateways,
  );
  progress.stage(`Reading ${collection.items.length} files`);
  const { receipts, segments } = await ingestAll(options, settings, collection, ruleSet, progress);
  record("evidence.read", {
    receipts: receipts.length,
    records: receipts.reduce((sum, { records }) => sum + records, 0),
  });
  progress.stage("Building the event store");
  const store = await buildStore(options, segments);
  try {
    progress.stage("Finding what belongs together");
    const flooding = await store.gatherMatched(floodCount);
    const scene: Scene = {
      store,
      tableOf: (rules) => (rules.some((rule) => flooding.has(rule)) ? "events" : "matched"),
      ruleSet,
      receipts,
      cite: createCite(receipts),
      profile: settings.profile,
      networks: new InternalNetworks(settings.profile),
      geography: openGeography(),
      attack: loadAttack(),
      ...(settings.alert && { alert: settings.alert }),
    };
    const picture = await buildPicture(scene, header(options, settings, sources, ruleSet.diagnostics, scene));
    writeOutputs(options, settings, picture);
    record("investigation.finish", {
      pictureSha256: sha256(renderJson(picture)),
      findings: picture.findings.length,
      detections: picture.counts.detections,
    });
    return picture;
  } finally {
    store.close();
  }
}

function manifest(collection: Collection) {
  const rows = [
    ...collection.items,
    ...collection.containers,
    ...collection.duplicates.map(({ item }) => item),
  ];
  return rows.map(({ path, file, sha256: hash, bytes }) => ({
    path,
    file: resolve(file),
    sha256: hash,
    bytes,
  }));
}

async function ingestAll(
  options: InvestigateOptions,
  settings: Settings,
  collection: Collection,
  ruleSet: RuleSet,
  progress: Progress,
) {
  const total = collection.items.reduce((sum, item) => sum + item.bytes, 0);
  let done = 0;
  const { receipts, segments } = await ingest(collection.items, {
    dir: inCase(options.case, "working"),
    threads: options.threads,
    detection: { ruleSet, assets: settings.profile.assets.map(({ name }) => name) },
    ...(settings.zone && { zone: settings.zone }),
    ...(options.referenceMs !== undefined && { referenceMs: options.referenceMs }),
    ...(settings.alert?.time && { alertMs: settings.alert.time.ms }),
    onReceipt(receipt: EvidenceReceipt) {
      done += receipt.bytes;
      progress.bytes(done, total);
    },
  });
  return { receipts: sortReceipts([...receipts, ...otherReceipts(collection)]), segments };
}

async function buildStore(
  options: InvestigateOptions,
  segments: Awaited<ReturnType<typeof ingest>>["segments"],
): Promise<EventStore> {
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

function header(
  options: InvestigateOptions,
  settings: Settings,
  sources: readonly RuleSource[],
  diagnostics: readonly { file?: string }[],
  scene: Scene,
) {
  const { profile } = settings;
  return {
    tool: options.tool,
    schema: pictureSchema,
    organisation: { name: profile.name, declared: profile.declared, statements: profileStatements(scene) },
    rules: sources.map(({ name, files, sha256: hash }) => {
      const paths = new Set(files.map(({ path }) => path));
      return {
        source: name,
        count: files.length,
        sha256: hash,
        problems: diagnostics.filter(({ file }) => file !== undefined && paths.has(file)).length,
      };
    }),
    settings: {
      timezone: settings.zone
        ? `${settings.zone.zone} (${settings.zone.source})`
        : "none stated: times without a zone are read as UTC (assumed)",
      attack: scene.attack.version,
      geography: scene.geography.origin,
    },
  };
}

function profileStatements(scene: Scene): string[] {
  const { profile } = scene;
  if (!profile.declared) {
    return [
      "No organisation profile was given (--org). Private address ranges are taken as internal; gateways, operating countries and assets are unknown, so traffic is not judged by country.",
    ];
  }
  const lines = [
    `Internal networks: ${profile.internalNetworks.join(", ") || "none declared (private ranges are taken)"}.`,
  ];
  if (profile.operatingCountries.length > 0)
    lines.push(`Operating countries: ${profile.operatingCountries.join(", ")}.`);
  else lines.push("No operating countries are declared: traffic is not judged by country.");
  lines.push(
    profile.gateways.length > 0 ? `Gateways: ${profile.gateways.join(", ")}.` : "No gateways are declared.",
  );
  return lines;
}

function writeOutputs(options: InvestigateOptions, settings: Settings, picture: Picture): void {
  const write = (file: string, text: string) => {
    const path = join(options.case, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };
  write(caseFiles.picture, renderJson(picture));
  write(caseFiles.html, renderHtml(picture));
  write(caseFiles.markdown, renderMarkdown(picture));
  if (settings.organisationText !== undefined) write(caseFiles.organisation, settings.organisationText);
  if (settings.alertText !== undefined) write(caseFiles.alert, settings.alertText);
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
