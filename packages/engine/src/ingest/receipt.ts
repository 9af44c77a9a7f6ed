import type { ByteRange, ParsedEvent } from "@firebreak/model/event";
import type { EventSink } from "@firebreak/model/format";
import type { EvidenceReceipt } from "@firebreak/model/picture";
import { type EventTime, formatInstant } from "@firebreak/model/time";
import type { EvidenceItem } from "../evidence/item.ts";
import { Succession } from "./succession.ts";
import { Tally } from "./tally.ts";

/** Rejected records that a receipt shows itself; all of them are in the store's table `rejects`. */
const shownRejects = 20;
const maxNotes = 50;

export type Reject = ByteRange & { line?: number; reason: string };

interface Instant {
  ms: number;
  ns: number;
}

function isBefore(a: Instant, b: Instant): boolean {
  return a.ms < b.ms || (a.ms === b.ms && a.ns < b.ns);
}

/** Counts what a parser tells about one evidence item and makes its receipt: every byte has a fate. */
export class ReceiptBuilder implements EventSink {
  readonly #onEvent: (event: ParsedEvent) => void;
  readonly #onReject: (reject: Reject) => void;
  readonly #datasets = new Tally();
  readonly #zones = new Tally();
  #zone = { zone: "", source: "", name: "" };
  readonly #skipped = new Map<string, number>();
  readonly #rejects: Reject[] = [];
  readonly #notes = new Set<string>();
  #records = 0;
  #undated = 0;
  #rejected = 0;
  #rejectedBytes = 0;
  #recordBytes = 0;
  #first: Instant | undefined;
  #last: Instant | undefined;
  readonly #succession = new Succession();
  readonly #yearless = new Tally();
  #ambiguousOrder = 0;
  #clockChange = 0;

  constructor(onEvent: (event: ParsedEvent) => void, onReject: (reject: Reject) => void) {
    this.#onEvent = onEvent;
    this.#onReject = onReject;
  }

  event(event: ParsedEvent): void {
    this.#records++;
    // Several events of one record share its bytes, wherever they are told: the first of them counts.
    if (!event.sub) this.#recordBytes += event.length;
    this.#datasets.add(event.dataset);
    this.#time(event);
    this.#succession.add(event);
    this.#onEvent(event);
  }

  #time(event: ParsedEvent): void {
    const time = event.time;
    if (!time) {
      this.#undated++;
      return;
    }
    if (!this.#first || isBefore(time, this.#first)) this.#first = time;
    if (!this.#last || isBefore(this.#last, time)) this.#last = time;
    this.#zones.add(this.#zoneName(time));
    if (time.yearSource) this.#yearless.add(time.yearSource);
    if (time.dayMonthAmbiguous) this.#ambiguousOrder++;
    if (time.dst) this.#clockChange++;
  }

  #zoneName({ zone, zoneSource }: EventTime): string {
    if (zoneSource === "in-record") return zoneSource;
    if (zone !== this.#zone.zone || zoneSource !== this.#zone.source)
      this.#zone = { zone, source: zoneSource, name: `${zone} (${zoneSource})` };
    return this.#zone.name;
  }

  reject(range: ByteRange & { line?: number }, reason: string): void {
    this.#rejected++;
    this.#rejectedBytes += range.length;
    const reject = { ...range, reason };
    if (this.#rejects.length < shownRejects) this.#rejects.push(reject);
    this.#onReject(reject);
  }

  skip(range: ByteRange, reason: string): void {
    this.#skipped.set(reason, (this.#skipped.get(reason) ?? 0) + range.length);
  }

  note(text: string): void {
    if (this.#notes.size < maxNotes) this.#notes.add(text);
  }

  #timeNotes(): string[] {
    const notes: string[] = [];
    for (const [zone] of this.#zones.entries()) {
      if (zone.endsWith("(assumed)"))
        notes.push("times carry no zone and nobody stated one: read as UTC, which may be hours off");
      if (zone.endsWith("(inferred)"))
        notes.push(
          `times carry no zone; ${zone.split(" ")[0]} is inferred from times inside the records that state theirs`,
        );
    }
    for (const [source, count] of this.#yearless.entries()) {
      notes.push(
        `${count} time${count === 1 ? "" : "s"} without a year: the year comes from ${yearWords[source] ?? source}`,
      );
    }
    if (this.#ambiguousOrder > 0)
      notes.push(
        `${this.#ambiguousOrder} dates could be day/month or month/day; nothing in the file settles it`,
      );
    if (this.#clockChange > 0)
      notes.push(`${this.#clockChange} local times fall into a change of the clock (summer time)`);
    notes.push(...this.#succession.notes());
    return notes;
  }

  finish(item: EvidenceItem, format: string): EvidenceReceipt {
    const skipped = Object.fromEntries(sorted(this.#skipped));
    const skippedBytes = Object.values(skipped).reduce((sum, bytes) => sum + bytes, 0);
    const lost = item.bytes - this.#recordBytes - this.#rejectedBytes - skippedBytes;
    if (lost > 0) skipped["not accounted for by the parser"] = lost;
    const zones = this.#zones.entries().sort((a, b) => b[1] - a[1]);
    return {
      id: item.id,
      path: item.path,
      sha256: item.sha256,
      bytes: item.bytes,
      format,
      records: this.#records,
      rejected: this.#rejected,
      undated: this.#undated,
      first: this.#first ? formatInstant(this.#first) : null,
      last: this.#last ? formatInstant(this.#last) : null,
      zone: zones.length > 0 ? zones.map(([zone]) => zone).join(", ") : null,
      notes: [...item.notes, ...this.#timeNotes(), ...this.#notes],
      accounted: { records: this.#recordBytes, rejected: this.#rejectedBytes, skipped },
      rejects: this.#rejects,
      formats: Object.fromEntries(this.#datasets.entries()),
    };
  }
}

const yearWords: Record<string, string> = {
  "reference-date": "the reference date given",
  neighbours: "the other evidence of this case",
  "file-time": "the file's modification time",
  weekday: "the weekday that the record states",
  assumed: "an assumption",
};

function sorted(counts: Map<string, number>): [string, number][] {
  return [...counts].sort((a, b) => (a[0] < b[0] ? -1 : 1));
}
