import type { Fields } from "@firebreak/model/event";
import { readWording } from "../../network/cisco/wording.ts";
import { readSignIn } from "../../network/sign-in-words.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";

const dataset = "network/a10";

export const payload = {
  name: dataset,
  title: "A10 Networks ACOS (Thunder, AX)",
  programs: ["a10logd"],
  accepts: (message) => head.test(message),
  parse,
} satisfies SyslogPayload;

/** "[ACOS]<4>  ADMIN: …", "[SYSTEM]<6> …": module and severity number. */
const head = /^\[([A-Z][A-Z0-9_-]{1,20})\]<([0-7])> +(?:([A-Z][A-Z0-9_ -]{1,20}): )?/;
const levels = ["emergency", "alert", "critical", "error", "warning", "notice", "informational", "debug"];

function parse(message: string, envelope: SyslogEnvelope): PayloadDraft | undefined {
  const match = head.exec(message);
  if (!match) return undefined;
  const fields: Fields = {
    "observer.vendor": "A10",
    "observer.product": "ACOS",
    "observer.type": "load-balancer",
    "event.severity": Number(match[2]),
    "log.level": levels[Number(match[2])]!,
    "firebreak.raw.module": match[3] ?? match[1]!,
  };
  if (envelope.host !== undefined) fields["observer.name"] = envelope.host;
  const text = message.slice(match[0].length);
  readWording(text, fields);
  readSignIn(text, fields);
  const session = /^Session for user "([^"]{1,64})".*\blogin (successful|failed)/i.exec(text);
  if (session) {
    const good = session[2]!.toLowerCase() === "successful";
    fields["event.category"] = ["authentication"];
    fields["event.type"] = [good ? "start" : "info"];
    fields["event.action"] = good ? "login" : "login-failed";
    fields["event.outcome"] = good ? "success" : "failure";
    fields["user.name"] = session[1]!;
  }
  const command =
    /^(?:A(?:dmin|udit)[^"]{0,80}user "?([\w.@-]{1,64})"?.*?)?\bCLI(?: command)?: ?"?(.{2,500}?)"?$/i.exec(
      text,
    );
  if (command) {
    fields["event.category"] = ["configuration"];
    fields["event.type"] = ["change"];
    fields["event.action"] = "command-executed";
    fields["process.command_line"] = command[2]!;
    if (command[1] !== undefined) fields["user.name"] ??= command[1];
  }
  fields["event.category"] ??= [fields["destination.ip"] === undefined ? "host" : "network"];
  fields["event.type"] ??= ["info"];
  return { dataset, fields };
}
