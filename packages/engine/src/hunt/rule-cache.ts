import { createHash, randomBytes } from "node:crypto";
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { deserialiseRuleSet, type RuleSet, serialiseRuleSet } from "@firebreak/sigma";
import { contentDir } from "../content.ts";
import { RuleSourceError } from "../detect/rule-source-error.ts";
import { reasonOf } from "../evidence/reason.ts";

export interface CachedRules {
  readonly ruleSet: RuleSet;
  readonly key: string;
}

/** The rules that come with the tool, for a hunt that names none. */
export const builtInRulePaths = ["rules", "correlations"].map((folder) => join(contentDir, folder));

/** Cached sets kept; the oldest goes first. */
const keptSets = 8;

/** A folder of this user alone: a cache that another user could write would let them choose the rules. */
export function defaultCacheDir(): string {
  return join(tmpdir(), `firebreak-rules-${userInfo().uid}`);
}

/**
 * Loads Sigma rules of folders, files and zips. What was loaded once is read back from the cache as long as no byte of
 * it, nor of the tables it is loaded with, has changed. A cache that cannot be read or written is done without.
 * Throws `RuleSourceError` for a path that holds no rule, or of which none loads.
 */
export async function loadCachedRules(paths: readonly string[], cacheDir: string): Promise<CachedRules> {
  const key = keyOf(paths);
  const file = join(cacheDir, `${key}.json`);
  const cached = readCache(file, cacheDir, key);
  if (cached !== undefined) return requireRules(paths, cached);
  // What reads zips and compiles rules is loaded when there is something to compile.
  const { readRuleSource } = await import("../detect/rule-files.ts");
  const { loadRuleTexts } = await import("../detect/rules.ts");
  const sources = await Promise.all(paths.map(readRuleSource));
  const ruleSet = loadRuleTexts(
    sources.flatMap(({ files }) => files),
    [],
  );
  const text = serialiseRuleSet(ruleSet, key);
  writeCache(file, cacheDir, text);
  return requireRules(paths, { ruleSet, key });
}

/** With no rule nothing is found, and that would read as if nothing were there. */
function requireRules(paths: readonly string[], cached: CachedRules): CachedRules {
  const { rules, correlations, diagnostics } = cached.ruleSet;
  if (rules.length + correlations.length > 0) return cached;
  const [first] = diagnostics;
  const why = first === undefined ? "" : ` (${first.file ?? ""}:${first.line ?? 1}: ${first.message})`;
  throw new RuleSourceError(
    `--rules ${paths.join(" ")}: no rule in it loads${why}. 'firebreak rules check ${paths.join(" ")}' says what is wrong.`,
  );
}

function keyOf(paths: readonly string[]): string {
  const hash = createHash("sha256").update("hunt/2\n");
  hash.update(readFileSync(join(contentDir, "knowledge", "attack-enterprise.json")));
  for (const path of paths) {
    hash.update(`\n${JSON.stringify(path)}\n`);
    try {
      if (!statSync(path).isDirectory()) hash.update(readFileSync(path));
      else {
        for (const name of readdirSync(path, { recursive: true, encoding: "utf8" }).sort()) {
          if (!/\.ya?ml$/i.test(name) || !statSync(join(path, name)).isFile()) continue;
          const bytes = readFileSync(join(path, name));
          hash.update(`${JSON.stringify(name)} ${bytes.length}\n`).update(bytes);
        }
      }
    } catch (error) {
      throw new RuleSourceError(
        `--rules ${path}: ${reasonOf(error)}. Give a folder, a .yml file or a .zip of Sigma rules.`,
      );
    }
  }
  return hash.digest("hex");
}

function readCache(file: string, dir: string, key: string): CachedRules | undefined {
  try {
    const own = userInfo().uid;
    if (own >= 0 && statSync(dir).uid !== own) return undefined;
    const ruleSet = deserialiseRuleSet(readFileSync(file, "latin1"), key);
    return ruleSet === undefined ? undefined : { ruleSet, key };
  } catch {
    return undefined;
  }
}

/** Written under another name and moved into place, so that no other process reads half of it. */
function writeCache(file: string, dir: string, text: string): void {
  const part = `${file}.${randomBytes(6).toString("hex")}`;
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    const own = userInfo().uid;
    if (own >= 0 && statSync(dir).uid !== own) return;
    const handle = openSync(part, "wx", 0o600);
    try {
      writeSync(handle, text);
    } finally {
      closeSync(handle);
    }
    renameSync(part, file);
    dropOld(dir);
  } catch {
    rmSync(part, { force: true });
  }
}

function dropOld(dir: string): void {
  const sets = readdirSync(dir)
    .filter((name) => /^[0-9a-f]{64}\.json$/.test(name))
    .map((name) => ({ name, usedMs: statSync(join(dir, name)).mtimeMs }))
    .sort((a, b) => b.usedMs - a.usedMs);
  for (const { name } of sets.slice(keptSets)) rmSync(join(dir, name), { force: true });
}
