import { type Meaning, meanings } from "./names.ts";
import { localMeanings, withoutAccents } from "./names-local.ts";

export type ColumnKind =
  | "time"
  | "date"
  | "clock"
  | "address"
  | "ip"
  | "port"
  | "mac"
  | "count"
  | "transport"
  | "word"
  | "user"
  | "email"
  | "host"
  | "action"
  | "outcome"
  | "code"
  | "level"
  | "text"
  | "method"
  | "status"
  | "url"
  | "domain"
  | "process"
  | "program"
  | "path"
  | "country"
  | "hash";

/** What a column's name alone suggests. The value decides whether it is taken. */
export interface ColumnGuess {
  readonly field: string;
  readonly kind: ColumnKind;
  /** 0 to 1, from the name. */
  readonly confidence: number;
}

const byName = buildIndex(meanings);

function buildIndex(all: readonly Meaning[]): Map<string, ColumnGuess[]> {
  const index = new Map<string, ColumnGuess[]>();
  const add = (names: string | undefined, meaning: Meaning, confidence: number) => {
    for (const name of names?.split(" ") ?? []) {
      const list = index.get(name) ?? [];
      list.push({ field: meaning.field, kind: meaning.kind, confidence });
      index.set(name, list);
    }
  };
  for (const meaning of all) {
    add(meaning.strong, meaning, 0.95);
    add(meaning.names, meaning, 0.9);
    add(meaning.weak, meaning, 0.6);
  }
  for (const { names, ...local } of localMeanings) add(names, { ...local, names }, 0.8);
  for (const list of index.values()) list.sort((a, b) => b.confidence - a.confidence);
  return index;
}

/** "Src_IP", "srcIp", "source.ip (v4)", "Größe" → "srcip", "srcip", "sourceipv4", "grosse". */
export function normaliseName(name: string): string {
  return withoutAccents(name.toLowerCase()).replace(/[^a-z0-9]/g, "");
}

/**
 * What a column name or a dotted path suggests, best first; empty when nothing. For a path the last two keys are tried
 * together ("client.ip" → "clientip"), then the last alone, which counts less the deeper it stands.
 */
export function guessColumn(path: string): readonly ColumnGuess[] {
  const keys = path.slice(-200).split(".");
  const last = normaliseName(keys.at(-1) ?? "");
  const depth = keys.length;
  const found: ColumnGuess[] = [];
  if (depth > 1) {
    const pair = normaliseName(keys.at(-2) ?? "") + last;
    for (const guess of byName.get(pair) ?? []) found.push(guess);
  }
  const penalty = depth === 1 ? 1 : depth === 2 ? 0.85 : 0.7;
  for (const guess of byName.get(last) ?? []) {
    if (!found.some((other) => other.field === guess.field))
      found.push({ ...guess, confidence: Math.round(guess.confidence * penalty * 100) / 100 });
  }
  return found;
}
