import type { Fields } from "@firebreak/model/event";
import { kerberosStatus, logonStatus, logonTypes, ticketEncryption } from "../codes.ts";
import { type EventReading, reading, table } from "./reading.ts";
import { account, copy, executable, integer, ip, look, outcomeFrom, port, set } from "./steps.ts";

/** The account the event is about: the one that logs on or off. */
const target = account("user", "TargetUserName", "TargetDomainName", "TargetUserSid");
const subject = account("user", "SubjectUserName", "SubjectDomainName", "SubjectUserSid");
const effective = account("user.effective", "TargetUserName", "TargetDomainName", "TargetUserSid");
const logonType = look("winlog.logon.type", "LogonType", logonTypes);
const targetLogonId = copy("winlog.logon.id", "TargetLogonId");
const subjectLogonId = copy("winlog.logon.id", "SubjectLogonId");
const from = [ip("source.ip", "IpAddress", "source.domain"), port("source.port", "IpPort")];
const process = [executable("process", "ProcessName"), integer("process.pid", "ProcessId")];

const logon = [target, logonType, targetLogonId, workstation, from, process].flat();
const failure = [
  look("winlog.logon.failure.reason", "SubStatus", logonStatus),
  look("winlog.logon.failure.status", "Status", logonStatus),
  copy("error.code", "Status"),
];
/** "ann@OFFICE.EXAMPLE" of service tickets: the realm stands in the domain as well. */
function withoutRealm(fields: Fields): void {
  const name = fields["user.name"];
  const at = typeof name === "string" ? name.lastIndexOf("@") : -1;
  if (at <= 0) return;
  const [account, realm] = [(name as string).slice(0, at), (name as string).slice(at + 1)];
  if (realm.toLowerCase() === String(fields["user.domain"] ?? realm).toLowerCase()) {
    fields["user.name"] = account;
    fields["user.domain"] ??= realm;
  }
}

const kerberos = [
  target,
  withoutRealm,
  from,
  copy("service.name", "ServiceName"),
  look("winlog.kerberos.encryption", "TicketEncryptionType", ticketEncryption),
  look("event.reason", "Status", kerberosStatus),
  outcomeFrom("Status"),
];
const session = [
  account("user", "AccountName", "AccountDomain"),
  copy("winlog.logon.id", "LogonID"),
  ip("source.ip", "ClientAddress", "source.domain"),
  copy("source.domain", "ClientName"),
];

/** In network logons the workstation is the client; in logons at the machine or by remote desktop it is the machine itself. */
function workstation(fields: Fields): void {
  const type = String(fields["winlog.event_data.LogonType"] ?? "3");
  if (type === "3" || type === "8" || type === "9") fromWorkstation(fields);
}
const fromWorkstation = copy("source.domain", "WorkstationName");

/** 4625 and its kin: one shape for every refused logon. */
const failedLogon: EventReading = reading(
  "An account failed to log on",
  "logon-failed",
  "authentication",
  "start",
  [target, logonType, workstation, from, process, failure],
  { outcome: "failure" },
);

export const securityLogon = table([
  [
    4624,
    reading("An account was successfully logged on", "logged-in", "authentication", "start", logon, {
      outcome: "success",
    }),
  ],
  [4625, failedLogon],
  [
    4634,
    reading(
      "An account was logged off",
      "logged-out",
      "authentication",
      "end",
      [target, logonType, targetLogonId],
      {
        outcome: "success",
      },
    ),
  ],
  [
    4647,
    reading("User initiated logoff", "logged-out", "authentication", "end", [target, targetLogonId], {
      outcome: "success",
    }),
  ],
  [
    4648,
    reading(
      "A logon was attempted using explicit credentials",
      "logged-in-explicit",
      "authentication",
      "start",
      [
        subject,
        effective,
        subjectLogonId,
        copy("destination.domain", "TargetServerName"),
        from,
        process,
      ].flat(),
    ),
  ],
  [
    4649,
    reading("A replay attack was detected", "replay-detected", "authentication intrusion_detection", "info", [
      subject,
      effective,
    ]),
  ],
  [
    4672,
    reading(
      "Special privileges assigned to new logon",
      "logged-in-special",
      "iam authentication",
      "admin",
      [subject, subjectLogonId, copy("winlog.privileges", "PrivilegeList")],
      { outcome: "success" },
    ),
  ],
  [
    4675,
    reading("SIDs were filtered", "sids-filtered", "authentication", "info", [
      account("user", "TargetUserName", "TargetDomainName", "TargetUserSid"),
    ]),
  ],
  [
    4768,
    reading(
      "A Kerberos authentication ticket (TGT) was requested",
      "kerberos-authentication-ticket-requested",
      "authentication",
      "start",
      [account("user", "TargetUserName", "TargetDomainName", "TargetSid"), ...kerberos],
    ),
  ],
  [
    4769,
    reading(
      "A Kerberos service ticket was requested",
      "kerberos-service-ticket-requested",
      "authentication",
      "start",
      kerberos,
    ),
  ],
  [
    4770,
    reading(
      "A Kerberos service ticket was renewed",
      "kerberos-service-ticket-renewed",
      "authentication",
      "start",
      kerberos,
    ),
  ],
  [
    4771,
    reading(
      "Kerberos pre-authentication failed",
      "kerberos-preauth-failed",
      "authentication",
      "start",
      [account("user", "TargetUserName", undefined, "TargetSid"), ...kerberos],
      { outcome: "failure" },
    ),
  ],
  [
    4776,
    reading(
      "The computer attempted to validate the credentials for an account",
      "credential-validated",
      "authentication",
      "start",
      [
        account("user", "TargetUserName"),
        copy("source.domain", "Workstation"),
        look("event.reason", "Status", logonStatus),
        outcomeFrom("Status"),
      ],
    ),
  ],
  [
    4777,
    reading(
      "The domain controller failed to validate the credentials for an account",
      "credential-validation-failed",
      "authentication",
      "start",
      [account("user", "TargetUserName"), copy("source.domain", "Workstation")],
      { outcome: "failure" },
    ),
  ],
  [
    4778,
    reading(
      "A session was reconnected to a Window Station",
      "session-reconnected",
      "authentication session",
      "start",
      session,
      {
        outcome: "success",
      },
    ),
  ],
  [
    4779,
    reading(
      "A session was disconnected from a Window Station",
      "session-disconnected",
      "authentication session",
      "end",
      session,
      {
        outcome: "success",
      },
    ),
  ],
  [
    4800,
    reading("The workstation was locked", "workstation-locked", "session", "end", [target, targetLogonId]),
  ],
  [
    4801,
    reading("The workstation was unlocked", "workstation-unlocked", "session", "start", [
      target,
      targetLogonId,
    ]),
  ],
  [
    4964,
    reading(
      "Special groups have been assigned to a new logon",
      "logged-in-special",
      "iam authentication",
      "admin",
      [target, targetLogonId],
    ),
  ],
  [
    5379,
    reading("Credential Manager credentials were read", "credentials-read", "iam", "info", [
      subject,
      copy("winlog.credential.target", "TargetName"),
    ]),
  ],
  [
    [5381, 5382],
    reading("Vault credentials were read", "vault-credentials-read", "iam", "info", [
      subject,
      set("event.reason", "vault"),
    ]),
  ],
]);
