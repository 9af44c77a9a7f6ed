/**
 * The data of rendered messages in the order in which they stand there. Windows translates labels and keeps the order, so
 * a message in a language whose labels nobody listed is read by it. A layout holds for exactly as many lines as it has.
 */
const subject = ["SubjectUserSid", "SubjectUserName", "SubjectDomainName", "SubjectLogonId"];
const network = ["WorkstationName", "IpAddress", "IpPort"];
const authentication = [
  "LogonProcessName",
  "AuthenticationPackageName",
  "TransmittedServices",
  "LmPackageName",
  "KeyLength",
];
const newLogon = ["TargetUserSid", "TargetUserName", "TargetDomainName", "TargetLogonId"];
const outbound = ["TargetLinkedLogonId", "TargetOutboundUserName", "TargetOutboundDomainName"];
const process = ["ProcessId", "ProcessName"];
const logonEnd = [...process, ...network, ...authentication];
const newLogonOf2016 = ["ImpersonationLevel", ...newLogon, ...outbound, "LogonGuid", ...logonEnd];
const group = [...subject, "MemberSid", "MemberName", "TargetSid", "TargetUserName", "TargetDomainName"];
const service = ["ServiceName", "ServiceFileName", "ServiceType", "ServiceStartType", "ServiceAccount"];
const certificate = ["CertIssuerName", "CertSerialNumber", "CertThumbprint"];
const groupMember = [[...group, "PrivilegeList"]];

/** By event id of the Security log, and 7045 of the System log: a layout for each version of the event. */
export const layouts: ReadonlyMap<number, readonly (readonly string[])[]> = new Map([
  [
    4624,
    [
      [...subject, "LogonType", ...newLogon, "LogonGuid", ...logonEnd],
      [...subject, "LogonType", "ImpersonationLevel", ...newLogon, "LogonGuid", ...logonEnd],
      [...subject, "LogonType", "RestrictedAdminMode", "VirtualAccount", "ElevatedToken", ...newLogonOf2016],
      [
        ...subject,
        "LogonType",
        "RestrictedAdminMode",
        "RemoteCredentialGuard",
        "VirtualAccount",
        "ElevatedToken",
        ...newLogonOf2016,
      ],
    ],
  ],
  [
    4625,
    [
      [
        ...subject,
        "LogonType",
        "TargetUserSid",
        "TargetUserName",
        "TargetDomainName",
        "FailureReason",
        "Status",
        "SubStatus",
        ...logonEnd,
      ],
    ],
  ],
  [4634, [[...newLogon, "LogonType"]]],
  [
    4648,
    [
      [
        ...subject,
        "LogonGuid",
        "TargetUserName",
        "TargetDomainName",
        "TargetLogonGuid",
        "TargetServerName",
        "TargetInfo",
        ...process,
        "IpAddress",
        "IpPort",
      ],
    ],
  ],
  [
    4688,
    [
      [...subject, "NewProcessId", "NewProcessName", "TokenElevationType", "ProcessId"],
      [...subject, "NewProcessId", "NewProcessName", "TokenElevationType", "ProcessId", "CommandLine"],
      [
        ...subject,
        ...newLogon,
        "NewProcessId",
        "NewProcessName",
        "TokenElevationType",
        "MandatoryLabel",
        "ProcessId",
        "ParentProcessName",
        "CommandLine",
      ],
    ],
  ],
  [4697, [[...subject, ...service]]],
  [4698, [[...subject, "TaskName", "TaskContent"]]],
  [4728, groupMember],
  [4732, groupMember],
  [4756, groupMember],
  [
    4740,
    [
      [
        ...subject,
        "TargetSid",
        "TargetUserName",
        // The caller's machine: the event keeps it under this name.
        "TargetDomainName",
      ],
    ],
  ],
  [
    4768,
    [
      [
        "TargetUserName",
        "TargetDomainName",
        "TargetSid",
        "ServiceName",
        "ServiceSid",
        "IpAddress",
        "IpPort",
        "TicketOptions",
        "Status",
        "TicketEncryptionType",
        "PreAuthType",
        ...certificate,
      ],
    ],
  ],
  [
    4769,
    [
      [
        "TargetUserName",
        "TargetDomainName",
        "LogonGuid",
        "ServiceName",
        "ServiceSid",
        "IpAddress",
        "IpPort",
        "TicketOptions",
        "TicketEncryptionType",
        "Status",
        "TransmittedServices",
      ],
    ],
  ],
  [
    4771,
    [
      [
        "TargetSid",
        "TargetUserName",
        "ServiceName",
        "IpAddress",
        "IpPort",
        "TicketOptions",
        "Status",
        "PreAuthType",
        ...certificate,
      ],
    ],
  ],
  [4776, [["PackageName", "TargetUserName", "Workstation", "Status"]]],
  [1102, [subject]],
  [7045, [["ServiceName", "ImagePath", "ServiceType", "StartType", "AccountName"]]],
]);
