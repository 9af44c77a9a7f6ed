import { createHash } from "node:crypto";
import { openAsBlob, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { BlobReader, configure, TextWriter, ZipReader } from "@zip.js/zip.js";
import { reasonOf } from "../evidence/reason.ts";
import { RuleSourceError } from "./rule-source-error.ts";

configure({ useWebWorkers: false });

export interface RuleText {
  path: string;
  text: string;
}

export interface RuleSource {
  /** Folder or zip as the user named it, or "built-in". */
  name: string;
  files: RuleText[];
  /** Over the sorted paths and texts: names exactly which rules a result was made with. */
  sha256: string;
}

const maxRuleFileBytes = 16 << 20;
const maxRuleFiles = 50_000;

function isRuleFile(path: string): boolean {
  return /\.ya?ml$/i.test(path);
}

/** Reads all YAML files of a folder (recursively), of a zip such as SigmaHQ publishes, or one file. */
export async function readRuleSource(path: string): Promise<RuleSource> {
  let files: RuleText[];
  try {
    const stat = statSync(path);
    if (stat.isDirectory()) files = readFolder(path);
    else if (/\.ya?ml$/i.test(path)) files = [{ path, text: readFileSync(path, "utf8") }];
    else files = await readZip(path);
  } catch (error) {
    if (error instanceof RuleSourceError) throw error;
    throw noRules(path, reasonOf(error));
  }
  if (files.length === 0) throw noRules(path, "no .yml file in it");
  return sourceOf(path, files);
}

/** The error for a path that holds no rules, with what would. */
function noRules(path: string, reason: string): RuleSourceError {
  return new RuleSourceError(
    `--rules ${path}: ${reason}. Give a folder, a .yml file or a .zip of Sigma rules.`,
  );
}

export function sourceOf(name: string, files: RuleText[]): RuleSource {
  files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const hash = createHash("sha256");
  for (const { path, text } of files) hash.update(`${path}\0${text.length}\0`).update(text);
  return { name, files, sha256: hash.digest("hex") };
}

function readFolder(root: string): RuleText[] {
  const names = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(isRuleFile);
  if (names.length > maxRuleFiles)
    throw new RuleSourceError(`--rules ${root}: more than ${maxRuleFiles} rule files`);
  return names
    .map((name) => ({ name, file: join(root, name) }))
    .filter(({ file }) => statSync(file).isFile() && statSync(file).size <= maxRuleFileBytes)
    .map(({ name, file }) => ({ path: name.replaceAll("\\", "/"), text: readFileSync(file, "utf8") }));
}

async function readZip(path: string): Promise<RuleText[]> {
  const reader = new ZipReader(new BlobReader(await openAsBlob(path)));
  const files: RuleText[] = [];
  try {
    for await (const entry of reader.getEntriesGenerator()) {
      if (entry.directory || !isRuleFile(entry.filename)) continue;
      if (entry.uncompressedSize > maxRuleFileBytes) continue;
      if (files.length >= maxRuleFiles)
        throw new RuleSourceError(`--rules ${path}: more than ${maxRuleFiles} rule files`);
      files.push({ path: entry.filename, text: await entry.getData(new TextWriter()) });
    }
  } finally {
    await reader.close();
  }
  return files;
}
