import { type Command, Option } from "commander";
import { examples, readingOptions } from "./options.ts";

const caseFolder = () => new Option("--case <dir>", "case folder").makeOptionMandatory();
const by = () => new Option("--by <name>", "who acts, for the ledger (default: your account)");
const json = () => new Option("--json", "as one JSON document");

/** `alerts`, `triage`, `playbooks` and `drill`: the desk. */
export function addDesk(program: Command): void {
  addAlerts(program);
  addTriage(program);
  addPlaybooks(program);
  addDrill(program);
}

function addTriage(program: Command): void {
  const command = program
    .command("triage")
    .argument("<alert>", "an alert's file, its id in the queue (A-…), or a finding of the case (F-…)")
    .argument("[path...]", "evidence for a fresh case (default: 'evidence' beside the alert's file)")
    .description("work one alert through a playbook: scope, answers with their records, verdict, note")
    .addOption(caseFolder())
    .option("--playbook <name>", "playbook (default: the one that fits the alert)")
    .option(
      "--org <file>",
      "organisation profile for a fresh case (default: organisation.yml beside the alert)",
    )
    .option("--auto", "suggestions only, no dialogue")
    .addOption(json())
    .addOption(by())
    .option("--answer <kind=option>", "record one answer without a dialogue")
    .option("--cite <ref...>", "event references that the answer rests on")
    .option("--reason <text>", "reason; without --cite the answer is marked as judgement")
    .option("--as-of <time>", "leave out kept intelligence after this time (ISO 8601)")
    .addHelpText(
      "after",
      examples(
        "firebreak triage examples/xls-alert/alert.json --auto --case cases/xls",
        'firebreak triage A-1b2c3d --case cases/2026-014 --by "J. Doe"',
        'firebreak triage A-1b2c3d --case cases/2026-014 --answer "mail-opened=not opened" --cite 0a1b2c3d4e5f:12345',
      ),
    )
    .action(async (alert, paths, options) =>
      (await import("../commands/triage.ts")).runTriage(alert, paths, options),
    );
  for (const option of readingOptions()) command.addOption(option);
}

function addAlerts(program: Command): void {
  const alerts = program
    .command("alerts")
    .description("the queue of a case: add, take, group and close alerts");
  const add = (name: string, argument: string, description: string, example: string) =>
    alerts
      .command(`${name} ${argument}`.trim())
      .description(description)
      .addOption(caseFolder())
      .addOption(by())
      .addHelpText("after", examples(`firebreak alerts ${example}`));
  addQueue(add);
  addGroups(add);
}

/** Adds a command of the desk: its name, argument, description and example. */
type AddCommand = (name: string, argument: string, description: string, example: string) => Command;

/** An alert's way through the queue. */
function addQueue(add: AddCommand): void {
  add(
    "add",
    "[file...]",
    "add alerts from files (JSON, CSV, text, product exports) or from the case's findings",
    "add notable.json --case cases/2026-014",
  )
    .option("--findings", "also the case's own findings of medium severity or more")
    .option("--timezone <zone>", "zone of times that carry none")
    .action(async (files, options) => (await import("../commands/alerts.ts")).runAlertsAdd(files, options));
  add("list", "", "list open alerts, gravest first", "list --case cases/2026-014")
    .option("--all", "closed ones too")
    .addOption(json())
    .action(async (options) => (await import("../commands/alerts.ts")).runAlertsList(options));
  add(
    "show",
    "<id>",
    "one alert with its observables, answers and verdict",
    "show A-1b2c3d --case cases/2026-014",
  )
    .addOption(json())
    .action(async (id, options) => (await import("../commands/alerts.ts")).runAlertsShow(id, options));
  add(
    "take",
    "<id>",
    "take an alert: it is yours",
    'take A-1b2c3d --case cases/2026-014 --by "J. Doe"',
  ).action(async (id, options) => (await import("../commands/alerts.ts")).runAlertsTake(id, options));
  add(
    "contained",
    "<id>",
    "record that people contained what it is about",
    'contained A-1b2c3d --case cases/2026-014 --reason "host isolated by IT"',
  )
    .requiredOption("--reason <text>", "what was done, by whom")
    .action(async (id, options) => (await import("../commands/alerts.ts")).runAlertsContained(id, options));
  add(
    "close",
    "<id>",
    "close an alert with its verdict",
    'close A-1b2c3d --case cases/2026-014 --verdict "false positive" --reason "planned scan"',
  )
    .requiredOption("--verdict <word>", "true positive, benign true positive, false positive, inconclusive")
    .requiredOption("--reason <text>", "why, in a sentence")
    .action(async (id, options) => (await import("../commands/alerts.ts")).runAlertsClose(id, options));
}

