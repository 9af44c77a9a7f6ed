import type { ZoneHint } from "@firebreak/model/format";
import { civilToMs } from "@firebreak/model/time";
import { civilOf, type DateOrder, type DateParts, readDateParts } from "./local-time.ts";

/** What the local times of a file turned out to be. */
export interface TimeReading {
  readonly order: DateOrder;
  /** True when nothing in the file told day from month. */
  readonly isOrderGuessed: boolean;
  /** How the order was found, for the receipt. */
  readonly orderReason: string;
  /** The zone at a wall-clock time, when the file proves it. */
  zoneAt(wallMs: number): ZoneHint | undefined;
  /** The proven offsets, for the receipt. */
  readonly zones: readonly string[];
}

/** A local time beside the same moment in UTC, as messages of some events hold it. */
interface Proof {
  readonly parts: DateParts;
  readonly utcMs: number;
}

const quarterHourMs = 900_000;
/** Beyond the real zones (-12 to +14): some exporters print a 12-hour clock without its half, and UTC still tells. */
const maxOffsetMs = 18 * 3_600_000;
/** Events are written soon after what they tell of. */
const maxLagMs = 120_000;
const maxSamples = 50_000;

/** Gathers what the times of a file tell about day, month and zone; ask `settle` when the file has been looked through. */
export class TimeEvidence {
  readonly #samples: DateParts[] = [];
  readonly #proofs: Proof[] = [];

  add(recorded: string, message: string | undefined): void {
    if (this.#samples.length >= maxSamples) return;
    const parts = readDateParts(recorded);
    if (parts === undefined) return;
    this.#samples.push(parts);
    const utcMs = message === undefined ? undefined : utcInMessage(message);
    if (utcMs !== undefined) this.#proofs.push({ parts, utcMs });
  }

  /** `isEnglish`: the export's own words are English, so both orders are possible. */
  settle(isEnglish: boolean): TimeReading {
    const [order, reason] = this.#order(isEnglish);
    const proven = provenOffsets(this.#proofs, order);
    return {
      order,
      isOrderGuessed: reason === undefined,
      orderReason: reason ?? "nothing in the file tells day from month",
      zoneAt: (wallMs) => nearestZone(proven, wallMs),
      zones: [...new Set(proven.map((one) => one.zone))],
    };
  }

  #order(isEnglish: boolean): [DateOrder, string | undefined] {
    const samples = this.#samples;
    if (samples.some((one) => one.first > 31)) return ["year-first", "the year comes first"];
    if (samples.some((one) => one.first > 12)) return ["day-first", "a first number above 12"];
    if (samples.some((one) => one.second > 12)) return ["month-first", "a second number above 12"];
    const proven = (["month-first", "day-first"] as const).filter(
      (order) => this.#proofs.length > 0 && provenOffsets(this.#proofs, order).length === this.#proofs.length,
    );
    if (proven.length === 1) return [proven[0]!, "UTC times inside the messages"];
    if (samples.some((one) => one.separator === ".")) return ["day-first", "dates are written with dots"];
    if (samples.some((one) => one.separator === "-")) return ["day-first", "dates are written with hyphens"];
    if (!isEnglish) return ["day-first", "the language of the export"];
    if (samples.some((one) => one.half !== undefined)) return ["month-first", "the 12-hour clock"];
    const sorted = (["month-first", "day-first"] as const).filter((order) => isSorted(samples, order));
    if (sorted.length === 1) return [sorted[0]!, "the order of the records"];
    // A 24-hour clock in an English export is the British convention rather than the American one.
    return ["day-first", undefined];
  }
}

/** Sysmon's UtcTime, and the new time in a change of the clock. */
function utcInMessage(message: string): number | undefined {
  const head = message.slice(0, 2048);
  const sysmon = /UtcTime: ?(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d{1,3})?)/.exec(head);
  const text =
    sysmon !== null
      ? `${sysmon[1]}T${sysmon[2]}Z`
      : /(?:changed to|New Time:)\s{0,8}(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?)\d{0,9}Z/.exec(
          head.replace(/[\u200e\u200f]/g, ""),
        )?.[1];
  if (text === undefined) return undefined;
  const ms = Date.parse(text.endsWith("Z") ? text : `${text}Z`);
  return Number.isFinite(ms) ? ms : undefined;
}

interface Offset {
  readonly wallMs: number;
  readonly zone: string;
}

/** The offset that each proof gives, where it is one that a zone can have. */
function provenOffsets(proofs: readonly Proof[], order: DateOrder): Offset[] {
  const offsets: Offset[] = [];
  for (const { parts, utcMs } of proofs) {
    const wallMs = civilToMs(civilOf(parts, order));
    if (wallMs === undefined) continue;
    const difference = wallMs - utcMs;
    const offset = Math.round(difference / quarterHourMs) * quarterHourMs;
    if (Math.abs(offset) > maxOffsetMs || Math.abs(difference - offset) > maxLagMs) continue;
    offsets.push({ wallMs, zone: offsetText(offset) });
  }
  return offsets.sort((a, b) => a.wallMs - b.wallMs);
}

function offsetText(offsetMs: number): string {
  const minutes = Math.abs(offsetMs) / 60_000;
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  return `${offsetMs < 0 ? "-" : "+"}${two(minutes / 60)}:${two(minutes % 60)}`;
}

/** The proof nearest in time decides: a file may span a change to or from summer time. */
function nearestZone(offsets: readonly Offset[], wallMs: number): ZoneHint | undefined {
  if (offsets.length === 0) return undefined;
  let low = 0;
  let high = offsets.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (offsets[middle]!.wallMs < wallMs) low = middle + 1;
    else high = middle;
  }
  const before = offsets[Math.max(0, low - 1)]!;
  const after = offsets[low]!;
  const nearest = wallMs - before.wallMs < after.wallMs - wallMs ? before : after;
  return { zone: nearest.zone, source: "inferred" };
}

/** Exports are sorted, newest or oldest first. */
function isSorted(samples: readonly DateParts[], order: DateOrder): boolean {
  let up = true;
  let down = true;
  let last: number | undefined;
  let steps = 0;
  for (const one of samples) {
    const ms = civilToMs(civilOf(one, order));
    if (ms === undefined) return false;
    if (last !== undefined && ms !== last) {
      steps++;
      if (ms < last) up = false;
      else down = false;
    }
    last = ms;
  }
  return steps > 1 && (up || down);
}

/** The zone in which a local time is the given UTC time, within two minutes; both as recorded, the year first. */
export function provenZone(local: string, utc: string): ZoneHint | undefined {
  if (/(?:Z|[+-]\d{2}:?\d{2})$/.test(local.trim())) return undefined;
  const parts = readDateParts(local);
  const utcMs = Date.parse(utc);
  if (parts === undefined || parts.first < 1000 || !Number.isFinite(utcMs)) return undefined;
  const offset = provenOffsets([{ parts, utcMs }], "year-first")[0];
  return offset === undefined ? undefined : { zone: offset.zone, source: "inferred" };
}
