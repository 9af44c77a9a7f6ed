import type { Fields } from "@firebreak/model/event";
import type { ParseContext } from "@firebreak/model/format";
import type { EventTime } from "@firebreak/model/time";
import { portOf, splitAddressPort } from "../../ecs/address-port.ts";
import { setAddressPort, setEndpoint } from "../../ecs/endpoint.ts";
import { rawField } from "../../ecs/raw.ts";
import { setUrl } from "../../ecs/url.ts";
import { addTotals } from "../../network/totals.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";
import { integerOf } from "../../text/numbers.ts";

const dataset = "network/citrix-adc";

export const payload = {
  name: dataset,
  title: "Citrix ADC and Gateway (NetScaler)",
  programs: [],
  accepts: (message) => (message.includes("-PPE-") || message.includes("default ")) && head.test(message),
  parse,
} satisfies SyslogPayload;

/** "0-PPE-0 : default SSLVPN LOGIN 123 0 : …", with the device's own "03/03/2024:10:22:33 GMT ns1 " before it when syslog has no stamp. */
const head =
  /^(?:(\d\d)\/(\d\d)\/(\d{4}):(\d\d):(\d\d):(\d\d) (?:(GMT|UTC) )?(\S{0,255}) )?(?:(?:\S{1,64} )?\d+-PPE-\d+ : (?:\w{1,64} )?([A-Z][A-Z0-9]{1,20})|(?:: )?default (SSLVPN|TCP|UDP|UI|AAA|AAATM|APPFW|EVENT|CLI|API|ICA|SNMP|SSLLOG|CI|ACL|GUI)) ([A-Z][A-Z0-9_]{2,60})(?: \d+)?(?: \d+)? : +/;

function parse(message: string, envelope: SyslogEnvelope, context: ParseContext): PayloadDraft | undefined {
  const match = head.exec(message);
  if (!match) return undefined;
  const module = (match[9] ?? match[10])!;
  const fields: Fields = {
    "observer.vendor": "Citrix",
    "observer.product": "ADC",
    "event.code": match[11]!,
    "firebreak.raw.module": module,
  };
  const host = match[8] || envelope.host;
  if (host !== undefined) {
    fields["observer.name"] = host;
    fields["host.name"] = host;
  }
  readPairs(message.slice(match[0].length, match[0].length + 8192), fields);
  if (module === "APPFW") readAttack(message.slice(match[0].length), fields);
  setKind(module, match[11]!, fields);
  if (module === "TCP" || module === "SSLLOG" || /^(?:TCP|UDP)CONNSTAT$/.test(match[11]!))
    fields["network.transport"] = match[11]!.startsWith("UDP") ? "udp" : "tcp";
  if (module === "UDP") fields["network.transport"] = "udp";
  addTotals(fields);
  const time = match[1] === undefined ? undefined : readTime(match, context);
  return time ? { dataset, fields, time } : { dataset, fields };
}

/** Parts between " - ": a name, a space, a value that may be quoted. */
function readPairs(text: string, fields: Fields): void {
  for (const part of text.split(/ - | : (?=[A-Z])/, 60)) {
    const pair = /^\s*(\w{2,40}):? "?([^"]*?)"?\s*$/.exec(part);
    if (!pair || pair[2] === "") continue;
    const [, name, value] = pair as unknown as [string, string, string];
    if (name === "User" || name === "User_name") fields["user.name"] = value;
    else if (name === "Client_ip" || name === "Remote_ip" || name === "ClientIP")
      setEndpoint(fields, "source", value);
    else if (name === "Source" || name === "Destination")
      setAddressPort(fields, name === "Source" ? "source" : "destination", value);
    else if (name === "Vserver" || name === "VserverServiceIP") setAddressPort(fields, "destination", value);
    else if (name === "ClientPort") putPort(fields, "source.port", value);
    else if (name === "VserverServicePort") putPort(fields, "destination.port", value);
    else if (name === "NatIP" || name === "Nat_ip") setNat(fields, value);
    else if (name === "ClientVersion") fields["tls.version"] = value;
    else if (name === "CipherSuite") fields["tls.cipher"] = value;
    else if (name === "Duration") setClock(fields, value);
    else if (name === "Command") fields["process.command_line"] = value;
    else if (name === "Status") fields["firebreak.raw.Status"] = value;
    else if (name === "Failure_reason" || name === "Reason") fields["event.reason"] = value;
    else if (name === "Browser_type") fields["user_agent.original"] = value;
    else if (name === "Total_bytes_send") putBytes(fields, "destination.bytes", value);
    else if (name === "Total_bytes_recv") putBytes(fields, "source.bytes", value);
    else if (name === "Context") {
      const at = value.lastIndexOf("@");
      if (at > 0) {
        fields["user.name"] ??= value.slice(0, at);
        if (fields["source.ip"] === undefined) setEndpoint(fields, "source", value.slice(at + 1));
      }
    } else fields[rawField(name)] = value;
  }
}

