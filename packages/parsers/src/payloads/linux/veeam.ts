import type { Fields } from "@firebreak/model/event";
import { rawField } from "../../ecs/raw.ts";
import type { PayloadDraft, SyslogPayload } from "../../syslog-payload.ts";
import { readPairs } from "../../text/pairs.ts";

const dataset = "virtual/veeam";

export const payload = {
  name: dataset,
  title: "Veeam Backup & Replication",
  programs: ["veeam_mp", "veeam"],
  accepts: (message) => message.includes("[categoryId=") && message.includes(" instanceId="),
  parse,
} satisfies SyslogPayload;

/** `[origin enterpriseId="…"] [categoryId=0 instanceId=10010 … Description="…"]`: instanceId is the number of the event in Veeam's event reference. */
function parse(message: string): PayloadDraft | undefined {
  const start = message.indexOf("[categoryId=");
  if (start < 0) return undefined;
  const fields: Fields = { "observer.vendor": "Veeam" };
  readPairs(message, start + 1, (name, recorded) => {
    const value = recorded.endsWith("]") ? recorded.slice(0, -1) : recorded;
    if (value === "") return;
    if (name === "instanceId") fields["event.code"] = value;
    else if (name === "Description") fields.message = value;
    else if (name === "UserName" || name === "InitiatorName") fields["user.name"] = value;
    else fields[rawField(name)] = value;
  });
  const text = typeof fields.message === "string" ? fields.message : "";
  if (/\b(?:deleted|removed)\b/i.test(text)) setAction(fields, "change", "backup-object-deleted");
  else if (/\b(?:failed|error)\b/i.test(text)) {
    setAction(fields, "info", "backup-failed");
    fields["event.outcome"] = "failure";
  } else setAction(fields, "info", "backup-event");
  return { dataset, fields };
}

function setAction(fields: Fields, type: string, action: string): void {
  fields["event.category"] = ["host"];
  fields["event.type"] = [type];
  fields["event.action"] = action;
}
