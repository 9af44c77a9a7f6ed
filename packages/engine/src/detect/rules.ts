import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadRules, type RuleSet } from "@firebreak/sigma";
import { contentDir } from "../content.ts";
import { type RuleSource, type RuleText, readRuleSource } from "./rule-files.ts";

/** Folders of content that hold Sigma documents: rules, correlations, and the base rules that chains are made of. */
const builtInFolders = ["rules", "correlations", "chains/steps"];

export async function builtInRules(): Promise<RuleSource[]> {
  const sources = await Promise.all(builtInFolders.map((folder) => readRuleSource(join(contentDir, folder))));
  return sources.map((source, i) => ({
    ...source,
    name: `built-in ${builtInFolders[i]}`,
    files: source.files.map((file) => ({ ...file, path: `${builtInFolders[i]}/${file.path}` })),
  }));
}

/** Old ATT&CK technique ids and what replaced them, from the knowledge table. */
export function techniqueAliases(): Record<string, string> {
  const attack = JSON.parse(
    readFileSync(join(contentDir, "knowledge", "attack-enterprise.json"), "utf8"),
  ) as {
    retired: { id: string; replacedBy?: string; finalReplacement?: string }[];
  };
  const pairs = attack.retired.flatMap(({ id, replacedBy, finalReplacement }) => {
    const current = finalReplacement ?? replacedBy;
    return current ? [[id, current] as const] : [];
  });
  return Object.fromEntries(pairs);
}

/** Loads rule texts with our translation of old ATT&CK ids and the declared gateways. */
export function loadRuleTexts(files: readonly RuleText[], gateways: readonly string[]): RuleSet {
  // An undeclared gateway is given a value that no address has, so that the rules that ask for gateways stay loaded.
  const placeholders = { gateways: gateways.length > 0 ? gateways : ["no gateway declared"] };
  return loadRules(files, { techniqueAliases: techniqueAliases(), placeholders });
}
