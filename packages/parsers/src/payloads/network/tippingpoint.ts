import type { Fields } from "@firebreak/model/event";
import type { ParseContext } from "@firebreak/model/format";
import { connectionVerdict } from "../../ecs/connection.ts";
import { setAddressPort, setEndpoint } from "../../ecs/endpoint.ts";
import { transportOf } from "../../ecs/transport.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";
import { splitCsvRow } from "../../text/csv-row.ts";
import { epochTime } from "../../time/epoch.ts";

const dataset = "network/tippingpoint";

export const payload = {
  name: dataset,
  title: "TippingPoint IPS and SMS",
  programs: [],
  accepts: (message) => device.test(message) || sms.test(message),
  parse,
} satisfies SyslogPayload;

/** The device itself: "ALT,v4,20050113T125501+0360,"gw"/192.0.2.1,1017,Permit,1,Low,policy UUID,…" (LSM User's Guide, remote syslog format). */
const device = /^(?:ALT|BLK|P2P|QRN|TRH)([,\t|;])v\d+\1/;
/** The management system: action, severity, two UUIDs, the filter's name and number … with tabs between (SMS syslog format). */
const sms = /^\d{1,2}([\t|;,])\d\1"?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"?\1"?[0-9a-f]{8}-/;

function parse(message: string, envelope: SyslogEnvelope, context: ParseContext): PayloadDraft | undefined {
  const fields: Fields = {
    "observer.vendor": "TippingPoint",
    "observer.type": "ips",
    "event.kind": "alert",
    "event.category": ["intrusion_detection", "network"],
    "event.type": ["info"],
  };
  if (envelope.host !== undefined) fields["observer.name"] = envelope.host;
  const own = device.exec(message);
  const mark = own?.[1] ?? sms.exec(message)?.[1];
  if (mark === undefined) return undefined;
  const cells = splitCsvRow(message, mark, 60);
  const time = own ? readDevice(cells, fields, context) : readSms(cells, fields, context);
  return time ? { dataset, fields, time } : { dataset, fields };
}

function readDevice(cells: readonly string[], fields: Fields, context: ParseContext) {
  // The guide's table and its example disagree on which of the two is reserved: the action is the one that is a word.
  setAction(fields, [cells[5], cells[6]].find((cell) => /^[A-Za-z]/.test(cell ?? "")) ?? "");
  const severity = cells[7] ?? "";
  if (severity !== "") fields["log.level"] = severity.toLowerCase();
  setFilter(fields, cells[10] ?? "", undefined);
  setProtocol(fields, cells[11] ?? "");
  setAddressPort(fields, "source", cells[13] ?? "");
  setAddressPort(fields, "destination", cells[14] ?? "");
  const [, date, clock, zone] = /^(\d{8})T(\d{6})([+-]\d{4}|Z)?$/.exec(cells[2] ?? "") ?? [];
  if (date === undefined) return undefined;
  const day = date.replace(/^(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3");
  return context.time.iso(`${day}T${clock!.replace(/(\d\d)(?=\d)/g, "$1:")}${zone ?? ""}`);
}

const smsActions: Record<string, string> = { "7": "Permit", "8": "Block", "9": "P2P" };

function readSms(cells: readonly string[], fields: Fields, context: ParseContext) {
  setAction(fields, smsActions[cells[0]!] ?? cells[0]!);
  const severity = Number(cells[1]);
  if (Number.isInteger(severity)) fields["event.severity"] = severity;
  setFilter(fields, cells[4] ?? "", cells[5]);
  setProtocol(fields, cells[6] ?? "");
  setEndpoint(fields, "source", cells[7] ?? "", cells[8]);
  setEndpoint(fields, "destination", cells[9] ?? "", cells[10]);
  const recorded = cells.slice(11).find((cell) => /^1\d{12}$/.test(cell));
  return recorded === undefined ? undefined : epochTime(recorded, context.time);
}

function setAction(fields: Fields, word: string): void {
  if (word === "") return;
  fields["event.action"] = word.toLowerCase();
  const stopped = connectionVerdict(word) !== "allowed" && /block|drop|reset|quarantine/i.test(word);
  fields["event.type"] = [stopped ? "denied" : "info"];
  fields["event.outcome"] = stopped ? "failure" : "success";
}

/** "0164: ICMP: Echo Request (Ping)" is number and name of the filter. */
function setFilter(fields: Fields, name: string, number: string | undefined): void {
  if (name !== "") fields["rule.name"] = name;
  const id = number || /^(\d{1,6}):/.exec(name)?.[1];
  if (id) fields["rule.id"] = id.replace(/^0+(?=\d)/, "");
}

function setProtocol(fields: Fields, name: string): void {
  const transport = transportOf(name);
  if (transport !== undefined) fields["network.transport"] = transport;
  else if (/^[A-Za-z][\w-]{1,20}$/.test(name)) fields["network.protocol"] = name.toLowerCase();
}
