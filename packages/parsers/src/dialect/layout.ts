import { findCsvShape } from "../csv/shape.ts";
import { parseJsonObject } from "../json/parse.ts";
import { splitCsvRow } from "../text/csv-row.ts";
import { readPairs } from "../text/pairs.ts";
import { splitW3c } from "../web/w3c-split.ts";
import { splitWords } from "./cells.ts";
import type { DialectLayout } from "./dialect.ts";

/** A layout that fits the lines, with the places and names of its columns where it has them. */
export interface FoundLayout {
  readonly layout: DialectLayout;
  /** Names by place; empty for layouts whose records name their keys. */
  readonly names: readonly string[];
  /** Starts and lengths of fixed columns. */
  readonly places?: readonly { start: number; length?: number }[];
  readonly comments: readonly string[];
  /** Share of the lines that fit. */
  readonly fit: number;
  /** What was seen, in words. */
  readonly why: string;
}

const enough = 0.8;
const pairStyles = [
  { separator: " ", assign: "=" },
  { separator: ",", assign: "=" },
  { separator: ";", assign: "=" },
  { separator: "|", assign: "=" },
  { separator: "\t", assign: "=" },
  { separator: ";", assign: ":" },
  { separator: ",", assign: ":" },
  { separator: "|", assign: ":" },
];
const keyPattern = /^[A-Za-z_@][\w.@/ -]{0,60}$/;

/** The layout of lines (no empty ones), the surest first: JSON, a W3C header, pairs, a table, fixed columns, words. */
export function findLayout(lines: readonly string[]): FoundLayout | undefined {
  if (lines.length === 0) return undefined;
  return (
    findJson(lines) ??
    findW3c(lines) ??
    findPairs(lines) ??
    findTable(lines) ??
    findFixed(lines) ??
    findWords(lines)
  );
}

function shareOf(lines: readonly string[], fits: (line: string) => boolean): number {
  return lines.filter(fits).length / lines.length;
}

const percent = (share: number) => `${Math.round(share * 100)} %`;

function findJson(lines: readonly string[]): FoundLayout | undefined {
  const fit = shareOf(lines, (line) => parseJsonObject(line.trim()) !== undefined);
  if (fit < enough) return undefined;
  return {
    layout: { kind: "json" },
    names: [],
    comments: [],
    fit,
    why: `${percent(fit)} of the lines are JSON objects`,
  };
}

/** "#Fields: a b c" (W3C WD-logfile), or "#fields" with tabs between the names (Zeek). */
function findW3c(lines: readonly string[]): FoundLayout | undefined {
  const tabbed = lines.find((line) => line.startsWith("#fields\t"));
  if (tabbed !== undefined) return findTabbed(lines, tabbed.split("\t").slice(1));
  const header = lines.find((line) => line.startsWith("#Fields:"));
  if (header === undefined) return undefined;
  const names = header
    .slice("#Fields:".length)
    .trim()
    .split(/[ \t]+/);
  const records = lines.filter((line) => !line.startsWith("#"));
  const fit = records.length === 0 ? 0 : shareOf(records, (line) => splitW3c(line).length === names.length);
  if (names.length < 2 || fit < enough) return undefined;
  return {
    layout: { kind: "w3c" },
    names,
    comments: ["#"],
    fit,
    why: `a "#Fields:" header names ${names.length} columns`,
  };
}

function findTabbed(lines: readonly string[], names: readonly string[]): FoundLayout | undefined {
  const records = lines.filter((line) => !line.startsWith("#"));
  const fit = records.length === 0 ? 0 : shareOf(records, (line) => line.split("\t").length === names.length);
  if (names.length < 2 || fit < enough) return undefined;
  return {
    layout: { kind: "delimited", separator: "\t", header: false },
    names,
    comments: ["#"],
    fit,
    why: `a "#fields" header names ${names.length} columns`,
  };
}

