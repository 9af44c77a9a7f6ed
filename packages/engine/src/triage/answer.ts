import { parseEventRef } from "@firebreak/model/event";
import type { TriageStep } from "@firebreak/model/triage";
import { DeskError } from "../desk/actions.ts";
import { deskActions } from "../desk/queue.ts";
import { type Actor, recordDesk } from "../desk/record.ts";
import { refOf } from "../findings/rows.ts";
import { storedRows } from "../findings/rows-by-ref.ts";
import { isCited } from "./grounds.ts";
import type { OpenCase } from "./open.ts";
import { insufficient } from "./questions/question.ts";
import type { AnalystAnswer } from "./run.ts";

export interface GivenAnswer {
  answer: string;
  citations?: readonly string[];
  /** Given without citations it marks the answer as judgement. */
  reason?: string;
}

/**
 * Records an analyst's answer to a step. It must be one of the step's options and stand on something: on records that the
 * case holds, on the suggestion's own grounds where it agrees with it, or, marked as judgement, on a reason.
 */
export async function recordAnswer(
  opened: OpenCase,
  actor: Actor,
  alertId: string,
  step: Pick<TriageStep, "kind" | "options" | "suggested" | "for" | "question">,
  given: GivenAnswer,
): Promise<AnalystAnswer> {
  const citations = [...new Set(given.citations ?? [])];
  const reason = given.reason?.trim() || null;
  if (!step.options.includes(given.answer))
    throw new DeskError(
      `"${given.answer}" is no answer to "${step.question}"; one of: ${step.options.join(", ")}`,
    );
  const bad = citations.filter((ref) => !parseEventRef(ref));
  if (bad.length > 0)
    throw new DeskError(`${bad.join(", ")}: no event reference; they look like 0a1b2c3d4e5f:12345`);
  const found = new Set((await storedRows(opened.scene, citations)).map(refOf));
  const missing = citations.filter((ref) => !found.has(ref));
  if (missing.length > 0) throw new DeskError(`${missing.join(", ")}: no such event in the case`);
  const agrees = given.answer === step.suggested && step.for.some(isCited);
  if (given.answer !== insufficient && citations.length === 0 && reason === null && !agrees)
    throw new DeskError(
      `"${given.answer}" has no citation: name the records that it rests on, or give a reason and it is marked as judgement`,
    );
  const entry = { id: alertId, kind: step.kind, answer: given.answer, citations, reason };
  const at = actor.now();
  recordDesk(opened.dir, { name: actor.name, now: () => at }, [{ action: deskActions.answer, data: entry }]);
  return { answer: given.answer, at, actor: actor.name, citations, reason };
}
