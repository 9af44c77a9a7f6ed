/** Reads the files of `content/`, sorted, so that every run sees the same order. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const contentFolder = fileURLToPath(new URL("../", import.meta.url));

export interface ContentFile {
  /** Below `content/`, with forward slashes: "rules/sign-in/auth-failed.yml". */
  readonly path: string;
  readonly text: string;
}

export function contentFiles(folder: string, extension = ".yml"): ContentFile[] {
  return readdirSync(join(contentFolder, folder), { recursive: true, encoding: "utf8" })
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
    .filter((path) => path.endsWith(extension))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(contentFolder, path), "utf8") }));
}
