import type { Ground } from "@firebreak/model/triage";
import type { TriageContext } from "../context.ts";
import type { FarEnd } from "../records/far-ends.ts";
import type { ReadLog } from "../records/reads.ts";

/** Always an answer, in every playbook. */
export const insufficient = "insufficient evidence";

export interface Suggestion {
  readonly answer: string;
  /** 0-100. */
  readonly confidence: number;
  readonly for: readonly Ground[];
  readonly against: readonly Ground[];
  /** What would change the answer: the next record to look for. */
  readonly wouldChange: string;
  /** ATT&CK techniques that the records themselves show, beside the step's own. */
  readonly techniques?: readonly string[];
}

/** The context with what earlier questions of the same run found. */
export interface Desk extends TriageContext {
  readonly farEnds: readonly FarEnd[];
  /** Takes note of the reads behind this question's answer that stopped at their bound. */
  readonly reads: ReadLog;
  readonly suggestions: ReadonlyMap<string, Suggestion>;
}

/** One kind of question. Playbooks name kinds and word them; the answer is computed here, from the case's records alone. */
export interface Question {
  readonly kind: string;
  /** Besides "insufficient evidence". */
  readonly options: readonly string[];
  /** Options that say that something is not there: none of them may rest on a read that stopped at its bound. */
  readonly absences?: readonly string[];
  answer(desk: Desk): Promise<Suggestion>;
}

/** "Insufficient evidence", with what there is and what would settle it. */
export function open(
  wouldChange: string,
  grounds: readonly Ground[] = [],
  against: readonly Ground[] = [],
): Suggestion {
  return { answer: insufficient, confidence: 0, for: grounds, against, wouldChange };
}

/** The answer that the desk goes by: the analyst's, where there is one, else the suggestion. */
export function answerOf(desk: Desk, kind: string): string | undefined {
  return desk.answers.get(kind) ?? desk.suggestions.get(kind)?.answer;
}

/** Grounds that led to an earlier answer: what a later step rests on. */
export function groundsOf(desk: Desk, kind: string): readonly Ground[] {
  return desk.suggestions.get(kind)?.for ?? [];
}
