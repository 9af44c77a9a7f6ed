import type { EventDraft, Fields, Scalar } from "@firebreak/model/event";
import type { LineFormat, LineParser, LineResult, ParseContext, ZoneHint } from "@firebreak/model/format";
import type { EventTime } from "@firebreak/model/time";
import { scanQuotes } from "../csv/shape.ts";
import { rawField } from "../ecs/raw.ts";
import { addRelated } from "../ecs/related.ts";
import type { StampReader } from "../formats/syslog/header.ts";
import { setPriority } from "../formats/syslog/priority.ts";
import { createStampReader } from "../formats/syslog/stamp.ts";
import type { ColumnGuess } from "../infer/column.ts";
import { Held } from "../infer/held.ts";
import { readTimeValue } from "../infer/time-value.ts";
import { applyGuess } from "../infer/value.ts";
import { PathTree } from "../json/path-tree.ts";
import { isAbsent } from "../text/absent.ts";
import { createTimeReader } from "../time/reader.ts";
import { setRequestLine } from "../web/request.ts";
import { readCells } from "./cells.ts";
import { type Dialect, guessOfField, requestField, timeField } from "./dialect.ts";
import { type DialectEnvelope, readEnvelope } from "./envelope.ts";

/** What the user taught goes before what the tool knows by itself. */
const vote = 0.99;
const minimumKnown = 0.5;
/** Kinds that a value either is or is not. */
const tellingKinds = new Set([
  "address",
  "ip",
  "port",
  "mac",
  "hash",
  "email",
  "method",
  "status",
  "transport",
  "url",
]);

/** The line format of a dialect. Its lines are those that hold the dialect's texts and have its layout. */
export function dialectFormat(dialect: Dialect): LineFormat {
  const reader = new DialectReader(dialect, createTimeReader({ reference: { ms: 0, source: "assumed" } }));
  return {
    kind: "line",
    name: `dialect/${dialect.name}`,
    title: dialect.title,
    version: 1,
    notes: "Read by a dialect file.",
    sniff: (line) => (reader.isMine(line) ? vote : 0),
    open: (context) => new DialectParser(dialect, context),
  };
}

/** Cuts lines of one dialect into cells. */
class DialectReader {
  readonly #dialect: Dialect;
  readonly #readStamp: StampReader;
  readonly #tree = new PathTree();
  readonly #names: ReadonlySet<string>;
  readonly #kinds: ReadonlyMap<string, ColumnGuess>;
  readonly #header: string | undefined;

