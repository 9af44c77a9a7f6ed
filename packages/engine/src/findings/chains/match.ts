import { formatDuration } from "@firebreak/model/duration";
import type { ChainSpec, ChainStep } from "./spec.ts";

/** One event that a step's rules matched, with the entity it is joined by. */
export interface StepEvent {
  ref: string;
  /** null: undated; it can never be ordered against another event. */
  ms: number | null;
  /** Values of the columns that `same` may ask for. */
  values: Readonly<Record<string, string | null>>;
}

export interface StepMatch {
  step: ChainStep;
  met: boolean;
  events: StepEvent[];
  /** Why an unmet step is unmet, and what came nearest. */
  nearestMiss?: string;
}

export interface ChainMatch {
  spec: ChainSpec;
  pivot: string;
  met: number;
  steps: StepMatch[];
  startMs: number;
  endMs: number;
}

/** Anchors that are tried for one entity; bursts make neighbours of each other, so more would tell nothing new. */
const maxAnchors = 500;

/**
 * The best telling of a chain for one entity: the anchor with the most steps met (the earliest of equals).
 * @param events for each step of the chain, its events with this pivot, ordered by time
 * @returns undefined when fewer than `spec.minimum` steps, or not all required ones, are met
 */
export function matchChain(
  spec: ChainSpec,
  pivot: string,
  events: readonly (readonly StepEvent[])[],
): ChainMatch | undefined {
  let best: ChainMatch | undefined;
  for (const burst of burstsOf(spec.steps[spec.anchor]!, events[spec.anchor]!).slice(0, maxAnchors)) {
    const told = tell(spec, pivot, burst, events);
    if (told && (!best || told.met > best.met)) best = told;
  }
  return best;
}

/** Maximal runs of at least `min` events no longer than `burstMs`, in order of time. */
function burstsOf(step: ChainStep, events: readonly StepEvent[]): StepEvent[][] {
  const dated = events.filter((event) => event.ms !== null);
  const bursts: StepEvent[][] = [];
  for (let from = 0; from < dated.length; ) {
    let to = from + 1;
    while (to < dated.length && dated[to]!.ms! - dated[from]!.ms! <= step.burstMs) to++;
    if (to - from >= step.min) {
      bursts.push(dated.slice(from, to));
      from = to;
    } else from++;
  }
  return bursts;
}

function tell(
  spec: ChainSpec,
  pivot: string,
  anchor: readonly StepEvent[],
  events: readonly (readonly StepEvent[])[],
): ChainMatch | undefined {
  const steps = spec.steps.map((step, i): StepMatch => {
    if (i === spec.anchor) return { step, met: true, events: [...anchor] };
    return matchStep(step, anchor, events[i]!);
  });
  const met = steps.filter((step) => step.met).length;
  if (met < spec.minimum || steps.some(({ step, met: isMet }) => step.required && !isMet)) return undefined;
  const times = steps.filter((step) => step.met).flatMap((step) => step.events.map((event) => event.ms!));
  return { spec, pivot, met, steps, startMs: Math.min(...times), endMs: Math.max(...times) };
}

function matchStep(step: ChainStep, anchor: readonly StepEvent[], events: readonly StepEvent[]): StepMatch {
  const start = anchor[0]!;
  const isSame = (event: StepEvent) =>
    step.same.every((column) => sameValue(event.values[column], start.values[column]));
  const from = start.ms! - step.beforeMs;
  const to = start.ms! + step.withinMs;
  const fitting = events.filter(
    (event) => event.ms !== null && event.ms >= from && event.ms <= to && isSame(event),
  );
  // One record is one happening, however many rules find it: what the first step rests on alone is no second step.
  const own = new Set(anchor.map(({ ref }) => ref));
  if (step.min === 1 && fitting.length > 0 && fitting.every(({ ref }) => own.has(ref)))
    return {
      step,
      met: false,
      events: [],
      nearestMiss: `only records of the first step itself (${fitting[0]!.ref})`,
    };
  if (fitting.length >= step.min) return { step, met: true, events: fitting };
  return { step, met: false, events: [], nearestMiss: nearestMiss(step, start, fitting, events, isSame) };
}

function sameValue(a: string | null | undefined, b: string | null | undefined): boolean {
  return a !== null && a !== undefined && a.toLowerCase() === b?.toLowerCase();
}

function nearestMiss(
  step: ChainStep,
  anchor: StepEvent,
  fitting: readonly StepEvent[],
  events: readonly StepEvent[],
  isSame: (event: StepEvent) => boolean,
): string {
  if (fitting.length > 0) return `only ${fitting.length} of at least ${step.min} (${fitting[0]!.ref})`;
  if (events.length === 0) return "no such record about it in the evidence";
  const undated = events.find((event) => event.ms === null);
  const dated = events
    .filter((event) => event.ms !== null)
    .sort((a, b) => Math.abs(a.ms! - anchor.ms!) - Math.abs(b.ms! - anchor.ms!));
  const near = dated.find(isSame) ?? dated[0];
  if (!near) return `a record without a usable time cannot be put in order (${undated!.ref})`;
  const gap = near.ms! - anchor.ms!;
  const side = gap < 0 ? "before" : "after";
  const other = isSame(near)
    ? ""
    : `, with another ${step.same.filter((column) => !sameValue(near.values[column], anchor.values[column])).join(" and ")}`;
  return `nearest: ${formatDuration(gap)} ${side} the first step${other} (${near.ref})`;
}
