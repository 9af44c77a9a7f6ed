import type { EventDraft } from "@firebreak/model/event";
import type { Head, LineFormat, LineParser, LineResult, ParseContext } from "@firebreak/model/format";
import { cellsOf, isRuler, type Layout, layoutOf } from "../../csv/aligned.ts";
import { type CsvColumns, describeColumns } from "../../csv/columns.ts";
import { TableRowReader } from "../../csv/row.ts";
import { createHeadMemory } from "../../infer/head-memory.ts";

const dataset = "generic/aligned-table";

interface Table {
  readonly layout: Layout;
  readonly columns: CsvColumns;
  readonly header: string;
}

const memory = createHeadMemory(findTable);
/** A title and the command that printed the table may stand above it. */
const maxAbove = 20;
const valueLike = /^[\d.:/+-]+$/;

/** Tables as consoles print them: columns under their names, or between bars (Format-Table, mysql, psql, Markdown). */
export const format = {
  kind: "line",
  name: dataset,
  title: "Printed table (aligned columns, or bars)",
  version: 1,
  notes:
    "Names in the first line, cells below them or between bars, a ruler of dashes between. One column must be a time. Meanings are inferred as in generic/csv.",
  sniff(line, head) {
    const table = memory.of(head);
    if (table === undefined) return 0;
    if (isRuler(line)) return 0.3;
    return cellsOf(line, table.layout) === undefined ? 0 : 0.31;
  },
  open: (context) => new AlignedParser(context, memory.recall(context.fileName)),
} satisfies LineFormat;

function findTable(head: Head): Table | undefined {
  const lines = head.lines.slice(0, 100);
  for (const [at, header] of lines.slice(0, maxAbove).entries()) {
    if (isRuler(header)) continue;
    const below = lines.slice(at + 1);
    const layout = layoutOf(header, below);
    const names = layout && cellsOf(header, layout);
    if (!layout || !names || names.length < 2 || names.some((name) => name === "" || valueLike.test(name)))
      continue;
    const rows = below
      .filter((line) => !isRuler(line))
      .flatMap((line) => {
        const cells = cellsOf(line, layout);
        return cells === undefined ? [] : [cells];
      });
    const columns = describeColumns(names, rows);
    const hasTime =
      columns.clock >= 0 || columns.guesses.some((list) => list.some(({ kind }) => kind === "time"));
    const known = columns.guesses.filter((list) => list.length > 0).length;
    if (rows.length > 0 && hasTime && known >= 2) return { layout, columns, header };
  }
  return undefined;
}

class AlignedParser implements LineParser {
  readonly #rows: TableRowReader;
  readonly #table: Table | undefined;

  constructor(context: ParseContext, table: Table | undefined) {
    this.#rows = new TableRowReader(context);
    this.#table = table;
  }

  parse(record: string): LineResult {
    const table = this.#table;
    if (table === undefined) return undefined;
    if (isRuler(record)) return { skip: "ruler of a table" };
    if (record === table.header) return { skip: "table header" };
    const cells = cellsOf(record, table.layout);
    if (cells === undefined) return undefined;
    const count = table.columns.names.length;
    if (cells.length !== count) return { reject: `${cells.length} cells where the header names ${count}` };
    const read = this.#rows.read(cells, table.columns);
    return Array.isArray(read) ? (read as readonly EventDraft[]).map(named) : named(read as EventDraft);
  }
}

function named(draft: EventDraft): EventDraft {
  return draft.dataset === "generic/csv" ? { ...draft, dataset } : draft;
}
