import { existsSync } from "node:fs";
import type { Alert } from "@firebreak/engine/alerts/alert";
import { alertOfFinding } from "@firebreak/engine/alerts/from-finding";
import { readAlerts } from "@firebreak/engine/alerts/read";
import { InputError, readInput, readSettings } from "@firebreak/engine/case/inputs";
import { inCase } from "@firebreak/engine/case/layout";
import { readPicture } from "@firebreak/engine/case/show";
import { addAlerts, DeskError, find, takeAlert } from "@firebreak/engine/desk/actions";
import { casePlaybooks } from "@firebreak/engine/desk/playbooks";
import { recordAnswer } from "@firebreak/engine/triage/answer";
import { intelOf } from "@firebreak/engine/triage/intel";
import { openCase } from "@firebreak/engine/triage/open";
import { builtInPlaybooks, choosePlaybook } from "@firebreak/engine/triage/playbook";
import { triage } from "@firebreak/engine/triage/triage";
import { fileFactsOf } from "../desk/file-facts.ts";
import { exitCodes } from "../exit.ts";
import { askAnswer, closePrompt } from "../terminal/ask.ts";
import { fitted } from "../terminal/fitted.ts";
import { print, say } from "../terminal/output.ts";
import { renderTriage } from "../terminal/triage.ts";
import { actorOf } from "./actor.ts";
import { type FreshOptions, investigateFirst } from "./fresh-case.ts";

interface Options extends FreshOptions {
  playbook?: string;
  auto?: boolean;
  json?: boolean;
  by?: string;
  answer?: string;
  cite?: string[];
  reason?: string;
  asOf?: string;
}

/** Works one alert through a playbook. A fresh case is investigated first, with the evidence beside the alert's file. */
export async function runTriage(alert: string, paths: string[], options: Options): Promise<void> {
  const isFresh = !existsSync(inCase(options.case, "picture"));
  if (isFresh) await investigateFirst(alert, paths, options);
  else if (paths.length > 0)
    throw new InputError(
      `${options.case} is an investigated case: its evidence is used. To add to it, run 'firebreak investigate' with all of it, then triage again.`,
    );
  const actor = actorOf(options);
  const id = alertIdOf(alert, options);
  const opened = await openCase(options.case);
  const isAsked =
    !options.auto &&
    !options.json &&
    options.answer === undefined &&
    process.stdin.isTTY &&
    process.stdout.isTTY;
  try {
    const playbooks = [...casePlaybooks(options.case), ...builtInPlaybooks()];
    const { alert: read } = find(options.case, id);
    const playbook = choosePlaybook(playbooks, read.kind, options.playbook);
    const intel = intelOf(options.case, read, options.asOf ?? actor.now());
    const file = await fileFactsOf(options.case, read);
    const outside = { intel, ...(file && { file }) };
    if (options.answer !== undefined)
      await answerOne(options, id, () => triage(opened, id, playbook, outside), opened);
    if (isAsked && find(options.case, id).takenAt === null) takeAlert(options.case, actor, id, actor.name);
    const document = await triage(opened, id, playbook, {
      ...outside,
      ...(isAsked && {
        ask: async (step) => {
          for (;;) {
            const given = await askAnswer(step);
            if (!given) return undefined;
            try {
              return await recordAnswer(opened, actor, id, step, given);
            } catch (error) {
              if (!(error instanceof DeskError)) throw error;
              say(error.message);
            }
          }
        },
      }),
    });
    print(options.json ? `${JSON.stringify(document, null, 2)}\n` : fitted(renderTriage(document)));
    if (!options.json)
      say(
        `Close it with: firebreak alerts close ${id} --case ${options.case} --verdict "${document.verdict.value}" --reason "…"`,
      );
    process.exitCode = document.verdict.value.endsWith("true positive")
      ? exitCodes.findings
      : exitCodes.nothingFound;
  } finally {
    closePrompt();
    opened.close();
  }
}

/** `--answer KIND=OPTION`: one answer recorded without a dialogue. */
async function answerOne(
  options: Options,
  id: string,
  suggest: () => ReturnType<typeof triage>,
  opened: Awaited<ReturnType<typeof openCase>>,
): Promise<void> {
  const [kind, ...rest] = options.answer!.split("=");
  const { steps } = await suggest();
  const step = steps.find((one) => one.kind === kind);
  if (!step)
    throw new InputError(
      `--answer ${options.answer}: no such step; the playbook asks ${steps.map((one) => one.kind).join(", ")}`,
    );
  await recordAnswer(opened, actorOf(options), id, step, {
    answer: rest.join("="),
    ...(options.cite && { citations: options.cite }),
    ...(options.reason !== undefined && { reason: options.reason }),
  });
}

/** The alert's id in the queue; an alert from a file or a finding is added to it first. */
function alertIdOf(alert: string, options: Options): string {
  const actor = actorOf(options);
  if (existsSync(alert)) {
    const { zone } = readSettings(options.timezone === undefined ? {} : { timezone: options.timezone });
    const alerts = readAlerts(readInput("triage", alert), alert, zone ? { zone } : {});
    if (alerts.length === 0)
      throw new InputError(`${alert}: no alert found; give JSON, CSV, YAML or lines "Name: value"`);
    const added = addAlerts(options.case, actor, alerts);
    if (added.length > 1)
      say(`${alert} holds ${added.length} alerts; the first is triaged, all are in the queue.`);
    return added[0]!.id;
  }
  if (/^F-/.test(alert)) {
    const found = readPicture(options.case).findings.find(({ id }) => id === alert);
    if (!found) throw new InputError(`${alert}: no such finding in ${options.case}`);
    return addAlerts(options.case, actor, [alertOfFinding(found) satisfies Alert])[0]!.id;
  }
  if (/[./\\]/.test(alert))
    throw new InputError(`${alert}: no such file. Give the alert's file or its id in the queue.`);
  return find(options.case, alert).id;
}
