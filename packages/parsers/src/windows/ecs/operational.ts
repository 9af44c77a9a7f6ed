import type { Fields } from "@firebreak/model/event";
import { splitAddressPort } from "../../ecs/address-port.ts";
import { setUrl } from "../../ecs/url.ts";
import { type ProviderReadings, reading, table } from "./reading.ts";
import {
  account,
  copies,
  copy,
  domainAccount,
  executable,
  filePath,
  integer,
  ip,
  present,
  type Step,
  set,
} from "./steps.ts";

const task = copy("winlog.task_scheduler.name", "TaskName");
const taskRun: Step[] = [task, domainAccount("user", "UserContext", "UserName")];
const rdpSession: Step[] = [
  domainAccount("user", "#User"),
  ip("source.ip", "#Address", "source.domain"),
  copy("winlog.session.id", "#SessionID"),
  set("network.protocol", "rdp"),
];
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
    provider: "Microsoft-Windows-TerminalServices-LocalSessionManager",
    channels: ["Microsoft-Windows-TerminalServices-LocalSessionManager/Operational"],
    events: table([
      [
        21,
        reading(
          "Remote Desktop Services: Session logon succeeded",
          "logged-in",
          "authentication session",
          "start",
          rdpSession,
          { outcome: "success", userData: true },
        ),
      ],
      [
        22,
        reading(
          "Remote Desktop Services: Shell start notification received",
          "session-shell-started",
          "session",
          "start",
          rdpSession,
          { userData: true },
        ),
      ],
      [
        23,
        reading(
          "Remote Desktop Services: Session logoff succeeded",
          "logged-out",
          "authentication session",
          "end",
          rdpSession,
          { outcome: "success", userData: true },
        ),
      ],
      [
        24,
        reading(
          "Remote Desktop Services: Session has been disconnected",
          "session-disconnected",
          "session",
          "end",
          rdpSession,
          { userData: true },
        ),
      ],
      [
        25,
        reading(
          "Remote Desktop Services: Session reconnection succeeded",
          "session-reconnected",
          "authentication session",
          "start",
          rdpSession,
          { outcome: "success", userData: true },
        ),
      ],
      [
        39,
        reading(
          "Session has been disconnected by another session",
          "session-disconnected",
          "session",
          "end",
          [],
          { userData: true },
        ),
      ],
      [
        40,
        reading(
          "Session has been disconnected, reason code",
          "session-disconnected",
          "session",
          "end",
          [copy("event.reason", "#Reason")],
          { userData: true },
        ),
      ],
    ]),
  },
  {
    provider: "Microsoft-Windows-TerminalServices-RemoteConnectionManager",
    channels: ["Microsoft-Windows-TerminalServices-RemoteConnectionManager/Operational"],
    events: table([
      // 1149 says that network-level authentication passed, before the session logon: not proof of a desktop.
      [
        1149,
        reading(
          "Remote Desktop Services: User authentication succeeded",
          "rdp-authenticated",
          "authentication",
          "start",
          [
            account("user", "#Param1", "#Param2"),
            ip("source.ip", "#Param3", "source.domain"),
            set("network.protocol", "rdp"),
          ],
          { outcome: "success", userData: true },
        ),
      ],
      [
        261,
        reading(
          "Listener received a connection",
          "rdp-connection-received",
          "network",
          "connection start",
          [set("network.protocol", "rdp")],
          { userData: true },
        ),
      ],
    ]),
  },
  {
    provider: "Microsoft-Windows-RemoteDesktopServices-RdpCoreTS",
    channels: ["Microsoft-Windows-RemoteDesktopServices-RdpCoreTS/Operational"],
    events: table([
      [
        131,
        reading(
          "The server accepted a new connection from client",
          "rdp-connection-accepted",
          "network",
          "connection start",
          [ip("source.ip", "ClientIP"), clientIpPort, set("network.protocol", "rdp")],
        ),
      ],
      [
        140,
        reading(
          "A connection from the client computer failed because the user name or password is not correct",
          "logon-failed",
          "authentication",
          "start",
          [ip("source.ip", "IPString"), set("network.protocol", "rdp")],
          { outcome: "failure" },
        ),
      ],
    ]),
  },
  {
    provider: "Microsoft-Windows-TerminalServices-ClientActiveXCore",
    aliases: ["Microsoft-Windows-TerminalServices-RDPClient"],
    channels: ["Microsoft-Windows-TerminalServices-RDPClient/Operational"],
    events: table([
      [
        1024,
        reading(
          "RDP ClientActiveX is trying to connect to the server",
          "rdp-connection-opened",
          "network",
          "connection start",
          [
            ip("destination.ip", "Value", "destination.domain"),
            set("network.direction", "outbound"),
            set("network.protocol", "rdp"),
          ],
        ),
      ],
      [
        1102,
        reading(
          "The client has initiated a multi-transport connection to the server",
          "rdp-connection-opened",
          "network",
          "connection start",
          [
            ip("destination.ip", "Value", "destination.domain"),
            set("network.direction", "outbound"),
            set("network.protocol", "rdp"),
          ],
        ),
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
    provider: "Microsoft-Windows-WinRM",
    channels: ["Microsoft-Windows-WinRM/Operational"],
    events: table([
      [
        6,
        reading("Creating WSMan session", "winrm-session-opened", "network", "connection start", [
          copy("destination.domain", "connection"),
          set("network.direction", "outbound"),
        ]),
      ],
      [
        91,
        reading(
          "Creating WSMan shell on server",
          "winrm-shell-created",
          "session",
          "start",
          [copies({ "event.reason": "resourceUri" })].flat(),
        ),
      ],
      [
        [142, 161, 162],
        reading("WSMan operation failed", "winrm-failed", "network", "info", [], { outcome: "failure" }),
      ],
      [
        169,
        reading(
          "User authenticated successfully using WinRM",
          "winrm-authenticated",
          "authentication",
          "start",
          [domainAccount("user", "username")],
          { outcome: "success" },
        ),
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
        reading(
          "AppLocker allowed a file to run",
          "execution-allowed",
          "process",
          "info",
          [filePath("#FilePath"), copy("rule.name", "#RuleName")],
          { outcome: "success", userData: true },
        ),
      ],
      [
        [8003, 8006],
        reading(
          "AppLocker would have blocked a file",
          "execution-audited",
          "process",
          "info",
          [filePath("#FilePath"), copy("rule.name", "#RuleName")],
          { userData: true },
        ),
      ],
      [
        [8004, 8007],
        reading(
          "AppLocker blocked a file",
          "execution-blocked",
          "process",
          "info",
          [filePath("#FilePath"), copy("rule.name", "#RuleName")],
          { outcome: "failure", userData: true },
        ),
      ],
    ]),
  },
];

/** `192.0.2.7:50215`: address and port in one datum. */
function clientIpPort(fields: Fields): void {
  const text = present(fields["winlog.event_data.ClientIP"]);
  if (text === undefined || fields["source.ip"] !== undefined) return;
  const peer = splitAddressPort(text);
  if (peer.ip === undefined) return;
  fields["source.ip"] = peer.ip;
  if (peer.port !== undefined && peer.port !== 0) fields["source.port"] = peer.port;
}
