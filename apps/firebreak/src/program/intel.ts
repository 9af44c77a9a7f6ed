import { type Command, Option } from "commander";
import { examples } from "./options.ts";

const caseFolder = () =>
  new Option("--case <dir>", "case folder; made if there is none").makeOptionMandatory();
const asOf = () =>
  new Option("--as-of <time>", "leave out answers after this time (ISO 8601): the same card every time");
const own = () =>
  new Option(
    "--own <hash>",
    "a hash that the case itself holds, beside those of its alert; may be repeated",
  ).argParser(collect);
const collect = (text: string, before: string[] | undefined) => [...(before ?? []), text];
const number = (text: string) => Math.max(0, Number.parseFloat(text) || 0);

/** `firebreak intel`: nothing here opens a socket but `lookup --provider`. */
export function addIntel(program: Command): void {
  const intel = program
    .command("intel")
    .description("threat intelligence: verdict cards from kept answers, saved files and named providers");
  addLookup(intel);
  addImport(intel);
  addCard(intel);
  intel
    .command("providers")
    .description("list the sources: keys, quotas, and which work without a key")
    .option("--json", "as JSON lines")
    .addHelpText("after", examples("firebreak intel providers"))
    .action(async (options) => (await import("../commands/intel-providers.ts")).runIntelProviders(options));
}

function addLookup(intel: Command): void {
  intel
    .command("lookup")
    .argument(
      "<observable...>",
      "addresses, domains, URLs, hashes, CVE ids; defanged spellings are understood",
    )
    .description(
      "ask the named providers, keep their answers in the case, print a verdict card for each observable",
    )
    .addOption(caseFolder())
    .addOption(
      new Option(
        "--provider <names>",
        "whom to ask (comma-separated, or all; may be repeated); without it nothing is asked",
      ).argParser(collect),
    )
    .option(
      "--tlp <label>",
      "how far the observables may be shared (default: GREEN); AMBER stays off public services",
    )
    .option("--pap <label>", "how visible the question may be (default: AMBER); RED asks nobody outside")
    .option(
      "--org <file>",
      "organisation profile: its names and networks are never sent (default: the case's own)",
    )
    .option("--no-relations", "only the report on each observable")
    .addOption(
      new Option("--max-age <hours>", "use kept answers that are younger").default(24).argParser(number),
    )
    .addOption(
      new Option("--wait <seconds>", "longest wait for a free place in a quota")
        .default(120)
        .argParser(number),
    )
    .addOption(own())
    .addOption(asOf())
    .option("--json", "print the cards as a JSON list")
    .addHelpText(
      "after",
      examples(
        "firebreak intel lookup 198.51.100[.]7 --case cases/2026-014 --provider virustotal,abuseipdb",
        "firebreak intel lookup c2.example --case cases/2026-014 --provider all --tlp amber --json",
      ),
    )
    .action(async (texts, options) =>
      (await import("../commands/intel-lookup.ts")).runIntelLookup(texts, options),
    );
}

function addImport(intel: Command): void {
  intel
    .command("import")
    .argument("<file...>", "saved answers, sandbox reports, feeds; - reads what is pasted")
    .description(
      "keep saved JSON of any provider, sandbox reports, STIX, MISP and CSV feeds, CISA KEV in the case",
    )
    .addOption(caseFolder())
    .option("--provider <name>", "whose answer it is, when it is not recognised")
    .option("--about <observable>", "what it is about, when the answer does not say")
    .option("--at <time>", "when the provider was asked (ISO 8601)")
    .option("--json", "one JSON line for each answer")
    .addHelpText(
      "after",
      examples(
        "firebreak intel import virustotal-file.json anyrun-report.json feed.csv --case cases/2026-014",
        "pbpaste | firebreak intel import - --case cases/2026-014 --about 198.51.100.7 --at 2026-11-20",
      ),
    )
    .action(async (files, options) =>
      (await import("../commands/intel-import.ts")).runIntelImport(files, options),
    );
}

function addCard(intel: Command): void {
  intel
    .command("card")
    .argument("<observable...>", "what to show")
    .description("print verdict cards from what the case keeps: answers, relations, own logs; asks nobody")
    .addOption(caseFolder())
    .addOption(own())
    .addOption(asOf())
    .option("--json", "as JSON (docs/intel.md); a list when several are asked for")
    .addHelpText(
      "after",
      examples("firebreak intel card 198.51.100.7 --case cases/2026-014 --as-of 2026-11-28 --json"),
    )
    .action(async (texts, options) =>
      (await import("../commands/intel-card.ts")).runIntelCard(texts, options),
    );
}
