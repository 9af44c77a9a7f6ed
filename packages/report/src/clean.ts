import { formatCount } from "@firebreak/model/collections";

/**
 * Characters that make text look like something else than it is, or drive a terminal: C0 and C1 controls, DEL,
 * bidirectional marks, embeddings, overrides and isolates (UAX #9), zero-width and other invisible characters, line and
 * paragraph separators, tag characters. Zero-width joiner and non-joiner stay: several scripts are misspelt without them.
 */
const deceptive =
  /[\p{Cc}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
/** Plain ASCII, by far the most, needs no work. */
const isSuspect = /[^\u0020-\u007e]/;
const whitespace = /[\t\n\r\v\f\u2028\u2029]+/g;
/** More than four marks on one character hide the lines above and below. */
const markPile = /(\p{M}{4})\p{M}+/gu;

/**
 * Text from evidence as one harmless line: line breaks become spaces, deceptive characters become visible as
 * "[U+202E]", so that a reader sees that they are there. Escaping for the output format is the renderer's.
 */
export function clean(text: string): string {
  if (!isSuspect.test(text)) return text;
  return text
    .toWellFormed()
    .replace(whitespace, " ")
    .replace(deceptive, (c) => `[U+${c.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}]`)
    .replace(markPile, "$1");
}

export interface Elided {
  /** What is shown. */
  readonly text: string;
  /** Characters left out of `text`, in the middle. */
  readonly omitted: number;
  /** Up to `fullMax` characters, where something was left out. */
  readonly full?: string;
}

/** A longer full text would make a report as large as its evidence; the raw record stays one command away. */
const fullMax = 4000;

/** Cleans, then keeps beginning and end of a long text. `max` is in UTF-16 units; what is left out is more than the mark of it. */
export function elide(raw: string, max: number): Elided {
  const omitted = raw.length - max;
  const mark = ` … [${formatCount(omitted)} characters left out] … `;
  if (omitted <= mark.length) return { text: clean(raw), omitted: 0 };
  // Cutting before cleaning bounds the work on a value of many megabytes.
  const tail = Math.floor(max / 4);
  const text = `${clean(raw.slice(0, max - tail))}${mark}${clean(raw.slice(-tail))}`;
  const rest = raw.length > fullMax ? ` … [${formatCount(raw.length - fullMax)} more]` : "";
  return { text, omitted, full: clean(raw.slice(0, fullMax)) + rest };
}
