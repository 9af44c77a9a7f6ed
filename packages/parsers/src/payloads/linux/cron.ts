import type { Fields } from "@firebreak/model/event";
import type { PayloadDraft, SyslogPayload } from "../../syslog-payload.ts";

const dataset = "linux/cron";

export const payload = {
  name: dataset,
  title: "cron, anacron and atd",
  programs: ["cron", "crond", "crontab", "anacron", "atd", "cronie", "fcron"],
  parse,
} satisfies SyslogPayload;

const actions: Record<string, { action: string; category: string; type: string }> = {
  CMD: { action: "scheduled-command", category: "process", type: "start" },
  CMDOUT: { action: "scheduled-command-output", category: "process", type: "info" },
  CMDEND: { action: "scheduled-command-ended", category: "process", type: "end" },
  REPLACE: { action: "crontab-replaced", category: "configuration", type: "change" },
  "BEGIN EDIT": { action: "crontab-edit-started", category: "configuration", type: "access" },
  "END EDIT": { action: "crontab-edit-ended", category: "configuration", type: "access" },
  LIST: { action: "crontab-listed", category: "configuration", type: "access" },
  DELETE: { action: "crontab-deleted", category: "configuration", type: "deletion" },
  RELOAD: { action: "crontab-reloaded", category: "configuration", type: "info" },
  MAIL: { action: "scheduled-command-output", category: "process", type: "info" },
  "WRONG FILE OWNER": { action: "crontab-refused", category: "configuration", type: "info" },
  ORPHAN: { action: "crontab-refused", category: "configuration", type: "info" },
  STARTUP: { action: "service-started", category: "process", type: "start" },
  AUTH: { action: "crontab-refused", category: "configuration", type: "denied" },
};

/** "(root) CMD (command)", "(alice) REPLACE (alice)", as vixie-cron and cronie print them. */
const pattern = /^\((.*?)\) ([A-Z][A-Za-z -]{1,40}?) \(([\s\S]*)\)\)?\s*$/;

function parse(message: string): PayloadDraft | undefined {
  const match = pattern.exec(message);
  if (!match) return undefined;
  const fields: Fields = { "user.name": match[1]! };
  const word = match[2]!;
  const known = Object.hasOwn(actions, word) ? actions[word]! : undefined;
  if (known) {
    fields["event.category"] = [known.category];
    fields["event.type"] = [known.type];
    fields["event.action"] = known.action;
  }
  if (word.startsWith("CMD")) fields["process.command_line"] = match[3]!.trim();
  else if (match[3] !== "") fields["firebreak.raw.detail"] = match[3]!;
  fields["firebreak.raw.cron_event"] = word;
  if (fields["user.name"] === "CRON" || fields["user.name"] === "*system*") delete fields["user.name"];
  return { dataset, fields };
}
