import type { Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import { fieldBelow } from "../../ecs/field-name.ts";
import { cleanIp } from "../../ecs/ip.ts";
import { addRelated } from "../../ecs/related.ts";
import { splitCsvRow } from "../../text/csv-row.ts";
import { integerOf } from "../../text/numbers.ts";

const name = "windows/exchange-tracking";
/** Order of Exchange 2016 and later, for a file that was cut at its start. */
const defaultFields =
  "date-time,client-ip,client-hostname,server-ip,server-hostname,source-context,connector-id,source,event-id,internal-message-id,message-id,network-message-id,recipient-address,recipient-status,total-bytes,recipient-count,related-recipient-address,reference,message-subject,sender-address,return-path,message-info,directionality,tenant-id,original-client-ip,original-server-ip,custom-data".split(
    ",",
  );
const dataLine =
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z,[^,]{0,64},[^,]{0,256},[^,]{0,64},[^,]{0,256},.{0,600}?,(?:STOREDRIVER|SMTP|ROUTING|AGENT|DSN|ADMIN|PICKUP|DNS|GATEWAY|MAILBOXRULE|MEETINGMESSAGEPROCESSOR|ORAR|QUEUE|SAFETYNET|RESUBMIT|BOOTLOADER|PUBLICFOLDER|AD|APPROVAL|POISONMESSAGE|REDUNDANCY|INBOXRULE),[A-Z]{2,32},/;

const actions: Readonly<Record<string, string>> = {
  RECEIVE: "received",
  SEND: "sent",
  DELIVER: "delivered",
  FAIL: "failed",
  DEFER: "deferred",
  DSN: "bounced",
  SUBMIT: "submitted",
  EXPAND: "expanded",
  REDIRECT: "redirected",
  RESOLVE: "resolved",
  TRANSFER: "transferred",
  DROP: "dropped",
  BADMAIL: "rejected",
  AGENTINFO: "agent-reported",
  HAREDIRECT: "shadowed",
  HARECEIVE: "shadowed",
  HADISCARD: "shadow-discarded",
};

/** Message tracking log of Exchange: who sent what to whom, from which address. UTC. */
export const format = {
  kind: "line",
  name,
  title: "Exchange message tracking log",
  version: 1,
  notes: "`#Log-type: Message Tracking Log`, CSV with `#Fields`; times are UTC in the record.",
  sniff: (line, head) => {
    if (
      /^#Log-type: Message Tracking Log/i.test(line) ||
      line.startsWith("#Fields: date-time,client-ip,client-hostname")
    )
      return 1;
    const isOurs = /^#Log-type: Message Tracking Log/im.test(head.text.slice(0, 2048));
    if (isOurs && /^#(?:Software|Version|Date|Fields|Log-type)/.test(line)) return 0.97;
    if (dataLine.test(line)) return 0.95;
    return isOurs && /^\d{4}-\d{2}-\d{2}T/.test(line) ? 0.9 : 0;
  },
  open: (context) => {
    let fields: readonly string[] = defaultFields;
    return {
      parse: (record) => {
        if (record.startsWith("#")) {
          if (record.startsWith("#Fields: ")) fields = record.slice(9).trim().split(",", 128);
          return { skip: "header" };
        }
        return /^\d{4}-\d{2}-\d{2}T/.test(record) ? parse(record, fields, context) : undefined;
      },
    };
  },
} satisfies LineFormat;

function parse(record: string, names: readonly string[], context: ParseContext): LineResult {
  const cells = splitCsvRow(record, ",", 128);
  if (cells.length < 8) return { reject: "fewer fields than the log writes" };
  const value = (column: string): string | undefined => {
    const cell = cells[names.indexOf(column)]?.trim();
    return cell === undefined || cell === "" ? undefined : cell;
  };
  const fields: Fields = {
    "event.kind": "event",
    "event.category": ["email"],
    "event.type": ["info"],
    "event.provider": "Microsoft Exchange",
  };
  const id = value("event-id");
  if (id !== undefined) {
    fields["event.code"] = id;
    fields["event.action"] = (Object.hasOwn(actions, id) ? actions[id] : undefined) ?? id.toLowerCase();
    if (id === "FAIL" || id === "BADMAIL") fields["event.outcome"] = "failure";
    else if (id === "DELIVER" || id === "SEND") fields["event.outcome"] = "success";
  }
  putAddress(fields, "source", value("original-client-ip") ?? value("client-ip"), value("client-hostname"));
  putAddress(fields, "destination", value("server-ip"), undefined);
  put(fields, "host.name", value("server-hostname"));
  put(fields, "email.message_id", value("message-id"));
  put(fields, "email.local_id", value("internal-message-id"));
  put(fields, "email.subject", value("message-subject"));
  const sender = value("sender-address");
  if (sender !== undefined) fields["email.from.address"] = [sender];
  const recipients = value("recipient-address")?.split(";", 500);
  if (recipients !== undefined) fields["email.to.address"] = recipients;
  const direction = { Incoming: "inbound", Originating: "outbound" }[value("directionality") ?? ""];
  put(fields, "network.direction", direction);
  const bytes = integerOf(value("total-bytes") ?? "");
  if (bytes !== undefined) fields["network.bytes"] = bytes;
  for (const extra of [
    "source",
    "source-context",
    "connector-id",
    "recipient-status",
    "return-path",
    "message-info",
    "client-ip",
    "reference",
    "custom-data",
  ]) {
    put(fields, `firebreak.raw.${extra}`, value(extra));
  }
  addRelated(fields);
  const time = context.time.iso(cells[0]!, { zone: "UTC", source: "format-default" });
  return time === undefined ? { dataset: name, fields } : { dataset: name, time, fields };
}

function put(fields: Fields, key: string, value: string | undefined): void {
  if (value !== undefined) fields[key] = value;
}

function putAddress(
  fields: Fields,
  side: string,
  address: string | undefined,
  host: string | undefined,
): void {
  const ip = address === undefined ? undefined : cleanIp(address);
  if (ip !== undefined) fields[fieldBelow(side, "ip")] = ip;
  if (host !== undefined) fields[fieldBelow(side, "domain")] = host;
}
