import { Command, Option } from "commander";
import { exitCodes } from "./exit.ts";
import { addIntel } from "./intel/program.ts";
import { addDesk } from "./program-desk.ts";
import { addTally } from "./program-tally.ts";
import { toolVersion } from "./version.ts";

/** Sigma's levels; the package that defines them is loaded only by the commands that need it. */
const sigmaLevels = ["informational", "low", "medium", "high", "critical"] as const;

/** Commands are loaded when they run: `--help` needs none of them. */
export function buildProgram(): Command {
  const program = new Command("firebreak")
    .description(
      "A folder of logs in, a cited incident picture out. Offline; nothing leaves this machine unless you name a provider to ask.",
    )
    .version(toolVersion)
    .exitOverride((error) => {
      process.exit(error.exitCode === 0 ? exitCodes.nothingFound : exitCodes.usage);
    })
    .showHelpAfterError("(add --help for the options and examples)");
  addInvestigate(program);
  addParse(program);
  addHunt(program);
  addTally(program, [timezone, referenceDate, passwords]);
  addInspect(program);
  addEvtx(program);
  addCaseCommands(program);
  addClock(program);
  addDialect(program);
  addListings(program);
  addDesk(program, [timezone, referenceDate, passwords]);
  addIntel(program);
  program.addHelpText(
    "after",
    `
Examples:
  firebreak investigate logs/ --case cases/2026-014 --org clinic.yml --alert alert.json
  firebreak parse logs/auth.log --timezone America/New_York | head
  firebreak hunt logs/ --rules sigma.zip --format csv > detections.csv
  firebreak verify cases/2026-014

Exit codes: 0 nothing found, 1 findings, 2 usage, 3 unreadable input, 4 case in use or damaged,
5 verification failed, 6 interrupted, 7 disk full, 8 defect. Data goes to stdout, messages to stderr.`,
  );
  return program;
}

const timezone = () =>
  new Option("--timezone <zone>", "zone of times that carry none: IANA name or offset such as -04:00");
const passwords = () =>
  new Option("--password <text...>", "passwords to try on encrypted archives ('infected' is always tried)");
const referenceDate = () =>
  new Option(
    "--reference-date <date>",
    "dates times without a year: they are not later than this day (ISO 8601)",
  );

const dialects = () =>
  new Option(
    "--dialect <path...>",
    "log formats that you taught: dialect files or folders (docs/dialects.md)",
  );

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
    .option("--threads <n>", "reader threads", (text) => Number.parseInt(text, 10))
    .option("--json", "print the picture as one JSON document")
    .addHelpText(
      "after",
      "\nExample:\n  firebreak investigate examples/clinic/evidence --case /tmp/clinic --org examples/clinic/organisation.yml",
    )
    .action(async (paths, options) =>
      (await import("./commands/investigate.ts")).runInvestigate(paths, options),
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
      '\nExample:\n  firebreak parse Security.evtx | jq -r \'.["@timestamp"] + " " + .event.code\'',
    )
    .action(async (paths, options) => (await import("./commands/parse.ts")).runParse(paths, options));
}

function addHunt(program: Command): void {
  const threads = (text: string) => Math.max(1, Math.min(64, Number.parseInt(text, 10) || 1));
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
    .option("--threads <n>", "worker threads (default: one for each processor)", threads)
    .option("--cache <dir>", "where loaded rules are kept (default: a folder for temporary files)")
    .option("--no-summary", "no summary on stderr")
    .addOption(timezone())
    .addOption(referenceDate())
    .addOption(passwords())
    .addHelpText(
      "after",
      `
Examples:
  firebreak hunt logs/ --rules sigma_all_rules.zip --format csv --sort > timeline.csv
  firebreak hunt logs/ --rules sigma.zip --min-level high --from 2026-03-01 --to 2026-03-08
  firebreak hunt logs/ --min-level high --pivot --format table
  firebreak hunt logs/ --grep mimikatz`,
    )
    .action(async (paths, options) => (await import("./commands/hunt.ts")).runHunt(paths, options));
}

