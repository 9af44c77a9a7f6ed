import { type Command, Option } from "commander";
import { examples } from "./options.ts";

/** What Firebreak knows: its log formats and those it is taught, its rules. */
export function addKnowledge(program: Command): void {
  addFormats(program);
  addDialect(program);
  addRules(program);
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
      examples(
        "firebreak dialect learn gateway.log -o gateway.yml",
        "firebreak parse gateway.log --dialect gateway.yml | head",
      ),
    )
    .action(async (file, options) => (await import("../commands/dialect.ts")).runDialectLearn(file, options));
}

function addFormats(program: Command): void {
  program
    .command("formats")
    .description("list the log formats that are read")
    .option("--json", "as JSON")
    .option("--explain <file>", "show how this file would be recognised")
    .addHelpText("after", examples("firebreak formats --explain unknown.log"))
    .action(async (options) => (await import("../commands/formats.ts")).runFormats(options));
}

function addRules(program: Command): void {
  const rules = program.command("rules").description("list, check, explain or convert Sigma rules");
  rules
    .command("list")
    .argument("[path...]", "folders or zips (default: the built-in rules)")
    .description("list rules with level and techniques")
    .option("--json", "as JSON lines")
    .addHelpText("after", examples("firebreak rules list sigma.zip --json | wc -l"))
    .action(async (paths, options) => (await import("../commands/rules.ts")).runRulesList(paths, options));
  rules
    .command("check")
    .argument("<path...>", "folders or zips")
    .description("say which rules do not load, and why")
    .option("--json", "as JSON lines")
    .addHelpText("after", examples("firebreak rules check my-rules/"))
    .action(async (paths, options) => (await import("../commands/rules.ts")).runRulesCheck(paths, options));
  rules
    .command("convert")
    .argument("<path...>", "folders, files or zips")
    .description("print rules as queries over the event store of a case")
    .addOption(new Option("--to <language>", "query language").choices(["duckdb"]).makeOptionMandatory())
    .option("--json", "as JSON lines")
    .addHelpText("after", examples("firebreak rules convert rule.yml --to duckdb > rule.sql"))
    .action(async (paths, options) =>
      (await import("../commands/convert.ts")).runRulesConvert(paths, options),
    );
  rules
    .command("explain")
    .argument("<rules>", "a rule file, folder or zip")
    .argument("<event>", "a line that 'firebreak parse' printed, or a file that holds one")
    .description("say which part of a rule matched an event and which did not")
    .addHelpText("after", examples("firebreak rules explain rule.yml event.json"))
    .action(async (path, event) => (await import("../commands/rules.ts")).runRulesExplain(path, event));
}