function addGroups(add: AddCommand): void {
  add(
    "group",
    "[id...]",
    "put alerts into a group; without ids, those of one rule about one thing within an hour",
    "group A-1b2c3d A-4e5f6a --case cases/2026-014",
  )
    .option("--name <name>", "name of the group")
    .action(async (ids, options) => (await import("../commands/alerts.ts")).runAlertsGroup(ids, options));
  add(
    "ungroup",
    "<group>",
    "undo a group: nothing was merged",
    "ungroup G-1b2c3d --case cases/2026-014",
  ).action(async (group, options) =>
    (await import("../commands/alerts.ts")).runAlertsUngroup(group, options),
  );
}

function addPlaybooks(program: Command): void {
  const playbooks = program
    .command("playbooks")
    .description("list, check, export or import playbooks (CACAO 2.0)");
  const optionalCase = () => new Option("--case <dir>", "case folder whose imported playbooks count too");
  playbooks
    .command("list")
    .description("list the playbooks")
    .addOption(optionalCase())
    .addOption(json())
    .addHelpText("after", examples("firebreak playbooks list"))
    .action(async (options) => (await import("../commands/playbooks.ts")).runPlaybooksList(options));
  playbooks
    .command("check")
    .argument("[file...]", "playbooks (default: the built-in ones)")
    .description("say what is wrong with a playbook, and where")
    .addHelpText("after", examples("firebreak playbooks check my-playbook.json"))
    .action(async (files) => (await import("../commands/playbooks.ts")).runPlaybooksCheck(files));
  playbooks
    .command("export")
    .argument("<name>", "name or id")
    .description("print a playbook as CACAO 2.0 JSON")
    .addOption(optionalCase())
    .addHelpText("after", examples("firebreak playbooks export phishing > phishing.json"))
    .action(async (name, options) =>
      (await import("../commands/playbooks.ts")).runPlaybooksExport(name, options),
    );
  playbooks
    .command("import")
    .argument("<file>", "a CACAO 2.0 playbook")
    .description("check a playbook and keep it in a case")
    .addOption(caseFolder())
    .addOption(by())
    .addHelpText("after", examples("firebreak playbooks import phishing.json --case cases/2026-014"))
    .action(async (file, options) =>
      (await import("../commands/playbooks.ts")).runPlaybooksImport(file, options),
    );
}

function addDrill(program: Command): void {
  const drill = program
    .command("drill")
    .description("practice: ten alerts with evidence, scored with the reason of each miss");
  drill
    .command("list")
    .description("list the drills")
    .addOption(json())
    .addHelpText("after", examples("firebreak drill list"))
    .action(async (options) => (await import("../commands/drill.ts")).runDrillList(options));
  drill
    .command("start")
    .argument("<name>", "name of the drill")
    .description("make a case from the drill's evidence and take its alert")
    .addOption(caseFolder())
    .addOption(by())
    .addHelpText("after", examples("firebreak drill start phishing --case cases/phishing"))
    .action(async (name, options) => (await import("../commands/drill.ts")).runDrillStart(name, options));
  drill
    .command("score")
    .argument("<name>", "name of the drill")
    .description("score answers, citations, scope, verdict and timing against the key")
    .option("--answers <file>", "a triage as JSON, or a short form: answers, cites, scope, verdict, times")
    .option("--case <dir>", "the case that was worked")
    .option("--auto", "the suggestions alone")
    .addOption(json())
    .addHelpText("after", examples("firebreak drill score phishing --auto"))
    .action(async (name, options) => (await import("../commands/drill.ts")).runDrillScore(name, options));
}
