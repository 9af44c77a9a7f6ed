import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { EvidenceReceipt, Picture } from "@firebreak/model/picture";
import { renderHtml } from "@firebreak/report/html";
import { renderJson } from "@firebreak/report/json";
import { renderMarkdown } from "@firebreak/report/markdown";
import type { RuleSet } from "@firebreak/sigma";
import { redatedReceipts } from "../clock/receipts.ts";
import { redatingOf } from "../clock/redate.ts";
import type { ClockSetting } from "../clock/setting.ts";
import type { RuleSource } from "../detect/rule-files.ts";
import { buildPicture, type CaseHeader } from "../findings/picture.ts";
import { createCite } from "../findings/rows.ts";
import type { Scene } from "../findings/scene.ts";
import { loadAttack } from "../knowledge.ts";
import { openGeography } from "../organisation/geography.ts";
import { InternalNetworks } from "../organisation/networks.ts";
import { matchedTable } from "../store/derived.ts";
import type { EventStore } from "../store/store.ts";
import type { Settings } from "./inputs.ts";
import { caseFiles } from "./layout.ts";

/** A rule that matches more events than this is a base rate: its events are not gathered beforehand. */
const floodCount = 20_000;
/** One more than cores of a small machine: while rows of one are read here, DuckDB has others to work on. */
const queriesAtOnce = 3;
export const pictureSchema = "firebreak-picture/1";

/** What a picture is made from, besides the store. */
export interface Premises {
  /** Name and version of the tool. */
  tool: string;
  settings: Settings;
  sources: readonly RuleSource[];
  ruleSet: RuleSet;
}

/**
 * The picture of a store whose events are dated by the given clocks. Same store, receipts, clocks and premises: same
 * picture. The store's file is not changed.
 *
 * @param receipts as the evidence was read, before any clock
 */
export async function conclude(
  store: EventStore,
  receipts: readonly EvidenceReceipt[],
  clocks: ReadonlyMap<string, ClockSetting>,
  premises: Premises,
): Promise<Picture> {
  const { settings, ruleSet } = premises;
  await store.widen(queriesAtOnce);
  await store.redate(redatingOf(receipts, clocks));
  const dated = await redatedReceipts(store, receipts, clocks);
  const flooding = await store.gatherMatched(floodCount);
  const copies = await store.gatherCopies();
  const scene: Scene = {
    store,
    tableOf: (rules) => (rules.some((rule) => flooding.has(rule)) ? "events" : matchedTable),
    copies,
    ruleSet,
    receipts: dated,
    clocks,
    cite: createCite(dated),
    profile: settings.profile,
    networks: new InternalNetworks(settings.profile),
    geography: openGeography(),
    attack: loadAttack(),
    ...(settings.alert && { alert: settings.alert }),
  };
  return buildPicture(scene, headerOf(premises, scene));
}

function headerOf({ tool, settings, sources, ruleSet }: Premises, scene: Scene): CaseHeader {
  const { profile } = settings;
  return {
    tool,
    schema: pictureSchema,
    organisation: { name: profile.name, declared: profile.declared, statements: profileStatements(scene) },
    rules: sources.map(({ name, files, sha256: hash }) => {
      const paths = new Set(files.map(({ path }) => path));
      return {
        source: name,
        count: files.length,
        sha256: hash,
        problems: ruleSet.diagnostics.filter(({ file }) => file !== undefined && paths.has(file)).length,
      };
    }),
    settings: {
      timezone: settings.zone
        ? `${settings.zone.zone} (${settings.zone.source})`
        : "none stated: times without a zone are read as UTC (assumed)",
      attack: scene.attack.version,
      geography: scene.geography.origin,
      ...(settings.dialects.length > 0 && {
        dialects: settings.dialects.map(({ dialect }) => dialect.name).join(", "),
      }),
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

/** Writes the picture and its reports, with copies of what the user gave; returns what the ledger says of it. */
export function writeOutputs(
  dir: string,
  settings: Settings,
  picture: Picture,
): { pictureSha256: string; findings: number; detections: number } {
  const write = (file: string, text: string) => {
    const path = join(dir, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };
  const json = renderJson(picture);
  write(caseFiles.picture, json);
  write(caseFiles.html, renderHtml(picture));
  write(caseFiles.markdown, renderMarkdown(picture));
  if (settings.organisationText !== undefined) write(caseFiles.organisation, settings.organisationText);
  if (settings.alertText !== undefined) write(caseFiles.alert, settings.alertText);
  for (const { dialect, text } of settings.dialects) write(`${caseFiles.dialects}/${dialect.name}.yml`, text);
  return {
    pictureSha256: createHash("sha256").update(json).digest("hex"),
    findings: picture.findings.length,
    detections: picture.counts.detections,
  };
}
