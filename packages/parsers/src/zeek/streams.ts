import type { Fields } from "@firebreak/model/event";
import { cleanIp } from "../ecs/ip.ts";
import { setPath, setUrl } from "../ecs/url.ts";
import type { JsonObject } from "../json/parse.ts";
import {
  at,
  classify,
  type ProductDraft,
  putAddress,
  putInteger,
  putText,
  putUser,
  textOf,
} from "../json/product.ts";
import { rareStreams } from "./rare-streams.ts";
import { first, flag, lower, putDuration, putList, putMac, sum } from "./values.ts";

/** Zeek's log streams (docs.zeek.org, "Zeek Log Formats") in ECS; the same for TSV and JSON logs. */
export type StreamReader = (record: JsonObject, fields: Fields) => void;

const rejected = new Set(["S0", "REJ", "RSTOS0", "RSTRH", "SH", "SHR"]);

const streams: Record<string, StreamReader> = {
  conn(record, fields) {
    classify(fields, "network", "connection", "end");
    putText(fields, "network.transport", record.proto);
    putText(fields, "network.protocol", record.service);
    // ICMP has its type and code where the ports stand.
    if (record.proto === "icmp") {
      for (const side of ["source", "destination"]) delete fields[`${side}.port`];
    }
    // The bytes on the wire, as every flow log counts them; the payload's stay under their own names.
    const sent = record.orig_ip_bytes ?? record.orig_bytes;
    const received = record.resp_ip_bytes ?? record.resp_bytes;
    putInteger(fields, "source.bytes", sent);
    putInteger(fields, "destination.bytes", received);
    putInteger(fields, "source.packets", record.orig_pkts);
    putInteger(fields, "destination.packets", record.resp_pkts);
    sum(fields, "network.bytes", sent, received);
    putMac(fields, "source.mac", record.orig_l2_addr);
    putMac(fields, "destination.mac", record.resp_l2_addr);
    sum(fields, "network.packets", record.orig_pkts, record.resp_pkts);
    putDuration(fields, record.duration);
    const state = textOf(record.conn_state);
    if (state === undefined) return;
    fields["event.action"] = rejected.has(state) ? "connection-attempted" : "connection-finished";
    if (state === "SF") fields["event.outcome"] = "success";
    else if (rejected.has(state)) fields["event.outcome"] = "failure";
    const fromInside = flag(record.local_orig);
    const toInside = flag(record.local_resp);
    if (fromInside !== undefined && toInside !== undefined)
      fields["network.direction"] = fromInside
        ? toInside
          ? "internal"
          : "outbound"
        : toInside
          ? "inbound"
          : "external";
  },
  dns(record, fields) {
    classify(fields, "network", "protocol");
    fields["network.protocol"] = "dns";
    fields["event.action"] = "dns-query";
    putText(fields, "network.transport", record.proto);
    putText(fields, "dns.question.name", record.query);
    putText(fields, "dns.question.type", record.qtype_name);
    // ECS writes the classes as the standard does ("IN"), Zeek as "C_INTERNET".
    putText(fields, "dns.question.class", record.qclass_name === "C_INTERNET" ? "IN" : record.qclass_name);
    putText(fields, "dns.response_code", record.rcode_name);
    putText(fields, "dns.id", record.trans_id);
    fields["dns.type"] = record.rcode_name === undefined || record.rcode_name === "-" ? "query" : "answer";
    const flags = ["AA", "TC", "RD", "RA"].filter((one) => flag(record[one]) === true);
    if (flags.length > 0) fields["dns.header_flags"] = flags;
    const code = fields["dns.response_code"];
    if (code !== undefined) fields["event.outcome"] = code === "NOERROR" ? "success" : "failure";
    const answers = record.answers;
    if (!Array.isArray(answers)) return;
    const texts = answers.filter((one): one is string => typeof one === "string");
    const addresses = texts.filter((one) => /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]*:[0-9a-f:.]+)$/i.test(one));
    if (texts.length > 0) fields["dns.answers.data"] = texts;
    if (addresses.length > 0) fields["dns.resolved_ip"] = addresses;
  },
  http(record, fields) {
    classify(fields, "web", "access");
    fields["network.protocol"] = "http";
    fields["network.transport"] = "tcp";
    const uri = textOf(record.uri);
    if (uri !== undefined) setUrl(fields, uri);
    putText(fields, "url.domain", record.host);
    putText(fields, "http.request.method", record.method);
    putText(fields, "event.action", record.method);
    putText(fields, "http.request.referrer", record.referrer);
    putText(fields, "http.version", record.version);
    putText(fields, "user_agent.original", record.user_agent);
    putInteger(fields, "http.request.body.bytes", record.request_body_len);
    putInteger(fields, "http.response.body.bytes", record.response_body_len);
    putInteger(fields, "http.response.status_code", record.status_code);
    putUser(fields, record.username);
    putText(fields, "url.username", record.username);
    putText(fields, "http.request.mime_type", first(record.orig_mime_types));
    putText(fields, "http.response.mime_type", first(record.resp_mime_types));
    const status = fields["http.response.status_code"];
    if (typeof status === "number") fields["event.outcome"] = status < 400 ? "success" : "failure";
  },
  ssl(record, fields) {
    classify(fields, "network", "protocol", "connection");
    fields["network.protocol"] = "tls";
    fields["network.transport"] = "tcp";
    putText(fields, "tls.client.server_name", record.server_name);
    putText(fields, "destination.domain", record.server_name);
    putText(fields, "tls.cipher", record.cipher);
    putText(fields, "tls.version", record.version);
    putText(fields, "tls.client.ja3", record.ja3);
    putText(fields, "tls.server.ja3s", record.ja3s);
    putText(fields, "tls.server.subject", record.subject);
    putText(fields, "tls.server.issuer", record.issuer);
    const established = flag(record.established);
    if (established !== undefined) fields["tls.established"] = established;
  },
  x509(record, fields) {
    classify(fields, "file", "info");
    putText(fields, "file.x509.serial_number", record["certificate.serial"]);
    putText(fields, "file.x509.subject.distinguished_name", record["certificate.subject"]);
    putText(fields, "file.x509.issuer.distinguished_name", record["certificate.issuer"]);
    putText(fields, "file.x509.version_number", record["certificate.version"]);
    putText(fields, "file.x509.public_key_algorithm", record["certificate.key_alg"]);
    putText(fields, "file.x509.signature_algorithm", record["certificate.sig_alg"]);
    putInteger(fields, "file.x509.public_key_size", record["certificate.key_length"]);
    putList(fields, "file.x509.alternative_names", record["san.dns"]);
  },
  files(record, fields) {
    classify(fields, "file", "info");
    putAddress(fields, "source", first(record.tx_hosts) ?? record.tx_hosts ?? record["id.orig_h"]);
    putAddress(fields, "destination", first(record.rx_hosts) ?? record.rx_hosts ?? record["id.resp_h"]);
    // Who sent the file is known; whether that is the server, only with the side that opened the connection.
    const sentByClient = flag(record.is_orig);
    if (sentByClient !== undefined) {
      putAddress(fields, sentByClient ? "client" : "server", fields["source.ip"] as string);
      putAddress(fields, sentByClient ? "server" : "client", fields["destination.ip"] as string);
    }
    putText(fields, "network.protocol", lower(record.source));
    putText(fields, "file.name", record.filename);
    putText(fields, "file.mime_type", record.mime_type);
    putInteger(fields, "file.size", record.total_bytes ?? record.seen_bytes);
    for (const kind of ["md5", "sha1", "sha256"]) putText(fields, `file.hash.${kind}`, record[kind]);
  },
  ssh(record, fields) {
    classify(fields, "authentication", "start");
    fields["network.protocol"] = "ssh";
    fields["network.transport"] = "tcp";
    fields["event.action"] = "ssh_login";
    const success = flag(record.auth_success);
    if (success !== undefined) fields["event.outcome"] = success ? "success" : "failure";
    putText(fields, "user_agent.original", record.client);
  },
  ftp(record, fields) {
    classify(fields, "network", "protocol");
    fields["network.protocol"] = "ftp";
    fields["network.transport"] = "tcp";
    putUser(fields, record.user);
    putText(fields, "event.action", record.command);
    putText(fields, "url.original", record.arg);
    putInteger(fields, "file.size", record.file_size);
    putText(fields, "message", record.reply_msg);
  },
  smb_files(record, fields) {
    classify(fields, "file", "access");
    fields["network.protocol"] = "smb";
    putText(fields, "event.action", record.action);
    putText(fields, "file.name", record.name);
    const path = textOf(record.path);
    const name = textOf(record.name);
    if (path !== undefined || name !== undefined)
      fields["file.path"] = [path, name].filter(Boolean).join("\\");
    putInteger(fields, "file.size", record.size);
  },
  smb_mapping(record, fields) {
    classify(fields, "network", "access");
    fields["network.protocol"] = "smb";
    fields["event.action"] = "share-mapped";
    putText(fields, "file.path", record.path);
  },
  dce_rpc(record, fields) {
    classify(fields, "network", "protocol");
    fields["network.protocol"] = "dce_rpc";
    putText(fields, "event.action", record.operation);
  },
  ntlm(record, fields) {
    classify(fields, "authentication", "start");
    fields["event.action"] = "ntlm-login";
    putText(fields, "user.name", record.username);
    putText(fields, "user.domain", record.domainname);
    putText(fields, "source.domain", record.hostname);
    const success = flag(record.success);
    if (success !== undefined) fields["event.outcome"] = success ? "success" : "failure";
  },
  kerberos(record, fields) {
    classify(fields, "authentication", "start");
    fields["network.protocol"] = "kerberos";
    putText(fields, "event.action", record.request_type);
    const client = textOf(record.client);
    if (client !== undefined) {
      const slash = client.lastIndexOf("/");
      fields["user.name"] = slash > 0 ? client.slice(0, slash) : client;
      if (slash > 0) fields["user.domain"] = client.slice(slash + 1);
    }
    putText(fields, "service.name", record.service);
    putText(fields, "event.reason", record.error_msg);
    const success = flag(record.success);
    if (success !== undefined) fields["event.outcome"] = success ? "success" : "failure";
  },
  rdp(record, fields) {
    classify(fields, "network", "protocol");
    fields["network.protocol"] = "rdp";
    putText(fields, "user.name", record.cookie);
    putText(fields, "source.domain", record.client_name);
    putText(fields, "event.action", "rdp-connection");
  },
  radius(record, fields) {
    classify(fields, "authentication", "start");
    fields["event.action"] = "radius-login";
    putUser(fields, record.username);
    putMac(fields, "source.mac", record.mac);
    const result = textOf(record.result);
    if (result !== undefined) fields["event.outcome"] = result === "success" ? "success" : "failure";
  },
  mysql(record, fields) {
    classify(fields, "database", "access");
    putText(fields, "event.action", record.cmd);
    if (textOf(record.cmd) === "login") putUser(fields, record.arg);
    const success = flag(record.success);
    if (success !== undefined) fields["event.outcome"] = success ? "success" : "failure";
  },
  smtp(record, fields) {
    classify(fields, "email", "info");
    fields["network.protocol"] = "smtp";
    putText(fields, "email.from.address", record.mailfrom);
    putList(fields, "email.to.address", record.rcptto);
    putText(fields, "email.subject", record.subject);
    putText(fields, "email.message_id", record.msg_id);
    putText(fields, "user_agent.original", record.user_agent);
  },
  dhcp(record, fields) {
    classify(fields, "network", "protocol");
    fields["network.protocol"] = "dhcp";
    putAddress(fields, "source", record.client_addr);
    putAddress(fields, "destination", record.server_addr);
    putMac(fields, "source.mac", record.mac);
    putText(fields, "host.name", record.host_name);
    putAddress(fields, "host", record.assigned_addr);
    putText(
      fields,
      "event.action",
      lower(Array.isArray(record.msg_types) ? record.msg_types.at(-1) : undefined),
    );
  },
  notice(record, fields) {
    fields["event.kind"] = "alert";
    classify(fields, "intrusion_detection", "info");
    putText(fields, "rule.name", record.note);
    putText(fields, "rule.description", record.msg);
    putText(fields, "message", record.msg);
    putAddress(fields, "source", record.src ?? record["id.orig_h"]);
    putAddress(fields, "destination", record.dst ?? record["id.resp_h"]);
    putInteger(fields, "destination.port", record.p ?? record["id.resp_p"]);
    putText(fields, "network.transport", record.proto);
  },
  weird(record, fields) {
    classify(fields, "network", "info");
    putText(fields, "event.action", record.name);
    putText(fields, "rule.name", record.name);
    putText(fields, "message", record.addl);
  },
  intel(record, fields) {
    fields["event.kind"] = "alert";
    classify(fields, "threat", "indicator");
    putText(fields, "threat.indicator.name", record["seen.indicator"]);
    setIndicatorType(fields, textOf(record["seen.indicator_type"]));
    putText(fields, "threat.indicator.provider", first(record.sources) ?? record.sources);
  },
  software(record, fields) {
    classify(fields, "host", "info");
    putAddress(fields, "host", record.host);
    putText(fields, "package.name", record.name);
  },
  syslog(record, fields) {
    classify(fields, "host", "info");
    putText(fields, "message", record.message);
    putText(fields, "log.syslog.severity.name", lower(record.severity));
    putText(fields, "log.syslog.facility.name", lower(record.facility));
  },
  ldap(record, fields) {
    classify(fields, "network", "protocol");
    fields["network.protocol"] = "ldap";
    putText(fields, "event.action", lower(first(record.opcode) ?? record.opcode));
    putText(fields, "event.reason", first(record.diagnostic_message) ?? record.diagnostic_message);
  },
};

