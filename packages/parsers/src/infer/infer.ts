import type { EventDraft, Fields, Scalar } from "@firebreak/model/event";
import type { TimeReader, ZoneHint } from "@firebreak/model/format";
import type { EventTime } from "@firebreak/model/time";
import { addressFields } from "../ecs/address-fields.ts";
import { rawField } from "../ecs/raw.ts";
import { addRelated } from "../ecs/related.ts";
import { setUrl } from "../ecs/url.ts";
import { isAbsent } from "../text/absent.ts";
import type { ColumnGuess } from "./column.ts";
import { Held } from "./held.ts";
import { readLabels } from "./labels.ts";
import { classifyRecord, type TableKind } from "./meaning.ts";
import { describeProse } from "./prose.ts";
import { type DayMonthOrder, readTimeValue } from "./time-value.ts";
import { applyGuess } from "./value.ts";

const inferenceFields = new Map<string, string>();

/** ECS field names are few: each is joined to its prefix once. */
function inferenceField(field: string): string {
  let name = inferenceFields.get(field);
  if (name === undefined) {
    name = `firebreak.inference.${field}`;
    inferenceFields.set(field, name);
  }
  return name;
}

/** How much a name inside a text counts beside a column's. */
const insideText = 0.75;

/**
 * Collects the inferred meaning of one record's values: ECS fields, the time, and `firebreak.inference.<field>` with the
 * confidence (0 to 1) of each, so that a reader sees what was told by the evidence and what was guessed.
 */
export class RecordInference {
  readonly fields: Fields;
  readonly #time: TimeReader;
  readonly #held = new Held();
  #eventTime: EventTime | undefined;
  #timeConfidence = 0;
  order: DayMonthOrder = "unknown";

  constructor(fields: Fields, time: TimeReader) {
    this.fields = fields;
    this.#time = time;
  }

  /** Offers a value with the meanings its name suggests, best first; the first meaning that fits is taken. */
  offer(guesses: readonly ColumnGuess[], value: Scalar, zone?: ZoneHint): void {
    for (const guess of guesses) {
      if (guess.kind === "time") {
        if (this.#offerTime(value, guess.confidence, zone)) return;
        continue;
      }
      const applied = applyGuess(this.fields, guess, value, this.#held);
      if (applied) {
        if (applied.replaces && guess.kind === "address") this.#forgetReplaced(guess.field);
        this.fields[inferenceField(applied.field)] = applied.confidence;
        return;
      }
    }
  }

  /** A better address may have taken the place of a name, or a name that of an address. */
  #forgetReplaced(prefix: string): void {
    const { ip, domain } = addressFields(prefix);
    for (const field of [ip, domain]) {
      if (this.fields[field] === undefined) delete this.fields[inferenceField(field)];
    }
  }

  /** Offers the labelled values inside a text whose own name means nothing; a column of the record counts more. */
  offerText(text: string): void {
    for (const { label, value, guesses } of readLabels(text)) {
      if (isAbsent(value)) continue;
      this.fields[rawField(label)] ??= value;
      this.offer(
        guesses.map((guess) => ({ ...guess, confidence: guess.confidence * insideText })),
        value,
      );
    }
  }

  /** A time that was read from several columns. */
  take(time: EventTime, confidence: number): void {
    if (confidence <= this.#timeConfidence) return;
    this.#eventTime = time;
    this.#timeConfidence = confidence;
  }

  get time(): EventTime | undefined {
    return this.#eventTime;
  }

  #offerTime(value: Scalar, confidence: number, zone: ZoneHint | undefined): boolean {
    if (typeof value === "boolean" || confidence <= this.#timeConfidence) return false;
    const time = readTimeValue(value, this.#time, this.order, zone);
    if (!time) return false;
    this.take(time, confidence);
    return true;
  }

  /** @param table what the columns of the record's table say of all its rows */
  finish(dataset: string, table?: TableKind): EventDraft {
    const fields = this.fields;
    this.#readPathAsUrl();
    if (this.#eventTime) fields["firebreak.inference.@timestamp"] = this.#timeConfidence;
    fields["event.kind"] ??= "event";
    classifyRecord(fields, table);
    if (typeof fields.message === "string" && saysNobody(fields)) describeProse(fields, fields.message);
    addRelated(fields);
    return this.#eventTime ? { dataset, time: this.#eventTime, fields } : { dataset, fields };
  }

  /** A "path" is a file's unless the record is of an HTTP request. */
  #readPathAsUrl(): void {
    const fields = this.fields;
    const path = fields["file.path"];
    if (typeof path !== "string" || !path.startsWith("/") || fields["url.original"] !== undefined) return;
    if (fields["http.request.method"] === undefined) return;
    delete fields["file.path"];
    delete fields["firebreak.inference.file.path"];
    setUrl(fields, path);
    fields["firebreak.inference.url.original"] = 0.7;
  }
}

/** A record whose columns name neither account nor address: its message may. */
function saysNobody(fields: Fields): boolean {
  return fields["user.name"] === undefined && fields["source.ip"] === undefined;
}
