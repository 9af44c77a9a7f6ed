import type { Ground, TriageStep } from "@firebreak/model/triage";
import type { CacaoPlaybook } from "./cacao/document.ts";
import type { TriageContext } from "./context.ts";
import { isCited } from "./grounds.ts";
import { questions } from "./questions/all.ts";
import { type Desk, insufficient, open, type Suggestion } from "./questions/question.ts";
import { type FarEnds, findFarEnds } from "./records/far-ends.ts";
import { ReadLog, watched } from "./records/reads.ts";
import { type PlaybookQuestion, walk } from "./walk.ts";

/** What an analyst answered, as the ledger holds it. */
export interface AnalystAnswer {
  answer: string;
  at: string;
  actor: string;
  /** Event references that it rests on. */
  citations: string[];
  /** Reason of an answer without citation: it is then marked as judgement. */
  reason: string | null;
}

export interface RunOptions {
  /** Answers so far, by kind of question, oldest first. */
  answered: ReadonlyMap<string, readonly AnalystAnswer[]>;
  /** Citations behind references that analysts gave. */
  cite(refs: readonly string[]): Promise<Ground[]>;
  /** Asks the person; undefined leaves the suggestion. */
  ask?(step: TriageStep): Promise<AnalystAnswer | undefined>;
}

export interface Run {
  steps: TriageStep[];
  desk: Desk;
  /** Bounds reached before the first question, a sentence each. */
  limits: string[];
}

/** Goes through a playbook: suggests an answer to each question, takes the analyst's where there is one, and branches by it. */
export async function runPlaybook(
  context: TriageContext,
  playbook: CacaoPlaybook,
  options: RunOptions,
): Promise<Run> {
  const suggestions = new Map<string, Suggestion>();
  const answers = new Map<string, string>();
  const farEnds = await findFarEnds(context);
  const desk: Desk = { ...context, answers, suggestions, farEnds: farEnds.ends, reads: new ReadLog() };
  const steps: TriageStep[] = [];
  const limits = new ReadLog();
  limits.note([...context.pivots, ...farEnds.ends].flatMap(({ cuts }) => cuts));
  limits.note(farEnds.limits);
  for (const question of walk(playbook, (kind) => answers.get(kind))) {
    const asked = askedOf(desk, farEnds);
    const suggestion = honest(await suggest(asked, question), question, asked.reads.cuts);
    limits.note(asked.reads.cuts);
    suggestions.set(question.kind, suggestion);
    const history = [...(options.answered.get(question.kind) ?? [])];
    const toStep = () => stepOf(context, question, suggestion, asked.reads.cuts, history, options);
    let step = await toStep();
    const given = await options.ask?.(step);
    if (given) {
      history.push(given);
      step = await toStep();
    }
    answers.set(question.kind, step.answer);
    steps.push(step);
  }
  return { steps, desk, limits: limits.cuts };
}

/** The desk for one question: it notes what the question reads of what was cut. */
function askedOf(desk: Desk, { ends, cuts }: FarEnds): Desk {
  const reads = new ReadLog();
  const farEnds = watched(ends, reads);
  return {
    ...desk,
    reads,
    pivots: watched(desk.pivots, reads),
    get farEnds() {
      reads.note(cuts);
      return farEnds;
    },
  };
}

async function suggest(desk: Desk, question: PlaybookQuestion): Promise<Suggestion> {
  const kind = questions.get(question.kind);
  if (!kind) return open("A person does this step and says so.");
  return kind.answer(desk);
}

/**
 * An answer that the playbook does not offer, or that nothing can be opened for, is no answer; nor is an absence in records
 * that were not all read.
 */
function honest(suggestion: Suggestion, question: PlaybookQuestion, limits: readonly string[]): Suggestion {
  const isOffered = question.options.includes(suggestion.answer);
  const isGrounded = suggestion.answer === insufficient || suggestion.for.some(isCited);
  const isAbsence = questions.get(question.kind)?.absences?.includes(suggestion.answer) ?? false;
  if (isAbsence && limits.length > 0)
    return {
      ...suggestion,
      answer: insufficient,
      confidence: 0,
      wouldChange: `The records that were not read: ${limits.join(" ")} ${suggestion.wouldChange}`,
    };
  if (isOffered && isGrounded) return suggestion;
  return { ...suggestion, answer: insufficient, confidence: 0 };
}

async function stepOf(
  context: TriageContext,
  question: PlaybookQuestion,
  suggestion: Suggestion,
  limits: readonly string[],
  history: readonly AnalystAnswer[],
  options: RunOptions,
): Promise<TriageStep> {
  const last = history.at(-1);
  const own = last === undefined ? [] : await options.cite(last.citations);
  const agrees = last === undefined || last.answer === suggestion.answer;
  const techniques = [...new Set([...question.techniques, ...(suggestion.techniques ?? [])])];
  return {
    id: question.id,
    kind: question.kind,
    question: question.question,
    options: [...question.options],
    answer: last?.answer ?? suggestion.answer,
    by: last === undefined ? "suggestion" : "analyst",
    suggested: suggestion.answer,
    confidence: agrees ? suggestion.confidence : own.length > 0 ? 60 : 40,
    for: [...own, ...(agrees ? suggestion.for : suggestion.against)],
    against: [...(agrees ? suggestion.against : suggestion.for)],
    wouldChange: suggestion.wouldChange,
    limits: [...limits],
    techniques: techniques.map((id) => ({ id, name: context.scene.attack.nameOf(id) })),
    ...(last?.reason && last.citations.length === 0 && { judgement: last.reason }),
    history: history.map(({ at, actor, answer, reason }) => ({ at, actor, answer, reason })),
  };
}