function addInspect(program: Command): void {
  const above = (least: number) => (text: string) => Math.max(least, Number.parseInt(text, 10) || least);
  program
    .command("inspect")
    .argument("<file...>", "files to examine: documents, programs, scripts, mails, archives")
    .description("static triage of files: nothing is run, nothing leaves this machine")
    .option("--json", "print one JSON document (an array for several files)")
    .addOption(passwords())
    .option("--yara <file...>", "YARA rules to try on the file and on every part of it")
    .option("--timeout <seconds>", "time for one file", above(1), 60)
    .option("--max-depth <n>", "levels of files within files", above(1), 10)
    .option("--max-size <MiB>", "largest file or member that is examined", above(1), 128)
    .addHelpText(
      "after",
      `
Examples:
  firebreak inspect invoice.xls
  firebreak inspect --json --password hunter2 sample.zip | jq '.verdict, .reasons[].words'`,
    )
    .action(async (files, options) => (await import("./commands/inspect.ts")).runInspect(files, options));
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
    .addHelpText("after", "\nExample:\n  firebreak evtx dump Security.evtx --format jsonl | head")
    .action(async (files, options) => (await import("./commands/evtx-dump.ts")).runEvtxDump(files, options));
}

function addCaseCommands(program: Command): void {
  const evidence = () => new Option("--evidence <dir>", "where the evidence is now, when it has moved");
  program
    .command("verify")
    .argument("<case>", "case folder")
    .description("recompute the ledger's chain, the evidence hashes, the counts and every citation")
    .addOption(evidence())
    .option("--head <hash>", "hash of the ledger's last entry, kept elsewhere")
    .addHelpText("after", "\nExample:\n  firebreak verify cases/2026-014 --head 3f1c…")
    .action(async (dir, options) => (await import("./commands/verify.ts")).runVerify(dir, options));
  program
    .command("report")
    .argument("<case>", "case folder")
    .description("render the case's picture again")
    .option("--format <list>", "html, md, json, comma-separated", "html,md,json")
    .option("--out <dir>", "folder for the files (default: the current one)", ".")
    .addHelpText("after", "\nExample:\n  firebreak report cases/2026-014 --format html --out /tmp")
    .action(async (dir, options) => (await import("./commands/report.ts")).runReport(dir, options));
  program
    .command("rehunt")
    .argument("<case>", "case folder")
    .description(
      "run Sigma rules over the events of a case, by SQL; prints what hunt prints, changes nothing",
    )
    .requiredOption("--rules <path...>", "Sigma rules: folders, files or zips as SigmaHQ publishes them")
    .addHelpText("after", "\nExample:\n  firebreak rehunt cases/2026-014 --rules new-rules/")
    .action(async (dir, options) => (await import("./commands/rehunt.ts")).runRehunt(dir, options));
  program
    .command("show")
    .argument("<case>", "case folder")
    .argument("<ref>", "event reference, such as 0a1b2c3d4e5f:12345")
    .description("print the raw record behind a citation")
    .addOption(evidence())
    .addHelpText("after", "\nExample:\n  firebreak show cases/2026-014 0a1b2c3d4e5f:12345")
    .action(async (dir, ref, options) => (await import("./commands/show.ts")).runShow(dir, ref, options));
}

