import type { Judge } from "./judge.ts";
import type { CorrelationStats } from "./match.ts";
import type { Measure } from "./measures/measure.ts";
import type { Occurrence } from "./occurrence.ts";
import { isWithin } from "./order.ts";
import { addToRun, type ListRoom, type Run, startRun } from "./run.ts";

/** What all groups of a correlation share. */
export interface GroupRules {
  readonly correlationId: string;
  readonly spanMs: number;
  readonly judge: Judge;
  readonly maxEvents: number;
  readonly room: ListRoom;
  readonly lastInput: number;
  readonly stats: CorrelationStats;
  ruleIds(inputs: readonly number[]): readonly string[];
  /** A run is over. */
  finish(run: Run): void;
  /** The condition came to hold, or still holds a timespan later. Set when an outer correlation wants to know. */
  tick?(run: Run): void;
}

/** The events of one group that a window can still hold, oldest first, and the run in progress. */
export interface Group {
  readonly key: string;
  buffer: Occurrence[];
  /** Position in `buffer` of the oldest event. */
  head: number;
  /** Number of the oldest event; numbers count the group's events from 0. */
  headNumber: number;
  readonly measure: Measure;
  /** Number of the last event of the last window judged. */
  judgedNumber: number;
  /** Number of the first event of the first rule at or after the head (full series only). */
  firstStepNumber: number;
  /** Number of the latest event of the last rule (full series only). */
  lastStepNumber: number;
  run: Run | undefined;
  /** The latest event dropped for want of room. */
  evicted: Occurrence | undefined;
  /** Latest event at which the condition was seen to hold, and the latest one told to `tick`. */
  heldNumber: number;
  ticked: Occurrence | undefined;
}

export function createGroup(key: string, judge: Judge): Group {
  return {
    key,
    buffer: [],
    head: 0,
    headNumber: 0,
    measure: judge.measure(),
    judgedNumber: -1,
    firstStepNumber: 0,
    lastStepNumber: -1,
    run: undefined,
    evicted: undefined,
    heldNumber: -1,
    ticked: undefined,
  };
}

/** The group's next event in order. Windows that it cannot be part of are judged first. */
export function addToGroup(rules: GroupRules, group: Group, occurrence: Occurrence): void {
  closeUntil(rules, group, occurrence);
  if (group.buffer.length - group.head >= rules.maxEvents) evictOldest(rules, group);
  const number = group.headNumber + group.buffer.length - group.head;
  group.buffer.push(occurrence);
  group.measure.add(occurrence);
  if (rules.judge.isFullSeries && occurrence.inputs.includes(rules.lastInput)) group.lastStepNumber = number;
  if (rules.tick === undefined || !rules.judge.isMonotone) return;
  if (rules.judge.isFullSeries && group.lastStepNumber !== number) return;
  if (rules.judge.holds(group.measure)) tick(rules, group, number);
}

/** No further event can come: judges what is open and ends the run. */
export function closeGroup(rules: GroupRules, group: Group): void {
  judgeWindow(rules, group);
  endRun(rules, group);
}

export function latestOf(group: Group): Occurrence {
  return group.buffer[group.buffer.length - 1]!;
}

/**
 * Drops what is too old for a window with `next`. The first time, the events held are a window that cannot grow any
 * more: everything up to a timespan after its oldest event is in it.
 */
function closeUntil(rules: GroupRules, group: Group, next: Occurrence): void {
  while (group.head < group.buffer.length && !isWithin(group.buffer[group.head]!, next, rules.spanMs)) {
    judgeWindow(rules, group);
    dropOldest(rules, group);
  }
}

function dropOldest(rules: GroupRules, group: Group): void {
  group.measure.remove(group.buffer[group.head]!);
  group.head++;
  group.headNumber++;
  if (group.run !== undefined && group.headNumber > group.run.lastNumber) endRun(rules, group);
  if (group.head >= 1024 && group.head * 2 >= group.buffer.length) {
    group.buffer = group.buffer.slice(group.head);
    group.head = 0;
  }
}

