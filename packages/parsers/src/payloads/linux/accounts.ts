import type { Fields } from "@firebreak/model/event";
import { rawField } from "../../ecs/raw.ts";
import type { PayloadDraft, SyslogPayload } from "../../syslog-payload.ts";
import { readPairs } from "../../text/pairs.ts";

const dataset = "linux/accounts";

export const payload = {
  name: dataset,
  title: "Account tools: useradd, usermod, userdel, groupadd, passwd, chage, chpasswd",
  programs: [
    "useradd",
    "usermod",
    "userdel",
    "adduser",
    "deluser",
    "groupadd",
    "groupmod",
    "groupdel",
    "gpasswd",
    "passwd",
    "chpasswd",
    "chage",
    "chfn",
    "chsh",
    "newusers",
    "vipw",
  ],
  parse,
} satisfies SyslogPayload;

interface Rule {
  pattern: RegExp;
  action: string;
  type: readonly string[];
  /** Which group of the match is the account, the group of accounts, the acting user. */
  target?: number;
  group?: number;
  actor?: number;
  failed?: true;
}

const rules: readonly Rule[] = [
  { pattern: /^new user: name=([^,]+)/, action: "user-created", type: ["user", "creation"], target: 1 },
  {
    pattern: /^new account added - account=([^,]+)/,
    action: "user-created",
    type: ["user", "creation"],
    target: 1,
  },
  { pattern: /^new group: name=([^,]+)/, action: "group-created", type: ["group", "creation"], group: 1 },
  {
    pattern: /^group added to \S+: name=([^,]+)/,
    action: "group-created",
    type: ["group", "creation"],
    group: 1,
  },
  {
    pattern: /^add(?:ed)? (?:user )?'?([^' ]+)'? to (?:shadow )?group '?([^' ]+)'?/,
    action: "user-added-to-group",
    type: ["group", "change"],
    target: 1,
    group: 2,
  },
  {
    pattern: /^user ([^\s]+) added by (\S+) to group (\S+)/,
    action: "user-added-to-group",
    type: ["group", "change"],
    target: 1,
    actor: 2,
    group: 3,
  },
  {
    pattern: /^delete '([^']+)' from (?:shadow )?group '([^']+)'/,
    action: "user-removed-from-group",
    type: ["group", "change"],
    target: 1,
    group: 2,
  },
  {
    pattern: /^user (\S+) removed by (\S+) from group (\S+)/,
    action: "user-removed-from-group",
    type: ["group", "change"],
    target: 1,
    actor: 2,
    group: 3,
  },
  { pattern: /^delete user '([^']+)'/, action: "user-deleted", type: ["user", "deletion"], target: 1 },
  {
    pattern: /^removed (?:shadow )?group '([^']+)' owned by '([^']+)'/,
    action: "group-deleted",
    type: ["group", "deletion"],
    group: 1,
  },
  {
    pattern: /^(?:remove group|group) '([^']+)' removed/,
    action: "group-deleted",
    type: ["group", "deletion"],
    group: 1,
  },
  {
    pattern: /^change user name '([^']+)' to '([^']+)'/,
    action: "user-renamed",
    type: ["user", "change"],
    target: 1,
  },
  {
    pattern: /^change user '([^']+)' (\S+) from '([^']*)' to '([^']*)'/,
    action: "user-changed",
    type: ["user", "change"],
    target: 1,
  },
  {
    pattern: /^change user '([^']+)' password/,
    action: "password-changed",
    type: ["user", "change"],
    target: 1,
  },
  {
    pattern: /^(un)?lock user '([^']+)' password/,
    action: "user-locked",
    type: ["user", "change"],
    target: 2,
  },
  {
    pattern: /^pam_unix\((?:passwd|chpasswd|usermod)[:\w]*\): password changed for (\S+)/,
    action: "password-changed",
    type: ["user", "change"],
    target: 1,
  },
  {
    pattern: /^password for '?([^']+?)'? changed by '?([^']+?)'?$/,
    action: "password-changed",
    type: ["user", "change"],
    target: 1,
    actor: 2,
  },
  {
    pattern: /^changed password expiry for (\S+)/,
    action: "password-expiry-changed",
    type: ["user", "change"],
    target: 1,
  },
  {
    pattern: /^changed user '([^']+)' (?:shell|information)/,
    action: "user-changed",
    type: ["user", "change"],
    target: 1,
  },
  {
    pattern: /^failed adding user '([^']+)'/,
    action: "user-created",
    type: ["user", "creation"],
    target: 1,
    failed: true,
  },
];

function parse(message: string): PayloadDraft | undefined {
  for (const rule of rules) {
    const match = rule.pattern.exec(message);
    if (!match) continue;
    const unlock = rule.action === "user-locked" && match[1] === "un";
    const fields: Fields = {
      "event.category": ["iam"],
      "event.type": rule.type,
      "event.action": unlock ? "user-unlocked" : rule.action,
      "event.outcome": rule.failed ? "failure" : "success",
    };
    if (rule.target !== undefined) fields["user.target.name"] = match[rule.target]!;
    if (rule.group !== undefined) fields["group.name"] = match[rule.group]!;
    if (rule.actor !== undefined) fields["user.name"] = match[rule.actor]!;
    if (rule.action.endsWith("-created")) readDetails(message, match[0].length, fields);
    return { dataset, fields };
  }
  return undefined;
}

/** "new user: name=x, UID=1001, GID=1001, home=/home/x, shell=/bin/bash, from=/dev/pts/1". */
function readDetails(message: string, at: number, fields: Fields): void {
  const isGroup = fields["group.name"] !== undefined;
  readPairs(message, at, (name, recorded) => {
    const value = recorded.endsWith(",") ? recorded.slice(0, -1) : recorded;
    const upper = name.toUpperCase();
    if (upper === "UID" && !isGroup) fields["user.target.id"] = value;
    else if (upper === "GID") fields[isGroup ? "group.id" : "user.target.group.id"] = value;
    else if (value !== "" && value !== "none") fields[rawField(name)] = value;
  });
}