function addClock(program: Command): void {
  const clock = program.command("clock").description("set, list or compare the clocks of a case's sources");
  clock
    .command("set")
    .argument("<case>", "case folder")
    .argument("<source>", "path as the receipts show it, its end, a pattern with *, or the evidence id")
    .argument("<offset...>", "zone, error of the clock, or both; 'none' takes it back")
    .description("date a source by another zone or clock: the view, never the evidence; the ledger tells it")
    .option("--by <name>", "who says so, for the ledger (default: the tool)")
    // Offsets such as -04:00 begin like options.
    .allowUnknownOption()
    .addHelpText(
      "after",
      `
Examples:
  firebreak clock set cases/2026-014 fw/firewall.log UTC, 12 m 46 s slow
  firebreak clock set cases/2026-014 "fw/*.log" America/New_York --by "J. Doe"
  firebreak clock set cases/2026-014 firewall.log none`,
    )
    .action(async (dir, source, offset, options) =>
      (await import("./commands/clock.ts")).runClockSet(dir, source, offset, options),
    );
  clock
    .command("list")
    .argument("<case>", "case folder")
    .description("the zone that each source was read in, and what was set")
    .option("--json", "as JSON")
    .addHelpText("after", "\nExample:\n  firebreak clock list cases/2026-014")
    .action(async (dir, options) => (await import("./commands/clock.ts")).runClockList(dir, options));
  clock
    .command("suggest")
    .argument("<case>", "case folder")
    .description("compare sources by moments that both recorded: sessions, requests, files, logons, messages")
    .option("--json", "as JSON, with the pairs that agree")
    .addHelpText("after", "\nExample:\n  firebreak clock suggest cases/2026-014")
    .action(async (dir, options) => (await import("./commands/clock.ts")).runClockSuggest(dir, options));
}

function addDialect(program: Command): void {
  program
    .command("dialect")
    .description("teach a log format that is not known")
    .command("learn")
    .argument("<file>", "a log of that format")
    .description(
      "find out how its lines are cut and what the columns mean; write a dialect file to correct and share",
    )
    .option("-o, --output <file>", "where to write the dialect (default: stdout)")
    .option("--name <name>", "name of the dialect (default: from the file's)")
    .addHelpText(
      "after",
      `
Examples:
  firebreak dialect learn gateway.log -o gateway.yml
  firebreak parse gateway.log --dialect gateway.yml | head`,
    )
    .action(async (file, options) => (await import("./commands/dialect.ts")).runDialectLearn(file, options));
}

function addListings(program: Command): void {
  program
    .command("formats")
    .description("list the log formats that are read")
    .option("--json", "as JSON")
    .option("--explain <file>", "show how this file would be recognised")
    .addHelpText("after", "\nExample:\n  firebreak formats --explain unknown.log")
    .action(async (options) => (await import("./commands/formats.ts")).runFormats(options));
  const rules = program.command("rules").description("list or check Sigma rules");
  rules
    .command("list")
    .argument("[path...]", "folders or zips (default: the built-in rules)")
    .description("list rules with level and techniques")
    .option("--json", "as JSON lines")
    .addHelpText("after", "\nExample:\n  firebreak rules list sigma.zip --json | wc -l")
    .action(async (paths, options) => (await import("./commands/rules.ts")).runRulesList(paths, options));
  rules
    .command("check")
    .argument("<path...>", "folders or zips")
    .description("say which rules do not load, and why")
    .option("--json", "as JSON lines")
    .addHelpText("after", "\nExample:\n  firebreak rules check my-rules/")
    .action(async (paths, options) => (await import("./commands/rules.ts")).runRulesCheck(paths, options));
  rules
    .command("convert")
    .argument("<path...>", "folders, files or zips")
    .description("print rules as queries over the event store of a case")
    .addOption(new Option("--to <language>", "query language").choices(["duckdb"]).makeOptionMandatory())
    .option("--json", "as JSON lines")
    .addHelpText("after", "\nExample:\n  firebreak rules convert rule.yml --to duckdb > rule.sql")
    .action(async (paths, options) =>
      (await import("./commands/convert.ts")).runRulesConvert(paths, options),
    );
  rules
    .command("explain")
    .argument("<rules>", "a rule file, folder or zip")
    .argument("<event>", "a line that 'firebreak parse' printed, or a file that holds one")
    .description("say which part of a rule matched an event and which did not")
    .addHelpText("after", "\nExample:\n  firebreak rules explain rule.yml event.json")
    .action(async (path, event) => (await import("./commands/rules.ts")).runRulesExplain(path, event));
}
