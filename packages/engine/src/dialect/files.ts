import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { compareText } from "@firebreak/model/collections";
import type { Dialect } from "@firebreak/parsers/dialect/dialect";
import { DialectError, readDialect } from "@firebreak/parsers/dialect/read";
import { reasonOf } from "../evidence/reason.ts";
import { readWrittenYaml } from "../written-yaml.ts";

/** A dialect with the text that it was read from. */
export interface DialectFile {
  dialect: Dialect;
  text: string;
}

const maxFileBytes = 4 << 20;
const maxFiles = 500;

/** Reads a dialect from YAML or JSON text. Throws `DialectError` naming the file, the key and what is expected. */
export function readDialectText(text: string, file: string): Dialect {
  return readDialect(
    readWrittenYaml(text, (reason) => new DialectError(`${file}: ${reason}`)),
    file,
  );
}

/** Dialects of files and of folders (their .yml, .yaml and .json files); one name may come once. */
export function readDialectFiles(paths: readonly string[]): DialectFile[] {
  const files = paths.flatMap((path) => filesOf(path));
  if (files.length > maxFiles) throw new DialectError(`--dialect: more than ${maxFiles} files`);
  const byName = new Map<string, { file: string; read: DialectFile }>();
  for (const file of files) {
    const text = readFileSync(file, "utf8");
    const dialect = readDialectText(text, file);
    const known = byName.get(dialect.name);
    if (known && known.read.text !== text)
      throw new DialectError(
        `${file}: the name ${JSON.stringify(dialect.name)} is that of ${known.file} too`,
      );
    byName.set(dialect.name, { file, read: { dialect, text } });
  }
  return [...byName.values()]
    .map(({ read }) => read)
    .sort((a, b) => compareText(a.dialect.name, b.dialect.name));
}

/** The same for a folder that need not be there: the one of a case, or the one beside an organisation profile. */
export function dialectFilesIn(folder: string): string[] {
  try {
    return statSync(folder).isDirectory() ? [folder] : [];
  } catch {
    return [];
  }
}

function filesOf(path: string): string[] {
  let isFolder: boolean;
  try {
    const stat = statSync(path);
    isFolder = stat.isDirectory();
    if (!isFolder && stat.size > maxFileBytes)
      throw new DialectError(`--dialect ${path}: larger than ${maxFileBytes >> 20} MiB`);
  } catch (error) {
    if (error instanceof DialectError) throw error;
    throw new DialectError(`--dialect ${path}: ${reasonOf(error)}`);
  }
  if (!isFolder) return [path];
  return readdirSync(path)
    .filter((name) => /\.(?:ya?ml|json)$/i.test(name))
    .sort()
    .map((name) => join(path, name));
}

/** "logs/ACME gateway.log.1" → "acme-gateway": a dialect's name from that of the file it is learned from. */
export function dialectNameOf(path: string): string {
  const name = basename(path)
    .replace(/(?:\.(?:log|txt|csv|tsv|json|gz|\d+))+$/i, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 60);
  return name === "" ? "log" : name;
}
