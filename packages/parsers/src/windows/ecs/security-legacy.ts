import type { Fields } from "@firebreak/model/event";
import { logonTypes, networkDirection, transports } from "../codes.ts";
import { type EventReading, reading, table } from "./reading.ts";
import { account, copy, executable, integer, ip, look, port, type Step } from "./steps.ts";

/**
 * Security events of Windows 2000 to 2003 (provider "Security"). Their data are unnamed; `positions` gives them the names
 * their successors carry, so that one rule reads both.
 */
const logonPositions = [
  "TargetUserName",
  "TargetDomainName",
  "TargetLogonId",
  "LogonType",
  "LogonProcessName",
  "AuthenticationPackageName",
  "WorkstationName",
  "LogonGuid",
  "SubjectUserName",
  "SubjectDomainName",
  "SubjectLogonId",
  "ProcessId",
  "TransmittedServices",
  "IpAddress",
  "IpPort",
];
const failurePositions = [
  "TargetUserName",
  "TargetDomainName",
  "LogonType",
  "LogonProcessName",
  "AuthenticationPackageName",
  "WorkstationName",
  "SubjectUserName",
  "SubjectDomainName",
  "SubjectLogonId",
  "ProcessId",
  "TransmittedServices",
  "IpAddress",
  "IpPort",
];
const target = account("user", "TargetUserName", "TargetDomainName");
const logonType = look("winlog.logon.type", "LogonType", logonTypes);
const from = [
  ip("source.ip", "IpAddress", "source.domain"),
  port("source.port", "IpPort"),
  integer("process.pid", "ProcessId"),
];
const logon: Step[] = [target, logonType, copy("winlog.logon.id", "TargetLogonId"), ...from];
const actor = account("user", "SubjectUserName", "SubjectDomainName");
const other = account("user.target", "TargetUserName", "TargetDomainName");

const loggedIn = (title: string) =>
  reading(title, "logged-in", "authentication", "start", logon, {
    outcome: "success",
    positions: logonPositions,
  });
const refused = (reason: string): EventReading =>
  reading(
    `Logon Failure: ${reason}`,
    "logon-failed",
    "authentication",
    "start",
    [target, logonType, ...from],
    {
      outcome: "failure",
      positions: failurePositions,
    },
  );
const changed = (title: string, action: string, type: string) =>
  reading(title, action, "iam", type, [actor, other], {
    positions: [
      "TargetUserName",
      "TargetDomainName",
      "TargetSid",
      "SubjectUserName",
      "SubjectDomainName",
      "SubjectLogonId",
      "PrivilegeList",
    ],
  });

/** 861 names the process and the port that asked to listen; its user and service are words after a colon. */
const firewallListen: Step[] = [
  account("user", "UserName", "UserDomain"),
  executable("process", "Path", "ProcessPath"),
  integer("process.pid", "ProcessId"),
  look("network.transport", "Protocol", transports),
  look(
    "network.type",
    "IpVersion",
    new Map([
      ["ipv4", "ipv4"],
      ["ipv6", "ipv6"],
    ]),
  ),
  port("source.port", "PortNumber"),
  look("network.direction", "Direction", networkDirection),
  listenVerdict,
];

/** Whether Windows Firewall let it listen is a datum of the record, not of its id. */
function listenVerdict(fields: Fields): void {
  const allowed = String(fields["winlog.event_data.Allowed"] ?? "").toLowerCase();
  const isAllowed = allowed === "yes" || allowed === "%%1842";
  if (!isAllowed && allowed !== "no" && allowed !== "%%1843") return;
  fields["event.action"] = isAllowed ? "listen-allowed" : "listen-blocked";
  fields["event.type"] = [isAllowed ? "allowed" : "denied", "info"];
  fields["event.outcome"] = isAllowed ? "success" : "failure";
}

