import { type EventReading, type ProviderReadings, reading, table } from "./reading.ts";
import { account, copies, copy, domainAccount, executable, type Step, set } from "./steps.ts";

const service = copy("service.name", "ServiceName", "param1");
const change: Step[] = [service];
const cleared: Step[] = [
  account("user", "#SubjectUserName", "#SubjectDomainName", "#SubjectUserSid"),
  copy("winlog.cleared_channel", "#Channel"),
  copy("file.path", "#BackupPath"),
];
const logCleared = (title: string, action: string): EventReading =>
  reading(title, action, "configuration", "deletion change", cleared, {
    outcome: "success",
    userData: true,
  });

/** The System log: Service Control Manager, the event log itself, start, stop, disks, drivers. */
export const systemProviders: readonly ProviderReadings[] = [
  {
    provider: "Service Control Manager",
    aliases: ["Microsoft-Windows-Service Control Manager"],
    channels: ["System"],
    events: table([
      [
        7045,
        reading(
          "A service was installed in the system",
          "service-installed",
          "configuration process",
          "creation",
          [
            service,
            ...copies({
              "service.type": "ServiceType",
              "process.command_line": "ImagePath",
              "winlog.service.account": "AccountName",
            }),
          ],
          {
            outcome: "success",
            positions: ["ServiceName", "ImagePath", "ServiceType", "StartType", "AccountName"],
          },
        ),
      ],
      [
        7036,
        reading(
          "The service entered a state",
          "service-state-changed",
          "process",
          "change",
          [service, copy("service.state", "param2")],
          { positions: ["param1", "param2"] },
        ),
      ],
      [
        7040,
        reading(
          "The start type of a service was changed",
          "service-start-type-changed",
          "configuration",
          "change",
          [copy("service.name", "param4", "param1"), copy("winlog.service.start_type", "param3")],
          { positions: ["param1", "param2", "param3", "param4"] },
        ),
      ],
      [
        7035,
        reading("The service was sent a control", "service-control-sent", "process", "change", change, {
          positions: ["param1", "param2"],
        }),
      ],
      [
        7000,
        reading("The service failed to start", "service-start-failed", "process", "info", change, {
          outcome: "failure",
          positions: ["param1", "param2"],
        }),
      ],
      [
        7009,
        reading(
          "A timeout was reached while waiting for a service to connect",
          "service-start-timed-out",
          "process",
          "info",
          [copy("service.name", "param2")],
          { outcome: "failure" },
        ),
      ],
      [
        7022,
        reading("The service hung on starting", "service-start-failed", "process", "info", change, {
          outcome: "failure",
        }),
      ],
      [
        [7023, 7024],
        reading("The service terminated with an error", "service-failed", "process", "end", change, {
          outcome: "failure",
        }),
      ],
      [
        7026,
        reading(
          "Boot-start or system-start drivers did not load",
          "driver-load-failed",
          "driver",
          "info",
          [],
          { outcome: "failure" },
        ),
      ],
      [
        7030,
        reading(
          "The service is marked as an interactive service",
          "service-interactive",
          "process",
          "info",
          change,
        ),
      ],
      [
        [7031, 7034],
        reading("The service terminated unexpectedly", "service-crashed", "process", "end", change, {
          outcome: "failure",
          positions: ["param1", "param2"],
        }),
      ],
      [
        7038,
        reading(
          "The service was unable to log on",
          "service-logon-failed",
          "authentication",
          "start",
          [service, domainAccount("user", "param2")],
          { outcome: "failure" },
        ),
      ],
    ]),
  },
  {
    provider: "Microsoft-Windows-Eventlog",
    aliases: ["EventLog"],
    channels: ["System"],
    events: table([
      [104, logCleared("The log file was cleared", "log-cleared")],
      [6005, reading("The Event log service was started", "logging-started", "host", "start")],
      [6006, reading("The Event log service was stopped", "logging-stopped", "host", "end")],
      [
        6008,
        reading("The previous system shutdown", "system-crashed", "host", "end", [], { outcome: "failure" }),
      ],
      [6009, reading("Operating system version at boot", "system-started", "host", "start")],
      [6013, reading("The system uptime", "uptime-reported", "host", "info")],
    ]),
  },
  {
    // Events 1100 to 1108 stand in the Security log, though the event log service writes them.
    provider: "Microsoft-Windows-Eventlog",
    channels: ["Security"],
    events: table([
      [1102, logCleared("The audit log was cleared", "audit-log-cleared")],
      [1100, reading("The event logging service has shut down", "logging-service-shutdown", "host", "end")],
      [
        1101,
        reading("Audit events have been dropped by the transport", "audit-events-dropped", "host", "info"),
      ],
      [1104, reading("The security log is now full", "logging-full", "host", "info")],
      [1105, reading("Event log automatic backup", "auditlog-archived", "host", "info")],
      [
        1108,
        reading("The event logging service encountered an error", "logging-processing-error", "host", "info"),
      ],
    ]),
  },
  {
    provider: "User32",
    aliases: ["USER32"],
    channels: ["System"],
    events: table([
      [
        1074,
        reading(
          "A process has initiated the restart or shutdown of the computer",
          "shutdown-initiated",
          "host",
          "end",
          [
            domainAccount("user", "param7"),
            executable("process", "param1"),
            ...copies({ "event.reason": "param3" }),
          ],
          { positions: ["param1", "param2", "param3", "param4", "param5", "param6", "param7"] },
        ),
      ],
      [
        1076,
        reading(
          "The reason supplied for the last unexpected shutdown",
          "shutdown-explained",
          "host",
          "info",
          [domainAccount("user", "param6")],
        ),
      ],
    ]),
  },
  {
    provider: "Microsoft-Windows-Kernel-General",
    channels: ["System"],
    events: table([
      [1, reading("The system time has changed", "system-time-changed", "configuration host", "change")],
      [12, reading("The operating system started", "system-started", "host", "start")],
      [13, reading("The operating system is shutting down", "system-shut-down", "host", "end")],
      [
        16,
        reading(
          "The access history in a registry hive was cleared",
          "registry-history-cleared",
          "registry",
          "change",
          [copy("registry.path", "HiveName")],
        ),
      ],
    ]),
  },
  {
    provider: "Microsoft-Windows-Kernel-Power",
    channels: ["System"],
    events: table([
      [
        41,
        reading(
          "The system has rebooted without cleanly shutting down first",
          "system-crashed",
          "host",
          "end",
          [],
          { outcome: "failure" },
        ),
      ],
      [42, reading("The system is entering sleep", "system-sleeping", "host", "end")],
      [
        109,
        reading(
          "The kernel power manager has initiated a shutdown transition",
          "shutdown-initiated",
          "host",
          "end",
        ),
      ],
    ]),
  },
  {
    provider: "Microsoft-Windows-WER-SystemErrorReporting",
    aliases: ["BugCheck"],
    channels: ["System"],
    events: table([
      [
        1001,
        reading(
          "The computer has rebooted from a bugcheck",
          "system-crashed",
          "host",
          "end",
          [copy("error.code", "param1")],
          { outcome: "failure" },
        ),
      ],
    ]),
  },
  {
    provider: "Microsoft-Windows-Resource-Exhaustion-Detector",
    channels: ["System"],
    events: table([
      [
        2004,
        reading(
          "Windows successfully diagnosed a low virtual memory condition",
          "low-memory-diagnosed",
          "host",
          "info",
          [set("event.reason", "low virtual memory")],
        ),
      ],
    ]),
  },
  {
    provider: "Microsoft-Windows-Time-Service",
    channels: ["System"],
    events: table([
      [
        35,
        reading("The time service is now synchronizing the system time", "time-synchronised", "host", "info"),
      ],
      [
        [36, 47, 134],
        reading(
          "The time service has not synchronized the system time",
          "time-not-synchronised",
          "host",
          "info",
          [],
          { outcome: "failure" },
        ),
      ],
    ]),
  },
  {
    provider: "disk",
    channels: ["System"],
    events: table([
      [
        [7, 11, 51, 153],
        reading("Disk input or output error", "disk-error", "host", "info", [], { outcome: "failure" }),
      ],
    ]),
  },
  {
    provider: "NTFS",
    aliases: ["Microsoft-Windows-Ntfs"],
    channels: ["System", "Microsoft-Windows-Ntfs/Operational"],
    events: table([
      [
        55,
        reading(
          "The file system structure on the disk is corrupt",
          "file-system-corrupt",
          "host",
          "info",
          [],
          { outcome: "failure" },
        ),
      ],
      [98, reading("Volume health state", "volume-health-reported", "host", "info")],
    ]),
  },
  {
    provider: "TermDD",
    channels: ["System"],
    events: table([
      [
        56,
        reading(
          "The Terminal Server security layer detected an error in the protocol stream",
          "rdp-protocol-error",
          "network",
          "protocol",
          [],
          { outcome: "failure" },
        ),
      ],
    ]),
  },
  {
    provider: "NETLOGON",
    channels: ["System"],
    events: table([
      [
        [5805, 5723],
        reading(
          "The session setup from a computer failed to authenticate",
          "machine-authentication-failed",
          "authentication",
          "start",
          [],
          { outcome: "failure" },
        ),
      ],
      [
        [5827, 5828, 5829, 5830, 5831],
        reading(
          "The Netlogon service met a vulnerable secure channel connection",
          "vulnerable-netlogon-connection",
          "authentication",
          "info",
        ),
      ],
    ]),
  },
  {
    provider: "Microsoft-Windows-GroupPolicy",
    channels: ["System"],
    events: table([
      [
        [1500, 1501, 1502, 1503],
        reading("Group Policy settings were processed", "group-policy-applied", "configuration", "info", [], {
          outcome: "success",
        }),
      ],
      [
        [1030, 1058, 1129],
        reading("The processing of Group Policy failed", "group-policy-failed", "configuration", "info", [], {
          outcome: "failure",
        }),
      ],
    ]),
  },
];
