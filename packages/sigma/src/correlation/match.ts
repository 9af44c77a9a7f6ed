import type { Diagnostic } from "../types.ts";
import type { CorrelationRule } from "./types.ts";

/** A point in time: milliseconds since 1970 and nanoseconds (0 to 999,999) below the millisecond. */
export interface Instant {
  readonly ms: number;
  readonly ns: number;
}

export type MatchValue = string | number | boolean | readonly (string | number | boolean)[];

/** One event that one rule matched: what a correlator takes in. */
export interface RuleMatch {
  readonly ruleId: string;
  /** Absent for an undated event: it takes part in no correlation, and is counted. */
  readonly time?: Instant | undefined;
  /** Names the event; the same event matched by two rules has the same reference. */
  readonly ref: string;
  /** Value of a field as the rule's author names it. Called during `push` only. */
  get(field: string): MatchValue | undefined | null;
}

/** One run of events for which a correlation's condition kept holding. */
export interface CorrelationMatch {
  /** Stable: the same evidence and rules give the same id. */
  readonly id: string;
  readonly correlation: CorrelationRule;
  /** group-by name → value, as written in the first event of the group's run. */
  readonly group: Readonly<Record<string, string>>;
  /** Time of the earliest event, inside an inner match too. */
  readonly first: Instant;
  readonly last: Instant;
  /** In order of time, then reference; at most `maxEventsPerMatch`, then the first of each rule. */
  readonly events: readonly CorrelatedEvent[];
  /** All events that take part: `events.length + eventsOmitted`. */
  readonly eventCount: number;
  readonly eventsOmitted: number;
  /**
   * What the condition compared: of all windows for which it held the largest, or the smallest when the condition only
   * sets an upper bound. Temporal types: rules seen (in order, for temporal_ordered).
   */
  readonly value: number;
  /** Seen by an outer correlation while the run still went on; never returned by itself. */
  readonly ongoing?: true;
}

export interface CorrelatedEvent {
  /** The event's reference, or the inner match's id. */
  readonly ref: string;
  readonly time: Instant;
  /** Ids of the rules or correlations it comes from, in the order of `rules`. */
  readonly ruleIds: readonly string[];
  /** Set when it is a match of an inner correlation. */
  readonly match?: CorrelationMatch;
}

/** What one correlation was given and what of it could not take part. */
export interface CorrelationStats {
  readonly correlationId: string;
  /** Matches of its rules, before anything is left out. */
  received: number;
  /** Without a time. */
  undated: number;
  /** Older than the stated lateness allows. */
  late: number;
  /** Without one of the group-by fields. */
  ungrouped: number;
  /** Without a value (or, for sums and the like, a number) in the condition's field. */
  valueless: number;
  /** Dropped from an open window because its group held too many. */
  evictedEvents: number;
  /** Closed before their time because there were too many groups. */
  evictedGroups: number;
  /** Not judged because events had been evicted from them. */
  unjudgedWindows: number;
  /** Taken out of the reordering buffer early because it was full. */
  hurried: number;
  /** Not offered to an outer correlation, because the run already offers 1,000 other combinations of its fields. */
  uncarried: number;
  /** Runs found. */
  matches: number;
}

export interface CorrelatorOptions {
  /**
   * How far (milliseconds of event time) a match may arrive after one with a later time. Default: no limit, everything
   * waits for `flush`.
   */
  readonly latenessMs?: number;
  /** Events held per group and correlation. Default 100,000; never below what the condition counts to. */
  readonly maxEventsPerGroup?: number;
  /** Groups held per correlation. Default 100,000. */
  readonly maxGroups?: number;
  /** Matches waiting to be put in order, per correlation. Default 2,000,000. */
  readonly maxPending?: number;
  /** Events listed in one match. Default 10,000. */
  readonly maxEventsPerMatch?: number;
  /** Events listed in all runs of one correlation that are still going on. Default 1,000,000. */
  readonly maxListedEvents?: number;
}

export interface Correlator {
  /** Correlations that could not be used, and why. */
  readonly diagnostics: readonly Diagnostic[];
  /** Ids of rules and correlations that do not alert by themselves: a correlation with `generate: false` names them. */
  readonly silenced: ReadonlySet<string>;
  /** True when some correlation is about this rule; other matches need not be pushed. */
  wants(ruleId: string): boolean;
  /** Fields that `get` of this rule's matches will be asked for. */
  fields(ruleId: string): readonly string[];
  /** Takes one match in; returns the runs that are over now. */
  push(match: RuleMatch): readonly CorrelationMatch[];
  /** Ends the stream: judges and returns everything still open. The correlator is then as new, but for its counts. */
  flush(): readonly CorrelationMatch[];
  stats(): readonly CorrelationStats[];
}