/** Pairs: most lines hold three or more, and their names recur from line to line. */
function findPairs(lines: readonly string[]): FoundLayout | undefined {
  let best: FoundLayout | undefined;
  let bestPairs = 0;
  for (const { separator, assign } of pairStyles) {
    if (shareOf(lines, (line) => line.includes(assign) && line.includes(separator)) < enough) continue;
    const counts = new Map<string, number>();
    let pairs = 0;
    const fit = shareOf(lines, (line) => {
      const names = new Set<string>();
      readPairs(line, 0, (name) => void names.add(name), { separator, assign, spaces: separator === " " });
      const good = [...names].filter((name) => keyPattern.test(name));
      for (const name of good) counts.set(name, (counts.get(name) ?? 0) + 1);
      pairs += good.length;
      return good.length >= 3 && good.length >= names.size * 0.8;
    });
    // Prose with an equals sign now and then has names that never come again.
    const recurring = [...counts.values()].filter((count) => count > lines.length * 0.1).length;
    if (fit < enough || recurring < 3 || pairs <= bestPairs) continue;
    bestPairs = pairs;
    best = {
      layout: { kind: "key-value", separator, assign },
      names: [],
      comments: [],
      fit,
      why: `${percent(fit)} of the lines are pairs ${JSON.stringify(`name${assign}value`)}, ${(pairs / lines.length).toFixed(0)} a line`,
    };
  }
  return best;
}

function findTable(lines: readonly string[]): FoundLayout | undefined {
  const rows = lines.filter((line) => !line.startsWith("#"));
  const shape = findCsvShape(rows);
  if (!shape || shape.columnCount < 3) return undefined;
  const { separator, columnCount, headerRow } = shape;
  const fit = shareOf(rows, (line) => Math.abs(splitCsvRow(line, separator).length - columnCount) <= 1);
  if (fit < enough) return undefined;
  const header = headerRow >= 0 ? shape.rows[headerRow]! : [];
  const names = Array.from({ length: columnCount }, (_, i) => header[i]?.trim() || `column${i + 1}`);
  return {
    layout: { kind: "delimited", separator, header: headerRow >= 0 },
    names,
    comments: rows.length < lines.length ? ["#"] : [],
    fit,
    why: `${percent(fit)} of the lines have ${columnCount} cells between ${JSON.stringify(separator)}${headerRow >= 0 ? ", the first names them" : ", without names"}`,
  };
}

/** Fixed columns: places that are blank in every line, between places that are not, in lines of nearly one length. */
function findFixed(lines: readonly string[]): FoundLayout | undefined {
  if (lines.length < 4) return undefined;
  const width = Math.min(...lines.map((line) => line.length), 400);
  const blankAt = (at: number) => lines.every((line) => line.charCodeAt(at) === 32);
  const places: { start: number; length?: number }[] = [];
  let start = 0;
  for (let at = 0; at < width; at++) {
    if (!blankAt(at)) continue;
    if (at > start) places.push({ start, length: at - start });
    start = at + 1;
  }
  places.push({ start });
  const wordCounts = lines.map((line) => splitWords(line).length);
  const padded = lines.filter((line) => /\S {2,}\S/.test(line)).length;
  // Without padding, or with as many words in each line, the words say the same more simply.
  if (places.length < 4 || padded < lines.length * 0.5 || new Set(wordCounts).size === 1) return undefined;
  return {
    layout: { kind: "fixed" },
    names: places.map((_, i) => `column${i + 1}`),
    places,
    comments: [],
    fit: 1,
    why: `${places.length} columns begin at the same character of every line`,
  };
}

function findWords(lines: readonly string[]): FoundLayout | undefined {
  const counts = new Map<number, number>();
  for (const line of lines) {
    const count = splitWords(line).length;
    counts.set(count, (counts.get(count) ?? 0) + 1);
  }
  const [columnCount, times] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]!;
  const fit = times / lines.length;
  if (columnCount < 4 || fit < enough) return undefined;
  return {
    layout: { kind: "words" },
    names: Array.from({ length: columnCount }, (_, i) => `column${i + 1}`),
    comments: [],
    fit,
    why: `${percent(fit)} of the lines have ${columnCount} words`,
  };
}
