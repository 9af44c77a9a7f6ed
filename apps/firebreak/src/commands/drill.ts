import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readAlerts } from "@firebreak/engine/alerts/read";
import { InputError, readInput } from "@firebreak/engine/case/inputs";
import { addAlerts, find, takeAlert } from "@firebreak/engine/desk/actions";
import { readQueue } from "@firebreak/engine/desk/queue";
import { type Drill, findDrill, listDrills } from "@firebreak/engine/drill/drills";
import { type Score, scoreDrill } from "@firebreak/engine/drill/score";
import { readSubmission } from "@firebreak/engine/drill/submission";
import { intelOf } from "@firebreak/engine/triage/intel";
import { openCase } from "@firebreak/engine/triage/open";
import { builtInPlaybooks, choosePlaybook } from "@firebreak/engine/triage/playbook";
import { triage } from "@firebreak/engine/triage/triage";
import type { TriageDocument } from "@firebreak/model/triage";
import { exitCodes } from "../exit.ts";
import { inert, print, say } from "../terminal/output.ts";
import { actorOf } from "./actor.ts";
import { investigateFirst } from "./fresh-case.ts";

export function runDrillList(options: { json?: boolean }): void {
  const drills = listDrills();
  if (options.json)
    print(
      `${JSON.stringify(
        drills.map(({ name, key }) => ({ name, title: key.title, trap: key.trap })),
        null,
        2,
      )}\n`,
    );
  else
    for (const { name, key } of drills)
      print(`${name.padEnd(22)} ${key.trap ? "trap  " : "      "} ${key.title}\n`);
}

/** Makes a case from the drill's evidence, and takes its alert: the clock runs from here. */
export async function runDrillStart(name: string, options: { case: string; by?: string }): Promise<void> {
  const drill = findDrill(name);
  const id = await prepare(drill, options.case, options);
  const actor = actorOf(options);
  takeAlert(options.case, actor, id, actor.name);
  say(`Taken: ${id}. Work it with: firebreak triage ${id} --case ${options.case}`);
  say(
    `Then close it (firebreak alerts close ${id} --case ${options.case} …) and score it: firebreak drill score ${name} --case ${options.case}`,
  );
}

async function prepare(drill: Drill, dir: string, options: { by?: string }): Promise<string> {
  await investigateFirst(drill.alert, [], { case: dir });
  const alerts = readAlerts(readInput("drill", drill.alert), drill.alert, {});
  return addAlerts(dir, actorOf(options), alerts)[0]!.id;
}

interface ScoreOptions {
  answers?: string;
  auto?: boolean;
  case?: string;
  by?: string;
  json?: boolean;
}

/** Scores answers from a file, from a case, or (--auto) the suggestions alone. */
export async function runDrillScore(name: string, options: ScoreOptions): Promise<void> {
  const drill = findDrill(name);
  const given = [options.answers, options.case, options.auto].filter(
    (one) => one !== undefined && one !== false,
  );
  if (given.length !== 1)
    throw new InputError("drill score: give one of --answers FILE, --case DIR or --auto");
  const text =
    options.answers === undefined
      ? JSON.stringify(await worked(drill, options))
      : readInput("--answers", options.answers);
  const score = scoreDrill(drill.key, readSubmission(text, options.answers ?? name));
  if (options.json) print(`${JSON.stringify({ drill: name, ...score }, null, 2)}\n`);
  else printScore(drill, score);
  process.exitCode = score.misses.length > 0 ? exitCodes.findings : exitCodes.nothingFound;
}

async function worked(drill: Drill, options: ScoreOptions): Promise<TriageDocument> {
  if (options.case !== undefined) {
    const first = readQueue(options.case)[0];
    if (!first)
      throw new InputError(
        `${options.case}: no alert in its queue; begin with: firebreak drill start ${drill.name} --case ${options.case}`,
      );
    return documentOf(options.case, first.id);
  }
  const dir = mkdtempSync(join(tmpdir(), "firebreak-drill-"));
  try {
    return await documentOf(dir, await prepare(drill, dir, options));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

async function documentOf(dir: string, id: string): Promise<TriageDocument> {
  const opened = await openCase(dir);
  try {
    const { alert } = find(dir, id);
    return await triage(opened, id, choosePlaybook(builtInPlaybooks(), alert.kind), {
      intel: intelOf(dir, alert, new Date().toISOString()),
    });
  } finally {
    opened.close();
  }
}

function printScore({ name, key }: Drill, score: Score): void {
  print(`${name}: ${score.points} of ${score.of} points\n`);
  for (const [section, { points, of }] of Object.entries(score.sections))
    if (of > 0) print(`  ${section.padEnd(10)} ${points} of ${of}\n`);
  for (const { section, what, got, wanted, lost, why } of score.misses)
    print(
      `  -${lost} ${section}: ${inert(what)}: "${inert(got)}", wanted "${inert(wanted)}". ${inert(why)}\n`,
    );
  for (const note of score.notes) print(`  ${note}\n`);
  print(`  What it teaches: ${key.teaches}\n`);
}
