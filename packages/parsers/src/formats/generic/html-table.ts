import type { EventDraft } from "@firebreak/model/event";
import type { DocumentFormat, EventSink, ParseContext } from "@firebreak/model/format";
import { type CsvColumns, describeColumns } from "../../csv/columns.ts";
import { TableRowReader } from "../../csv/row.ts";
import { decodeText, detectEncoding, type Encoding } from "../../text/encoding.ts";
import { unescapeXml } from "../../xml/scan.ts";

const dataset = "generic/html-table";
/** An export larger than this is a page of a program, not of a person. */
const maxBytes = 64 << 20;
const maxCells = 1000;
/** Rows from which the columns' meaning is learnt. */
const learntRows = 50;

const parts = /<(\/?)(table|tr)\b[^>]{0,2000}>/gi;
const cell = /<t([dh])\b[^>]{0,2000}>([\s\S]*?)(?=<\/?t[dhr]\b|$)/gi;

/** Reports and consoles saved as a web page: the rows of each table whose columns have a time. */
export const format = {
  kind: "document",
  name: dataset,
  title: "Tables of a web page (HTML)",
  version: 1,
  notes:
    "HTML with a table whose header names a time column; each row is a record, its meanings inferred as in generic/csv. Other tables and the page around them are named skips. At most 64 MiB, not UTF-16.",
  sniff(head) {
    return /^\s*(?:<!--[\s\S]{0,2000}?-->\s*)?<(?:!doctype html|html|head|body|table|h\d|meta)\b/i.test(
      head.text.slice(0, 4096),
    ) && /<table\b/i.test(head.text)
      ? 0.53
      : 0;
  },
  parse(source, context, sink) {
    const { encoding, bomLength } = detectEncoding(source.read(0, 64 << 10));
    if (source.size > maxBytes || encoding.startsWith("utf-16")) {
      sink.reject(
        { offset: 0, length: source.size, line: 1 },
        "HTML that is larger than 64 MiB or in UTF-16",
      );
      return;
    }
    // One byte, one character: an index in the text is an offset in the file.
    const bytes = source.read(0, source.size);
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
    if (bomLength > 0) sink.skip({ offset: 0, length: bomLength }, "byte-order mark");
    new HtmlReader(text, encoding, context, sink).read(bomLength);
  },
} satisfies DocumentFormat;

interface Row {
  readonly offset: number;
  readonly length: number;
  readonly cells: readonly string[];
  readonly isHeader: boolean;
}

class HtmlReader {
  readonly #text: string;
  readonly #encoding: Encoding;
  readonly #sink: EventSink;
  readonly #rows: TableRowReader;
  #reported = 0;

  constructor(text: string, encoding: Encoding, context: ParseContext, sink: EventSink) {
    this.#text = text;
    this.#encoding = encoding;
    this.#sink = sink;
    this.#rows = new TableRowReader(context);
  }

  read(start: number): void {
    this.#reported = start;
    let rows: Row[] = [];
    let open = -1;
    const close = (end: number) => {
      if (open >= 0) rows.push(this.#row(open, end));
      open = -1;
    };
    for (const { index, 0: tag, 1: slash, 2: name } of this.#text.matchAll(parts)) {
      const isRow = name!.toLowerCase() === "tr";
      close(isRow && slash === "/" ? index + tag.length : index);
      if (isRow && slash === "") open = index;
      if (!isRow) {
        this.#report(rows);
        rows = [];
      }
    }
    close(this.#text.length);
    this.#report(rows);
    this.#skipTo(this.#text.length);
  }

  #row(offset: number, end: number): Row {
    const cells: string[] = [];
    let headers = 0;
    for (const [, kind, content] of this.#text.slice(offset, end).matchAll(cell)) {
      if (cells.length >= maxCells) break;
      if (kind!.toLowerCase() === "h") headers++;
      cells.push(this.#plain(content!));
    }
    return { offset, length: end - offset, cells, isHeader: headers > 0 && headers === cells.length };
  }

  /** The words of a cell, without its tags. */
  #plain(content: string): string {
    const text = decodeText(Buffer.from(content, "latin1"), this.#encoding);
    return unescapeXml(text.replace(/<[^>]{0,2000}>/g, " ").replaceAll("&nbsp;", " "))
      .replace(/\s+/g, " ")
      .trim();
  }

  #report(rows: readonly Row[]): void {
    const at = rows.findIndex(({ cells }) => cells.length > 1);
    const header = rows[at];
    const columns = header && columnsOf(header, rows.slice(at + 1));
    if (!columns) return;
    for (const row of rows.slice(at + 1)) {
      if (row.isHeader) continue;
      this.#skipTo(row.offset);
      this.#reported = row.offset + row.length;
      const place = { offset: row.offset, length: row.length };
      if (row.cells.length !== columns.names.length) {
        const names = columns.names.length;
        this.#sink.reject(place, `${row.cells.length} cells where the header names ${names}`);
        continue;
      }
      const read = this.#rows.read(row.cells, columns);
      const drafts = Array.isArray(read) ? (read as readonly EventDraft[]) : [read as EventDraft];
      for (const [sub, draft] of drafts.entries())
        this.#sink.event({ ...named(draft), ...place, ...(drafts.length > 1 && { sub }) });
    }
  }

  #skipTo(offset: number): void {
    if (offset > this.#reported)
      this.#sink.skip({ offset: this.#reported, length: offset - this.#reported }, "page around the tables");
    this.#reported = offset;
  }
}

/** What the columns mean; undefined when none is a time: such a table is layout or a list of settings. */
function columnsOf(header: Row, rows: readonly Row[]): CsvColumns | undefined {
  const columns = describeColumns(
    header.cells.map((name, i) => name || `column${i + 1}`),
    rows.slice(0, learntRows).map(({ cells }) => cells),
  );
  const hasTime =
    columns.clock >= 0 || columns.guesses.some((list) => list.some(({ kind }) => kind === "time"));
  return hasTime ? columns : undefined;
}

function named(draft: EventDraft): EventDraft {
  return draft.dataset === "generic/csv" ? { ...draft, dataset } : draft;
}
