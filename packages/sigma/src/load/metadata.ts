import { type Diagnostic, type Level, levels, type RuleMetadata, type Status, statuses } from "../types.ts";
import { type DocumentLocation, problem } from "./document.ts";
import type { Values } from "./values.ts";

/** Title, level, tags and the rest that rules, correlations and filters share. Never fails: defaults and diagnostics. */
export function readMetadata(
  value: Values,
  location: DocumentLocation,
  techniqueAliases: Readonly<Record<string, string>> = {},
): { metadata: RuleMetadata; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const warn = (code: string, message: string, key: string) =>
    diagnostics.push(problem(location, "warning", code, message, [key]));

  const name = text(value, "name");
  const id = text(value, "id") ?? name ?? `sha256:${location.sha256.slice(0, 16)}`;
  const title = text(value, "title");
  if (title === undefined) warn("missing-title", "The document has no title.", "title");
  const level = oneOf(levels, value.level);
  if (level === undefined && value.level !== undefined && value.level !== null) {
    warn("unknown-level", `${quote(value.level)} is not a level; medium is assumed.`, "level");
  }
  const status = oneOf(statuses, value.status);
  if (status === undefined && value.status !== undefined && value.status !== null) {
    warn("unknown-status", `${quote(value.status)} is not a status; test is assumed.`, "status");
  }
  const tags = texts(value.tags);
  const metadata: RuleMetadata = {
    id,
    ...(name === undefined ? {} : { name }),
    title: title ?? id,
    level: level ?? ("medium" satisfies Level),
    levelStated: level !== undefined,
    status: status ?? ("test" satisfies Status),
    description: text(value, "description") ?? "",
    author: texts(value.author).join(", "),
    references: texts(value.references),
    tags,
    techniques: techniquesOf(tags, techniqueAliases),
    falsepositives: texts(value.falsepositives),
    fields: texts(value.fields),
    sha256: location.sha256,
    path: location.path,
    line: location.line,
  };
  return { metadata, diagnostics };
}

/** "attack.t1059.001" → "T1059.001"; an id the alias table knows is replaced by its successor. */
export function techniquesOf(tags: readonly string[], aliases: Readonly<Record<string, string>>): string[] {
  const found = new Set<string>();
  for (const tag of tags) {
    const match = /^attack\.(t\d{4}(?:\.\d{3})?)$/i.exec(tag);
    if (match === null) continue;
    const id = match[1]!.toUpperCase();
    found.add(Object.hasOwn(aliases, id) ? aliases[id]! : id);
  }
  return [...found];
}

function oneOf<T extends string>(allowed: readonly T[], value: unknown): T | undefined {
  const wanted = typeof value === "string" ? value.trim().toLowerCase() : undefined;
  return allowed.find((item) => item === wanted);
}

/** A non-empty text or number under `key`, trimmed. */
export function text(value: Values, key: string): string | undefined {
  const found = value[key];
  if (typeof found !== "string" && typeof found !== "number") return undefined;
  const trimmed = String(found).trim();
  return trimmed === "" ? undefined : trimmed;
}

/** A list of texts; a single text is a list of one; anything else in it is left out. */
export function texts(value: unknown): string[] {
  const items = Array.isArray(value) ? value : [value];
  return items
    .filter((item) => typeof item === "string" || typeof item === "number")
    .map((item) => String(item).trim());
}

/** A value for a message: quoted, and cut so that a hostile rule cannot flood the output. */
export function quote(value: unknown): string {
  const written = JSON.stringify(value) ?? String(value);
  return written.length > 120 ? `${written.slice(0, 117)}...` : written;
}
