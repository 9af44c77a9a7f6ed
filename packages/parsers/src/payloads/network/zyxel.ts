import type { Fields } from "@firebreak/model/event";
import { setSourceAccount } from "../../ecs/account.ts";
import { setVerdict } from "../../ecs/connection.ts";
import { assign, dictionary } from "../../ecs/dictionary.ts";
import { setAddressPort } from "../../ecs/endpoint.ts";
import { readSignIn } from "../../network/sign-in-words.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";
import { isAbsent } from "../../text/absent.ts";
import { readPairs } from "../../text/pairs.ts";

const dataset = "network/zyxel";

export const payload = {
  name: dataset,
  title: "Zyxel USG, ZyWALL and ATP (ZLD)",
  programs: [],
  accepts: (message) => start.test(message),
  parse,
} satisfies SyslogPayload;

/** `src="192.0.2.1:40000" dst="…" msg="…" note="ACCESS BLOCK" user="…" devID="…" cat="…"` (ZLD, "Log Reference"). */
const start = /^ ?src="[^"]{0,64}" dst="[^"]{0,64}" msg="/;

const known = dictionary({
  msg: "message",
  proto: "network.protocol:lower",
  protoID: "network.transport:transport",
  devID: "observer.serial_number",
  ob_mac: "source.mac:mac",
});

function parse(message: string, envelope: SyslogEnvelope): PayloadDraft | undefined {
  if (!start.test(message)) return undefined;
  const fields: Fields = { "observer.vendor": "Zyxel", "observer.type": "firewall" };
  if (envelope.host !== undefined) fields["observer.name"] = envelope.host;
  const values: Record<string, string> = Object.create(null);
  const cut = readPairs(message, 0, (name, value) => {
    if (name === "src" || name === "dst") {
      if (value !== "") setAddressPort(fields, name === "src" ? "source" : "destination", value);
    } else if (name === "note" || name === "cat" || name === "dir" || name === "user") values[name] = value;
    else assign(fields, known, name, value);
  });
  if (cut) fields["firebreak.truncated"] = true;
  finish(fields, values);
  return { dataset, fields };
}

function finish(fields: Fields, values: Record<string, string>): void {
  const { note = "", cat = "", dir = "", user = "" } = values;
  if (!isAbsent(user) && user !== "unknown") setSourceAccount(fields, user);
  if (cat !== "") fields["firebreak.raw.cat"] = cat;
  const zones = /^([^:]{1,60}):([^:]{1,60})$/.exec(dir);
  if (zones) {
    fields["observer.ingress.zone"] = zones[1]!;
    fields["observer.egress.zone"] = zones[2]!;
  }
  const text = typeof fields.message === "string" ? fields.message : "";
  const rule = /^Match (.{1,80}?), (?:DROP|REJECT|ACCEPT)/i.exec(text);
  if (rule) fields["rule.name"] = rule[1]!;
  const word = /^ACCESS (BLOCK|FORWARD)/i.exec(note)?.[1] ?? /\b(DROP|REJECT|ACCEPT)\b/.exec(text)?.[1];
  if (word !== undefined) {
    fields["event.category"] = ["network"];
    setVerdict(fields, /^(?:FORWARD|ACCEPT)$/i.test(word) ? "allowed" : "denied", note === "" ? word : note);
    const transport = /\b(TCP|UDP|ICMP)\b/.exec(text)?.[1];
    if (transport !== undefined) fields["network.transport"] ??= transport.toLowerCase();
    return;
  }
  if (note !== "") fields["event.action"] = note;
  readSignIn(text, fields);
  fields["event.category"] ??= [fields["destination.ip"] === undefined ? "host" : "network"];
  fields["event.type"] ??= ["info"];
}