/** Kinds of the intelligence framework under the names of ECS (and STIX). */
const indicatorTypes: Record<string, string> = {
  "intel::domain": "domain-name",
  "intel::url": "url",
  "intel::email": "email-addr",
  "intel::file_hash": "file",
  "intel::file_name": "file",
  "intel::user_name": "user-account",
  "intel::software": "software",
  "intel::cert_hash": "x509-certificate",
};

function setIndicatorType(fields: Fields, recorded: string | undefined): void {
  const kind = recorded?.toLowerCase() ?? "";
  if (kind === "intel::addr") {
    const ip = cleanIp(String(fields["threat.indicator.name"] ?? ""));
    if (ip === undefined) return;
    fields["threat.indicator.type"] = ip.includes(":") ? "ipv6-addr" : "ipv4-addr";
    fields["threat.indicator.ip"] = ip;
  } else if (Object.hasOwn(indicatorTypes, kind)) fields["threat.indicator.type"] = indicatorTypes[kind]!;
}

/** What the analysers of these streams listen to; the streams themselves do not say it. */
const usualTransports: Record<string, string> = {
  dce_rpc: "tcp",
  dhcp: "udp",
  mysql: "tcp",
  ntlm: "tcp",
  radius: "udp",
  rdp: "tcp",
  smb_files: "tcp",
  smb_mapping: "tcp",
  smtp: "tcp",
  ssl: "tcp",
};