  constructor(dialect: Dialect, time: ParseContext["time"]) {
    this.#dialect = dialect;
    this.#readStamp = createStampReader(time);
    this.#names = new Set(dialect.columns.map(({ name }) => name));
    this.#kinds = new Map(
      dialect.columns.flatMap(({ name, field }) => {
        const guess = field === undefined || field === timeField ? undefined : guessOfField(field);
        return guess && tellingKinds.has(guess.kind) ? [[name, guess] as const] : [];
      }),
    );
    const { layout, columns } = dialect;
    if (layout.kind === "delimited" && layout.header)
      this.#header = columns.map(({ name }) => name).join(layout.separator);
  }

  /** Why a line is no record, if it is none. */
  skipped(line: string): string | undefined {
    if (this.#dialect.comments.some((comment) => line.startsWith(comment))) return "comment";
    if (this.#header !== undefined && line.replaceAll('"', "").replaceAll(/ *, */g, ",") === this.#header)
      return "header";
    return undefined;
  }

  /**
   * True when the line holds the dialect's texts and has its layout, half of its names are known, and what is in columns
   * that mean something is of that kind: any table with as many columns would else be taken for this one.
   */
  isMine(line: string): boolean {
    if (this.skipped(line) !== undefined) return true;
    if (!this.#dialect.contains.every((text) => line.includes(text))) return false;
    let cells = 0;
    let known = 0;
    let judged = 0;
    let fitting = 0;
    const read = this.cells(line, (name, value) => {
      cells++;
      const kind = this.#kinds.get(name);
      if (kind === undefined && !this.#names.has(name)) return;
      known++;
      if (kind === undefined || (typeof value === "string" && isAbsent(value.trim()))) return;
      judged++;
      if (applyGuess({}, kind, value, new Held()) !== undefined) fitting++;
    });
    return (
      read !== undefined && cells > 0 && known >= cells * minimumKnown && fitting >= judged * minimumKnown
    );
  }

  /** The envelope (an empty one where the dialect has none) when the line has the dialect's layout. */
  cells(
    line: string,
    visit: (name: string, value: Scalar, column: number) => void,
  ): { envelope: DialectEnvelope | undefined; truncated: boolean } | undefined {
    const envelope = this.#dialect.envelope === "syslog" ? readEnvelope(line, this.#readStamp) : undefined;
    if (this.#dialect.envelope === "syslog" && !envelope) return undefined;
    const read = readCells(this.#dialect, envelope?.message ?? line, this.#tree, visit);
    return read === false ? undefined : { envelope, truncated: read === "truncated" };
  }
}

class DialectParser implements LineParser {
  readonly #dialect: Dialect;
  readonly #context: ParseContext;
  readonly #reader: DialectReader;
  readonly #guesses = new Map<string, ColumnGuess>();
  readonly #timeNames: readonly string[];
  readonly #zone: ZoneHint | undefined;
  #scanned = 0;
  #isOpen = false;

  constructor(dialect: Dialect, context: ParseContext) {
    this.#dialect = dialect;
    this.#context = context;
    this.#reader = new DialectReader(dialect, context.time);
    this.#timeNames = dialect.columns.filter(({ field }) => field === timeField).map(({ name }) => name);
    this.#zone = dialect.zone === undefined ? undefined : { zone: dialect.zone, source: "format-default" };
    for (const { name, field, confidence } of dialect.columns) {
      const guess = field === undefined || field === timeField ? undefined : guessOfField(field);
      if (guess) this.#guesses.set(name, { ...guess, confidence });
    }
  }

  /** A quoted cell may go over several lines. */
  continues(pending: string, line: string): boolean {
    const { layout } = this.#dialect;
    if (layout.kind !== "delimited" || !pending.includes('"')) return false;
    const grown = this.#isOpen && this.#scanned > 0 && pending.length > this.#scanned;
    this.#isOpen = scanQuotes(pending, layout.separator, grown ? this.#scanned : 0, grown);
    this.#scanned = this.#isOpen ? pending.length : 0;
    return this.#isOpen && !this.#reader.isMine(line);
  }

  parse(record: string): LineResult {
    this.#scanned = 0;
    this.#isOpen = false;
    const skip = this.#reader.skipped(record);
    if (skip !== undefined) return { skip };
    const fields: Fields = {};
    const held = new Held();
    const times = new Map<string, Scalar>();
    const read = this.#reader.cells(record, (name, value) => {
      const text = typeof value === "string" ? value.trim() : value;
      if (typeof text === "string" && isAbsent(text)) return;
      fields[rawField(name)] = text;
      if (this.#timeNames.includes(name)) times.set(name, text);
      const guess = this.#guesses.get(name);
      if (guess?.field === requestField) setRequestLine(fields, String(text));
      else if (guess) applyGuess(fields, guess, text, held);
    });
    if (!read) return undefined;
    if (read.truncated) fields["firebreak.truncated"] = true;
    return this.#finish(fields, this.#timeOf(times), read.envelope);
  }

  #timeOf(times: ReadonlyMap<string, Scalar>): EventTime | undefined {
    const parts = this.#timeNames.flatMap((name) => (times.has(name) ? [times.get(name)!] : []));
    if (parts.length === 0) return undefined;
    const whole = parts.length === 1 ? parts[0]! : parts.join(" ");
    if (typeof whole === "boolean") return undefined;
    return readTimeValue(whole, this.#context.time, this.#dialect.order, this.#zone);
  }

  #finish(fields: Fields, own: EventTime | undefined, envelope: DialectEnvelope | undefined): EventDraft {
    if (envelope) {
      if (envelope.host !== undefined) fields["host.name"] ??= envelope.host;
      if (envelope.program !== "") fields["process.name"] ??= envelope.program;
      if (envelope.priority >= 0) setPriority(fields, envelope.priority);
    }
    fields["event.kind"] ??= "event";
    addRelated(fields);
    const dataset = `dialect/${this.#dialect.name}`;
    const time = own ?? envelope?.time;
    return time ? { dataset, time, fields } : { dataset, fields };
  }
}
