import type { Fields } from "@firebreak/model/event";
import { setAccount } from "../../ecs/account.ts";
import { macOf } from "../../ecs/dictionary.ts";
import { setEndpoint } from "../../ecs/endpoint.ts";
import { kebabCase } from "../../ecs/verdict.ts";
import { readSignIn } from "../../network/sign-in-words.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";
import { isAbsent } from "../../text/absent.ts";

const dataset = "network/aruba";

export const payload = {
  name: dataset,
  title: "Aruba wireless controllers (AOS 6 to 8) and switches (AOS-CX)",
  programs: [],
  accepts: (message) => controller.test(message) || switchEvent.test(message),
  parse,
} satisfies SyslogPayload;

/** "<522008> <NOTI> <md1 192.0.2.30>  User Authentication Successful: username=…" (ArubaOS, "Syslog Messages Reference Guide"). */
const controller =
  /^<(\d{6})> (?:<\d{1,6}> )?<(DBUG|INFO|NOTI|WARN|ERRS|CRIT|ALRT|EMRG)> +(?:<([^\s>]{1,64})(?: [^>]{0,64})?> |\|([^|]{1,120})\| )? *([\s\S]*)$/;
/** "Event|4608|LOG_INFO|AMM|1/1|User admin logged in from …" (AOS-CX, "Event Log Message Reference"). */
const switchEvent = /^Event\|(\d{1,6})\|LOG_(\w{3,8})\|([^|]{0,40})\|([^|]{0,20})\|([\s\S]*)$/;

const levels: Record<string, string> = {
  DBUG: "debug",
  INFO: "informational",
  NOTI: "notice",
  WARN: "warning",
  ERRS: "error",
  CRIT: "critical",
  ALRT: "alert",
  EMRG: "emergency",
};

function parse(message: string, envelope: SyslogEnvelope): PayloadDraft | undefined {
  const found = controller.exec(message);
  const event = found ? undefined : switchEvent.exec(message);
  if (!found && !event) return undefined;
  const fields: Fields = {
    "observer.vendor": "Aruba",
    "observer.product": found ? "ArubaOS" : "AOS-CX",
    "observer.type": found ? "wireless" : "switch",
    "event.code": (found ?? event)![1]!,
  };
  const name = found?.[3] ?? envelope.host;
  if (name !== undefined) fields["observer.name"] = name;
  const text = (found ? found[5]! : event![5]!).trim();
  fields.message = text;
  if (found) {
    fields["log.level"] = levels[found[2]!]!;
    readStation(text, fields);
  } else {
    fields["log.level"] = event![2]!.toLowerCase();
    fields["firebreak.raw.category"] = event![3]!;
  }
  finish(text, fields);
  return { dataset, fields };
}

const mac = "((?:[0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2})";
const pair =
  /\b(username|user|MAC|IP|role|VLAN|AP|SSID|auth method|auth server|name)[=:] ?([^\s,=]{1,120}(?: [^\s,=:]{1,40}(?=$|,))?)/g;
const wireless = new RegExp(
  `^(Auth(?:entication)? (?:success|request|failure)|Auth from sta|Assoc (?:success|request|failure)|Deauth (?:from|to) sta|Disassoc from sta|Station (?:Up|Down)|Ageout|Blacklist add|Handle)\\b[^0-9a-fA-F]{0,80}(?:@ [\\d:.]{8,20}: )?${mac}`,
  "i",
);
const accessPoint = /\bAP ([0-9a-fA-F.:]{7,45})-((?:[0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2})-([\w.:-]{1,64})/;

/** Who and what a message is about: pairs, or the station behind the words of 802.11. */
function readStation(text: string, fields: Fields): void {
  const known = text.slice(0, 2000);
  for (const [, name, value] of known.matchAll(pair)) {
    if (isAbsent(value!)) continue;
    if (name === "username" || name === "user") {
      if (macOf(value!) === undefined) setAccount(fields, value!);
    } else if (name === "MAC") fields["source.mac"] = macOf(value!) ?? value!;
    else if (name === "IP") setEndpoint(fields, "source", value!);
    else fields[`firebreak.raw.${name!.replace(" ", "_")}`] = value!;
  }
  const station = wireless.exec(known);
  if (station) {
    const address = macOf(station[2]!);
    if (address !== undefined) fields["source.mac"] ??= address;
    fields["event.action"] = kebabCase(station[1]!);
  }
  const ap = accessPoint.exec(known);
  if (ap) {
    fields["firebreak.raw.AP"] = ap[3]!;
    const ip = ap[1]!;
    fields["firebreak.raw.AP_address"] = ip;
  }
}

function finish(text: string, fields: Fields): void {
  readSignIn(text, fields);
  const from = /\bfrom (?:IP )?((?:\d{1,3}\.){3}\d{1,3}|[0-9a-fA-F]*:[0-9a-fA-F:]{2,43})\b/.exec(
    text.slice(0, 1000),
  );
  if (from && fields["source.ip"] === undefined) setEndpoint(fields, "source", from[1]!);
  const action = fields["event.action"];
  if (fields["event.category"] === undefined && typeof action === "string") {
    fields["event.category"] = ["network"];
    fields["event.type"] = [/^(?:assoc-success|station-up)/.test(action) ? "start" : "info"];
    if (action.endsWith("success")) fields["event.outcome"] = "success";
    else if (action.endsWith("failure")) fields["event.outcome"] = "failure";
  }
  fields["event.category"] ??= ["host"];
  fields["event.type"] ??= ["info"];
  const client =
    /^Client (?:[0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2} (?:is )?(authenticated|de-?authenticated|associated|disassociated|rejected|failed[\w ]{0,40})/i.exec(
      text,
    );
  if (client) {
    fields["event.action"] ??= kebabCase(`client ${client[1]}`);
    if (/^authenticated/i.test(client[1]!)) fields["event.outcome"] = "success";
    else if (/^(?:rejected|failed)/i.test(client[1]!)) fields["event.outcome"] = "failure";
  }
  const words = /^([A-Za-z][\w ]{3,60}?)(?::|$)/.exec(text);
  if (words) fields["event.action"] ??= kebabCase(words[1]!);
}
