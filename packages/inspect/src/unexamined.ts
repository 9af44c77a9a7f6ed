import { identify } from "./identify/identify.ts";
import type { FileReport, Hashes } from "./result.ts";
import { judge } from "./verdict.ts";

/** What is known of a file without its triage. */
export interface FileFacts {
  readonly name: string;
  readonly size: number;
  readonly hashes: Hashes;
  readonly entropy: number;
  /** Its first bytes, by which its type is told. */
  readonly head: Uint8Array;
}

/**
 * The report of a file whose triage did not end: hashes and type stand, the verdict is "unknown". `code` and `words` say why.
 *
 * @example unexamined(facts, "time-limit", "the worker was stopped after 60 s")
 */
export function unexamined(facts: FileFacts, code: string, words: string): FileReport {
  const { name, size, hashes, entropy, head } = facts;
  const note = { code, words, where: { part: name }, leavesOpen: true };
  return {
    name,
    path: name,
    kind: "file",
    size,
    hashes,
    type: identify(head, name).type,
    entropy,
    features: [],
    details: {},
    ...judge([], [note]),
    reasons: [],
    observables: [],
    techniques: [],
    notes: [note],
    parts: [],
  };
}
