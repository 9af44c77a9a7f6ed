import type { Fields } from "@firebreak/model/event";
import { setUrl } from "../../ecs/url.ts";
import { type ProviderReadings, reading, table } from "./reading.ts";
import { copy, domainAccount, executable, filePath, integer, present, type Step } from "./steps.ts";

const task = copy("winlog.task_scheduler.name", "TaskName");
const taskRun: Step[] = [task, domainAccount("user", "UserContext", "UserName")];
const wmi: Step[] = [
  domainAccount("user", "#User"),
  copy("winlog.wmi.operation", "#Operation"),
  copy("source.domain", "#ClientMachine"),
  integer("process.pid", "#ClientProcessId", "#ProcessId"),
];
const bits: Step[] = [
  copy("winlog.bits.job", "name"),
  domainAccount("user", "jobOwner", "User"),
  url("url"),
  integer("file.size", "fileLength"),
  integer("network.bytes", "bytesTransferred"),
  executable("process", "processPath"),
  integer("process.pid", "processId", "ClientProcessId"),
];

function url(name: string): Step {
  const key = `winlog.event_data.${name}`;
  return (fields: Fields) => {
    const text = present(fields[key]);
    if (text !== undefined && text.length < 8192) setUrl(fields, text);
  };
}

/** The "Operational" channels that tell of remote access and persistence. */
const appLocker: Step[] = [
  filePath("#FilePath"),
  copy("rule.name", "#RuleName"),
  copy("rule.id", "#RuleId"),
  copy("user.id", "#TargetUser"),
  integer("process.pid", "#TargetProcessId"),
];

export const operationalProviders: readonly ProviderReadings[] = [
  {
    provider: "Microsoft-Windows-TaskScheduler",
    channels: ["Microsoft-Windows-TaskScheduler/Operational"],
    events: table([
      [
        106,
        reading(
          "User registered Task Scheduler task",
          "scheduled-task-created",
          "configuration",
          "creation",
          taskRun,
        ),
      ],
      [
        140,
        reading(
          "User updated Task Scheduler task",
          "scheduled-task-updated",
          "configuration",
          "change",
          taskRun,
        ),
      ],
      [
        141,
        reading(
          "User deleted Task Scheduler task",
          "scheduled-task-deleted",
          "configuration",
          "deletion",
          taskRun,
        ),
      ],
      [
        142,
        reading(
          "User disabled Task Scheduler task",
          "scheduled-task-disabled",
          "configuration",
          "change",
          taskRun,
        ),
      ],
      [
        129,
        reading("Task Scheduler launch task", "scheduled-task-process-created", "process", "start", [
          task,
          executable("process", "Path"),
          integer("process.pid", "ProcessID"),
        ]),
      ],
      [
        [100, 110, 107, 118, 119],
        reading(
          "Task Scheduler started an instance of the task",
          "scheduled-task-started",
          "process",
          "start",
          taskRun,
        ),
      ],
      [
        [102, 201],
        reading(
          "Task Scheduler successfully completed the task",
          "scheduled-task-completed",
          "process",
          "end",
          [...taskRun, copy("process.command_line", "ActionName")],
          { outcome: "success" },
        ),
      ],
      [
        [101, 103, 203],
        reading(
          "Task Scheduler failed to start the task",
          "scheduled-task-failed",
          "process",
          "info",
          taskRun,
          { outcome: "failure" },
        ),
      ],
      [
        200,
        reading("Task Scheduler launched action", "scheduled-task-action-started", "process", "start", [
          task,
          copy("process.command_line", "ActionName"),
          integer("process.pid", "EnginePID"),
        ]),
      ],
    ]),
  },
  {
    provider: "Microsoft-Windows-WMI-Activity",
    channels: ["Microsoft-Windows-WMI-Activity/Operational"],
    events: table([
      [
        5857,
        reading(
          "WMI provider started",
          "wmi-provider-started",
          "process",
          "info",
          [...wmi, copy("process.executable", "#ProviderPath")],
          { userData: true },
        ),
      ],
      [
        5858,
        reading("WMI operation failed", "wmi-operation-failed", "process", "info", wmi, {
          outcome: "failure",
          userData: true,
        }),
      ],
      [
        5859,
        reading(
          "WMI permanent event subscription started",
          "wmi-subscription-started",
          "configuration",
          "info",
          wmi,
          { userData: true },
        ),
      ],
      [
        5860,
        reading(
          "WMI temporary event subscription started",
          "wmi-subscription-started",
          "configuration",
          "info",
          wmi,
          { userData: true },
        ),
      ],
      [
        5861,
        reading(
          "WMI permanent event consumer registered",
          "wmi-subscription-created",
          "configuration",
          "creation",
          wmi,
          { userData: true },
        ),
      ],
    ]),
  },
  {
    provider: "Microsoft-Windows-Bits-Client",
    channels: ["Microsoft-Windows-Bits-Client/Operational"],
    events: table([
      [3, reading("The BITS service created a new job", "bits-job-created", "network", "start", bits)],
      [4, reading("The BITS transfer job is complete", "bits-job-completed", "network", "end", bits)],
      [5, reading("BITS job cancelled", "bits-job-cancelled", "network", "end", bits)],
      [
        59,
        reading(
          "BITS started the transfer job",
          "bits-transfer-started",
          "network",
          "connection start",
          bits,
        ),
      ],
      [60, reading("BITS stopped transferring", "bits-transfer-stopped", "network", "connection end", bits)],
      [
        61,
        reading(
          "BITS stopped transferring with an error",
          "bits-transfer-failed",
          "network",
          "connection end",
          bits,
          { outcome: "failure" },
        ),
      ],
      [
        16403,
        reading("BITS job with a remote file", "bits-job-created", "network", "start", [
          ...bits,
          url("RemoteName"),
          filePath("LocalName"),
        ]),
      ],
    ]),
  },
  {
    provider: "Microsoft-Windows-DriverFrameworks-UserMode",
    channels: ["Microsoft-Windows-DriverFrameworks-UserMode/Operational"],
    events: table([
      [
        [2003, 2100, 2102],
        reading("User-mode driver host event", "device-connected", "host", "info", [], { userData: true }),
      ],
    ]),
  },
  {
    provider: "Microsoft-Windows-CodeIntegrity",
    channels: ["Microsoft-Windows-CodeIntegrity/Operational"],
    events: table([
      [
        [3001, 3002, 3003, 3004, 3023, 3033, 3034, 3036, 3076, 3077, 3104],
        reading(
          "Code integrity determined that a file did not meet its policy",
          "code-integrity-violated",
          "driver",
          "info",
          [filePath("FileNameBuffer"), executable("process", "ProcessNameBuffer")],
          { outcome: "failure" },
        ),
      ],
    ]),
  },
  {
    provider: "Microsoft-Windows-AppLocker",
    channels: ["Microsoft-Windows-AppLocker/EXE and DLL", "Microsoft-Windows-AppLocker/MSI and Script"],
    events: table([
      [
        [8002, 8005],
        reading("AppLocker allowed a file to run", "execution-allowed", "process", "info", appLocker, {
          outcome: "success",
          userData: true,
        }),
      ],
      [
        [8003, 8006],
        reading("AppLocker would have blocked a file", "execution-audited", "process", "info", appLocker, {
          userData: true,
        }),
      ],
      [
        [8004, 8007],
        reading("AppLocker blocked a file", "execution-blocked", "process", "info", appLocker, {
          outcome: "failure",
          userData: true,
        }),
      ],
    ]),
  },
];
