/** A value of an event's field; an absent field is `undefined`, null counts as absent. */
export type Scalar = string | number | boolean;
export type FieldValue = Scalar | readonly Scalar[];

/**
 * Where an event comes from, as far as known. `channel` and `eventId` are the event's own (a forwarded event keeps
 * the channel it was written to).
 */
export interface EventSource {
  readonly product?: string;
  readonly service?: string;
  readonly categories?: readonly string[];
  readonly channel?: string;
  readonly eventId?: number;
}

/** What the matcher reads of an event. `get` is called only for keys that some rule of the event's source asks for. */
export interface SigmaEvent {
  readonly source: EventSource;
  /** Value of a flat dotted key: "winlog.event_data.CommandLine", "source.ip". */
  get(key: string): FieldValue | undefined;
  /** Every value as text, and the raw message: what keyword rules search. */
  values(): Iterable<string>;
  /** The same object for events that have values under the same keys: which key of several to ask is then known. */
  readonly keysLike?: object | undefined;
  /** For events whose texts can be searched before they are decoded. It must tell the same as `get` and `values`. */
  readonly recorded?: RecordedValues;
}

/** Text as it is recorded: `count` UTF-16 units at `at`, little-endian. NULs may end it early. */
export interface RecordedText {
  readonly view: DataView;
  readonly at: number;
  readonly count: number;
}

/** Places that are no number of a text: no such value; one that `get` gives at once; one that only `get` knows of, at some cost. */
export const recordedPlaces = { absent: -1, value: -2, unknown: -3 } as const;

/** All texts of an event, for a search that need not know whose they are. */
export interface RawTexts {
  /** They stand in these bytes as UTF-16 little-endian, at odd places too, between what is no text. */
  readonly view: DataView;
  readonly from: number;
  readonly end: number;
  /** But for those that many events share: lists that are the same objects in all of these. */
  readonly fixed: readonly (readonly string[])[];
}

/** What is known of an event's values without decoding them. */
export interface RecordedValues {
  /** The same object for events that have their values at the same places. */
  readonly layout: object;
  /** Where the first of the keys stands that the event has: a number for `textAt`, or one of `recordedPlaces`. */
  placeOf(keys: readonly string[]): number;
  /** False: the value there is no text, and `get` gives it at once. */
  textAt(place: number): boolean;
  /** Of the last `textAt` that was true. */
  readonly text: RecordedText;
  /** The text at a place, decoded. */
  decodeAt(place: number): string;
  /** Undefined: some texts stand elsewhere, visit them. Valid until the next event. */
  readonly raw: RawTexts | undefined;
  /**
   * Visits all of `values`: texts as they are recorded, others decoded. Without `withNumbers` it leaves out those whose text
   * has only characters that `isNumberLike` knows.
   */
  forEach(onText: (text: RecordedText) => void, onValue: (value: string) => void, withNumbers: boolean): void;
}

/** True when a (folded) text may be part of a number, a GUID, a time, a SID or a truth value. */
export function isNumberLike(text: string): boolean {
  return /^[0-9a-filnr-uxz{}:.+-]*$/.test(text);
}

/**
 * A plain map as an event. `raw` is the recorded text, if any.
 * @example flatEvent({ "process.command_line": "whoami /all" }, { product: "linux", categories: ["process_creation"] })
 */
export function flatEvent(
  fields: Readonly<Record<string, FieldValue>>,
  source: EventSource,
  raw?: string,
): SigmaEvent {
  return {
    source,
    get: (key) => ownValue(fields[key]),
    values: () => allValues(fields, raw),
  };
}

/** What objects inherit is a function or an object, which no field's value is; cheaper than asking what is their own. */
function ownValue(value: FieldValue | null | undefined): FieldValue | undefined {
  if (typeof value === "function" || value === null) return undefined;
  return typeof value !== "object" || Array.isArray(value) ? value : undefined;
}

function allValues(fields: Readonly<Record<string, FieldValue>>, raw: string | undefined): string[] {
  const values: string[] = [];
  for (const key in fields) {
    if (!Object.hasOwn(fields, key)) continue;
    const value = fields[key];
    if (typeof value === "string") values.push(value);
    else if (Array.isArray(value)) for (const item of value) values.push(String(item));
    else if (value !== null && value !== undefined) values.push(String(value));
  }
  if (raw !== undefined) values.push(raw);
  return values;
}
