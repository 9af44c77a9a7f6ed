import { isObject } from "@firebreak/model/collections";
import { insufficient } from "../triage/questions/question.ts";
import { readWrittenYaml } from "../written-yaml.ts";

/** What was answered, from a triage document or from a short form that a person writes. */
export interface Submission {
  answers: Map<string, { answer: string; paths: string[]; isJudgement: boolean }>;
  scope: { value: string; first: string | null; last: string | null }[];
  verdict: string;
  times: { taken: string | null; closed: string | null };
}

export class SubmissionError extends Error {
  readonly code = "input";
}

const maxItems = 1000;

/**
 * Reads answers: the JSON of `firebreak triage --json`, or a short form in YAML or JSON:
 * `answers: { kind: option }`, `cites: { kind: [source, …] }`, `scope: [value, …]`, `verdict`, `times: { taken, closed }`.
 */
export function readSubmission(text: string, file: string): Submission {
  const raw = readWrittenYaml(text, (reason) => new SubmissionError(`--answers ${file}: ${reason}`));
  if (!isObject(raw))
    throw new SubmissionError(`--answers ${file}: expected a mapping with "steps" or "answers"`);
  if (Array.isArray(raw.steps)) return fromDocument(raw);
  if (isObject(raw.answers)) return fromShort(raw);
  throw new SubmissionError(
    `--answers ${file}: neither "steps" (firebreak triage --json) nor "answers" (kind: option)`,
  );
}

function fromDocument(raw: Record<string, unknown>): Submission {
  const answers: Submission["answers"] = new Map();
  for (const step of (raw.steps as unknown[]).slice(0, maxItems)) {
    if (!isObject(step) || typeof step.kind !== "string") continue;
    const grounds = list(step.for).filter(isObject);
    const paths = grounds.flatMap((ground) =>
      list(ground.events)
        .filter(isObject)
        .map(({ path }) => String(path)),
    );
    answers.set(step.kind, {
      answer: String(step.answer ?? insufficient),
      paths,
      isJudgement: typeof step.judgement === "string",
    });
  }
  const scope = list(raw.scope)
    .filter(isObject)
    .map(({ value, first, last }) => ({ value: String(value), first: textOf(first), last: textOf(last) }));
  const verdict = isObject(raw.verdict) ? String(raw.verdict.value) : String(raw.verdict ?? "");
  const times = isObject(raw.times) ? raw.times : {};
  return { answers, scope, verdict, times: { taken: textOf(times.taken), closed: textOf(times.closed) } };
}

function fromShort(raw: Record<string, unknown>): Submission {
  const cites = isObject(raw.cites) ? raw.cites : {};
  const answers: Submission["answers"] = new Map();
  for (const [kind, answer] of Object.entries(raw.answers as object).slice(0, maxItems)) {
    const paths = list(cites[kind]).map((one) => String(one).replace(/:\d+$/, ""));
    // YAML reads yes and no as words here; true and false would come from JSON.
    const word = answer === true ? "yes" : answer === false ? "no" : String(answer);
    answers.set(kind, { answer: word, paths, isJudgement: false });
  }
  const scope = list(raw.scope).map((one) =>
    isObject(one)
      ? { value: String(one.value), first: textOf(one.first), last: textOf(one.last) }
      : { value: String(one), first: null, last: null },
  );
  const times = isObject(raw.times) ? raw.times : {};
  return {
    answers,
    scope,
    verdict: String(raw.verdict ?? ""),
    times: { taken: textOf(times.taken), closed: textOf(times.closed) },
  };
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value.slice(0, maxItems) : [];
}

function textOf(value: unknown): string | null {
  if (value instanceof Date) return value.toISOString();
  return typeof value === "string" ? value : null;
}
