import type { EventDraft } from "@firebreak/model/event";
import type { ParseContext } from "@firebreak/model/format";
import { RecordInference } from "../infer/infer.ts";
import { readTimeValue } from "../infer/time-value.ts";
import { parseJsonObject } from "../json/parse.ts";
import { JsonRecordReader } from "../json/record.ts";
import { isAbsent } from "../text/absent.ts";
import { isKnownZone, offsetOfAbbreviation } from "../time/zone.ts";
import type { CsvColumns } from "./columns.ts";
import { productRows } from "./product-rows.ts";

/** Reads rows of a table of any make as events, by what is known of its columns. One per evidence item. */
export class TableRowReader {
  readonly #context: ParseContext;
  readonly #audit: JsonRecordReader;
  /** The table whose rows came last, and how one of its rows becomes a product's record. */
  #columns: CsvColumns | undefined;
  #objectOf: ReturnType<typeof productRows>;

  constructor(context: ParseContext) {
    this.#context = context;
    this.#audit = new JsonRecordReader(context, "generic/csv");
  }

  /** Cells beyond the named columns keep their text under a name of their own. */
  read(cells: readonly string[], columns: CsvColumns): EventDraft | readonly EventDraft[] {
    const audit = columns.auditData >= 0 ? cells[columns.auditData] : undefined;
    if (audit?.startsWith("{")) {
      const object = parseJsonObject(audit);
      if (object) return this.#audit.read(object);
    }
    const known = this.#readProduct(cells, columns);
    if (known !== undefined) return known;
    const inference = new RecordInference({}, this.#context.time);
    inference.order = columns.order;
    this.#takeSplitTime(cells, columns, inference);
    for (let i = 0; i < cells.length; i++) {
      const value = cells[i]!.trim();
      if (isAbsent(value)) continue;
      inference.fields[columns.fields[i] ?? `firebreak.raw.column${i + 1}`] = value;
      const guesses = columns.guesses[i];
      if (guesses !== undefined && guesses.length > 0) inference.offer(guesses, value, columns.zones[i]);
      else inference.offerText(value);
    }
    return inference.finish(columns.dataset, columns.kind);
  }

  /** A product's own table, read as its API's records are; undefined where that gives no time, so that the columns are asked for theirs. */
  #readProduct(cells: readonly string[], columns: CsvColumns): readonly EventDraft[] | undefined {
    if (columns !== this.#columns) {
      this.#columns = columns;
      this.#objectOf = productRows(columns.names);
    }
    if (this.#objectOf === undefined) return undefined;
    const read = this.#audit.read(this.#objectOf(cells));
    const drafts: readonly EventDraft[] = Array.isArray(read) ? read : [read as EventDraft];
    const isKnown = (draft: EventDraft) => draft.time !== undefined && !draft.dataset.startsWith("generic/");
    return drafts.length > 0 && drafts.every(isKnown) ? drafts : undefined;
  }

  /** Date and clock in columns of their own, the zone perhaps in a third. */
  #takeSplitTime(cells: readonly string[], columns: CsvColumns, inference: RecordInference): void {
    if (columns.clock < 0) return;
    const recorded = columns.zone < 0 ? "" : (cells[columns.zone]?.trim() ?? "");
    const zone = offsetOfAbbreviation(recorded) ?? recorded;
    const hint =
      zone !== "" && isKnownZone(zone)
        ? { zone, source: "in-record" as const }
        : columns.zones[columns.clock];
    const text = `${cells[columns.date]?.trim()} ${cells[columns.clock]?.trim()}`;
    const time = readTimeValue(text, this.#context.time, columns.order, hint);
    if (time) inference.take(time, 0.95);
  }
}
