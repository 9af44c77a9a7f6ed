import { type ProviderReadings, reading, table } from "./reading.ts";
import { sqlAudit, sqlError, sqlLogin } from "./sql-server.ts";
import { copies, copy, executable, type Step } from "./steps.ts";

const crash: Step[] = [
  executable("process", "AppPath", "AppName"),
  copy("process.name", "AppName"),
  ...copies({ "error.code": "ExceptionCode", "winlog.crash.module": "ModuleName" }),
];
const crashNames = [
  "AppName",
  "AppVersion",
  "AppTimeStamp",
  "ModuleName",
  "ModuleVersion",
  "ModuleTimeStamp",
  "ExceptionCode",
  "FaultingOffset",
  "ProcessId",
  "ProcessCreationTime",
  "AppPath",
  "ModulePath",
  "IntegratorReportId",
  "PackageFullName",
  "PackageRelativeAppId",
];
export const applicationProviders: readonly ProviderReadings[] = [
  {
    provider: "Application Error",
    channels: ["Application"],
    events: table([
      [
        1000,
        reading("Faulting application name", "application-crashed", "process", "end", crash, {
          outcome: "failure",
          positions: crashNames,
        }),
      ],
    ]),
  },
  {
    provider: "Application Hang",
    channels: ["Application"],
    events: table([
      [
        1002,
        reading(
          "The program stopped interacting with Windows and was closed",
          "application-hung",
          "process",
          "end",
          [copy("process.name", "AppName")],
          { outcome: "failure", positions: ["AppName", "AppVersion"] },
        ),
      ],
    ]),
  },
  {
    provider: "Windows Error Reporting",
    channels: ["Application"],
    events: table([
      [1001, reading("Fault bucket", "crash-reported", "process", "info", [copy("process.name", "P1")], {})],
    ]),
  },
  {
    provider: ".NET Runtime",
    channels: ["Application"],
    events: table([
      [
        1026,
        reading(
          "Application crashed by an unhandled exception",
          "application-crashed",
          "process",
          "end",
          [],
          { outcome: "failure" },
        ),
      ],
    ]),
  },
  {
    provider: "Microsoft-Windows-EventSystem",
    channels: ["Application"],
    events: table([
      [
        4625,
        reading(
          "The EventSystem sub system is suppressing duplicate event log entries",
          "duplicates-suppressed",
          "host",
          "info",
        ),
      ],
    ]),
  },
  {
    provider: "MsiInstaller",
    channels: ["Application"],
    events: table([
      [
        [1033, 11707],
        reading("Windows Installer installed the product", "package-installed", "package", "installation"),
      ],
      [
        [1034, 11724],
        reading("Windows Installer removed the product", "package-removed", "package", "deletion"),
      ],
      [
        [1040, 1042],
        reading("A Windows Installer transaction began or ended", "package-transaction", "package", "info"),
      ],
      [
        11708,
        reading(
          "Windows Installer failed to install the product",
          "package-install-failed",
          "package",
          "installation",
          [],
          { outcome: "failure" },
        ),
      ],
    ]),
  },
  {
    provider: "ESENT",
    channels: ["Application"],
    events: table([
      [216, reading("A database location change was detected", "database-moved", "database", "change")],
      [
        [325, 326, 327],
        reading(
          "The database engine created, attached or detached a database",
          "database-opened",
          "database",
          "info",
        ),
      ],
    ]),
  },
  {
    provider: "MSSQLSERVER",
    channels: ["Application"],
    events: table([
      [
        823,
        reading(
          "The operating system returned an error to SQL Server",
          "database-io-failed",
          "database",
          "error",
          [sqlError],
          { outcome: "failure" },
        ),
      ],
      [
        824,
        reading(
          "SQL Server detected a logical consistency-based I/O error",
          "database-io-failed",
          "database",
          "error",
          [sqlError],
          { outcome: "failure" },
        ),
      ],
      [
        825,
        reading("A read of the file succeeded after failing", "database-io-retried", "database", "error", [
          sqlError,
        ]),
      ],
      [
        18456,
        reading("Login failed for user", "logon-failed", "authentication database", "start", [sqlLogin], {
          outcome: "failure",
        }),
      ],
      [
        [18453, 18454, 18455],
        reading("Login succeeded for user", "logged-in", "authentication database", "start", [sqlLogin], {
          outcome: "success",
        }),
      ],
      [
        15457,
        reading(
          "Configuration option changed",
          "database-option-changed",
          "database configuration",
          "change",
          [],
        ),
      ],
      [33205, reading("Audit event", "database-audited", "database", "access", [sqlAudit])],
    ]),
  },
];
