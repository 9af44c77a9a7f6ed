import type { Fields } from "@firebreak/model/event";
import { setEndpoint } from "../../ecs/endpoint.ts";
import { rawField } from "../../ecs/raw.ts";
import type { PayloadDraft, SyslogPayload } from "../../syslog-payload.ts";
import { readPairs } from "../../text/pairs.ts";

const dataset = "linux/pam";

export const payload = {
  name: dataset,
  title: "PAM modules, in any program",
  programs: [],
  accepts: (message) =>
    message.startsWith("pam_") ||
    message.startsWith("PAM ") ||
    message.startsWith("session opened for user ") ||
    message.startsWith("session closed for user ") ||
    message.startsWith("authentication failure;"),
  parse,
} satisfies SyslogPayload;

const modulePattern = /^(pam_\w+)\(([\w./-]+)(?::(\w+))?\): ?/;

/** "pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=192.0.2.1 user=root". */
function parse(message: string): PayloadDraft | undefined {
  const module = modulePattern.exec(message);
  const fields: Fields = {};
  let text = message;
  if (module) {
    fields["firebreak.raw.pam_module"] = module[1]!;
    fields["service.name"] = module[2]!;
    if (module[3] !== undefined) fields["firebreak.raw.pam_type"] = module[3];
    text = message.slice(module[0].length);
  }
  if (!readSession(text, fields) && !readFailure(text, fields) && !readOther(text, fields)) {
    if (!module) return undefined;
    fields["event.category"] = ["authentication"];
    fields["event.type"] = ["info"];
  }
  return { dataset, fields };
}

const opened = /^session opened for user ([^\s(]+)(?:\(uid=(\d+)\))? by (?:([^\s(]*)\(uid=(\d+)\)|(\S*))/;

function readSession(text: string, fields: Fields): boolean {
  if (!text.startsWith("session ")) return false;
  const start = opened.exec(text);
  if (start) {
    fields["event.category"] = ["session"];
    fields["event.type"] = ["start"];
    fields["event.action"] = "session-opened";
    fields["event.outcome"] = "success";
    fields["user.name"] = start[1]!;
    if (start[2] !== undefined) fields["user.id"] = start[2];
    const by = start[3] ?? start[5];
    // Who opened it for whom: "by alice(uid=1000)" makes alice the actor and the session's user the effective one.
    if (by !== undefined && by !== "" && by !== start[1]) {
      fields["user.name"] = by;
      fields["user.effective.name"] = start[1]!;
      if (start[4] !== undefined) fields["user.id"] = start[4];
      if (start[2] !== undefined) fields["user.effective.id"] = start[2];
    }
    return true;
  }
  const end = /^session closed for user (\S+)/.exec(text);
  if (!end) return false;
  fields["event.category"] = ["session"];
  fields["event.type"] = ["end"];
  fields["event.action"] = "session-closed";
  fields["user.name"] = end[1]!;
  return true;
}

const failure = /^(?:PAM )?(?:(\d+) more )?authentication failures?; |^authentication (failure|success); /;

function readFailure(text: string, fields: Fields): boolean {
  const match = failure.exec(text);
  if (!match) return false;
  const success = match[2] === "success";
  fields["event.category"] = ["authentication"];
  fields["event.type"] = [success ? "start" : "info"];
  fields["event.action"] = success ? "login" : "login-failed";
  fields["event.outcome"] = success ? "success" : "failure";
  if (match[1] !== undefined) fields["firebreak.repeat_count"] = Number(match[1]);
  readPairs(text, match[0].length, (name, value) => {
    if (value === "") return;
    if (name === "rhost") setEndpoint(fields, "source", value);
    else if (name === "user") fields["user.name"] = value;
    else fields[rawField(name)] = value;
  });
  return true;
}

const others: readonly { pattern: RegExp; action: string; reason: string; user: boolean }[] = [
  { pattern: /^check pass; user unknown/, action: "login-failed", reason: "user unknown", user: false },
  {
    pattern: /^check pass; user \(([^)]*)\) unknown/,
    action: "login-failed",
    reason: "user unknown",
    user: true,
  },
  { pattern: /^user "([^"]*)" unknown/, action: "login-failed", reason: "user unknown", user: true },
  { pattern: /^bad username \[(.*)\]/, action: "login-failed", reason: "bad username", user: true },
  { pattern: /^account (\S+) has expired/, action: "login-failed", reason: "account expired", user: true },
  {
    pattern: /^expired password for user (\S+)/,
    action: "login-failed",
    reason: "password expired",
    user: true,
  },
  {
    pattern: /^user (\S+) (?:tally|has time).*deny/,
    action: "account-locked",
    reason: "too many failures",
    user: true,
  },
  {
    pattern: /^(?:Consecutive login failures for )?user (\S+) account temporarily locked/,
    action: "account-locked",
    reason: "too many failures",
    user: true,
  },
  {
    pattern: /^Consecutive login failures for user (\S+) account temporarily locked/,
    action: "account-locked",
    reason: "too many failures",
    user: true,
  },
  { pattern: /^password changed for (\S+)/, action: "password-changed", reason: "", user: true },
  {
    pattern: /^access denied for user [`']([^`']*)[`'] from/,
    action: "login-failed",
    reason: "access denied",
    user: true,
  },
];

function readOther(text: string, fields: Fields): boolean {
  for (const { pattern, action, reason, user } of others) {
    const match = pattern.exec(text);
    if (!match) continue;
    const changed = action === "password-changed";
    fields["event.category"] = changed ? ["iam"] : ["authentication"];
    fields["event.type"] = changed ? ["user", "change"] : ["info"];
    fields["event.action"] = action;
    fields["event.outcome"] = changed ? "success" : "failure";
    if (reason !== "") fields["event.reason"] = reason;
    if (user) fields["user.name"] = match[1]!;
    return true;
  }
  return false;
}
