import { type Command, Option } from "commander";
import { examples } from "./options.ts";

/** What reads a case: `verify`, `report`, `rehunt`, `show`, and its clocks. */
export function addCase(program: Command): void {
  addReading(program);
  addClock(program);
}

function addReading(program: Command): void {
  const evidence = () => new Option("--evidence <dir>", "where the evidence is now, when it has moved");
  program
    .command("verify")
    .argument("<case>", "case folder")
    .description("recompute the ledger's chain, the evidence hashes, the counts and every citation")
    .addOption(evidence())
    .option("--head <hash>", "hash of the ledger's last entry, kept elsewhere")
    .addHelpText("after", examples("firebreak verify cases/2026-014 --head 3f1c…"))
    .action(async (dir, options) => (await import("../commands/verify.ts")).runVerify(dir, options));
  program
    .command("report")
    .argument("<case>", "case folder")
    .description("render the case's picture again")
    .option("--format <list>", "html, md, json, comma-separated", "html,md,json")
    .option("--out <dir>", "folder for the files", ".")
    .addHelpText("after", examples("firebreak report cases/2026-014 --format html --out reports"))
    .action(async (dir, options) => (await import("../commands/report.ts")).runReport(dir, options));
  program
    .command("rehunt")
    .argument("<case>", "case folder")
    .description(
      "run Sigma rules over the events of a case, by SQL; prints what hunt prints, changes nothing",
    )
    .requiredOption("--rules <path...>", "Sigma rules: folders, files or zips as SigmaHQ publishes them")
    .addHelpText("after", examples("firebreak rehunt cases/2026-014 --rules new-rules/"))
    .action(async (dir, options) => (await import("../commands/rehunt.ts")).runRehunt(dir, options));
  program
    .command("show")
    .argument("<case>", "case folder")
    .argument("<ref>", "event reference, such as 0a1b2c3d4e5f:12345")
    .description("print the raw record behind a citation")
    .addOption(evidence())
    .addHelpText("after", examples("firebreak show cases/2026-014 0a1b2c3d4e5f:12345"))
    .action(async (dir, ref, options) => (await import("../commands/show.ts")).runShow(dir, ref, options));
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
      examples(
        "firebreak clock set cases/2026-014 fw/firewall.log UTC, 12 m 46 s slow",
        'firebreak clock set cases/2026-014 "fw/*.log" America/New_York --by "J. Doe"',
        "firebreak clock set cases/2026-014 firewall.log none",
      ),
    )
    .action(async (dir, source, offset, options) =>
      (await import("../commands/clock.ts")).runClockSet(dir, source, offset, options),
    );
  clock
    .command("list")
    .argument("<case>", "case folder")
    .description("the zone that each source was read in, and what was set")
    .option("--json", "as JSON")
    .addHelpText("after", examples("firebreak clock list cases/2026-014"))
    .action(async (dir, options) => (await import("../commands/clock.ts")).runClockList(dir, options));
  clock
    .command("suggest")
    .argument("<case>", "case folder")
    .description("compare sources by moments that both recorded: sessions, requests, files, logons, messages")
    .option("--json", "as JSON, with the pairs that agree")
    .addHelpText("after", examples("firebreak clock suggest cases/2026-014"))
    .action(async (dir, options) => (await import("../commands/clock.ts")).runClockSuggest(dir, options));
}
