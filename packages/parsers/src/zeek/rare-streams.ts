import type { Fields } from "@firebreak/model/event";
import type { JsonObject } from "../json/parse.ts";
import { classify, putAddress, putInteger, putText, putUser, textOf } from "../json/product.ts";
import { first, flag, lower, putDuration } from "./values.ts";

type StreamReader = (record: JsonObject, fields: Fields) => void;

/** A stream that describes one protocol's exchange: category, protocol, transport and what `more` reads. */
function protocol(name: string, transport: string | undefined, more?: StreamReader): StreamReader {
  return (record, fields) => {
    classify(fields, "network", "connection", "protocol");
    fields["network.protocol"] = name;
    if (transport !== undefined) fields["network.transport"] = transport;
    more?.(record, fields);
  };
}

/** Streams of the protocols and inventories that few sites log (docs.zeek.org, "Zeek Log Formats"). */
export const rareStreams: ReadonlyMap<string, StreamReader> = new Map<string, StreamReader>([
  [
    "sip",
    protocol("sip", "udp", (record, fields) => {
      putText(fields, "event.action", record.method);
      putText(fields, "url.full", record.uri);
      putText(fields, "user_agent.original", record.user_agent);
      const status = Number(textOf(record.status_code));
      if (status > 0) fields["event.outcome"] = status < 400 ? "success" : "failure";
    }),
  ],
  [
    "smb_cmd",
    protocol("smb", "tcp", (record, fields) => {
      putText(fields, "event.action", record.command);
      putUser(fields, record.username);
    }),
  ],
  ["snmp", protocol("snmp", "udp", (record, fields) => putDuration(fields, record.duration))],
  [
    "socks",
    protocol("socks", "tcp", (record, fields) => {
      putUser(fields, record.user);
      putAddress(fields, "server", record["request.host"] ?? record["request.name"]);
      const status = textOf(record.status);
      if (status !== undefined) fields["event.outcome"] = status === "succeeded" ? "success" : "failure";
    }),
  ],
  [
    "irc",
    protocol("irc", "tcp", (record, fields) => {
      putUser(fields, record.user);
      putText(fields, "event.action", record.command);
      putText(fields, "file.name", record.dcc_file_name);
      putInteger(fields, "file.size", record.dcc_file_size);
      putText(fields, "file.mime_type", record.dcc_mime_type);
    }),
  ],
  [
    "modbus",
    protocol("modbus", "tcp", (record, fields) => {
      putText(fields, "event.action", record.func);
      fields["event.outcome"] = textOf(record.exception) === undefined ? "success" : "failure";
    }),
  ],
  [
    "dnp3",
    protocol("dnp3", "tcp", (record, fields) =>
      putText(fields, "event.action", record.fc_request ?? record.fc_reply),
    ),
  ],
  ["ntp", protocol("ntp", "udp")],
  [
    "rfb",
    protocol("rfb", "tcp", (record, fields) => {
      const good = flag(record.auth);
      if (good !== undefined) fields["event.outcome"] = good ? "success" : "failure";
    }),
  ],
  [
    "quic",
    protocol("quic", "udp", (record, fields) => {
      putText(fields, "tls.client.server_name", record.server_name);
      putText(fields, "destination.domain", record.server_name);
    }),
  ],
  [
    "tunnel",
    protocol("tunnel", undefined, (record, fields) => {
      putText(fields, "event.action", record.action);
      putText(fields, "network.protocol", lower(record.tunnel_type)?.replace("tunnel::", ""));
    }),
  ],
  [
    "dpd",
    protocol("unknown", undefined, (record, fields) => {
      putText(fields, "network.transport", record.proto);
      putText(fields, "network.protocol", lower(record.analyzer));
      putText(fields, "event.reason", record.failure_reason);
    }),
  ],
  [
    "traceroute",
    (record, fields) => {
      classify(fields, "network", "info");
      putAddress(fields, "source", record.src);
      putAddress(fields, "destination", record.dst);
      putText(fields, "network.transport", record.proto);
    },
  ],
  ["signature", readSignature],
  ["signatures", readSignature],
  [
    "known_hosts",
    (record, fields) => {
      classify(fields, "host", "info");
      putAddress(fields, "host", record.host);
    },
  ],
  [
    "known_services",
    (record, fields) => {
      classify(fields, "host", "info");
      putAddress(fields, "host", record.host);
      putInteger(fields, "server.port", record.port_num);
      putText(fields, "network.transport", record.port_proto);
      putText(fields, "network.protocol", lower(first(record.service)));
    },
  ],
  [
    "known_certs",
    (record, fields) => {
      classify(fields, "host", "info");
      putAddress(fields, "host", record.host);
      putInteger(fields, "server.port", record.port_num);
      putText(fields, "tls.server.x509.subject.distinguished_name", record.subject);
      putText(fields, "tls.server.x509.issuer.distinguished_name", record.issuer_subject);
      putText(fields, "tls.server.x509.serial_number", record.serial);
    },
  ],
  [
    "ocsp",
    (record, fields) => {
      classify(fields, "network", "info");
      putText(fields, "file.x509.serial_number", record.serialNumber);
      putText(fields, "event.action", record.certStatus);
    },
  ],
  ["pe", (_record, fields) => classify(fields, "file", "info")],
  [
    "capture_loss",
    (_record, fields) => {
      fields["event.kind"] = "metric";
      classify(fields, "network", "info");
    },
  ],
  [
    "stats",
    (_record, fields) => {
      fields["event.kind"] = "metric";
      classify(fields, "network", "info");
    },
  ],
]);

function readSignature(record: JsonObject, fields: Fields): void {
  fields["event.kind"] = "alert";
  classify(fields, "intrusion_detection", "info");
  putAddress(fields, "source", record.src_addr);
  putInteger(fields, "source.port", record.src_port);
  putAddress(fields, "destination", record.dst_addr);
  putInteger(fields, "destination.port", record.dst_port);
  putText(fields, "rule.name", record.sig_id);
  putText(fields, "rule.description", record.event_msg);
}
