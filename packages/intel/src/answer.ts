import { isSame, type Observable } from "./observable.ts";
import type { Reading } from "./reading.ts";

/**
 * What became of one question to one source. "unknown" is an answer (the source does not know the observable);
 * "not asked" says that nothing was sent, "not permitted" that the key does not cover the question.
 */
export const answerStates = ["answered", "unknown", "failed", "not asked", "not permitted"] as const;
export type AnswerState = (typeof answerStates)[number];

/** A kept answer, read. Imported documents and feeds are answers too: they were asked about nothing in particular. */
export interface Answer {
  /** Provider id: "virustotal", "misp", "csv-feed". */
  readonly provider: string;
  /** As people call it: "VirusTotal". */
  readonly title: string;
  readonly state: AnswerState;
  /** What was asked; null for an imported document or a feed. */
  readonly about: Observable | null;
  /** Which question of the provider: "report", "communicating files", "behaviour", "list". */
  readonly part: string;
  /** When the provider was asked, UTC; null where a saved document does not say. */
  readonly askedAt: string | null;
  /** When it entered the case, UTC. */
  readonly keptAt: string;
  /** SHA-256 of the kept bytes; null where there are none (not asked, no connection). */
  readonly evidence: string | null;
  /** Why it failed or was not asked, and the next step; "" otherwise. */
  readonly detail: string;
  readonly retryAfter?: string;
  readonly readings: readonly Reading[];
  /** For lists of many observables: the statement about one of them. */
  readonly feed?: (observable: Observable) => Reading | undefined;
}

/** The date that an answer stands for: asked, else what the source dates its statement with, else kept. */
export function dateOf(answer: Answer, reading?: Reading): string {
  return answer.askedAt ?? reading?.contentAt ?? answer.keptAt;
}

/** True when the reading is about the observable under any of the names it gives. */
export function speaksOf(reading: Reading, observable: Observable): boolean {
  return isSame(reading.about, observable) || reading.aliases.some((alias) => isSame(alias, observable));
}

/** The statements of an answer about one observable. */
export function readingsAbout(answer: Answer, observable: Observable): Reading[] {
  const direct = answer.readings.filter((one) => speaksOf(one, observable));
  const listed = answer.feed?.(observable);
  return listed === undefined ? direct : [...direct, listed];
}

/** An observable with the other names that answers give it: the hashes of one file. */
export function namesOf(observable: Observable, answers: readonly Answer[]): Observable[] {
  const readings = answers.flatMap((answer) => readingsAbout(answer, observable));
  const names = [observable, ...readings.flatMap(({ about, aliases }) => [about, ...aliases])];
  return names.filter((one, i) => names.findIndex((other) => isSame(one, other)) === i);
}
