import { compareText, getOrMake } from "@firebreak/model/collections";
import type { FieldValue } from "@firebreak/model/event";
import { type Level, levels } from "@firebreak/sigma";
import type { Instant } from "./detection.ts";

/** What an analyst goes on with from a detection to other logs, and the ECS fields that hold it. */
const pivotFields = {
  user: ["related.user"],
  host: ["related.hosts", "host.name"],
  address: ["related.ip"],
  process: ["process.executable", "process.parent.executable"],
  hash: ["related.hash"],
} as const;

export type PivotKind = keyof typeof pivotFields;
export type PivotValue = readonly [kind: PivotKind, value: string];

/** Values that stand for nobody in particular. */
const empty = new Set(["", "-", "N/A", "::", "0.0.0.0"]);

/** The values of an event, each once. Letters' case does not count, as nothing of it does on Windows; the first is kept. */
export function pivotValues(fields: Readonly<Record<string, FieldValue | undefined>>): PivotValue[] {
  const values: PivotValue[] = [];
  for (const kind of Object.keys(pivotFields) as PivotKind[]) {
    const seen = new Set<string>();
    for (const field of pivotFields[kind]) {
      const value = Object.hasOwn(fields, field) ? fields[field] : undefined;
      for (const one of Array.isArray(value) ? value : [value]) {
        const text = one === undefined ? "" : String(one);
        if (empty.has(text) || seen.has(text.toLowerCase())) continue;
        seen.add(text.toLowerCase());
        values.push([kind, text]);
      }
    }
  }
  return values;
}

export interface PivotRow {
  readonly kind: PivotKind;
  readonly value: string;
  readonly detections: number;
  readonly rules: number;
  /** The highest of its detections. */
  readonly level: Level;
  readonly firstMs: number | undefined;
  readonly lastMs: number | undefined;
}

interface Counts {
  readonly value: string;
  detections: number;
  readonly rules: Set<number>;
  level: number;
  firstMs: number;
  lastMs: number;
}

/** Hostile logs may name a new user in every record. */
const valuesMax = 100_000;

/** Users, hosts, addresses, programs and hashes of the events in which something was detected. */
export class PivotLists {
  readonly #kinds = new Map<PivotKind, Map<string, Counts>>();
  /** Values of detections that found the lists full. */
  omitted = 0;
  #size = 0;

  add(values: readonly PivotValue[], rule: number, level: Level, time: Instant | undefined): void {
    for (const [kind, value] of values) {
      const counts = this.#countsOf(kind, value);
      if (counts === undefined) continue;
      counts.detections++;
      counts.rules.add(rule);
      counts.level = Math.max(counts.level, levels.indexOf(level));
      if (time === undefined) continue;
      counts.firstMs = Math.min(counts.firstMs, time.ms);
      counts.lastMs = Math.max(counts.lastMs, time.ms);
    }
  }

  #countsOf(kind: PivotKind, value: string): Counts | undefined {
    const byValue = getOrMake(this.#kinds, kind, () => new Map<string, Counts>());
    const key = value.toLowerCase();
    let counts = byValue.get(key);
    if (counts === undefined) {
      if (this.#size >= valuesMax) {
        this.omitted++;
        return undefined;
      }
      this.#size++;
      const span = { firstMs: Number.POSITIVE_INFINITY, lastMs: Number.NEGATIVE_INFINITY };
      counts = { value, detections: 0, rules: new Set(), level: 0, ...span };
      byValue.set(key, counts);
    }
    return counts;
  }

  /** By kind; the gravest first, then those with most rules and detections. */
  rows(): PivotRow[] {
    return (Object.keys(pivotFields) as PivotKind[]).flatMap((kind) =>
      [...(this.#kinds.get(kind)?.values() ?? [])]
        .toSorted(
          (a, b) =>
            b.level - a.level ||
            b.rules.size - a.rules.size ||
            b.detections - a.detections ||
            compareText(a.value, b.value),
        )
        .map(({ value, detections, rules, level, firstMs, lastMs }) => ({
          kind,
          value,
          detections,
          rules: rules.size,
          level: levels[level]!,
          firstMs: firstMs > lastMs ? undefined : firstMs,
          lastMs: firstMs > lastMs ? undefined : lastMs,
        })),
    );
  }
}
