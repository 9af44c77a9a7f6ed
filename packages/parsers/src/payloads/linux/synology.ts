import type { Fields } from "@firebreak/model/event";
import type { PayloadDraft, SyslogPayload } from "../../syslog-payload.ts";
import { applyRules, eventFields, loginFields, rule } from "../../text/rules.ts";

const dataset = "virtual/synology";

export const payload = {
  name: dataset,
  title: "Synology DSM (connection, system and transfer log)",
  programs: [
    "connection",
    "winfilesystem",
    "webdav",
    "filestation",
    "synoscgi",
    "synologrotated",
    "scemd",
    "system",
  ],
  parse,
} satisfies SyslogPayload;

const who = String.raw`(?:Connection: )?User \[(.*?)\] from \[(?:(\S*?)\()?([0-9a-fA-F.:]+?)\)?\] `;

const rules = [
  rule(
    new RegExp(`${who}(?:failed to (?:log ?in|sign in) (?:via|to) )\\[(.*?)\\]`),
    "user.name source.domain source firebreak.raw.service",
    loginFields("failure"),
  ),
  rule(
    new RegExp(`${who}(?:logged in successfully|signed in to) ?(?:via )?\\[(.*?)\\]`),
    "user.name source.domain source firebreak.raw.service",
    loginFields("success"),
  ),
  rule(
    new RegExp(`${who}(?:logged out|signed out)`),
    "user.name source.domain source",
    eventFields("session", "end", "logout"),
  ),
  rule(
    /^.{0,100}?Event: (\w+), Path: (.*?), File\/Folder: \w+, Size: (.*?), User: (.*?), IP: (\S+)/,
    "firebreak.raw.operation file.path firebreak.raw.size user.name source",
    eventFields("file", "access", "file-transfer"),
  ),
];

const operations: Record<string, [string, string]> = {
  delete: ["file-deleted", "deletion"],
  rename: ["file-renamed", "change"],
  move: ["file-renamed", "change"],
  write: ["file-uploaded", "creation"],
  upload: ["file-uploaded", "creation"],
  read: ["file-downloaded", "access"],
  download: ["file-downloaded", "access"],
};

function parse(message: string): PayloadDraft | undefined {
  const fields: Fields | undefined = applyRules(rules, message);
  if (!fields) return undefined;
  const known = operations[String(fields["firebreak.raw.operation"] ?? "").toLowerCase()];
  if (known) {
    fields["event.action"] = known[0];
    fields["event.type"] = [known[1]];
  }
  return { dataset, fields };
}
