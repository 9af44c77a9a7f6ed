import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Severity, severities } from "@firebreak/model/severity";
import { parse as parseYaml } from "yaml";
import { contentDir } from "../../content.ts";

/** What of an event must be the same in all steps of a chain. "address" is any address that the event names. */
export type Pivot = "source.ip" | "destination.ip" | "host.name" | "user.name" | "address";

export interface ChainStep {
  name: string;
  /** Ids or names of rules; any of them. */
  rules: string[];
  /** ATT&CK ids: every rule with one of them (sub-techniques included). */
  techniques: string[];
  /** Least number of events; more than one must lie within `burst`. */
  min: number;
  burstMs: number;
  /** Allowed time before and after the anchor's first event. */
  beforeMs: number;
  withinMs: number;
  pivot: Pivot;
  /** Columns whose value must equal the anchor's. */
  same: string[];
  required: boolean;
  /** Only requests that a web server answered with content; records of other kinds count as they are. */
  answered: boolean;
  /** Programs installed among other programs that several machines run are the organisation's own software and do not count. */
  uncommon: boolean;
  /** Its events are the surroundings: what they reached is named, and no party. */
  surroundings: boolean;
}

/** A red-flag chain as data (content/chains/*.yml): behaviour in steps, joined by one entity. */
export interface ChainSpec {
  id: string;
  title: string;
  /** What it means, with {pivot} for the entity's value. */
  statement: string;
  pivot: Pivot;
  techniques: string[];
  alternatives: string[];
  /** Index of the step that starts the clock. */
  anchor: number;
  /** Steps that must be met for the chain to be told at all. */
  minimum: number;
  /** Severity and confidence by number of steps met, from `minimum` up. */
  levels: { severity: Severity; confidence: number }[];
  steps: ChainStep[];
}

interface RawStep {
  name: string;
  rules?: string[];
  techniques?: string[];
  min?: number;
  burst?: string;
  before?: string;
  within?: string;
  pivot?: Pivot;
  same?: string[];
  required?: boolean;
  answered?: boolean;
  uncommon?: boolean;
  surroundings?: boolean;
  anchor?: boolean;
}

const unitsMs: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

export function durationMs(text: string): number {
  const match = /^(\d+)([smhd])$/.exec(text);
  if (!match) throw new Error(`"${text}" is no duration such as 30s, 15m, 4h or 2d`);
  return Number(match[1]) * unitsMs[match[2]!]!;
}

/** Reads one chain; throws with the chain's id when it is not well-formed (content is ours, so that is a defect). */
export function readChain(text: string, file: string): ChainSpec {
  const raw = parseYaml(text) as Omit<ChainSpec, "anchor" | "steps" | "levels"> & {
    steps: RawStep[];
    levels: [string, number][];
  };
  const steps = raw.steps.map((step) => readStep(step, raw.pivot));
  const levels = raw.levels.map(([severity, confidence]) => {
    if (!severities.includes(severity as Severity)) throw new Error(`${file}: "${severity}" is no severity`);
    return { severity: severity as Severity, confidence };
  });
  if (levels.length !== steps.length - raw.minimum + 1) {
    throw new Error(
      `${file}: levels must have a row for each number of steps from ${raw.minimum} to ${steps.length}`,
    );
  }
  const anchor = Math.max(
    0,
    raw.steps.findIndex((step) => step.anchor),
  );
  return {
    ...raw,
    techniques: raw.techniques ?? [],
    alternatives: raw.alternatives ?? [],
    steps,
    levels,
    anchor,
  };
}

function readStep(raw: RawStep, pivot: Pivot): ChainStep {
  return {
    name: raw.name,
    rules: raw.rules ?? [],
    techniques: raw.techniques ?? [],
    min: raw.min ?? 1,
    burstMs: durationMs(raw.burst ?? "1h"),
    beforeMs: durationMs(raw.before ?? "0s"),
    withinMs: durationMs(raw.within ?? "24h"),
    pivot: raw.pivot ?? pivot,
    same: raw.same ?? [],
    required: raw.required ?? false,
    answered: raw.answered ?? false,
    uncommon: raw.uncommon ?? false,
    surroundings: raw.surroundings ?? false,
  };
}

export function loadChains(): ChainSpec[] {
  const dir = join(contentDir, "chains");
  return readdirSync(dir)
    .filter((file) => file.endsWith(".yml"))
    .sort()
    .map((file) => readChain(readFileSync(join(dir, file), "utf8"), file));
}
