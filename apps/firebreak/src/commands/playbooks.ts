import { readInput } from "@firebreak/engine/case/inputs";
import { casePlaybooks, importPlaybook } from "@firebreak/engine/desk/playbooks";
import { builtInPlaybooks, choosePlaybook, problemsOf } from "@firebreak/engine/triage/playbook";
import { countOf } from "@firebreak/model/collections";
import { exitCodes } from "../exit.ts";
import { inert, print, say } from "../terminal/output.ts";
import { actorOf } from "./actor.ts";

export function runPlaybooksList(options: { case?: string; json?: boolean }): void {
  const all = [...casePlaybooks(options.case), ...builtInPlaybooks()];
  if (options.json) {
    print(
      `${JSON.stringify(
        all.map(({ name, title, id, kinds }) => ({ name, title, id, kinds })),
        null,
        2,
      )}\n`,
    );
    return;
  }
  for (const { name, title, kinds } of all)
    print(`${inert(name).padEnd(22)} ${inert(title)} (${kinds.join(", ") || "chosen by name only"})\n`);
}

export function runPlaybooksCheck(files: string[]): void {
  let bad = 0;
  const told = files.map((file) => {
    let value: unknown;
    try {
      value = JSON.parse(readInput("playbooks check", file));
    } catch (error) {
      if ((error as { code?: string }).code === "input") throw error;
      return { file, problems: [{ place: "/", problem: `not JSON: ${(error as Error).message}` }] };
    }
    return { file, problems: problemsOf(value) };
  });
  if (files.length === 0)
    for (const { name, document } of builtInPlaybooks())
      told.push({ file: name, problems: problemsOf(document) });
  for (const { file, problems } of told) {
    if (problems.length > 0) bad++;
    print(
      `${inert(file)}: ${problems.length === 0 ? "valid CACAO 2.0" : countOf(problems.length, "problem")}\n`,
    );
    for (const { place, problem } of problems.slice(0, 100)) print(`  ${inert(place)}: ${inert(problem)}\n`);
  }
  process.exitCode = bad > 0 ? exitCodes.findings : exitCodes.nothingFound;
}

export function runPlaybooksExport(name: string, options: { case?: string }): void {
  const { document } = choosePlaybook([...casePlaybooks(options.case), ...builtInPlaybooks()], "", name);
  print(`${JSON.stringify(document, null, 2)}\n`);
}

export function runPlaybooksImport(file: string, options: { case: string; by?: string }): void {
  const playbook = importPlaybook(options.case, actorOf(options), readInput("playbooks import", file), file);
  say(`${playbook.title} is in the case; use it with: --playbook ${playbook.name}`);
}
