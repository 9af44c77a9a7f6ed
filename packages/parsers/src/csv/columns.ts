import type { ZoneHint } from "@firebreak/model/format";
import { cleanIp } from "../ecs/ip.ts";
import { rawField } from "../ecs/raw.ts";
import { type ColumnGuess, guessColumn, normaliseName } from "../infer/column.ts";
import { type TableKind, tableKindOf } from "../infer/meaning.ts";
import type { DayMonthOrder } from "../infer/time-value.ts";
import { provenOrder } from "../infer/time-value.ts";

/** What is known of a table's columns. */
export interface CsvColumns {
  readonly names: readonly string[];
  readonly fields: readonly string[];
  readonly guesses: readonly (readonly ColumnGuess[])[];
  /** A zone that the name of a time column states: "Date (UTC)". */
  readonly zones: readonly (ZoneHint | undefined)[];
  /** Columns that make the time together: a date alone, a clock alone, and perhaps a zone. -1 where there is none. */
  readonly date: number;
  readonly clock: number;
  readonly zone: number;
  /** Column of Microsoft 365's audit record, which is JSON in a cell; -1. */
  readonly auditData: number;
  readonly order: DayMonthOrder;
  readonly dataset: string;
  readonly kind: TableKind;
}

const maxSamples = 50;
const dateOnly = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}$|^\d{8}$/;
const clockOnly = /^\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?: ?[AaPp][Mm])?$/;
const zoneNames = new Set(["timezone", "tz", "zone", "utcoffset", "gmtoffset", "timezoneoffset", "offset"]);
const plaso = "date,time,timezone,macb,source,sourcetype,type,user,host,short,desc";

/** Finds out what the columns mean from their names and, where these say nothing, from sample rows. */
export function describeColumns(
  names: readonly string[],
  samples: readonly (readonly string[])[],
): CsvColumns {
  const rows = samples.slice(0, maxSamples);
  const values = names.map((_, i) => rows.map((row) => row[i]?.trim() ?? "").filter((cell) => cell !== ""));
  const all = (i: number, pattern: RegExp) =>
    values[i]!.length > 0 && values[i]!.every((cell) => pattern.test(cell));
  const date = names.findIndex((name, i) => /date|day|datum|fecha/i.test(name) && all(i, dateOnly));
  const clock =
    date < 0
      ? -1
      : names.findIndex((name, i) => /time|hour|zeit|hora|heure/i.test(name) && all(i, clockOnly));
  const zone = names.findIndex((name) => zoneNames.has(normaliseName(name)));
  const guesses = names.map((name, i) => {
    const named = guessColumn(name);
    return named.length > 0 ? named : guessByValues(values[i]!);
  });
  const isPlaso = names.join(",").toLowerCase().startsWith(plaso);
  const timeColumns = guesses.flatMap((list, i) =>
    i === date || list.some((one) => one.kind === "time") ? values[i]! : [],
  );
  return {
    names,
    fields: names.map(rawField),
    guesses,
    zones: names.map((name) =>
      /\b(?:utc|gmt)\b|utc$/i.test(name) ? { zone: "UTC", source: "file-header" } : undefined,
    ),
    date: clock < 0 ? -1 : date,
    clock,
    zone,
    auditData: names.findIndex((name) => normaliseName(name) === "auditdata"),
    order: isPlaso ? "month-first" : (provenOrder(timeColumns) ?? "unknown"),
    kind: tableKindOf(names),
    dataset: isPlaso ? "generic/plaso-l2t" : "generic/csv",
  };
}

/** A column whose name says nothing may hold values that do; they count less than a name. */
function guessByValues(values: readonly string[]): readonly ColumnGuess[] {
  if (values.length === 0) return [];
  const every = (test: (value: string) => boolean) => values.every(test);
  if (every((value) => cleanIp(value) !== undefined))
    return [{ field: "source", kind: "address", confidence: 0.4 }];
  if (
    every((value) => /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d|^\d{1,2}[/.]\d{1,2}[/.]\d{2,4} \d{1,2}:\d\d/.test(value))
  )
    return [{ field: "@timestamp", kind: "time", confidence: 0.5 }];
  if (every((value) => /^[0-9a-f]{32}$|^[0-9a-f]{40}$|^[0-9a-f]{64}$/i.test(value)))
    return [{ field: "file.hash.sha256", kind: "hash", confidence: 0.5 }];
  if (every((value) => /^https?:\/\//i.test(value)))
    return [{ field: "url.original", kind: "url", confidence: 0.5 }];
  if (every((value) => /^(?:GET|POST|HEAD|PUT|DELETE|OPTIONS|CONNECT)$/.test(value)))
    return [{ field: "http.request.method", kind: "method", confidence: 0.5 }];
  return [];
}
