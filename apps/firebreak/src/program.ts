import { type Argument, Command, Help, type Option } from "commander";
import { exitCodes } from "./exit.ts";
import { addCase } from "./program/case.ts";
import { addDesk } from "./program/desk.ts";
import { addEvidence } from "./program/evidence.ts";
import { addIntel } from "./program/intel.ts";
import { addKnowledge } from "./program/knowledge.ts";
import { examples } from "./program/options.ts";
import { addTally } from "./program/tally.ts";
import { toolVersion } from "./version.ts";

/** Commands are loaded when they run: `--help` needs none of them. */
export function buildProgram(): Command {
  const program = new Command("firebreak")
    .description(
      "A folder of logs in, a cited incident picture out. Offline; nothing leaves this machine unless you name a provider to ask.",
    )
    .version(toolVersion)
    .configureHelp({ optionDescription, subcommandTerm })
    .addHelpCommand(
      new Command("help").argument("[command]").description("the help of a command").helpGroup("Help:"),
    )
    .exitOverride((error) => {
      process.exit(error.exitCode === 0 ? exitCodes.nothingFound : exitCodes.usage);
    })
    .showHelpAfterError("(add --help for the options and examples)");
  program.commandsGroup("Evidence:");
  addEvidence(program);
  addTally(program);
  program.commandsGroup("A case:");
  addCase(program);
  program.commandsGroup("Alerts:");
  addDesk(program);
  program.commandsGroup("Threat intelligence:");
  addIntel(program);
  program.commandsGroup("Formats and rules:");
  addKnowledge(program);
  return program.addHelpText("after", `${inShort}\n\n${outcomes}`);
}

const inShort = examples(
  "firebreak investigate logs/ --case cases/2026-014 --org clinic.yml --alert alert.json",
  "firebreak parse logs/auth.log --timezone America/New_York | head",
  "firebreak hunt logs/ --rules sigma.zip --format csv > detections.csv",
  "firebreak verify cases/2026-014",
);
const outcomes = `Exit codes: 0 nothing found, 1 findings, 2 usage, 3 unreadable input, 4 case in use or damaged,
5 verification failed, 6 interrupted, 7 disk full, 8 defect. Data goes to stdout, messages to stderr.`;

/** Name and arguments of a command; that it has options is no news, and its description needs the room. */
function subcommandTerm(command: Command): string {
  return [command.name(), ...command.registeredArguments.map(argumentTerm)].join(" ");
}

function argumentTerm(argument: Argument): string {
  const name = `${argument.name()}${argument.variadic ? "..." : ""}`;
  return argument.required ? `<${name}>` : `[${name}]`;
}

/** Commander's own words, and which options cannot be left out. */
function optionDescription(option: Option): string {
  const text = new Help().optionDescription(option);
  return option.mandatory ? `${text} (required)` : text;
}
