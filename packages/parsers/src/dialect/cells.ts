import { flattenJson } from "../json/flatten.ts";
import { parseJsonObject } from "../json/parse.ts";
import type { PathTree } from "../json/path-tree.ts";
import { splitCsvRow } from "../text/csv-row.ts";
import { readPairs } from "../text/pairs.ts";
import { splitW3c } from "../web/w3c-split.ts";
import type { Dialect, DialectColumn, DialectLayout } from "./dialect.ts";

const maxCells = 1000;

/** Cuts blank-separated text in words; a word in quotes or square brackets holds blanks. Linear. */
export function splitWords(text: string, limit = maxCells): string[] {
  const words: string[] = [];
  let at = 0;
  while (at < text.length && words.length < limit) {
    const code = text.charCodeAt(at);
    if (code === 32 || code === 9) {
      at++;
      continue;
    }
    const close = code === 34 ? '"' : code === 91 ? "]" : undefined;
    const end = close === undefined ? -1 : closing(text, close, at + 1);
    if (end >= 0) {
      words.push(text.slice(at + 1, end));
      at = end + 1;
      continue;
    }
    let stop = at + 1;
    while (stop < text.length && text.charCodeAt(stop) !== 32 && text.charCodeAt(stop) !== 9) stop++;
    words.push(text.slice(at, stop));
    at = stop;
  }
  return words;
}

/** The closing sign that no backslash escapes. */
function closing(text: string, sign: string, from: number): number {
  let end = text.indexOf(sign, from);
  while (end > 0 && text.charCodeAt(end - 1) === 92) end = text.indexOf(sign, end + 1);
  return end;
}

/** Cells of a layout whose columns have places; undefined for layouts whose records name their keys. */
export function splitRow(
  layout: DialectLayout,
  columns: readonly DialectColumn[],
  text: string,
): string[] | undefined {
  switch (layout.kind) {
    case "delimited":
      return splitCsvRow(text, layout.separator, maxCells);
    case "words":
      return splitWords(text);
    case "w3c":
      // IIS writes the blanks of a user agent as plus signs.
      return splitW3c(text).map((cell, i) =>
        cell.includes("+") && /user-agent/i.test(columns[i]?.name ?? "") ? cell.replaceAll("+", " ") : cell,
      );
    case "fixed":
      return columns.map(({ start = 0, length }) =>
        text.slice(start, length === undefined ? undefined : start + length).trim(),
      );
    default:
      return undefined;
  }
}

/** Hands every named value of a record to `visit`; false when the text has not this layout. Truncation is told by "truncated". */
export function readCells(
  { layout, columns }: Pick<Dialect, "layout" | "columns">,
  text: string,
  tree: PathTree,
  visit: (name: string, value: string | number | boolean, column: number) => void,
): boolean | "truncated" {
  if (layout.kind === "key-value") {
    let seen = 0;
    const cut = readPairs(
      text,
      0,
      (name, value) => {
        seen++;
        visit(name, value, -1);
      },
      { separator: layout.separator, assign: layout.assign, spaces: layout.separator === " " },
    );
    return seen === 0 ? false : cut ? "truncated" : true;
  }
  if (layout.kind === "json") {
    const object = parseJsonObject(text);
    if (object === undefined) return false;
    flattenJson(object, tree, {}, (node, value) => visit(node.path, value, -1));
    return true;
  }
  const cells = splitRow(layout, columns, text)!;
  if (Math.abs(cells.length - columns.length) > Math.max(1, columns.length * 0.1)) return false;
  for (const [i, cell] of cells.entries()) visit(columns[i]?.name ?? `column${i + 1}`, cell, i);
  return true;
}
