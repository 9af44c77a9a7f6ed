import { type CacaoPlaybook, type CacaoStep, questionExtension } from "./cacao/document.ts";
import { insufficient } from "./questions/question.ts";

/** A question of a playbook, as its step words it. */
export interface PlaybookQuestion {
  readonly id: string;
  readonly kind: string;
  readonly question: string;
  readonly options: readonly string[];
  readonly techniques: readonly string[];
  readonly why: string;
}

/** A workflow that loops is stopped here; no playbook for people has so many steps. */
const maxSteps = 500;

/** The answer as a key of `cases`: section 4.10 allows letters, digits, dash and underscore. */
export function caseKey(answer: string): string {
  return answer.replace(/[^a-zA-Z0-9_-]/g, "-");
}

/**
 * Goes through a workflow, question by question. After each question the caller records the answer; conditions read it
 * back through `answerOf`. A branch ends at its own end step and goes on behind the condition (section 4.10).
 */
export function* walk(
  playbook: CacaoPlaybook,
  answerOf: (kind: string) => string | undefined,
): Generator<PlaybookQuestion, void, void> {
  const back: string[] = [];
  let at: string | undefined = playbook.workflow_start;
  for (let count = 0; at !== undefined && count < maxSteps; count++) {
    const step: CacaoStep | undefined = playbook.workflow[at];
    if (!step) return;
    if (step.type === "action" || step.type === "playbook-action") yield questionOf(at, step);
    const branches = branchesOf(step, answerOf);
    if (branches.length > 0) {
      const behind = step.on_completion ?? step.on_success;
      if (behind !== undefined) back.push(behind);
      back.push(...branches.slice(1).reverse());
      at = branches[0];
    } else if (step.type === "end") at = back.pop();
    else at = step.on_completion ?? step.on_success ?? back.pop();
  }
}

/** Steps that a condition leads to with the answers so far; a parallel step's branches one after the other. */
function branchesOf(step: CacaoStep, answerOf: (kind: string) => string | undefined): string[] {
  if (step.type === "parallel") return step.next_steps ?? [];
  if (step.type === "switch-condition") {
    const answer = answerOf(variableKind(step.switch ?? "")) ?? insufficient;
    const next = step.cases?.[caseKey(answer)] ?? step.cases?.default;
    return next === undefined ? [] : [next];
  }
  if (step.type === "if-condition" || step.type === "while-condition") {
    const next = isTrue(step.condition ?? "", answerOf) ? step.on_true : step.on_false;
    return next === undefined || step.type === "while-condition" ? [] : [next];
  }
  return [];
}

/** "__answer_far-end-accessed__:value" → "far-end-accessed". */
function variableKind(variable: string): string {
  return /^__(?:answer_)?(.+?)__(?::value)?$/.exec(variable)?.[1] ?? variable;
}

/** The one comparison of the STIX patterning grammar that answers need: `__name__:value = 'text'` (or !=). */
function isTrue(condition: string, answerOf: (kind: string) => string | undefined): boolean {
  const match = /^\s*(__[\w-]{1,200}__(?::value)?)\s*(!?=)\s*'([^']{0,200})'\s*$/.exec(condition);
  if (!match) return false;
  const isEqual = answerOf(variableKind(match[1]!)) === match[3];
  return match[2] === "=" ? isEqual : !isEqual;
}

/** A step of another tool's playbook has no kind: a person does it and says so. */
function questionOf(id: string, step: CacaoStep): PlaybookQuestion {
  const own = step.step_extensions?.[questionExtension];
  const why = step.description ?? "";
  if (own === undefined) {
    const command = step.commands?.map(({ command: text }) => text ?? "").join("; ") ?? "";
    return {
      id,
      kind: "manual",
      question: step.name ?? (command || "Do this step."),
      options: ["done", "not done", insufficient],
      techniques: [],
      why: why || command,
    };
  }
  const list = (value: unknown) => (Array.isArray(value) ? value.map(String) : []);
  return {
    id,
    kind: String(own.question_kind),
    question: String(own.question ?? step.name ?? ""),
    options: list(own.answer_options),
    techniques: list(own.technique_ids),
    why,
  };
}
