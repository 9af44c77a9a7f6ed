import type { ByteSource } from "@firebreak/model/format";
import type { Encoding } from "../../text/encoding.ts";
import { walkLines } from "../../text/lines.ts";

export interface RowVisitor {
  row(text: string, offset: number, length: number, line: number): void;
  blank(offset: number, length: number): void;
  broken(offset: number, length: number, line: number, reason: string): void;
  /** Ask before a line is taken into an open quoted cell: true when it begins a new row all the same. */
  startsRow?(line: string): boolean;
  /** Return true to stop early. */
  enough?(): boolean;
}

const maxRowChars = 4 << 20;
const maxRowLines = 20_000;

/** Walks the rows of a separated-values file; a quoted cell may hold line breaks (RFC 4180 section 2.6). */
export function walkRows(
  source: ByteSource,
  encoding: Encoding,
  start: number,
  separator: string,
  visitor: RowVisitor,
): void {
  let text = "";
  let offset = 0;
  let length = 0;
  let firstLine = 0;
  let lines = 0;
  let isOpen = false;
  const give = () => {
    if (lines > 0) visitor.row(text, offset, length, firstLine);
    lines = 0;
    isOpen = false;
  };
  walkLines(
    source,
    { encoding, start },
    {
      line: (line, at, size, number) => {
        if (visitor.enough?.() === true) return;
        if (isOpen) {
          const isTooLong = lines >= maxRowLines || text.length + line.length > maxRowChars;
          if (!isTooLong && visitor.startsRow?.(line) !== true) {
            text += `\n${line}`;
            length += size;
            lines++;
            isOpen = isCellOpen(line, true, separator);
            if (!isOpen) give();
            return;
          }
          visitor.broken(offset, length, firstLine, "quoted cell without end");
          lines = 0;
          isOpen = false;
        }
        if (line.trim() === "") {
          visitor.blank(at, size);
          return;
        }
        text = line;
        offset = at;
        length = size;
        firstLine = number;
        lines = 1;
        isOpen = isCellOpen(line, false, separator);
        if (!isOpen) give();
      },
      tooLong: (at, size, number) => {
        if (lines > 0) visitor.broken(offset, length, firstLine, "quoted cell without end");
        lines = 0;
        isOpen = false;
        visitor.broken(at, size, number, "line longer than 16 MiB");
      },
    },
  );
  if (isOpen) visitor.broken(offset, length, firstLine, "quoted cell without end");
  else give();
}

/** Whether a quoted cell is still open at the end of the line; quotes open at the start of a cell only. */
export function isCellOpen(line: string, wasOpen: boolean, separator: string): boolean {
  let at = 0;
  let isOpen = wasOpen;
  for (;;) {
    if (isOpen) {
      const quote = line.indexOf('"', at);
      if (quote < 0) return true;
      if (line.charCodeAt(quote + 1) === 34) {
        at = quote + 2;
        continue;
      }
      isOpen = false;
      at = quote + 1;
    } else if (line.charCodeAt(at) === 34 && (at === 0 || line[at - 1] === separator)) {
      isOpen = true;
      at++;
      continue;
    }
    const next = line.indexOf(separator, at);
    if (next < 0) return false;
    at = next + 1;
  }
}