/** "192.0.2.9 1-PPE0 - session profile http://www.example.com/a message <blocked>". */
const attack =
  /^\s*([0-9a-fA-F.:]{2,45}) (?:\S{1,100} ){0,3}?(\S{1,100}) ((?:https?:\/\/|\/)\S*) (.*?)(?: <([^>]*)>)?\s*$/;
/** "192.0.2.9 77-PPE0 - profile Disallow Illegal URL: http://www.example.com/a <blocked>": the words before the address. */
const worded =
  /^\s*([0-9a-fA-F.:]{2,45}) (?:\S+ )?- (\S+) (.*?):? (https?:\/\/\S*)(?: .*?)??(?: <([^>]*)>)?\s*$/;

function readAttack(text: string, fields: Fields): void {
  const known = text.slice(0, 8192);
  const match = attack.exec(known);
  if (!match) {
    const other = worded.exec(known);
    if (!other) return;
    setEndpoint(fields, "source", other[1]!);
    fields["rule.ruleset"] = other[2]!;
    fields["event.reason"] = other[3]!;
    setUrl(fields, other[4]!);
    if (other[5] !== undefined) fields["firebreak.raw.verdict"] = other[5];
    return;
  }
  setEndpoint(fields, "source", match[1]!);
  fields["rule.ruleset"] = match[2]!;
  setUrl(fields, match[3]!);
  fields["event.reason"] = match[4]!;
  if (match[5] !== undefined) fields["firebreak.raw.verdict"] = match[5];
}

function putPort(fields: Fields, name: string, value: string): void {
  const port = portOf(value);
  if (port !== undefined) fields[name] = port;
}

/** "10.1.1.3:5000"; "Mapped Ip" stands for none. */
function setNat(fields: Fields, value: string): void {
  const { ip, port } = splitAddressPort(value);
  if (ip === undefined) return;
  fields["source.nat.ip"] = ip;
  if (port !== undefined) fields["source.nat.port"] = port;
}

/** "00:01:30". */
function setClock(fields: Fields, value: string): void {
  const match = /^(\d{1,4}):(\d\d):(\d\d)$/.exec(value);
  if (match)
    fields["event.duration"] = (Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3])) * 1e9;
}

function putBytes(fields: Fields, name: string, value: string): void {
  const number = integerOf(value);
  if (number !== undefined) fields[name] = number;
}

function setKind(module: string, event: string, fields: Fields): void {
  const set = (category: string[], type: string[], action: string, outcome?: string) => {
    fields["event.category"] = category;
    fields["event.type"] = type;
    fields["event.action"] = action;
    if (outcome !== undefined) fields["event.outcome"] = outcome;
  };
  if (event === "LOGIN_FAILED" || event === "LOGINFAILED")
    set(["authentication"], ["info"], "login-failed", "failure");
  else if (event === "LOGIN")
    set(["authentication", "session"], ["start"], module === "SSLVPN" ? "vpn-login" : "login", "success");
  else if (event === "LOGOUT" || event === "ICAEND_CONNSTAT") set(["session"], ["end"], "logout");
  else if (event === "CMD_EXECUTED")
    set(
      ["configuration"],
      ["change"],
      "command-executed",
      /success|done/i.test(String(fields["firebreak.raw.Status"] ?? "")) ? "success" : "failure",
    );
  else if (module === "APPFW") {
    const stopped = fields["firebreak.raw.verdict"] === "blocked";
    set(
      ["intrusion_detection", "web"],
      [stopped ? "denied" : "info"],
      stopped ? "blocked" : "detected",
      stopped ? "failure" : undefined,
    );
    fields["event.kind"] = "alert";
    fields["rule.name"] = event;
  } else if (module === "TCP" || module === "SSLVPN")
    set(
      ["network"],
      ["connection", /TERMINATE|DELINK/.test(event) ? "end" : "info"],
      event.toLowerCase().replaceAll("_", "-"),
    );
  else set(["host"], ["info"], event.toLowerCase().replaceAll("_", "-"));
}

/** The device's own stamp is month first unless it was set otherwise; where both readings are possible the event says so. */
function readTime(match: RegExpExecArray, context: ParseContext): EventTime | undefined {
  const [first, second] = [Number(match[1]), Number(match[2])];
  const dayFirst = first > 12;
  const civil = {
    year: Number(match[3]),
    month: dayFirst ? second : first,
    day: dayFirst ? first : second,
    hour: Number(match[4]),
    minute: Number(match[5]),
    second: Number(match[6]),
  };
  const hint = match[7] === undefined ? undefined : ({ zone: "UTC", source: "in-record" } as const);
  const time = context.time.local(civil, match[0].slice(0, 19), hint);
  if (!time || first > 12 || second > 12 || first === second) return time;
  return { ...time, dayMonthAmbiguous: true };
}
