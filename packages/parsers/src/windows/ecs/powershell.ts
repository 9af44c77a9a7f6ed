import type { Fields } from "@firebreak/model/event";
import { type ProviderReadings, reading, table } from "./reading.ts";
import { copy, filePath, integer, present, type Step, setAccount } from "./steps.ts";

const maxContext = 64 << 10;

/**
 * The classic log's last datum and 4103's ContextInfo are lists of `Name=Value` or `Name = Value` lines. The ones that
 * tell who ran what where become fields.
 */
function context(name: string): Step {
  const key = `winlog.event_data.${name}`;
  return (fields) => {
    const recorded = fields[key];
    const text = Array.isArray(recorded)
      ? String(recorded[recorded.length - 1] ?? "")
      : present(recorded as string);
    if (text === undefined || text.length > maxContext) return;
    for (const line of text.split("\n", 64)) {
      const at = line.indexOf("=");
      if (at > 0) contextField(fields, line.slice(0, at).trim(), line.slice(at + 1).trim());
    }
  };
}

function contextField(fields: Fields, name: string, value: string): void {
  if (value === "") return;
  if (name === "HostApplication" || name === "Host Application") fields["process.command_line"] = value;
  else if (name === "UserId" || name === "User") setAccount(fields, "user", value);
  else if (name === "ScriptName" || name === "Script Name") fields["file.path"] = value;
  else if (name === "HostName" || name === "Host Name") fields["winlog.powershell.host.name"] = value;
  else if (name === "EngineVersion" || name === "Engine Version")
    fields["winlog.powershell.engine.version"] = value;
  else if (name === "CommandName" || name === "Command Name")
    fields["winlog.powershell.command.name"] = value;
  else if (name === "CommandLine") fields["winlog.powershell.command.value"] = value;
}

/** PowerShell writes these events itself: the writing process is the one that they are about. */
const writer: Step = (fields) => {
  const pid = fields["winlog.process.pid"];
  if (typeof pid === "number") fields["process.pid"] = pid;
};

const block: Step[] = [
  writer,
  filePath("Path"),
  integer("winlog.powershell.sequence", "MessageNumber"),
  integer("winlog.powershell.total", "MessageTotal"),
].flat();

const modern = table([
  [
    4100,
    reading(
      "PowerShell error",
      "powershell-failed",
      "process",
      "info",
      [context("ContextInfo"), copy("error.message", "Payload")],
      { outcome: "failure" },
    ),
  ],
  [
    4103,
    reading("PowerShell command invocation", "Executing Pipeline", "process", "info", [
      writer,
      context("ContextInfo"),
    ]),
  ],
  [4104, reading("Creating Scriptblock text", "Execute a Remote Command", "process", "info", block)],
  [4105, reading("Started invocation of ScriptBlock", "Starting Command", "process", "start", block)],
  [4106, reading("Completed invocation of ScriptBlock", "Stopping Command", "process", "end", block)],
  [
    [40961, 40962],
    reading("PowerShell console is starting up", "PowerShell Console Startup", "process", "start"),
  ],
  [
    53504,
    reading(
      "Windows PowerShell has started an IPC listening thread",
      "PowerShell Named Pipe IPC",
      "process",
      "info",
    ),
  ],
]);

/** Actions are the tasks that the providers' manifests name. */
export const powershellProviders: readonly ProviderReadings[] = [
  {
    provider: "Microsoft-Windows-PowerShell",
    channels: ["Microsoft-Windows-PowerShell/Operational"],
    events: modern,
  },
  { provider: "PowerShellCore", channels: ["PowerShellCore/Operational"], events: modern },
  {
    provider: "PowerShell",
    channels: ["Windows PowerShell"],
    events: table([
      [
        400,
        reading("Engine state is changed from None to Available", "Engine Lifecycle", "process", "start", [
          context("Data"),
        ]),
      ],
      [
        403,
        reading("Engine state is changed from Available to Stopped", "Engine Lifecycle", "process", "end", [
          context("Data"),
        ]),
      ],
      [600, reading("Provider is Started", "Provider Lifecycle", "process", "info", [context("Data")])],
      [
        800,
        reading("Pipeline execution details", "Pipeline Execution Details", "process", "info", [
          context("Data"),
        ]),
      ],
    ]),
  },
];
