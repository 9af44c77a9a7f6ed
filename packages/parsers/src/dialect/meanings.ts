import type { ColumnGuess } from "../infer/column.ts";
import { type DayMonthOrder, provenOrder } from "../infer/time-value.ts";
import { timeField } from "./dialect.ts";
import { looksLikePorts, looksLikeStatus, type ValueShape } from "./values.ts";

/** What is known of a column before the columns are weighed against each other. */
export interface ColumnEvidence {
  readonly name: string;
  readonly values: readonly string[];
  readonly shape: ValueShape;
  /** By the name, with the share of values that are of the kind. */
  readonly guesses: readonly (ColumnGuess & { share: number })[];
  readonly byValue: ColumnGuess | undefined;
  readonly isNamed: boolean;
}

export interface Meaning extends ColumnGuess {
  readonly why: string;
}

const most = 0.9;

/** Values that prove a meaning more than a name alone does. */
const telling = new Set([
  "time",
  "ip",
  "address",
  "mac",
  "hash",
  "email",
  "method",
  "transport",
  "url",
  "status",
]);

/** Gives each column at most one meaning and each meaning at most one column, the surest first. */
export function assignMeanings(
  columns: readonly ColumnEvidence[],
  hasEnvelope: boolean,
): {
  guesses: (Meaning | undefined)[];
  order: DayMonthOrder;
} {
  const out: (Meaning | undefined)[] = columns.map(() => undefined);
  const taken = new Set<string>();
  placeTime(columns, out, hasEnvelope);
  if (out.some(Boolean)) taken.add("@timestamp").add("@date").add("@clock");
  const hasRequest = columns.some(({ shape }) => shape === "request");
  if (hasRequest) taken.add("url.original").add("http.request.method");
  const offers = columns
    .flatMap((column, i) => offersOf(column, hasRequest).map((meaning) => ({ i, meaning })))
    .sort((a, b) => b.meaning.confidence - a.meaning.confidence || a.i - b.i);
  for (const { i, meaning } of offers) {
    if (out[i] !== undefined || taken.has(meaning.field)) continue;
    if (meaning.kind === "time" || meaning.kind === "date" || meaning.kind === "clock") continue;
    out[i] = meaning;
    taken.add(meaning.field);
  }
  placeEndpoints(columns, out, taken);
  const times = columns.flatMap(({ values }, i) => (out[i]?.field === timeField ? values : []));
  return { guesses: out, order: provenOrder(times) ?? "unknown" };
}

function offersOf(column: ColumnEvidence, hasRequest: boolean): Meaning[] {
  const { values, shape } = column;
  const offers: Meaning[] = column.guesses.map((guess) => ({
    field: guess.field,
    kind: guess.kind,
    confidence: rounded(guess.confidence * guess.share + (telling.has(guess.kind) ? 0.08 : 0)),
    why: `named ${JSON.stringify(column.name)}; ${Math.round(guess.share * 100)} % of ${values.length} values fit`,
  }));
  const { byValue } = column;
  if (byValue && !offers.some(({ field }) => field === byValue.field))
    offers.push({ ...byValue, why: `values are ${shape}` });
  if (hasRequest && shape === "url")
    offers.push({
      field: "http.request.referrer",
      kind: "text",
      confidence: 0.55,
      why: "URLs beside a request line",
    });
  if (!column.isNamed && looksLikeStatus(values))
    offers.push({
      field: "http.response.status_code",
      kind: "status",
      confidence: 0.6,
      why: "three digits as HTTP answers with",
    });
  return offers;
}

function rounded(confidence: number): number {
  return Math.min(0.99, Math.round(confidence * 100) / 100);
}

/** Of several times an event's is the one at which it began. */
const beginWords = /start|begin|event|request|created|generated|observed|first/i;
const endWords = /end|stop|finish|expir|modif|updat|receiv|ingest|last/i;

/**
 * The time: the column whose name and values say so most; else a date and a clock side by side, perhaps with a zone behind;
 * else the first by values. Bare numbers need a name: counters look like epochs, and a syslog header has the time already.
 */
function placeTime(
  columns: readonly ColumnEvidence[],
  out: (Meaning | undefined)[],
  hasEnvelope: boolean,
): void {
  let best = -1;
  let bestConfidence = 0;
  for (const [i, { name, guesses, shape, isNamed, values }] of columns.entries()) {
    const named = guesses.find(({ kind }) => kind === "time");
    const isEpoch = shape === "epoch" && (named !== undefined || !hasEnvelope);
    if (values.length === 0 || !(shape === "time" || isEpoch || (named && named.share > most))) continue;
    const base = named
      ? named.confidence * named.share + 0.08
      : isNamed
        ? 0.45
        : shape === "epoch"
          ? 0.55
          : 0.7;
    const confidence = base + (endWords.test(name) ? -0.1 : beginWords.test(name) ? 0.05 : 0);
    if (confidence > bestConfidence) {
      best = i;
      bestConfidence = confidence;
    }
  }
  const date = columns.findIndex(({ shape }) => shape === "date");
  const clock = date < 0 ? -1 : columns.findIndex(({ shape }, i) => shape === "clock" && i > date);
  const meaning = (confidence: number, why: string): Meaning => ({
    field: timeField,
    kind: "time",
    confidence: rounded(confidence),
    why,
  });
  if (clock >= 0 && bestConfidence < 0.8) {
    out[date] = meaning(0.9, "a date, with its clock in another column");
    out[clock] = meaning(0.9, "a clock, with its date in another column");
    if (columns[clock + 1]?.shape === "zone") out[clock + 1] = meaning(0.9, "the zone behind the clock");
  } else if (best >= 0) {
    const { name, guesses } = columns[best]!;
    const isNamed = guesses.some(({ kind }) => kind === "time");
    out[best] = meaning(
      bestConfidence,
      isNamed ? `named ${JSON.stringify(name)}, and its values are times` : "values are times",
    );
  }
}

/** Addresses and ports whose names say nothing, by their order: the source first, then the destination, ports behind them. */
function placeEndpoints(
  columns: readonly ColumnEvidence[],
  out: (Meaning | undefined)[],
  taken: Set<string>,
): void {
  const free = columns.map((column, i) => ({ column, i })).filter(({ i }) => out[i] === undefined);
  const addresses = free.filter(({ column }) => column.shape === "ip" || column.shape === "ip-port");
  const sides = (["source", "destination"] as const).filter((side) => !taken.has(side));
  for (const [rank, side] of sides.entries()) {
    const found = addresses[rank];
    if (!found) break;
    out[found.i] = {
      field: side,
      kind: "address",
      confidence: found.column.isNamed ? 0.35 : 0.6,
      why: `values are addresses, and it is the ${rank === 0 ? "first" : "second"} such column`,
    };
    taken.add(side);
  }
  const placed = out.flatMap((meaning, i) => (meaning?.kind === "address" ? [i] : []));
  if (placed.length === 0) return;
  const last = Math.max(...placed);
  const ports = free.filter(
    ({ column, i }) =>
      !column.isNamed &&
      out[i] === undefined &&
      i > Math.min(...placed) &&
      i <= last + 3 &&
      looksLikePorts(column.values) &&
      column.values.some((value) => Number(value) > 1023 || ["22", "25", "53", "80", "443"].includes(value)),
  );
  for (const [rank, { i }] of ports.slice(0, 2).entries()) {
    const field = ports.length === 1 ? "destination.port" : rank === 0 ? "source.port" : "destination.port";
    if (taken.has(field)) continue;
    out[i] = { field, kind: "port", confidence: 0.5, why: "numbers up to 65535 next to the addresses" };
    taken.add(field);
  }
}
