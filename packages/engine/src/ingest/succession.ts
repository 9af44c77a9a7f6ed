import { countOf } from "@firebreak/model/collections";
import type { ParsedEvent } from "@firebreak/model/event";
import { formatInstant } from "@firebreak/model/time";
import { durationWords } from "../clock/setting.ts";
import { gapsOf, hourMs } from "./gaps.ts";

/** Neighbouring records may be written a little out of order. */
const jitterMs = 1000;
/** A clock that was set back, not threads that write past each other. */
const jumpMs = 60_000;
/** Hours with records that are remembered: two centuries. */
const maxHours = 2_000_000;

/** Watches the times of one evidence item in the order of its records: jumps back, order, and hours without records. */
export class Succession {
  #previousMs: number | undefined;
  #dated = 0;
  #backwards = 0;
  #jumps = 0;
  #largest: { ms: number; offset: number; line: number | undefined } | undefined;
  readonly #hours = new Set<number>();
  #hour = Number.NaN;

  add(event: ParsedEvent): void {
    const ms = event.time?.ms;
    if (ms === undefined) return;
    this.#dated++;
    const hour = Math.floor(ms / hourMs);
    if (hour !== this.#hour && this.#hours.size < maxHours) {
      this.#hour = hour;
      this.#hours.add(hour);
    }
    if (this.#previousMs !== undefined && ms < this.#previousMs - jitterMs)
      this.#back(this.#previousMs - ms, event);
    this.#previousMs = ms;
  }

  #back(backMs: number, { offset, line }: ParsedEvent): void {
    this.#backwards++;
    if (backMs < jumpMs) return;
    this.#jumps++;
    if (!this.#largest || backMs > this.#largest.ms) this.#largest = { ms: backMs, offset, line };
  }

  notes(): string[] {
    const notes: string[] = [];
    if (this.#backwards > 10 && this.#backwards > this.#dated * 0.6)
      notes.push("the newest record comes first");
    else {
      if (this.#backwards > 0)
        notes.push(`time runs backwards ${this.#backwards} times between neighbouring records`);
      if (this.#largest) {
        const { ms, offset, line } = this.#largest;
        const place = `byte ${offset}${line === undefined ? "" : `, line ${line}`}`;
        notes.push(
          `the clock jumps back ${countOf(this.#jumps, "time")} by a minute or more; the largest, ${durationWords(ms)}, at ${place}`,
        );
      }
    }
    return [...notes, ...this.#gapNotes()];
  }

  #gapNotes(): string[] {
    const gaps = gapsOf([...this.#hours].sort((a, b) => a - b)).sort(
      (a, b) => b.to - b.from - (a.to - a.from),
    );
    const [longest] = gaps;
    if (!longest) return [];
    const span = `${formatInstant({ ms: longest.from, ns: 0 })} to ${formatInstant({ ms: longest.to, ns: 0 })}`;
    const more = gaps.length > 1 ? `; ${countOf(gaps.length - 1, "more gap")}` : "";
    return [`no records for ${durationWords(longest.to - longest.from)}, from ${span}${more}`];
  }
}
