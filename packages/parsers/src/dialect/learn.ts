import { createStampReader } from "../formats/syslog/stamp.ts";
import type { ColumnGuess } from "../infer/column.ts";
import { guessColumn } from "../infer/column.ts";
import { Held } from "../infer/held.ts";
import { readTimeValue } from "../infer/time-value.ts";
import { applyGuess } from "../infer/value.ts";
import { PathTree } from "../json/path-tree.ts";
import { isAbsent } from "../text/absent.ts";
import { createTimeReader } from "../time/reader.ts";
import { readCells } from "./cells.ts";
import { type Dialect, type DialectColumn, fieldOfGuess, timeField } from "./dialect.ts";
import { readEnvelope } from "./envelope.ts";
import { type FoundLayout, findLayout } from "./layout.ts";
import { assignMeanings, type ColumnEvidence } from "./meanings.ts";
import { guessByTokens } from "./tokens.ts";
import { guessByShape, shapeOf } from "./values.ts";

const maxColumns = 400;
const maxValues = 500;
const maxLines = 5000;

export interface Learned {
  readonly dialect: Dialect;
  /** How the layout was recognised and what is doubtful, in words. */
  readonly notes: readonly string[];
}

/**
 * Learns a dialect from lines of a log: how they are cut, and what the columns mean, each with what speaks for it.
 * undefined when no layout fits four lines of five: free text has no columns.
 */
export function learnDialect(lines: readonly string[], name: string): Learned | undefined {
  const sample = lines.filter((line) => line.trim() !== "").slice(0, maxLines);
  const found = findWithEnvelope(sample);
  if (!found) return undefined;
  const { envelope, messages, layout } = found;
  const columns = collectColumns(layout, messages);
  const { guesses, order } = assignMeanings(columns, envelope === "syslog");
  const notes = [layout.why];
  if (envelope === "syslog") notes.push("a syslog header stands before each record");
  const described = columns.map((column, i): DialectColumn => {
    const guess = guesses[i];
    const place = layout.places?.[i];
    return {
      name: column.name,
      ...(guess && { field: guess.field === timeField ? timeField : fieldOfGuess(guess) }),
      confidence: guess?.confidence ?? 0,
      why: guess?.why ?? `${column.shape}; nothing tells what it means`,
      ...place,
    };
  });
  if (!described.some(({ field }) => field === timeField) && envelope === "none")
    notes.push("no column was recognised as the time: events will be undated");
  return {
    dialect: {
      name,
      title: `${name}, learned from a file`,
      envelope,
      layout: layout.layout,
      contains: [],
      comments: layout.comments,
      order,
      columns: described,
    },
    notes,
  };
}

/** The layout of the lines as they are, or of what stands behind a syslog header: whichever has more columns that recur. */
function findWithEnvelope(lines: readonly string[]) {
  const readStamp = createStampReader(
    createTimeReader({ reference: { ms: Date.UTC(2024, 11, 31), source: "assumed" } }),
  );
  const opened = lines.flatMap((line) => readEnvelope(line, readStamp) ?? []);
  // A stamp and a word alone also begin tables: a priority or a program makes it syslog.
  const isSyslog =
    opened.filter(({ priority, program }) => priority >= 0 || program !== "").length >= lines.length * 0.8;
  const messages = opened.flatMap(({ message }) => (message === "" ? [] : [message]));
  const plain = findLayout(lines);
  const inner = isSyslog ? findLayout(messages) : undefined;
  if (inner && (!plain || preferInner(plain, inner)))
    return { envelope: "syslog" as const, messages, layout: inner };
  // Words of a sentence are no columns: behind a syslog header they are a message.
  if (!plain || (isSyslog && rankOf(plain) < 2)) return undefined;
  return { envelope: "none" as const, messages: lines, layout: plain };
}

function rankOf(found: FoundLayout): number {
  return ["words", "fixed", "delimited", "key-value", "w3c", "json"].indexOf(found.layout.kind);
}

/** Behind a header the record is what names its values; words of a whole line are the weakest reading. */
function preferInner(plain: FoundLayout, inner: FoundLayout): boolean {
  return rankOf(inner) > rankOf(plain) || (rankOf(inner) === rankOf(plain) && rankOf(inner) >= 2);
}

function collectColumns(layout: FoundLayout, messages: readonly string[]): ColumnEvidence[] {
  const values = new Map<string, string[]>();
  const named: DialectColumn[] = layout.names.map((name, i) => ({
    name,
    confidence: 0,
    why: "",
    ...layout.places?.[i],
  }));
  const names = uniqueNames(named.map(({ name }) => name));
  const columns = named.map((column, i) => ({ ...column, name: names[i]! }));
  for (const { name } of columns) values.set(name, []);
  const tree = new PathTree();
  let isHeader = layout.layout.kind === "delimited" && layout.layout.header;
  for (const message of messages) {
    if (layout.comments.some((comment) => message.startsWith(comment))) continue;
    if (isHeader) {
      isHeader = false;
      continue;
    }
    readCells({ layout: layout.layout, columns }, message, tree, (name, value) => {
      let list = values.get(name);
      if (!list && values.size < maxColumns && columns.length === 0) {
        list = [];
        values.set(name, list);
      }
      const text = String(value).trim();
      if (list && list.length < maxValues && !isAbsent(text)) list.push(text);
    });
  }
  const hasNames = !isUnnamed(layout);
  const isW3c = layout.layout.kind === "w3c";
  return [...values].map(([name, seen]) => ({
    name,
    values: seen,
    shape: shapeOf(seen),
    guesses: hasNames ? checkedGuesses(isW3c ? w3cName(name) : name, seen) : [],
    byValue: guessByShape(shapeOf(seen)),
    isNamed: hasNames,
  }));
}

function isUnnamed({ names }: FoundLayout): boolean {
  return names.length > 0 && names.every((name, i) => name === `column${i + 1}`);
}

/** W3C WD-logfile names the side first: "c-ip" is the client's, "s-port" the server's. */
function w3cName(name: string): string {
  return name.replace(/^c-/, "client-").replace(/^s-/, "server-");
}

function uniqueNames(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name}#${count}`;
  });
}

/** Meanings that the name suggests, with the share of values that are of that kind; those that fit less than half are out. */
function checkedGuesses(name: string, values: readonly string[]): (ColumnGuess & { share: number })[] {
  const byTokens = guessByTokens(name);
  const all = [...guessColumn(name)];
  if (byTokens && !all.some(({ field }) => field === byTokens.field)) all.push(byTokens);
  return all.flatMap((guess) => {
    if (values.length === 0) return [];
    const fits = values.filter((value) => fitsGuess(guess, value)).length;
    const share = fits / values.length;
    return share >= 0.5 ? [{ ...guess, share }] : [];
  });
}

const anyTime = createTimeReader({ reference: { ms: Date.UTC(2024, 11, 31), source: "assumed" } });

function fitsGuess(guess: ColumnGuess, value: string): boolean {
  if (guess.kind === "time") return readTimeValue(value, anyTime) !== undefined;
  if (guess.kind === "date" || guess.kind === "clock") return shapeOf([value]) === guess.kind;
  return applyGuess({}, { ...guess, confidence: 1 }, value, new Held()) !== undefined;
}
