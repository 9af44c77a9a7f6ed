import type { Fields } from "@firebreak/model/event";
import { type EventReading, reading, table } from "./reading.ts";
import { account, copy, type Step } from "./steps.ts";

const actor = account("user", "SubjectUserName", "SubjectDomainName", "SubjectUserSid");
const logonId = copy("winlog.logon.id", "SubjectLogonId");
const aboutUser = account("user.target", "TargetUserName", "TargetDomainName", "TargetSid");
const aboutGroup = account("group", "TargetUserName", "TargetDomainName", "TargetSid");
/** MemberName is a distinguished name, whose first part names the account; its SID is in MemberSid. */
const member: Step[] = [account("user.target", "MemberName", undefined, "MemberSid"), commonName];

function commonName(fields: Fields): void {
  const name = fields["user.target.name"];
  const match = typeof name === "string" ? /^CN=((?:[^,\\]|\\.){1,256})(?:,|$)/i.exec(name) : null;
  if (match !== null) fields["user.target.name"] = match[1]!.replace(/\\(.)/g, "$1");
}

const user = (title: string, action: string, type: string, category = "iam"): EventReading =>
  reading(title, action, category, `user ${type}`, [actor, aboutUser, logonId], {});

const group = (title: string, action: string, type: string): EventReading =>
  reading(title, action, "iam", `group ${type}`, [actor, aboutGroup, logonId], {});

const membership = (title: string, action: string): EventReading =>
  reading(title, action, "iam", "group change", [actor, aboutGroup, ...member, logonId], {});

const scopes: readonly (readonly [
  string,
  { created: number; changed: number; deleted: number; added: number; removed: number },
])[] = [
  ["security-enabled global", { created: 4727, added: 4728, removed: 4729, deleted: 4730, changed: 4737 }],
  ["security-enabled local", { created: 4731, added: 4732, removed: 4733, deleted: 4734, changed: 4735 }],
  ["security-enabled universal", { created: 4754, changed: 4755, added: 4756, removed: 4757, deleted: 4758 }],
  ["security-disabled local", { created: 4744, changed: 4745, added: 4746, removed: 4747, deleted: 4748 }],
  ["security-disabled global", { created: 4749, changed: 4750, added: 4751, removed: 4752, deleted: 4753 }],
  [
    "security-disabled universal",
    { created: 4759, changed: 4760, added: 4761, removed: 4762, deleted: 4763 },
  ],
];

/** Groups that grant nothing are distribution lists: their changes have words of their own. */
const groupRows = scopes.flatMap(([scope, ids]) => {
  const isList = scope.startsWith("security-disabled");
  const kind = isList ? "distribution-group-account" : "group-account";
  const to = isList ? "distribution-group" : "group";
  return [
    [ids.created, group(`A ${scope} group was created`, `added-${kind}`, "creation")] as const,
    [
      ids.changed,
      group(`A ${scope} group was changed`, `${isList ? "changed" : "modified"}-${kind}`, "change"),
    ] as const,
    [ids.deleted, group(`A ${scope} group was deleted`, `deleted-${kind}`, "deletion")] as const,
    [ids.added, membership(`A member was added to a ${scope} group`, `added-member-to-${to}`)] as const,
    [
      ids.removed,
      membership(`A member was removed from a ${scope} group`, `removed-member-from-${to}`),
    ] as const,
  ];
});

export const securityAccount = table([
  [4720, user("A user account was created", "added-user-account", "creation")],
  [4722, user("A user account was enabled", "enabled-user-account", "change")],
  [4723, user("An attempt was made to change an account's password", "changed-password", "change")],
  [4724, user("An attempt was made to reset an account's password", "reset-password", "change")],
  [4725, user("A user account was disabled", "disabled-user-account", "change")],
  [4726, user("A user account was deleted", "deleted-user-account", "deletion")],
  [4738, user("A user account was changed", "modified-user-account", "change")],
  [
    4740,
    reading("A user account was locked out", "locked-out-user-account", "iam", "user change", [
      // The subject is the domain controller itself; the event is about the locked account.
      account("user", "TargetUserName", undefined, "TargetSid"),
      account("user.target", "TargetUserName", undefined, "TargetSid"),
      // In this event alone TargetDomainName is the computer the bad passwords came from.
      copy("source.domain", "TargetDomainName"),
      logonId,
    ]),
  ],
  [4741, user("A computer account was created", "added-computer-account", "creation")],
  [4742, user("A computer account was changed", "changed-computer-account", "change")],
  [4743, user("A computer account was deleted", "deleted-computer-account", "deletion")],
  [4764, group("A group's type was changed", "type-changed-group-account", "change")],
  [4767, user("A user account was unlocked", "unlocked-user-account", "change")],
  [4781, user("The name of an account was changed", "renamed-user-account", "change")],
  [4782, user("The password hash of an account was accessed", "password-hash-accessed", "info")],
  [4793, user("The Password Policy Checking API was called", "password-policy-checked", "info")],
  [
    4794,
    user(
      "An attempt was made to set the Directory Services Restore Mode administrator password",
      "dsrm-password-set",
      "change",
    ),
  ],
  [4798, user("A user's local group membership was enumerated", "group-membership-enumerated", "info")],
  [4799, group("A security-enabled local group membership was enumerated", "user-member-enumerated", "info")],
  [4765, user("SID History was added to an account", "sid-history-added", "change")],
  [4766, user("An attempt to add SID History to an account failed", "sid-history-add-failed", "change")],
  [
    4780,
    user("The ACL was set on accounts which are members of administrators groups", "admin-acl-set", "change"),
  ],
  ...groupRows,
]);