/** Fills an event of a Zeek log stream; `stream` is the log's name without ".log" ("conn"). Unknown streams get the connection only. */
export function readZeekRecord(stream: string, record: JsonObject, draft: ProductDraft): void {
  const fields = draft.fields;
  draft.dataset = `zeek/${stream}`;
  fields["event.module"] = "zeek";
  fields["observer.vendor"] = "Zeek";
  fields["observer.type"] = "ids";
  putText(fields, "event.id", record.uid);
  putAddress(fields, "source", record["id.orig_h"] ?? at(record, "id", "orig_h"));
  putInteger(fields, "source.port", record["id.orig_p"] ?? at(record, "id", "orig_p"));
  putAddress(fields, "destination", record["id.resp_h"] ?? at(record, "id", "resp_h"));
  putInteger(fields, "destination.port", record["id.resp_p"] ?? at(record, "id", "resp_p"));
  putText(fields, "network.community_id", record.community_id);
  const read = Object.hasOwn(streams, stream) ? streams[stream] : rareStreams.get(stream);
  if (read) read(record, fields);
  else {
    classify(fields, "network", "protocol");
    fields["network.protocol"] = stream;
    putUser(fields, record.user ?? record.username);
  }
  const transport = Object.hasOwn(usualTransports, stream) ? usualTransports[stream] : undefined;
  putText(fields, "network.transport", lower(record.proto));
  if (transport !== undefined) fields["network.transport"] ??= transport;
  if (fields["url.path"] === undefined && typeof record.uri === "string") setPath(fields, record.uri);
}
