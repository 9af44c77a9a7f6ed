import type { Step } from "./steps.ts";

export type Outcome = "success" | "failure" | "unknown";

/** What one event id of one provider means. */
export interface EventReading {
  /** First sentence of Microsoft's message, without the final stop: shown to people, and compared with recorded messages. */
  readonly title: string;
  /** `event.action`, kebab-case. */
  readonly action: string;
  /** ECS `event.category` and `event.type`. */
  readonly category: readonly string[];
  readonly type: readonly string[];
  /** Fixed outcome; absent where the record's own keywords (audit success or failure) or a status decide. */
  readonly outcome?: Outcome;
  /** `event.kind`, when not "event". */
  readonly kind?: "alert";
  /** Unnamed `<Data>` by position: names that modern versions of the event carry. */
  readonly positions?: readonly string[];
  /** The record carries UserData, not EventData: flat exports must put its names there. */
  readonly userData?: true;
  readonly steps: readonly Step[];
}

/** All that is known of one provider. */
export interface ProviderReadings {
  /** Name as Microsoft writes it. */
  readonly provider: string;
  readonly aliases?: readonly string[];
  /** Channels this provider writes to, for records without a provider. */
  readonly channels: readonly string[];
  readonly events: ReadonlyMap<number, EventReading>;
}

type ReadingSpec = Omit<EventReading, "title" | "action" | "category" | "type" | "steps">;

/**
 * One row of a provider's table.
 * @example reading("An account was logged off", "logged-out", "authentication", "end", [target], { outcome: "success" })
 */
export function reading(
  title: string,
  action: string,
  category: string,
  type: string,
  steps: readonly (Step | readonly Step[])[] = [],
  more: ReadingSpec = {},
): EventReading {
  return {
    title,
    action,
    category: category.split(" "),
    type: type.split(" "),
    steps: steps.flat() as Step[],
    ...more,
  };
}

/** The same reading under several ids. */
export function table(rows: readonly (readonly [number | readonly number[], EventReading])[]) {
  const events = new Map<number, EventReading>();
  for (const [ids, row] of rows) for (const id of typeof ids === "number" ? [ids] : ids) events.set(id, row);
  return events;
}
