import type { Fields } from "@firebreak/model/event";
import { setVerdict } from "../../ecs/connection.ts";
import { setEndpoint } from "../../ecs/endpoint.ts";
import { transportOf } from "../../ecs/transport.ts";
import { kebabCase } from "../../ecs/verdict.ts";
import { readWording } from "../../network/cisco/wording.ts";
import { readSignIn } from "../../network/sign-in-words.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";

const dataset = "network/hillstone";

export const payload = {
  name: dataset,
  title: "Hillstone StoneOS",
  programs: [],
  accepts: (message) => header.test(message),
  parse,
} satisfies SyslogPayload;

/** "2500123(root) 44243624@Traffic@SESSION: " or "… Traffic@FLOW: ", after the device's serial number. */
const header = /^\d{4,20}\(\w{1,30}\) (?:([0-9a-f]{6,10})[@ ])?(?:(\w{2,20})@)?([A-Z][A-Z0-9_ -]{1,30}): ?/;
/** "SESSION: 10.0.0.5:50000(trust)->198.51.100.8:443(untrust), … TCP, policy 3, … session start". */
const session = /^([\da-fA-F.:]+?):(\d+)(?:\((\S+?)\))?->([\da-fA-F.:]+?):(\d+)(?:\((\S+?)\))?,? (.*)$/;
/** "NAT: 10.0.0.5:50000->198.51.100.8:443(TCP), snat to 203.0.113.2:1024, vr trust-vr, user -". */
const nat =
  /^([\da-fA-F.:]+?):(\d+)->([\da-fA-F.:]+?):(\d+)\((\w+)\), (snat|dnat) to ([\da-fA-F.:]+?):(\d+)(?:,.*?\buser (\S+?))?(?:,|$)/;

function parse(message: string, envelope: SyslogEnvelope): PayloadDraft | undefined {
  const match = header.exec(message);
  if (!match) return undefined;
  const module = match[3]!.trim();
  const fields: Fields = {
    "observer.vendor": "Hillstone",
    "observer.type": "firewall",
    "event.action": kebabCase(module),
    "firebreak.raw.module": module,
  };
  if (match[1] !== undefined) fields["event.code"] = match[1];
  if (match[2] !== undefined) fields["firebreak.raw.class"] = match[2];
  if (envelope.host !== undefined) fields["observer.name"] = envelope.host;
  const text = message.slice(match[0].length);
  if (!readNat(text, fields) && !readSession(text, fields)) {
    readWording(text, fields);
    readSignIn(text, fields);
  }
  fields["event.category"] ??= [fields["destination.ip"] === undefined ? "host" : "network"];
  fields["event.type"] ??= ["info"];
  return { dataset, fields };
}

function readNat(text: string, fields: Fields): boolean {
  const match = nat.exec(text);
  if (!match) return false;
  setEndpoint(fields, "source", match[1]!, match[2]);
  setEndpoint(fields, "destination", match[3]!, match[4]);
  setTransport(fields, match[5]!);
  const side = match[6] === "snat" ? "source" : "destination";
  fields[`${side}.nat.ip`] = match[7]!;
  fields[`${side}.nat.port`] = Number(match[8]);
  if (match[9] !== undefined && match[9] !== "-") fields["user.name"] = match[9];
  fields["event.category"] = ["network"];
  fields["event.type"] = ["connection"];
  return true;
}

function readSession(text: string, fields: Fields): boolean {
  const match = session.exec(text);
  if (!match) return false;
  setEndpoint(fields, "source", match[1]!, match[2]);
  setEndpoint(fields, "destination", match[4]!, match[5]);
  if (match[3] !== undefined) fields["observer.ingress.zone"] = match[3];
  if (match[6] !== undefined) fields["observer.egress.zone"] = match[6];
  const rest = match[7]!;
  const protocol = /\b(TCP|UDP|ICMPV?6?|GRE|ESP|SCTP)\b/i.exec(rest)?.[1];
  if (protocol !== undefined) setTransport(fields, protocol);
  const policy = /\bpolicy (\d+)/.exec(rest)?.[1];
  if (policy !== undefined) fields["rule.id"] = policy;
  const user = /\buser (?:name )?([^\s,]+)/.exec(rest)?.[1];
  if (user !== undefined && user !== "-") fields["user.name"] = user.replace(/@\w+$/, "");
  for (const [pattern, field] of counts) {
    const count = pattern.exec(rest)?.[1];
    if (count !== undefined) fields[field] = Number(count);
  }
  const ended = /session end/i.test(rest);
  if (/deny|denied|drop/i.test(rest)) setVerdict(fields, "denied", "denied");
  else {
    setVerdict(fields, "allowed", ended ? "session-end" : "session-start");
    fields["event.type"] = ["connection", "allowed", ended ? "end" : "start"];
  }
  return true;
}

const counts: readonly [RegExp, string][] = [
  [/\bsend bytes (\d{1,15})/, "source.bytes"],
  [/\bsend packets (\d{1,15})/, "source.packets"],
  [/\breceive bytes (\d{1,15})/, "destination.bytes"],
  [/\breceive packets (\d{1,15})/, "destination.packets"],
];

function setTransport(fields: Fields, name: string): void {
  const transport = transportOf(name);
  if (transport !== undefined) fields["network.transport"] = transport;
}
