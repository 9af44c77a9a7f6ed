/** The shape of `content/tests/**`: rule and correlation tests as data. `docs/new-rule.md` explains it. */
import { type EventSource, type FieldValue, flatEvent, type SigmaEvent } from "@firebreak/sigma";
import { parse } from "yaml";
import type { ContentFile } from "./files.ts";

export interface EventCase {
  readonly name: string;
  readonly source: EventSource;
  readonly fields: Readonly<Record<string, FieldValue>>;
}

export interface RuleTest {
  /** Id of the rule. */
  readonly rule: string;
  readonly match: readonly EventCase[];
  readonly benign: readonly EventCase[];
}

/** One event of a stream, or a series of them: "{n}" in a text becomes 1, 2, 3 ... */
interface StreamStep extends Omit<EventCase, "name"> {
  /** Seconds from the start of the stream. */
  readonly at: number;
  readonly repeat?: { readonly count: number; readonly every: number };
}

export interface StreamCase {
  readonly name: string;
  readonly events: readonly StreamStep[];
}

export interface CorrelationTest {
  /** Id of the correlation. */
  readonly correlation: string;
  readonly match: readonly StreamCase[];
  readonly benign: readonly StreamCase[];
}

export function readTest(file: ContentFile): RuleTest | CorrelationTest {
  return parse(file.text) as RuleTest | CorrelationTest;
}

export const toEvent = ({ source, fields }: Omit<EventCase, "name">): SigmaEvent => flatEvent(fields, source);

export interface TimedEvent {
  readonly ms: number;
  readonly event: SigmaEvent;
}

/** Writes out a stream, in order of time. */
export function expandStream(stream: StreamCase): TimedEvent[] {
  return stream.events.flatMap(expandStep).sort((a, b) => a.ms - b.ms);
}

function expandStep(step: StreamStep): TimedEvent[] {
  const { count, every } = step.repeat ?? { count: 1, every: 0 };
  return Array.from({ length: count }, (_, index) => {
    const entries = Object.entries(step.fields).map(([key, value]) => [key, numbered(value, index + 1)]);
    const fields = Object.fromEntries(entries) as Record<string, FieldValue>;
    return { ms: (step.at + index * every) * 1000, event: flatEvent(fields, step.source) };
  });
}

function numbered(value: FieldValue, n: number): FieldValue {
  if (typeof value === "string") return value.replaceAll("{n}", String(n));
  return value;
}
