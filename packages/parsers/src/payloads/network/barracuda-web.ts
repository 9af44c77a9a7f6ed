import type { Fields } from "@firebreak/model/event";
import type { ParseContext } from "@firebreak/model/format";
import { setSourceAccount } from "../../ecs/account.ts";
import { setVerdict } from "../../ecs/connection.ts";
import { setEndpoint } from "../../ecs/endpoint.ts";
import { setUrl } from "../../ecs/url.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";
import { isAbsent } from "../../text/absent.ts";
import { epochTime } from "../../time/epoch.ts";

const dataset = "proxy/barracuda-web";

export const payload = {
  name: dataset,
  title: "Barracuda Web Security Gateway (Web Filter)",
  programs: ["http_scan"],
  accepts: (message) => message.includes(" BYF ") && line.test(message),
  parse,
} satisfies SyslogPayload;

/**
 * Epoch, source, destination, content type, source again, URL, size, "BYF", what the proxy did and why, then the policy engine's part
 * behind its format version (Barracuda, "Syslog and the Barracuda Web Security Gateway").
 */
const line =
  /^(?:http_scan\[\d+\]: )?(\d{9,10}) (\d+) (\S{3,45}) ([\da-fA-F.:]{3,45})(?:\((\S{3,45})\))? (\S{1,100}) \S{1,45} (\S{1,4000}) (\d+) BYF (\w+) (\w+)(?: (Stream=>.*? FOUND))? ?(.*)$/;

function parse(message: string, envelope: SyslogEnvelope, context: ParseContext): PayloadDraft | undefined {
  const match = line.exec(message.length > 8192 ? message.slice(0, 8192) : message);
  if (!match) return undefined;
  const fields: Fields = {
    "observer.vendor": "Barracuda",
    "observer.product": "Web Security Gateway",
    "observer.type": "proxy",
    "event.category": ["web", "network"],
  };
  if (envelope.host !== undefined) fields["observer.name"] = envelope.host;
  setEndpoint(fields, "source", match[3]!);
  setEndpoint(fields, "destination", match[4]!);
  if (!isAbsent(match[6]!)) fields["http.response.mime_type"] = match[6]!;
  setUrl(fields, match[7]!);
  fields["destination.bytes"] = Number(match[8]);
  const word = match[9]!.toLowerCase();
  setVerdict(fields, word === "allowed" || word === "detected" ? word : "blocked", word);
  fields["event.type"] = [word === "allowed" ? "access" : "denied"];
  fields["event.reason"] = match[10]!;
  if (match[11] !== undefined) {
    fields["event.kind"] = "alert";
    fields["rule.name"] = match[11].replace(/^Stream=>|\s*FOUND$/g, "");
  }
  readPolicy(match[12]!, fields);
  const time = epochTime(match[1]!, context.time);
  return time ? { dataset, fields, time } : { dataset, fields };
}

/** "2 1 0 1 3 - 1 adult 0 - 0 sex.example adult anna": the matched part, its category and the user stand last. */
function readPolicy(text: string, fields: Fields): void {
  const words = text.trim().split(" ");
  if (words.length < 14) return;
  const category = words[12]!;
  if (!isAbsent(category) && category !== "CLEAN") fields["rule.category"] = category.replace(/(?:,-)+$/, "");
  const user = words[13]!.replace(/^\[|\]$/g, "");
  if (!isAbsent(user) && user !== "ANON" && user !== "ldap0:")
    setSourceAccount(fields, user.replace(/^ldap\d+:/, ""));
}