/** A condition that more events cannot undo is judged while the oldest is still there; others wait and are marked. */
function evictOldest(rules: GroupRules, group: Group): void {
  if (rules.judge.isMonotone) judgeWindow(rules, group);
  group.evicted = group.buffer[group.head];
  rules.stats.evictedEvents++;
  dropOldest(rules, group);
}

/** Judges the events held as one window, unless its newest event was in the last one: then it is part of that one. */
function judgeWindow(rules: GroupRules, group: Group): void {
  const lastNumber = group.headNumber + group.buffer.length - group.head - 1;
  if (lastNumber <= group.judgedNumber || group.head === group.buffer.length) return;
  group.judgedNumber = lastNumber;
  const { judge } = rules;
  if (
    !judge.isMonotone &&
    group.evicted !== undefined &&
    isWithin(group.evicted, latestOf(group), rules.spanMs)
  ) {
    rules.stats.unjudgedWindows++;
    return;
  }
  if (!judge.holds(group.measure)) return;
  if (judge.isFullSeries) extendRun(rules, group, firstStep(group), group.lastStepNumber);
  else extendRun(rules, group, group.headNumber, lastNumber);
}

function firstStep(group: Group): number {
  let number = Math.max(group.firstStepNumber, group.headNumber);
  while (!group.buffer[group.head + number - group.headNumber]!.inputs.includes(0)) number++;
  group.firstStepNumber = number;
  return number;
}

/** The condition holds for the events numbered `first` to `last`: they join the run they share an event with. */
function extendRun(rules: GroupRules, group: Group, first: number, last: number): void {
  if (group.run !== undefined && first > group.run.lastNumber) endRun(rules, group);
  const at = (number: number) => group.buffer[group.head + number - group.headNumber]!;
  group.run ??= startRun(runId(rules, group, at(first)), at(first));
  const { run } = group;
  for (let number = Math.max(first, run.lastNumber + 1); number <= last; number++) {
    addToRun(run, at(number), rules.ruleIds(at(number).inputs), rules.room);
  }
  run.lastNumber = Math.max(run.lastNumber, last);
  noteValue(run, group.measure.value(), rules.judge.isLow);
}

function noteValue(run: Run, value: number, isLow: boolean): void {
  if (Number.isNaN(run.value) || (isLow ? value < run.value : value > run.value)) run.value = value;
}

function endRun(rules: GroupRules, group: Group): void {
  const { run } = group;
  group.run = undefined;
  if (run === undefined) return;
  rules.room.all += run.events.length;
  rules.finish(run);
}

function runId(rules: GroupRules, group: Group, first: Occurrence): string {
  return `${rules.correlationId}@${first.ref}/${group.key}`;
}

/** Tells outer correlations that the condition came to hold, and again after each timespan for which it kept holding. */
function tick(rules: GroupRules, group: Group, number: number): void {
  const at = latestOf(group);
  const first = rules.judge.isFullSeries ? firstStep(group) : group.headNumber;
  const isSameRun = first <= group.heldNumber;
  group.heldNumber = number;
  if (isSameRun && group.ticked !== undefined && isWithin(group.ticked, at, rules.spanMs)) return;
  group.ticked = at;
  const start = group.buffer[group.head + first - group.headNumber]!;
  const run = startRun(
    group.run !== undefined && first <= group.run.lastNumber ? group.run.id : runId(rules, group, start),
    start,
  );
  for (let index = group.head + first - group.headNumber; index < group.buffer.length; index++) {
    const occurrence = group.buffer[index]!;
    addToRun(run, occurrence, rules.ruleIds(occurrence.inputs), rules.room);
  }
  rules.room.all += run.events.length;
  run.value = group.measure.value();
  rules.tick?.(run);
}
