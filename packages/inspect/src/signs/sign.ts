import type { Aspect } from "../result.ts";

/** What a sign of one kind weighs and means. */
export interface Sign {
  /** 0 to 100; see docs/inspect.md for what the steps mean. */
  readonly weight: number;
  readonly aspect: Aspect;
  /** Said before the detail of the single case. */
  readonly words: string;
  /** ATT&CK ids. */
  readonly techniques?: readonly string[];
}
