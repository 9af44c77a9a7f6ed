import { isObject } from "@firebreak/model/collections";
import { identifier, type PlaybookProblem } from "./problem.ts";
import { checkVariables } from "./variables.ts";

/** Members that every step may have, section 4.1. */
const common = new Set([
  "type",
  "name",
  "description",
  "external_references",
  "delay",
  "timeout",
  "step_variables",
  "owner",
  "on_completion",
  "on_success",
  "on_failure",
  "step_extensions",
]);

interface StepShape {
  readonly own: readonly string[];
  readonly required: readonly string[];
}

/** Sections 4.3 to 4.10. */
const shapes: Record<string, StepShape> = {
  start: { own: [], required: [] },
  end: { own: [], required: [] },
  action: { own: ["commands", "agent", "targets", "in_args", "out_args"], required: ["commands", "agent"] },
  "playbook-action": {
    own: ["playbook_id", "playbook_version", "in_args", "out_args"],
    required: ["playbook_id"],
  },
  parallel: { own: ["next_steps"], required: ["next_steps"] },
  "if-condition": { own: ["condition", "on_true", "on_false"], required: ["condition", "on_true"] },
  "while-condition": { own: ["condition", "on_true"], required: ["condition", "on_true"] },
  "switch-condition": { own: ["switch", "cases"], required: ["switch", "cases"] },
};

const maxSteps = 2000;

/** Every step's members, and that all references lead to steps and every path to an end. */
export function checkSteps(
  playbook: Record<string, unknown>,
  workflow: Record<string, unknown>,
): PlaybookProblem[] {
  const problems: PlaybookProblem[] = [];
  const ids = Object.keys(workflow);
  if (ids.length > maxSteps) return [{ place: "/workflow", problem: `more than ${maxSteps} steps` }];
  for (const [id, step] of Object.entries(workflow)) {
    const place = `/workflow/${id}`;
    if (!isObject(step) || typeof step.type !== "string" || !Object.hasOwn(shapes, step.type)) {
      problems.push({ place, problem: `a step's type is one of ${Object.keys(shapes).join(", ")}` });
      continue;
    }
    if (!identifier(step.type).test(id))
      problems.push({ place, problem: `the step's id must be ${step.type}--UUID` });
    problems.push(
      ...checkMembers(step, shapes[step.type]!, place),
      ...checkReferences(playbook, step, place),
    );
    problems.push(...checkVariables(step.step_variables, `${place}/step_variables`));
    for (const next of nextOf(step))
      if (!(next in workflow))
        problems.push({ place, problem: `leads to ${next}, which is no step of the workflow` });
  }
  return [...problems, ...checkFlow(playbook, workflow)];
}

function checkMembers(step: Record<string, unknown>, shape: StepShape, place: string): PlaybookProblem[] {
  const problems: PlaybookProblem[] = [];
  for (const name of Object.keys(step))
    if (!common.has(name) && !shape.own.includes(name))
      problems.push({
        place: `${place}/${name}`,
        problem: `no member of a step of type ${String(step.type)}`,
      });
  for (const name of shape.required)
    if (!(name in step)) problems.push({ place: `${place}/${name}`, problem: "required" });
  if ("on_completion" in step && ("on_success" in step || "on_failure" in step))
    problems.push({ place, problem: "on_completion excludes on_success and on_failure (section 4.1)" });
  if (step.type === "end" && ["on_completion", "on_success", "on_failure"].some((name) => name in step))
    problems.push({ place, problem: "an end step leads nowhere (section 4.4)" });
  if (step.type === "start" && ("on_success" in step || "on_failure" in step))
    problems.push({ place, problem: "a start step has on_completion only (section 4.3)" });
  return problems;
}

/** Agents, targets and extensions that a step names are defined in the playbook. */
function checkReferences(
  playbook: Record<string, unknown>,
  step: Record<string, unknown>,
  place: string,
): PlaybookProblem[] {
  const problems: PlaybookProblem[] = [];
  const isDefined = (dictionary: unknown, id: unknown) =>
    isObject(dictionary) && typeof id === "string" && id in dictionary;
  if ("agent" in step && !isDefined(playbook.agent_definitions, step.agent))
    problems.push({ place: `${place}/agent`, problem: "not defined in agent_definitions" });
  for (const target of Array.isArray(step.targets) ? step.targets : [])
    if (!isDefined(playbook.target_definitions, target))
      problems.push({
        place: `${place}/targets`,
        problem: `${String(target)} is not defined in target_definitions`,
      });
  for (const id of Object.keys(isObject(step.step_extensions) ? step.step_extensions : {}))
    if (!isDefined(playbook.extension_definitions, id))
      problems.push({
        place: `${place}/step_extensions/${id}`,
        problem: "not defined in extension_definitions",
      });
  if ("commands" in step) {
    const { commands } = step;
    const good =
      Array.isArray(commands) &&
      commands.length > 0 &&
      commands.every((one) => isObject(one) && typeof one.type === "string");
    if (!good)
      problems.push({
        place: `${place}/commands`,
        problem: "a list of commands, each with its type (section 5)",
      });
  }
  return problems;
}

/** Steps that a step can lead to. */
export function nextOf(step: Record<string, unknown>): string[] {
  const direct = [step.on_completion, step.on_success, step.on_failure, step.on_true, step.on_false];
  const cases = isObject(step.cases) ? Object.values(step.cases) : [];
  const parallel = Array.isArray(step.next_steps) ? step.next_steps : [];
  return [...direct, ...cases, ...parallel].filter((one): one is string => typeof one === "string");
}

function checkFlow(playbook: Record<string, unknown>, workflow: Record<string, unknown>): PlaybookProblem[] {
  const start = workflow[String(playbook.workflow_start)];
  if (!isObject(start) || start.type !== "start")
    return [{ place: "/workflow_start", problem: "must name a start step of the workflow" }];
  const steps = Object.values(workflow).filter(isObject);
  const problems: PlaybookProblem[] = [];
  for (const type of ["action", "end"])
    if (!steps.some((step) => step.type === type || (type === "action" && step.type === "playbook-action")))
      problems.push({ place: "/workflow", problem: `needs at least one ${type} step (section 3.1)` });
  const reached = new Set<string>();
  const open = [String(playbook.workflow_start)];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const step = workflow[id];
    if (reached.has(id) || !isObject(step)) continue;
    reached.add(id);
    const next = nextOf(step);
    if (next.length === 0 && step.type !== "end")
      problems.push({ place: `/workflow/${id}`, problem: "leads nowhere: every path ends at an end step" });
    open.push(...next);
  }
  for (const id of Object.keys(workflow))
    if (!reached.has(id))
      problems.push({ place: `/workflow/${id}`, problem: "is never reached from the start" });
  return problems;
}
