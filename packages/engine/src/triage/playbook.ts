import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { contentDir } from "../content.ts";
import { checkPlaybook } from "./cacao/check.ts";
import { type CacaoPlaybook, questionExtension } from "./cacao/document.ts";
import type { PlaybookProblem } from "./cacao/problem.ts";
import { questions } from "./questions/all.ts";
import { insufficient } from "./questions/question.ts";

/** A playbook that can be run: the document, and what our extension says of it. */
export interface Playbook {
  /** Short name for --playbook. */
  readonly name: string;
  readonly title: string;
  readonly id: string;
  /** Kinds of alerts that it fits. */
  readonly kinds: readonly string[];
  /** How its answers come to a verdict. */
  readonly verdictRule: string;
  readonly document: CacaoPlaybook;
}

/** The playbook cannot be used; the message names the file, the place and what is expected. */
export class PlaybookError extends Error {
  readonly code = "playbook";
}

const maxBytes = 4 << 20;

/** Reads and checks a playbook. Throws `PlaybookError` with the first problems of a document that is not valid. */
export function readPlaybook(text: string, file: string): Playbook {
  if (text.length > maxBytes) throw new PlaybookError(`${file}: larger than ${maxBytes >> 20} MiB`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new PlaybookError(`${file}: not JSON: ${(error as Error).message}`);
  }
  const problems = problemsOf(value);
  if (problems.length > 0)
    throw new PlaybookError(
      `${file}: no valid CACAO 2.0 playbook: ${problems
        .slice(0, 3)
        .map(({ place, problem }) => `${place}: ${problem}`)
        .join(
          "; ",
        )}${problems.length > 3 ? `; and ${problems.length - 3} more ('firebreak playbooks check ${file}' lists them)` : ""}`,
    );
  return toPlaybook(value as CacaoPlaybook);
}

/** What the schema asks, then what our extension asks: known kinds, their options, "insufficient evidence" always. */
export function problemsOf(value: unknown): PlaybookProblem[] {
  const problems = checkPlaybook(value);
  if (problems.length > 0) return problems;
  return Object.entries((value as CacaoPlaybook).workflow).flatMap(([id, step]) => {
    const own = step.step_extensions?.[questionExtension];
    return own === undefined ? [] : checkQuestion(own, `/workflow/${id}/step_extensions`);
  });
}

function checkQuestion(own: Record<string, unknown>, place: string): PlaybookProblem[] {
  const question = questions.get(String(own.question_kind));
  if (!question)
    return [
      {
        place: `${place}/question_kind`,
        problem: `no such kind; known: ${[...questions.keys()].join(", ")}`,
      },
    ];
  const options = Array.isArray(own.answer_options) ? own.answer_options.map(String) : [];
  const problems: PlaybookProblem[] = [];
  if (!options.includes(insufficient))
    problems.push({
      place: `${place}/answer_options`,
      problem: `"${insufficient}" must be among the options`,
    });
  for (const option of options)
    if (option !== insufficient && !question.options.includes(option))
      problems.push({
        place: `${place}/answer_options`,
        problem: `"${option}" is no answer to ${question.kind}: ${question.options.join(", ")}`,
      });
  return problems;
}

function toPlaybook(document: CacaoPlaybook): Playbook {
  const own = document.playbook_extensions?.[questionExtension] ?? {};
  return {
    name: typeof own.playbook_name === "string" ? own.playbook_name : nameOf(document.name),
    title: document.name,
    id: document.id,
    kinds: Array.isArray(own.alert_kinds) ? own.alert_kinds.map(String) : [],
    verdictRule: typeof own.verdict_rule === "string" ? own.verdict_rule : "none",
    document,
  };
}

function nameOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

/** The playbooks that ship with Firebreak, by name. */
export function builtInPlaybooks(): Playbook[] {
  const dir = join(contentDir, "playbooks");
  return readdirSync(dir)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => readPlaybook(readFileSync(join(dir, file), "utf8"), file));
}

/** The playbook of this name, or the one that fits the alert's kind. */
export function choosePlaybook(all: readonly Playbook[], kind: string, name?: string): Playbook {
  if (name !== undefined) {
    const found = all.find((one) => one.name === name || one.id === name);
    if (found) return found;
    throw new PlaybookError(
      `--playbook ${name}: no such playbook; known: ${all.map((one) => one.name).join(", ")}`,
    );
  }
  const fitting =
    all.find(({ kinds }) => kinds.includes(kind)) ?? all.find(({ kinds }) => kinds.includes("unknown"));
  if (!fitting)
    throw new PlaybookError(`no playbook fits an alert of kind "${kind}"; choose one with --playbook`);
  return fitting;
}
