import { type EventReading, reading, table } from "./reading.ts";
import {
  account,
  copies,
  copy,
  domainAccount,
  executable,
  filePath,
  integer,
  ip,
  port,
  type Step,
  set,
} from "./steps.ts";

const actor = account("user", "SubjectUserName", "SubjectDomainName", "SubjectUserSid");
const logonId = copy("winlog.logon.id", "SubjectLogonId");
const by = [actor, logonId];
const byProcess = [executable("process", "ProcessName"), integer("process.pid", "ProcessId")];

const started: Step[] = [
  actor,
  account("user.effective", "TargetUserName", "TargetDomainName", "TargetUserSid"),
  logonId,
  executable("process", "NewProcessName"),
  integer("process.pid", "NewProcessId"),
  executable("process.parent", "ParentProcessName"),
  integer("process.parent.pid", "ProcessId", "CreatorProcessId"),
  copy("process.command_line", "CommandLine"),
];
const service = [
  ...by,
  ...copies({ "service.name": "ServiceName", "service.type": "ServiceType" }),
  copy("process.command_line", "ServiceFileName"),
  copy("winlog.service.account", "ServiceAccount"),
];
const task = [...by, ...copies({ "winlog.task_scheduler.name": "TaskName" })];
const share: Step[] = [
  ...by,
  ip("source.ip", "IpAddress", "source.domain"),
  port("source.port", "IpPort"),
  ...copies({ "winlog.share.name": "ShareName", "winlog.share.path": "ShareLocalPath" }),
];
const object = [...by, ...byProcess, objectPath(), copy("winlog.object.type", "ObjectType")];
const requester = [
  domainAccount("user", "Requester"),
  ...copies({ "winlog.certificate.subject": "Subject" }),
];
const policy = [
  ...by,
  ...copies({ "winlog.audit_policy.subcategory_guid": "SubcategoryGuid" }),
  copy("winlog.audit_policy.subcategory", "SubcategoryId"),
  copy("winlog.audit_policy.changes", "AuditPolicyChanges"),
];

/** ObjectName is a file path only when ObjectType says so; a registry key is one otherwise. */
function objectPath(): Step {
  const asFile = filePath("ObjectName");
  const asKey = copy("registry.path", "ObjectName");
  return (fields) => {
    const type = fields["winlog.event_data.ObjectType"];
    if (type === "File") asFile(fields);
    else if (type === "Key") asKey(fields);
  };
}

const auditSetting = (title: string, action: string): EventReading =>
  reading(title, action, "configuration", "change", [by, byProcess]);

