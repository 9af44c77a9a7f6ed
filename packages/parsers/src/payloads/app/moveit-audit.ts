import type { Fields } from "@firebreak/model/event";
import { setEndpoint } from "../../ecs/endpoint.ts";
import { rawField } from "../../ecs/raw.ts";
import { kebabCase } from "../../ecs/verdict.ts";
import type { PayloadDraft, SyslogPayload } from "../../syslog-payload.ts";
import { isAbsent } from "../../text/absent.ts";
import { integerOf } from "../../text/numbers.ts";
import { eventFields, loginFields } from "../../text/rules.ts";

const dataset = "app/moveit-audit";
const maxPairs = 60;

/** `… : FAILED: Sign On, ID: 12, IPAddress: 203.0.113.9, Username: bob, AgentBrand: MOVEit …, Message: …`. */
const signature = /(?:^|[ ,])IPAddress: ?\S/;
const subject = /(?:^|: |\s)((?:FAILED: )?[A-Z][A-Za-z][^,:]{1,60}), ID: ?\d/;
const who = /User '([^']{0,200})' \(([^)]{0,200})\)/;

export const payload = {
  name: dataset,
  title: "MOVEit Transfer audit messages in syslog",
  programs: [],
  accepts: (message) =>
    message.includes("IPAddress:") && signature.test(message) && /AgentBrand: ?|MOVEit/.test(message),
  parse,
} satisfies SyslogPayload;

function parse(message: string): PayloadDraft | undefined {
  const named = subject.exec(message);
  if (!named || !signature.test(message)) return undefined;
  const pairs = readPairs(message.slice(named.index + named[0].lastIndexOf(", ID:") + 2));
  const isFailed = named[1]!.startsWith("FAILED: ");
  const action = isFailed ? named[1]!.slice(8) : named[1]!;
  const fields: Fields = actionFields(action, isFailed);
  const user = who.exec(message.slice(0, named.index + named[0].length));
  if (user?.[1] && user[1] !== user[2]) fields["user.full_name"] = user[1];
  const name = pairs.get("Username") ?? user?.[2];
  if (name !== undefined && name !== "") fields["user.name"] = name;
  place(fields, pairs);
  fields.message = message;
  return { dataset, fields };
}

/** `Key: value, Key: value`; Message is last and may hold commas. */
function readPairs(text: string): Map<string, string> {
  const pairs = new Map<string, string>();
  for (const part of text.slice(0, 65_536).split(/, (?=[A-Z][A-Za-z]{1,30}: ?)/, maxPairs)) {
    const colon = part.indexOf(":");
    if (colon > 0) pairs.set(part.slice(0, colon).trim(), part.slice(colon + 1).trim());
  }
  return pairs;
}

function place(fields: Fields, pairs: ReadonlyMap<string, string>): void {
  for (const [name, value] of pairs) {
    if (isAbsent(value)) continue;
    if (name === "IPAddress") setEndpoint(fields, "source", value);
    else if (name === "FileName" || name === "Filename") fields["file.name"] = value;
    else if (name === "FolderPath" || name === "Folder") fields["file.directory"] = value;
    else if (name === "FileSize" || name === "Size") {
      const size = integerOf(value);
      if (size !== undefined) fields["file.size"] = size;
    } else if (name === "Message") fields["event.reason"] = value;
    else if (name !== "Username") fields[rawField(name)] = value;
  }
  const folder = fields["file.directory"];
  const file = fields["file.name"];
  if (typeof folder === "string" && typeof file === "string")
    fields["file.path"] = `${folder.replace(/\/$/, "")}/${file}`;
}

function actionFields(action: string, isFailed: boolean): Fields {
  const outcome = { "event.outcome": isFailed ? "failure" : "success" };
  if (/^Sign(?:ed)? ?[Oo]n/.test(action)) return loginFields(isFailed ? "failure" : "success");
  if (/^Sign(?:ed)? ?[Oo](?:ff|ut)/.test(action)) return eventFields("session", "end", "logout", outcome);
  if (/^(?:Upload|File Upload)/.test(action))
    return eventFields(
      "file network",
      "creation",
      isFailed ? "file-access-failed" : "file-uploaded",
      outcome,
    );
  if (/^(?:Download|File Download)/.test(action))
    return eventFields(
      "file network",
      "access",
      isFailed ? "file-access-failed" : "file-downloaded",
      outcome,
    );
  if (/^Delet\w* File/.test(action))
    return eventFields("file network", "deletion", isFailed ? "file-access-failed" : "file-deleted", outcome);
  if (/\bUser\b/.test(action)) return eventFields("iam", "user change", kebabCase(action), outcome);
  return eventFields("configuration", "change", kebabCase(action), outcome);
}
