import { wrap } from "@firebreak/report/terminal/text";

/** Columns of the terminal that stdout is; undefined for a file or a pipe. */
const terminalColumns = () => (process.stdout.isTTY ? process.stdout.columns : undefined);

/** Lines longer than the terminal, wrapped under their own indent. For a file or a pipe a statement stays one line. */
export function fitted(text: string, columns: number | undefined = terminalColumns()): string {
  if (columns === undefined) return text;
  return text
    .split("\n")
    .map((line) => (line.length <= columns ? line : wrapped(line, Math.max(40, columns))))
    .join("\n");
}

/** A text beside its head, wrapped in a column of its own on a terminal that has room for one. */
export function hanging(head: string, text: string, columns: number | undefined = terminalColumns()): string {
  if (columns === undefined || columns < head.length + 30) return head + text;
  return head + wrap(text, columns - head.length).join(`\n${" ".repeat(head.length)}`);
}

function wrapped(line: string, columns: number): string {
  const indent = line.length - line.trimStart().length;
  const [first = "", ...rest] = wrap(line, columns - indent - 2);
  return [" ".repeat(indent) + first, ...rest.map((part) => " ".repeat(indent + 2) + part)].join("\n");
}
