import type { SignId } from "../signs/catalog.ts";
import type { PatternTable } from "./patterns.ts";

export interface Match {
  readonly sign: SignId;
  readonly detail: string;
  readonly at: number;
}

/** Matches of one pattern that are told; more of the same say nothing new. */
const perPatternMax = 30;

export function matchesOf(text: string, tables: readonly PatternTable[]): Match[] {
  const found: Match[] = [];
  for (const table of tables) {
    for (const [sign, pattern] of table) {
      let count = 0;
      for (const match of text.matchAll(pattern)) {
        if (++count > perPatternMax) break;
        const detail = (match[1] ?? match[0]).trim();
        found.push({ sign, detail, at: match.index + match[0].length - match[0].trimStart().length });
      }
    }
  }
  return found;
}

/** 1-based line of an index. */
export function lineAt(text: string, at: number): number {
  let line = 1;
  for (let i = text.indexOf("\n"); i >= 0 && i < at; i = text.indexOf("\n", i + 1)) line++;
  return line;
}

/** Lines of many indices of one text, rising as a rule: counted on from the last. */
export function lineCounter(text: string): (at: number) => number {
  let line = 1;
  let from = 0;
  return (at) => {
    if (at < from) return lineAt(text, at);
    for (let next = text.indexOf("\n", from); next >= 0 && next < at; next = text.indexOf("\n", from)) {
      line++;
      from = next + 1;
    }
    return line;
  };
}
