import type { Fields } from "@firebreak/model/event";
import { setAccount } from "../../ecs/account.ts";
import type { PayloadDraft, SyslogPayload } from "../../syslog-payload.ts";
import { applyRules, eventFields, loginFields, rule } from "../../text/rules.ts";

const dataset = "linux/samba";

export const payload = {
  name: dataset,
  title: "Samba (authentication audit, full_audit, smbd)",
  programs: ["smbd", "smb", "samba", "nmbd", "winbindd", "smbd_audit"],
  parse,
} satisfies SyslogPayload;

const auth =
  /^.{0,80}?Auth: \[([^\]]*)\] user \[([^\]]*)\]\\\[([^\]]*)\] at \[[^\]]*\] with \[([^\]]*)\] status \[([^\]]*)\] workstation \[([^\]]*)\] remote host \[(?:ipv[46]:)?([^\]]*)\]/;

/** "bob|198.51.100.9|ws7|share|unlinkat|ok|file": the fields are set by full_audit:prefix; this is the common one. */
const audit =
  /^([^|]{1,100})\|([0-9a-fA-F.:]{7,45})\|(?:([^|]*)\|)?(?:([^|]*)\|)?(\w+)\|(ok|fail[^|]*)(?:\|(.*))?$/;

const rules = [
  rule(
    /^(?:\s*)authentication for user \[(.*?)\] -> \[.*?\] (?:-> \[.*?\] )?(?:FAILED with error|failed with error) (\S+)/i,
    "user.name event.reason",
    loginFields("failure"),
  ),
  rule(
    /^(\S+) \((?:ipv[46]:)?(\S+?)\) connect to service (\S+) initially as user (\S+)/,
    "source.domain source firebreak.raw.share user.name",
    eventFields("network session", "connection start", "share-connected", { "event.outcome": "success" }),
  ),
  rule(
    /^(\S+) \((?:ipv[46]:)?(\S+?)\) closed connection to service (\S+)/,
    "source.domain source firebreak.raw.share",
    eventFields("network session", "connection end", "share-disconnected"),
  ),
];

const operations: Record<string, { action: string; type: string }> = {
  unlinkat: { action: "file-deleted", type: "deletion" },
  unlink: { action: "file-deleted", type: "deletion" },
  rename: { action: "file-renamed", type: "change" },
  renameat: { action: "file-renamed", type: "change" },
  mkdirat: { action: "directory-created", type: "creation" },
  mkdir: { action: "directory-created", type: "creation" },
  rmdir: { action: "directory-deleted", type: "deletion" },
  pwrite: { action: "file-written", type: "change" },
  write: { action: "file-written", type: "change" },
  open: { action: "file-opened", type: "access" },
  openat: { action: "file-opened", type: "access" },
  create_file: { action: "file-opened", type: "access" },
};

function parse(message: string): PayloadDraft {
  const text = message.replace(/(?:#015)?\s*$/, "");
  const login = auth.exec(text);
  if (login) return { dataset, fields: readLogin(login) };
  const file = audit.exec(text);
  if (file) return { dataset, fields: readAudit(file) };
  return { dataset, fields: applyRules(rules, text) ?? {} };
}

function readLogin(match: RegExpExecArray): Fields {
  const success = match[5] === "NT_STATUS_OK";
  const read = applyRules(
    [rule(/^(\S+)$/, "source:port", loginFields(success ? "success" : "failure"))],
    match[7]!,
  );
  const fields: Fields = read ?? loginFields(success ? "success" : "failure");
  if (match[3] !== "") fields["user.name"] = match[3]!;
  if (match[2] !== "") fields["user.domain"] = match[2]!;
  if (match[6] !== "") fields["source.domain"] = match[6]!;
  if (!success) fields["event.reason"] = match[5]!;
  fields["firebreak.raw.service"] = match[1]!;
  fields["firebreak.raw.method"] = match[4]!;
  return fields;
}

function readAudit(match: RegExpExecArray): Fields {
  const known = operations[match[5]!] ?? { action: `smb-${match[5]!.replaceAll("_", "-")}`, type: "info" };
  const fields: Fields = eventFields("file", known.type, known.action, {
    "event.outcome": match[6] === "ok" ? "success" : "failure",
  });
  setAccount(fields, match[1]!);
  fields["source.ip"] = match[2]!;
  if (match[3]) fields["source.domain"] = match[3];
  if (match[4]) fields["firebreak.raw.share"] = match[4];
  // "open" names its mode before the file.
  if (match[7]) fields["file.path"] = match[7].replace(/^(?:r|w)\|/, "");
  return fields;
}
