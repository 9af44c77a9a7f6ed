import type { Fields } from "@firebreak/model/event";
import { civilToMs } from "@firebreak/model/time";
import type { JsonObject, JsonValue } from "../json/parse.ts";
import { at, classify, putAddress, putInteger, putText, putUser, textOf } from "../json/product.ts";
import { readIso } from "../time/iso.ts";
import { putList, putMac } from "../zeek/values.ts";

type Reader = (record: JsonObject, fields: Fields) => void;

/** Records that describe one exchange of a protocol: the event type is its name (docs.suricata.io, "EVE JSON Format"). */
export const suricataProtocols: Readonly<Record<string, Reader>> = {
  smtp: protocol("smtp", (record, fields) => {
    fields["event.category"] = ["email", "network"];
    putText(
      fields,
      "email.from.address",
      bare(at(record, "email", "from")) ?? bare(at(record, "smtp", "mail_from")),
    );
    putList(fields, "email.to.address", bares(at(record, "email", "to") ?? at(record, "smtp", "rcpt_to")));
    putList(fields, "email.cc.address", bares(at(record, "email", "cc")));
    putText(fields, "email.subject", at(record, "email", "subject"));
    putText(fields, "email.message_id", at(record, "email", "message_id"));
  }),
  rdp: protocol("rdp", (record, fields) => {
    putText(fields, "event.action", at(record, "rdp", "event_type"));
    putUser(fields, at(record, "rdp", "cookie"));
    putText(fields, "source.domain", at(record, "rdp", "client", "client_name"));
  }),
  dhcp: protocol("dhcp", (record, fields) => {
    putMac(fields, "client.mac", at(record, "dhcp", "client_mac"));
    putAddress(fields, "client", at(record, "dhcp", "assigned_ip"));
    putText(fields, "client.domain", at(record, "dhcp", "hostname"));
    const kind = textOf(at(record, "dhcp", "dhcp_type"));
    if (kind !== undefined) fields["event.action"] = `dhcp-${kind}`;
  }),
  krb5: protocol("kerberos", (record, fields) => {
    fields["event.category"] = ["authentication", "network"];
    putText(fields, "user.name", at(record, "krb5", "cname"));
    putText(fields, "user.domain", at(record, "krb5", "realm"));
    putText(fields, "service.name", at(record, "krb5", "sname"));
    putText(
      fields,
      "event.action",
      textOf(at(record, "krb5", "msg_type"))
        ?.toLowerCase()
        .replaceAll("_", "-"),
    );
    const error = textOf(at(record, "krb5", "error_code"));
    if (error !== undefined) {
      fields["event.outcome"] = "failure";
      fields["event.reason"] = error;
    }
  }),
  ftp: protocol("ftp", (record, fields) => {
    putText(fields, "event.action", textOf(at(record, "ftp", "command"))?.toLowerCase());
    if (at(record, "ftp", "command") === "USER") putUser(fields, at(record, "ftp", "command_data"));
  }),
  ftp_data: protocol("ftp", (record, fields) => {
    putText(fields, "file.name", at(record, "ftp_data", "filename"));
    putText(fields, "event.action", textOf(at(record, "ftp_data", "command"))?.toLowerCase());
  }),
  nfs: protocol("nfs", (record, fields) => {
    putText(fields, "file.name", at(record, "nfs", "filename"));
    putText(fields, "event.action", textOf(at(record, "nfs", "procedure"))?.toLowerCase());
  }),
  tftp: protocol("tftp", (record, fields) => {
    putText(fields, "file.name", at(record, "tftp", "file"));
    putText(fields, "event.action", at(record, "tftp", "packet"));
  }),
  sip: protocol("sip", (record, fields) => {
    putText(fields, "event.action", textOf(at(record, "sip", "method"))?.toLowerCase());
    putText(fields, "url.original", at(record, "sip", "uri"));
  }),
  snmp: protocol("snmp", (record, fields) => putText(fields, "event.action", at(record, "snmp", "pdu_type"))),
  mqtt: protocol("mqtt"),
  ike: protocol("ike"),
  ikev2: protocol("ike"),
  rfb: protocol("rfb"),
  http2: protocol("http"),
  quic: protocol("quic", (record, fields) => {
    putText(fields, "tls.client.server_name", at(record, "quic", "sni"));
    putText(fields, "destination.domain", at(record, "quic", "sni"));
  }),
  dcerpc: protocol("dcerpc", (record, fields) =>
    putText(fields, "event.action", textOf(at(record, "dcerpc", "request"))?.toLowerCase()),
  ),
  telnet: protocol("telnet"),
  modbus: protocol("modbus"),
  dnp3: protocol("dnp3"),
};

function protocol(name: string, more?: Reader): Reader {
  return (record, fields) => {
    classify(fields, "network", "protocol");
    fields["network.protocol"] = name;
    more?.(record, fields);
  };
}

/** "<a@example.com>" and "A <a@example.com>" → "a@example.com". */
function bare(value: JsonValue | undefined): string | undefined {
  const text = textOf(value);
  return text === undefined ? undefined : (/<([^<>\s]{1,254})>/.exec(text)?.[1] ?? text);
}

function bares(value: JsonValue | undefined): JsonValue | undefined {
  return Array.isArray(value) ? value.map((one) => bare(one) ?? one) : value;
}

/** Start, end and length of a flow. */
export function readFlowTimes(record: JsonObject, fields: Fields): void {
  const flow = record.flow ?? record.netflow;
  putInstant(fields, "event.start", textOf(at(flow, "start")));
  putInstant(fields, "event.end", textOf(at(flow, "end")));
  const age = at(flow, "age");
  if (typeof age === "number" && Number.isSafeInteger(age * 1e9)) fields["event.duration"] = age * 1e9;
  putInteger(fields, "network.vlan.id", at(record, "vlan", 0));
}

/** "2024-03-05T09:59:00.123456+0000", always with its offset, in UTC. */
function putInstant(fields: Fields, name: string, text: string | undefined): void {
  const read = text === undefined ? undefined : readIso(text);
  const offset = /^([+-])(\d\d)(\d\d)$/.exec(read?.zone?.zone ?? "");
  const wallMs = read && civilToMs(read.civil);
  if (!offset || wallMs === undefined) return;
  const offsetMs = Number(`${offset[1]}1`) * (Number(offset[2]) * 60 + Number(offset[3])) * 60_000;
  fields[name] = new Date(wallMs - offsetMs).toISOString();
}
