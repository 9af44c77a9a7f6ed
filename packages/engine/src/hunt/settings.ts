import type { Level, RuleSet } from "@firebreak/sigma";
import type { HuntFormat } from "./detection.ts";

/** What of the events and detections is wanted. Plain data: it is handed to worker threads. */
export interface Filters {
  readonly format: HuntFormat;
  readonly minLevel: Level;
  /** Half-open. */
  readonly range?: { readonly fromMs: number; readonly toMs: number };
  /** A detection counts only when one of these rules is true of its event as well. */
  readonly search?: Pick<RuleSet, "rules">;
  /** Gives all recorded data with each JSON line. */
  readonly withData: boolean;
  /** The values of the events for pivot lists, instead of lines. */
  readonly pivot?: boolean;
}