export const securityLegacy = table([
  [512, reading("Windows NT is starting up", "system-started", "host", "start")],
  [513, reading("Windows NT is shutting down", "system-shut-down", "host", "end")],
  [
    517,
    reading(
      "The audit log was cleared",
      "log-cleared",
      "configuration",
      "deletion change",
      [account("user", "ClientUserName", "ClientDomain")],
      {
        outcome: "success",
        positions: [
          "PrimaryUserName",
          "PrimaryDomain",
          "PrimaryLogonId",
          "ClientUserName",
          "ClientDomain",
          "ClientLogonId",
        ],
      },
    ),
  ],
  [528, loggedIn("Successful Logon")],
  [540, loggedIn("Successful Network Logon")],
  [529, refused("Unknown user name or bad password")],
  [530, refused("Account logon time restriction violation")],
  [531, refused("Account currently disabled")],
  [532, refused("The specified user account has expired")],
  [533, refused("User not allowed to logon at this computer")],
  [534, refused("The user has not been granted the requested logon type at this machine")],
  [535, refused("The specified account's password has expired")],
  [536, refused("The NetLogon component is not active")],
  [537, refused("An error occurred during logon")],
  [539, refused("Account locked out")],
  [
    [538, 551],
    reading(
      "User Logoff",
      "logged-out",
      "authentication",
      "end",
      [target, logonType, copy("winlog.logon.id", "TargetLogonId")],
      {
        outcome: "success",
        positions: ["TargetUserName", "TargetDomainName", "TargetLogonId", "LogonType"],
      },
    ),
  ],
  [
    552,
    reading(
      "Logon attempt using explicit credentials",
      "logged-in-explicit",
      "authentication",
      "start",
      [actor, account("user.effective", "TargetUserName", "TargetDomainName"), ...from],
      {
        positions: [
          "SubjectUserName",
          "SubjectDomainName",
          "SubjectLogonId",
          "LogonGuid",
          "TargetUserName",
          "TargetDomainName",
          "TargetLogonGuid",
          "TargetServerName",
          "TargetInfo",
          "ProcessId",
          "IpAddress",
          "IpPort",
        ],
      },
    ),
  ],
  [
    576,
    reading(
      "Special privileges assigned to new logon",
      "logged-in-special",
      "iam authentication",
      "admin",
      [actor],
      {
        outcome: "success",
        positions: ["SubjectUserName", "SubjectDomainName", "SubjectLogonId", "PrivilegeList"],
      },
    ),
  ],
  [
    592,
    reading(
      "A new process has been created",
      "created-process",
      "process",
      "start",
      [
        actor,
        executable("process", "NewProcessName"),
        integer("process.pid", "NewProcessId"),
        integer("process.parent.pid", "ProcessId"),
      ],
      {
        outcome: "success",
        positions: [
          "NewProcessId",
          "NewProcessName",
          "ProcessId",
          "SubjectUserName",
          "SubjectDomainName",
          "SubjectLogonId",
        ],
      },
    ),
  ],
  [
    593,
    reading(
      "A process has exited",
      "exited-process",
      "process",
      "end",
      [actor, executable("process", "ProcessName"), integer("process.pid", "ProcessId")],
      {
        outcome: "success",
        positions: ["ProcessId", "ProcessName", "SubjectUserName", "SubjectDomainName", "SubjectLogonId"],
      },
    ),
  ],
  [
    601,
    reading(
      "Attempt to install service",
      "service-installed",
      "configuration process",
      "creation",
      [actor, copy("service.name", "ServiceName"), copy("process.command_line", "ServiceFileName")],
      {
        positions: [
          "ServiceName",
          "ServiceFileName",
          "ServiceType",
          "ServiceStartType",
          "ServiceAccount",
          "SubjectUserName",
          "SubjectDomainName",
          "SubjectLogonId",
        ],
      },
    ),
  ],
  [
    602,
    reading("Scheduled Task created", "scheduled-task-created", "configuration", "creation", [
      actor,
      copy("winlog.task_scheduler.name", "TaskName"),
    ]),
  ],
  [612, reading("Audit Policy Change", "changed-audit-config", "configuration", "change", [actor])],
  [624, changed("User Account Created", "added-user-account", "user creation")],
  [626, changed("User Account Enabled", "enabled-user-account", "user change")],
  [627, changed("Change Password Attempt", "changed-password", "user change")],
  [628, changed("User Account password set", "reset-password", "user change")],
  [629, changed("User Account Disabled", "disabled-user-account", "user change")],
  [630, changed("User Account Deleted", "deleted-user-account", "user deletion")],
  [642, changed("User Account Changed", "modified-user-account", "user change")],
  [644, changed("User Account Locked Out", "locked-out-user-account", "user change")],
  [[632, 636, 660], changed("Security Enabled Group Member Added", "added-member-to-group", "group change")],
  [
    [633, 637, 661],
    changed("Security Enabled Group Member Removed", "removed-member-from-group", "group change"),
  ],
  [
    672,
    reading(
      "Authentication Ticket Request",
      "kerberos-authentication-ticket-requested",
      "authentication",
      "start",
      [target, ...from],
    ),
  ],
  [
    673,
    reading("Service Ticket Request", "kerberos-service-ticket-requested", "authentication", "start", [
      target,
      ...from,
    ]),
  ],
  [
    675,
    reading(
      "Pre-authentication failed",
      "kerberos-preauth-failed",
      "authentication",
      "start",
      [target, ...from],
      { outcome: "failure" },
    ),
  ],
  [680, reading("Logon attempt by", "credential-validated", "authentication", "start", [target, ...from])],
  [
    682,
    reading("Session reconnected to winstation", "session-reconnected", "authentication session", "start", [
      target,
      ...from,
    ]),
  ],
  [
    683,
    reading("Session disconnected from winstation", "session-disconnected", "authentication session", "end", [
      target,
      ...from,
    ]),
  ],
  [
    848,
    reading(
      "The following policy was active when the Windows Firewall started",
      "firewall-policy-reported",
      "configuration network",
      "info",
    ),
  ],
  [
    849,
    reading(
      "An application was listed as an exception when the Windows Firewall started",
      "firewall-rule-listed",
      "configuration network",
      "info",
    ),
  ],
  [
    850,
    reading(
      "A port was listed as an exception when the Windows Firewall started",
      "firewall-rule-listed",
      "configuration network",
      "info",
    ),
  ],
  [
    851,
    reading(
      "A change has been made to the Windows Firewall application exception list",
      "firewall-rule-changed",
      "configuration network",
      "change",
    ),
  ],
  [
    852,
    reading(
      "A change has been made to the Windows Firewall port exception list",
      "firewall-rule-changed",
      "configuration network",
      "change",
    ),
  ],
  [
    861,
    reading(
      "The Windows Firewall has detected an application listening for incoming traffic",
      "listen-detected",
      "network",
      "info",
      firewallListen,
      {
        positions: [
          "Name",
          "Path",
          "ProcessId",
          "UserName",
          "UserDomain",
          "Service",
          "RpcServer",
          "IpVersion",
          "Protocol",
          "PortNumber",
          "Allowed",
          "UserNotified",
        ],
      },
    ),
  ],
]);
