import type { Fields } from "@firebreak/model/event";
import type { ParseContext } from "@firebreak/model/format";
import { splitAddressPort } from "../../ecs/address-port.ts";
import { connectionVerdict, setVerdict } from "../../ecs/connection.ts";
import { assign, dictionary } from "../../ecs/dictionary.ts";
import { setEndpoint } from "../../ecs/endpoint.ts";
import { noFields } from "../../ecs/shape.ts";
import { transportOf } from "../../ecs/transport.ts";
import { readWording } from "../../network/cisco/wording.ts";
import { readSignIn } from "../../network/sign-in-words.ts";
import { addTotals, setSeconds } from "../../network/totals.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";

const dataset = "network/netscreen";

export const payload = {
  name: dataset,
  title: "Juniper NetScreen (ScreenOS)",
  programs: [],
  accepts: (message) => message.includes("NetScreen device_id="),
  parse,
} satisfies SyslogPayload;

const known = dictionary({
  device_id: "observer.serial_number",
  src: "source.ip:ip",
  dst: "destination.ip:ip",
  src_port: "source.port:port",
  dst_port: "destination.port:port",
  proto: "network.transport:transport",
  policy_id: "rule.id",
  sent: "source.bytes:integer",
  rcvd: "destination.bytes:integer",
  "src zone": "observer.ingress.zone",
  "dst zone": "observer.egress.zone",
});

/** "src-xlated ip=… port=…": the port belongs to the address before it. */
const translated = dictionary({
  "source.ip": "source.nat.ip:ip",
  "source.port": "source.nat.port:port",
  "destination.ip": "destination.nat.ip:ip",
  "destination.port": "destination.nat.port:port",
});

/** Names hold one space ("src zone"), values may too ("service=msrpc Endpoint Mapper(tcp)"): a value ends before the next known name. */
const pair =
  /(device_id|start_time|duration|policy_id|service|proto|src zone|dst zone|action|sent|rcvd|src|dst|src_port|dst_port|session_id|reason|src-xlated ip|dst-xlated ip|port|icmp type)=("[^"]*"|.*?)(?= +(?:\[[^\]]{1,40}\]system|device_id|start_time|duration|policy_id|service|proto|src zone|dst zone|action|sent|rcvd|src|dst|src_port|dst_port|session_id|reason|src-xlated ip|dst-xlated ip|port|icmp type)[=-]|\s*$)/g;

function parse(message: string, envelope: SyslogEnvelope, context: ParseContext): PayloadDraft | undefined {
  const start = message.indexOf("NetScreen device_id=");
  if (start < 0) return undefined;
  const fields: Fields = {
    ...noFields,
    "observer.vendor": "Juniper",
    "observer.product": "NetScreen",
    "observer.type": "firewall",
  };
  if (envelope.host !== undefined) fields["observer.name"] = envelope.host;
  const code = /system-(\w+)-(\d{5})(?:\((\w+)\))?/.exec(message);
  if (code) {
    fields["log.level"] = code[1]!;
    fields["event.code"] = code[2]!;
  }
  let recorded: string | undefined;
  let action = "";
  let side = "";
  for (const match of message.slice(start, start + 4000).matchAll(pair)) {
    const value = match[2]!.replace(/^"|"$/g, "").trim();
    if (match[1] === "action") action = value;
    else if (match[1] === "start_time") recorded = value;
    else if (match[1] === "duration") setSeconds(fields, value);
    else if (match[1]!.endsWith("-xlated ip")) {
      side = match[1]!.startsWith("src") ? "source" : "destination";
      assign(fields, translated, `${side}.ip`, value);
    } else if (match[1] === "port" && side !== "") assign(fields, translated, `${side}.port`, value);
    else assign(fields, known, match[1]!, value);
  }
  if (fields["source.ip"] === undefined && code) {
    // All but traffic is prose that ends in its time: "…failed. (2024-03-05 10:12:13)".
    const text = message.slice(code.index + code[0].length).replace(/^: ?/, "");
    readWording(text, fields);
    readSignIn(text, fields);
    readAttempt(text, fields);
    readAttack(text, fields);
    recorded ??= /\((\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\)\s*$/.exec(text)?.[1];
  }
  fields["event.category"] ??= ["network"];
  fields["event.type"] ??= ["connection"];
  const verdict = connectionVerdict(action);
  if (verdict !== undefined) setVerdict(fields, verdict, action);
  addTotals(fields);
  const began = recorded === undefined ? undefined : context.time.iso(recorded);
  // The record of a session is written at its end.
  const lasted = fields["event.duration"];
  const time =
    began && typeof lasted === "number" ? { ...began, ms: began.ms + Math.floor(lasted / 1e6) } : began;
  return time ? { dataset, fields, time } : { dataset, fields };
}

/** 'Admin user "x" login attempt for Web(https) management (port 443) from 192.0.2.9:4000 failed', 'Admin user "x" has logged on via SSH from …'. */
function readAttempt(text: string, fields: Fields): void {
  const match =
    /\b(?:Admin )?user "?([^\s"]{1,64})"? (?:login attempt for .{1,80} (failed)|has (?:logged (on|out)|been (rejected)))/i.exec(
      text,
    );
  if (!match) return;
  const isOut = match[3]?.toLowerCase() === "out";
  const isBad = match[2] !== undefined || match[4] !== undefined;
  fields["user.name"] = match[1]!;
  const from = /\bfrom (\S{2,60})/.exec(text.slice(match.index));
  if (from) setSide(fields, "source", from[1]!.replace(/[.,]$/, ""));
  fields["event.category"] = ["authentication"];
  fields["event.type"] = [isOut ? "end" : isBad ? "info" : "start"];
  fields["event.action"] = isOut ? "logout" : isBad ? "login-failed" : "login";
  fields["event.outcome"] = isBad ? "failure" : "success";
}

/** "SYN flood! From 192.0.2.9:4000 to 203.0.113.10:80, proto TCP (zone Untrust, int ethernet1). Occurred 1 times." */
function readAttack(text: string, fields: Fields): void {
  const match =
    /^(.{2,100}?)!? (?:has been detected! )?From (\S{2,60}) to (\S{2,60}?), (?:using protocol|proto) (\w{1,12})/i.exec(
      text,
    );
  if (!match) return;
  fields["rule.name"] = match[1]!;
  setSide(fields, "source", match[2]!);
  setSide(fields, "destination", match[3]!);
  const transport = transportOf(match[4]!);
  if (transport !== undefined) fields["network.transport"] = transport;
  fields["event.kind"] = "alert";
  fields["event.category"] = ["intrusion_detection"];
  fields["event.type"] = ["info"];
}

function setSide(fields: Fields, side: "source" | "destination", text: string): void {
  const { address, port } = splitAddressPort(text);
  setEndpoint(fields, side, address, port === undefined ? undefined : String(port));
}
