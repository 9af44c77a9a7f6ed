import { type Command, Option } from "commander";
import { examples, readingOptions } from "./options.ts";

/** `logons` and `metrics`: what is in the logs, before any rule. */
export function addTally(program: Command): void {
  const commands = [
    program
      .command("logons")
      .argument("<path...>", "folders, files or archives")
      .description("sum up who signed in where, from where and how, with success and failure")
      .addHelpText(
        "after",
        examples(
          "firebreak logons logs/ | head -30",
          "firebreak logons logs/ --format csv --from 2026-03-01 --to 2026-03-08 > logons.csv",
        ),
      )
      .action(async (paths, options) => (await import("../commands/tally.ts")).runSignIns(paths, options)),
    program
      .command("metrics")
      .argument("<path...>", "folders, files or archives")
      .description("count the records by event, computer or log")
      .addOption(
        new Option("--by <kind>", "what to count by").choices(["event", "computer", "log"]).default("event"),
      )
      .addHelpText(
        "after",
        examples("firebreak metrics Security.evtx", "firebreak metrics logs/ --by computer --format jsonl"),
      )
      .action(async (paths, options) => (await import("../commands/tally.ts")).runMetrics(paths, options)),
  ];
  for (const command of commands) {
    command
      .addOption(
        new Option("--format <format>", "output").choices(["table", "csv", "jsonl"]).default("table"),
      )
      .option("--from <time>", "only records from this time on (ISO 8601, UTC without a zone)")
      .option("--to <time>", "only records before this time");
    for (const option of readingOptions()) command.addOption(option);
  }
}
