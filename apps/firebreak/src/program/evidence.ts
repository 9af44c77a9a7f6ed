import { type Command, Option } from "commander";
import { dialects, examples, passwords, referenceDate, timezone, wholeNumber } from "./options.ts";

/** Sigma's levels; the package that defines them is loaded only by the commands that need it. */
const sigmaLevels = ["informational", "low", "medium", "high", "critical"] as const;

const maxThreads = 64;

/** What reads evidence: `investigate`, `parse`, `hunt`, `inspect`, `evtx`. */
export function addEvidence(program: Command): void {
  addInvestigate(program);
  addParse(program);
  addHunt(program);
  addInspect(program);
  addEvtx(program);
}

function addInvestigate(program: Command): void {
  program
    .command("investigate")
    .argument("<path...>", "folders, files or archives with evidence")
    .description("read evidence, write a case folder, print the incident picture")
    .requiredOption("--case <dir>", "case folder to write")
    .option("--org <file>", "organisation profile (YAML or JSON)")
    .option("--alert <file>", "the alert (JSON, YAML or lines 'Name: value')")
    .option("--rules <path...>", "more Sigma rules: folders or zips")
    .addOption(timezone())
    .addOption(referenceDate())
    .addOption(dialects())
    .addOption(passwords())
    .option("--threads <n>", "reader threads (default: one for each processor)", wholeNumber(maxThreads))
    .option("--json", "print the picture as one JSON document")
    .addHelpText(
      "after",
      examples(
        "firebreak investigate examples/clinic/evidence --case cases/clinic --org examples/clinic/organisation.yml",
      ),
    )
    .action(async (paths, options) =>
      (await import("../commands/investigate.ts")).runInvestigate(paths, options),
    );
}

function addParse(program: Command): void {
  program
    .command("parse")
    .argument("<path...>", "folders, files or archives")
    .description("print every event as one line of nested ECS JSON")
    .addOption(timezone())
    .addOption(referenceDate())
    .addOption(dialects())
    .addOption(passwords())
    .addHelpText(
      "after",
      examples('firebreak parse Security.evtx | jq -r \'.["@timestamp"] + " " + .event.code\''),
    )
    .action(async (paths, options) => (await import("../commands/parse.ts")).runParse(paths, options));
}

function addHunt(program: Command): void {
  program
    .command("hunt")
    .argument("<path...>", "folders, files or archives")
    .description("run Sigma rules over logs, or search them, and print the detections; writes no case")
    .option(
      "--rules <path...>",
      "Sigma rules: folders, files or zips as SigmaHQ publishes them (default: built-in)",
    )
    .addOption(new Option("--format <format>", "output").choices(["jsonl", "csv", "table"]).default("jsonl"))
    .addOption(
      new Option("--min-level <level>", "lowest level").choices([...sigmaLevels]).default("informational"),
    )
    .option("--from <time>", "only events from this time on (ISO 8601; UTC without a zone)")
    .option("--to <time>", "only events before this time")
    .option(
      "--grep <text>",
      "only events with this text in a value, ignoring case; alone: a search without rules",
    )
    .option("--regex <pattern>", "the same with an RE2 expression")
    .option("--where <field=value...>", "only events with this value, by Sigma names; * and ? as in rules")
    .option("--data", "all recorded data with each JSON line")
    .option("--sort", "by time instead of by file")
    .option(
      "--pivot",
      "users, hosts, addresses, programs and hashes of the detections instead of the detections",
    )
    .option("--threads <n>", "worker threads (default: one for each processor)", wholeNumber(maxThreads))
    .option("--cache <dir>", "where loaded rules are kept (default: a folder for temporary files)")
    .option("--no-summary", "no summary on stderr")
    .addOption(timezone())
    .addOption(referenceDate())
    .addOption(passwords())
    .addHelpText(
      "after",
      examples(
        "firebreak hunt logs/ --rules sigma_all_rules.zip --format csv --sort > timeline.csv",
        "firebreak hunt logs/ --rules sigma.zip --min-level high --from 2026-03-01 --to 2026-03-08",
        "firebreak hunt logs/ --min-level high --pivot --format table",
        "firebreak hunt logs/ --grep mimikatz",
      ),
    )
    .action(async (paths, options) => (await import("../commands/hunt.ts")).runHunt(paths, options));
}

function addInspect(program: Command): void {
  program
    .command("inspect")
    .argument("<file...>", "files to examine: documents, programs, scripts, mails, archives")
    .description("static triage of files: nothing is run, nothing leaves this machine")
    .option("--json", "print one JSON document (an array for several files)")
    .addOption(passwords())
    .option("--yara <file...>", "YARA rules to try on the file and on every part of it")
    .option("--timeout <seconds>", "time for one file", wholeNumber(86_400), 60)
    .option("--max-depth <n>", "levels of files within files", wholeNumber(100), 10)
    .option("--max-size <MiB>", "largest file or member that is examined", wholeNumber(4096), 128)
    .addHelpText(
      "after",
      examples(
        "firebreak inspect invoice.xls",
        "firebreak inspect --json --password hunter2 sample.zip | jq '.verdict, .reasons[].words'",
      ),
    )
    .action(async (files, options) => (await import("../commands/inspect.ts")).runInspect(files, options));
}

function addEvtx(program: Command): void {
  program
    .command("evtx")
    .description("read Windows event logs as they are")
    .command("dump")
    .argument("<file...>", "event logs (.evtx)")
    .description("print every record")
    .addOption(new Option("--format <format>", "output").choices(["jsonl", "xml"]).default("jsonl"))
    .option("--recover", "also old records out of unused space")
    .addHelpText("after", examples("firebreak evtx dump Security.evtx --format jsonl | head"))
    .action(async (files, options) => (await import("../commands/evtx-dump.ts")).runEvtxDump(files, options));
}