export const securityObject = table([
  [
    4688,
    reading("A new process has been created", "created-process", "process", "start", started, {
      outcome: "success",
    }),
  ],
  [
    4689,
    reading("A process has exited", "exited-process", "process", "end", [by, byProcess], {
      outcome: "success",
    }),
  ],
  [
    4696,
    reading("A primary token was assigned to process", "token-assigned", "process", "change", [
      by,
      byProcess,
    ]),
  ],
  [
    4697,
    reading(
      "A service was installed in the system",
      "service-installed",
      "configuration process",
      "creation",
      service,
    ),
  ],
  [
    4698,
    reading("A scheduled task was created", "scheduled-task-created", "configuration", "creation", task),
  ],
  [
    4699,
    reading("A scheduled task was deleted", "scheduled-task-deleted", "configuration", "deletion", task),
  ],
  [4700, reading("A scheduled task was enabled", "scheduled-task-enabled", "configuration", "change", task)],
  [
    4701,
    reading("A scheduled task was disabled", "scheduled-task-disabled", "configuration", "change", task),
  ],
  [4702, reading("A scheduled task was updated", "scheduled-task-updated", "configuration", "change", task)],
  [4608, reading("Windows is starting up", "system-started", "host", "start")],
  [4609, reading("Windows is shutting down", "system-shut-down", "host", "end")],
  [
    4610,
    reading(
      "An authentication package has been loaded by the Local Security Authority",
      "authentication-package-loaded",
      "configuration",
      "change",
    ),
  ],
  [
    4611,
    reading(
      "A trusted logon process has been registered with the Local Security Authority",
      "logon-process-registered",
      "configuration",
      "change",
      by,
    ),
  ],
  [
    4614,
    reading(
      "A notification package has been loaded by the Security Account Manager",
      "notification-package-loaded",
      "configuration",
      "change",
    ),
  ],
  [
    4616,
    reading("The system time was changed", "system-time-changed", "configuration host", "change", [
      by,
      byProcess,
    ]),
  ],
  [
    4622,
    reading(
      "A security package has been loaded by the Local Security Authority",
      "security-package-loaded",
      "configuration",
      "change",
    ),
  ],
  [4656, reading("A handle to an object was requested", "object-handle-requested", "file", "access", object)],
  [
    4657,
    reading("A registry value was modified", "registry-value-modified", "registry", "change", [
      by,
      byProcess,
      copy("registry.path", "ObjectName"),
      copy("registry.value", "ObjectValueName"),
      copy("registry.data.strings", "NewValue"),
    ]),
  ],
  [
    4658,
    reading("The handle to an object was closed", "object-handle-closed", "file", "access", [by, byProcess]),
  ],
  [
    4659,
    reading(
      "A handle to an object was requested with intent to delete",
      "object-delete-requested",
      "file",
      "deletion",
      object,
    ),
  ],
  [4660, reading("An object was deleted", "object-deleted", "file", "deletion", [by, byProcess])],
  [
    4661,
    reading(
      "A handle to an object was requested",
      "directory-object-handle-requested",
      "iam",
      "info",
      object,
    ),
  ],
  [
    4662,
    reading("An operation was performed on an object", "directory-object-accessed", "iam", "info", object),
  ],
  [4663, reading("An attempt was made to access an object", "object-accessed", "file", "access", object)],
  [
    4664,
    reading("An attempt was made to create a hard link", "hard-link-created", "file", "creation", [
      by,
      filePath("LinkName"),
    ]),
  ],
  [4670, reading("Permissions on an object were changed", "permissions-changed", "file", "change", object)],
  [
    4673,
    reading("A privileged service was called", "privileged-service-called", "iam", "admin", [
      by,
      byProcess,
      copy("winlog.privileges", "PrivilegeList"),
    ]),
  ],
  [
    4674,
    reading("An operation was attempted on a privileged object", "privileged-operation", "iam", "admin", [
      object,
      copy("winlog.privileges", "PrivilegeList"),
    ]),
  ],
  [
    4690,
    reading(
      "An attempt was made to duplicate a handle to an object",
      "handle-duplicated",
      "process",
      "access",
      by,
    ),
  ],
  [4692, reading("Backup of data protection master key was attempted", "dpapi-backup", "iam", "info", by)],
  [4703, reading("A user right was adjusted", "user-right-adjusted", "iam", "user change", [by, byProcess])],
  [
    4704,
    reading("A user right was assigned", "user-right-assigned", "iam", "user change", [
      by,
      account("user.target", "TargetSid", undefined, "TargetSid"),
    ]),
  ],
  [
    4705,
    reading("A user right was removed", "user-right-removed", "iam", "user change", [
      by,
      account("user.target", "TargetSid", undefined, "TargetSid"),
    ]),
  ],
  [
    4706,
    reading("A new trust was created to a domain", "domain-trust-added", "configuration", "creation", by),
  ],
  [4707, reading("A trust to a domain was removed", "domain-trust-removed", "configuration", "deletion", by)],
  [4713, reading("Kerberos policy was changed", "kerberos-policy-changed", "configuration", "change", by)],
  [
    4716,
    reading(
      "Trusted domain information was modified",
      "trusted-domain-information-changed",
      "configuration",
      "change",
      by,
    ),
  ],
  [
    4717,
    reading(
      "System security access was granted to an account",
      "system-security-access-granted",
      "iam",
      "user change",
      by,
    ),
  ],
  [
    4718,
    reading(
      "System security access was removed from an account",
      "system-security-access-removed",
      "iam",
      "user change",
      by,
    ),
  ],
  [
    4719,
    reading("System audit policy was changed", "changed-audit-config", "configuration", "change", policy),
  ],
  [4739, reading("Domain Policy was changed", "domain-policy-changed", "configuration", "change", by)],
  [4826, reading("Boot Configuration Data loaded", "boot-configuration-loaded", "host", "info", by)],
  [4902, auditSetting("The Per-user audit policy table was created", "user-audit-policy-created")],
  [4906, auditSetting("The CrashOnAuditFail value has changed", "crash-on-audit-changed")],
  [4907, auditSetting("Auditing settings on object were changed", "audit-setting-changed")],
  [4908, auditSetting("Special Groups Logon table modified", "special-group-table-changed")],
  [4912, auditSetting("Per User Audit Policy was changed", "per-user-audit-policy-changed")],
  [4817, auditSetting("Auditing settings on object were changed", "object-audit-changed")],
  [
    4714,
    auditSetting("Encrypted data recovery policy was changed", "encrypted-data-recovery-policy-changed"),
  ],
  [4715, auditSetting("The audit policy (SACL) on an object was changed", "object-audit-policy-changed")],
  [
    4904,
    reading(
      "An attempt was made to register a security event source",
      "security-event-source-added",
      "configuration",
      "change",
      [by, byProcess],
    ),
  ],
  [
    4905,
    reading(
      "An attempt was made to unregister a security event source",
      "security-event-source-removed",
      "configuration",
      "change",
      [by, byProcess],
    ),
  ],
  [
    4886,
    reading(
      "Certificate Services received a certificate request",
      "certificate-requested",
      "iam",
      "creation",
      requester,
    ),
  ],
  [
    4887,
    reading(
      "Certificate Services approved a certificate request and issued a certificate",
      "certificate-issued",
      "iam",
      "creation",
      requester,
      { outcome: "success" },
    ),
  ],
  [
    4888,
    reading(
      "Certificate Services denied a certificate request",
      "certificate-denied",
      "iam",
      "creation",
      requester,
      { outcome: "failure" },
    ),
  ],
  [5136, reading("A directory service object was modified", "directory-object-changed", "iam", "change", by)],
  [
    5137,
    reading("A directory service object was created", "directory-object-created", "iam", "creation", by),
  ],
  [
    5138,
    reading("A directory service object was undeleted", "directory-object-undeleted", "iam", "creation", by),
  ],
  [5139, reading("A directory service object was moved", "directory-object-moved", "iam", "change", by)],
  [
    5141,
    reading("A directory service object was deleted", "directory-object-deleted", "iam", "deletion", by),
  ],
  [
    5140,
    reading(
      "A network share object was accessed",
      "network-share-object-accessed",
      "network file",
      "access",
      share,
    ),
  ],
  [
    5142,
    reading(
      "A network share object was added",
      "network-share-object-added",
      "configuration",
      "creation",
      share,
    ),
  ],
  [
    5143,
    reading(
      "A network share object was modified",
      "network-share-object-modified",
      "configuration",
      "change",
      share,
    ),
  ],
  [
    5144,
    reading(
      "A network share object was deleted",
      "network-share-object-deleted",
      "configuration",
      "deletion",
      share,
    ),
  ],
  [
    5145,
    reading(
      "A network share object was checked to see whether client can be granted desired access",
      "network-share-object-access-checked",
      "network file",
      "access",
      [...share, copy("file.target_path", "RelativeTargetName"), filePath("RelativeTargetName")],
    ),
  ],
  [
    [5058, 5059, 5061],
    reading("Cryptographic key operation", "key-operation", "iam", "info", [
      by,
      set("event.reason", "cryptographic key"),
    ]),
  ],
  [
    6416,
    reading("A new external device was recognized by the System", "device-connected", "host", "info", [
      by,
      copy("device.model.name", "DeviceDescription"),
      copy("device.id", "DeviceId"),
    ]),
  ],
  [6424, reading("The installation of this device was allowed", "device-installed", "host", "info", by)],
]);
