import { compareText, getOrMake } from "@firebreak/model/collections";
import type { RecordFacts } from "./read.ts";
import { emptySpan, extend, type Span } from "./span.ts";

/** What records are counted by. */
export const metricKinds = ["event", "computer", "log"] as const;
export type MetricKind = (typeof metricKinds)[number];

export interface MetricRow extends Span {
  /** "event": log and code; "computer": its name; "log": channel, or the name of the format. */
  readonly name: string;
  readonly code: string;
  readonly log: string;
  /** What such an event says, by its first record: the action of its conversion. "" for computers and logs. */
  readonly meaning: string;
}

/** Names come from evidence: beyond this many different ones records are counted in `omitted`. */
const rowsMax = 200_000;

/** Counts records by event, computer or log. */
export class MetricTally {
  readonly #kind: MetricKind;
  readonly #rows = new Map<string, MetricRow>();
  omitted = 0;

  constructor(kind: MetricKind) {
    this.#kind = kind;
  }

  add(facts: RecordFacts): void {
    const { log, computer } = facts;
    const isEvent = this.#kind === "event";
    const code = isEvent ? codeOf(facts) : "";
    const name = this.#kind === "computer" ? computer || "(not told)" : log;
    const key = isEvent ? `${log}\0${facts.provider}\0${code}` : name;
    if (!this.#rows.has(key) && this.#rows.size >= rowsMax) {
      this.omitted++;
      return;
    }
    extend(
      getOrMake(this.#rows, key, () => ({
        name,
        code,
        log: isEvent ? log : "",
        meaning: isEvent ? String(facts.event().fields["event.action"] ?? "") : "",
        ...emptySpan(),
      })),
      facts.time,
    );
  }

  /** Most frequent first. */
  rows(): MetricRow[] {
    return [...this.#rows.values()].sort(
      (a, b) => b.count - a.count || compareText(a.name, b.name) || compareText(a.code, b.code),
    );
  }
}

/** A log without event ids is told apart by what its records say. */
function codeOf(facts: RecordFacts): string {
  if (facts.code !== "") return facts.code;
  return String(facts.event().fields["event.action"] ?? "");
}
