/** How the cells of a printed table are told apart: by bars, or by the places where its columns start. */
export type Layout =
  | { readonly kind: "bars" }
  | { readonly kind: "columns"; readonly starts: readonly number[] };

/** A line of nothing but dashes, bars and crosses. */
const ruler = /^[\s|+:=-]*(?:--|==)[\s|+:=-]*$/;
const barred = /^\s*\|.*\|\s*$/;

export function isRuler(line: string): boolean {
  return line.length <= 4096 && ruler.test(line);
}

/** The cells of a line; undefined when it does not lie in the layout. */
export function cellsOf(line: string, layout: Layout): string[] | undefined {
  if (layout.kind === "bars") {
    if (!barred.test(line)) return undefined;
    return line
      .trim()
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim());
  }
  const { starts } = layout;
  for (const start of starts)
    if (start > 0 && line.length > start && line.charCodeAt(start - 1) > 32) return undefined;
  return starts.map((start, i) => line.slice(start, starts[i + 1]).trim());
}

/**
 * The layout of a printed table by its header and the line below it: bars, a ruler of dashes whose groups are the columns
 * (PowerShell's Format-Table), or names with two blanks or more between them, below each of which every row has a blank before.
 */
export function layoutOf(header: string, below: readonly string[]): Layout | undefined {
  if (barred.test(header)) return { kind: "bars" };
  const rule = below[0];
  if (rule !== undefined && isRuler(rule) && !rule.includes("|")) {
    const starts = startsOf(rule, /\S+/g);
    return starts.length >= 3 ? { kind: "columns", starts } : undefined;
  }
  const starts = startsOf(header, /\S+(?: \S+)*/g);
  if (starts.length < 3) return undefined;
  const layout: Layout = { kind: "columns", starts };
  const fitting = below.filter((line) => cellsOf(line, layout) !== undefined).length;
  return below.length > 0 && fitting >= below.length * 0.9 ? layout : undefined;
}

function startsOf(line: string, word: RegExp): number[] {
  return [...line.slice(0, 4096).matchAll(word)].map(({ index }) => index);
}
