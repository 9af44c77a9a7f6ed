import type { Fields } from "@firebreak/model/event";
import { transportOf } from "../ecs/transport.ts";
import { setUrl } from "../ecs/url.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../json/parse.ts";
import {
  at,
  classify,
  type JsonProduct,
  putAddress,
  putInteger,
  putText,
  textOf,
  timeOf,
} from "../json/product.ts";
import { addTotals } from "../network/totals.ts";
import { readFlowTimes, suricataProtocols } from "./suricata-protocols.ts";

/** Suricata EVE (docs.suricata.io, "EVE JSON Format"). The time carries its zone as "+0000". */
export const suricata: JsonProduct = {
  name: "suricata/eve",
  title: "Suricata EVE",
  recognises(record) {
    return (
      typeof record.event_type === "string" &&
      typeof record.timestamp === "string" &&
      (record.flow_id !== undefined || record.src_ip !== undefined || isJsonObject(record[record.event_type]))
    );
  },
  read(record, draft, context) {
    const fields = draft.fields;
    const type = textOf(record.event_type) ?? "event";
    draft.dataset = /^[a-z0-9_]{1,30}$/.test(type) ? `suricata/${type}` : "suricata/eve";
    draft.time = timeOf(record.timestamp, context);
    fields["event.module"] = "suricata";
    fields["observer.vendor"] = "OISF";
    fields["observer.product"] = "Suricata";
    fields["observer.type"] = "ids";
    putAddress(fields, "source", record.src_ip);
    putInteger(fields, "source.port", record.src_port);
    putAddress(fields, "destination", record.dest_ip);
    putInteger(fields, "destination.port", record.dest_port);
    const proto = textOf(record.proto)?.toLowerCase();
    putText(fields, "network.transport", proto === undefined ? undefined : (transportOf(proto) ?? proto));
    putText(fields, "network.protocol", record.app_proto);
    putText(fields, "network.community_id", record.community_id);
    putText(fields, "observer.ingress.interface.name", record.in_iface);
    putText(fields, "event.id", record.flow_id);
    putText(fields, "observer.name", record.host);
    const read = Object.hasOwn(readers, type)
      ? readers[type]
      : Object.hasOwn(suricataProtocols, type)
        ? suricataProtocols[type]
        : undefined;
    if (read) read(record, fields);
    else classify(fields, "network", "protocol");
    readHttp(record.http, fields);
    readTls(record.tls, fields);
    readFile(record.fileinfo, fields);
    if (isJsonObject(record.flow)) readFlow(record.flow, fields);
    readFlowTimes(record, fields);
  },
};

const readers: Record<string, (record: JsonObject, fields: Fields) => void> = {
  alert(record, fields) {
    const alert = record.alert;
    fields["event.kind"] = "alert";
    classify(fields, "intrusion_detection", at(alert, "action") === "blocked" ? "denied" : "info");
    putText(fields, "rule.name", at(alert, "signature"));
    putText(fields, "rule.id", at(alert, "signature_id"));
    putText(fields, "rule.category", at(alert, "category"));
    putText(fields, "rule.version", at(alert, "rev"));
    putInteger(fields, "event.severity", at(alert, "severity"));
    putText(fields, "event.action", at(alert, "action"));
    putText(fields, "message", at(alert, "signature"));
    readDns(record.dns, fields);
  },
  flow(_record, fields) {
    classify(fields, "network", "connection", "end");
    fields["event.action"] = "flow-ended";
  },
  netflow(record, fields) {
    classify(fields, "network", "connection");
    putInteger(fields, "network.bytes", at(record, "netflow", "bytes"));
    putInteger(fields, "network.packets", at(record, "netflow", "pkts"));
  },
  dns(record, fields) {
    classify(fields, "network", "protocol");
    fields["network.protocol"] = "dns";
    fields["event.action"] = at(record, "dns", "type") === "query" ? "dns-query" : "dns-answer";
    readDns(record.dns, fields);
  },
  http(record, fields) {
    classify(fields, "web", "access");
    const status = at(record, "http", "status");
    if (typeof status === "number" && status > 0)
      fields["event.outcome"] = status < 400 ? "success" : "failure";
    fields["network.protocol"] = "http";
  },
  tls(_record, fields) {
    classify(fields, "network", "protocol");
    fields["network.protocol"] = "tls";
  },
  fileinfo(_record, fields) {
    classify(fields, "file", "info");
  },
  ssh(record, fields) {
    classify(fields, "network", "protocol");
    fields["network.protocol"] = "ssh";
    putText(fields, "user_agent.original", at(record, "ssh", "client", "software_version"));
  },
  smb(record, fields) {
    classify(fields, "network", "protocol");
    fields["network.protocol"] = "smb";
    putText(fields, "file.name", at(record, "smb", "filename"));
    putText(fields, "user.name", at(record, "smb", "ntlmssp", "user"));
    putText(fields, "user.domain", at(record, "smb", "ntlmssp", "domain"));
    putText(fields, "event.action", textOf(at(record, "smb", "command"))?.toLowerCase());
  },
  anomaly(record, fields) {
    classify(fields, "network", "info");
    putText(fields, "event.action", at(record, "anomaly", "event"));
  },
  drop(record, fields) {
    classify(fields, "network", "denied");
    fields["event.action"] = "dropped";
    putText(fields, "event.reason", at(record, "drop", "reason"));
  },
  stats(_record, fields) {
    fields["event.kind"] = "metric";
    classify(fields, "network", "info");
  },
};

function readFlow(flow: JsonValue | undefined, fields: Fields): void {
  putInteger(fields, "source.packets", at(flow, "pkts_toserver"));
  putInteger(fields, "destination.packets", at(flow, "pkts_toclient"));
  const up = at(flow, "bytes_toserver");
  const down = at(flow, "bytes_toclient");
  putInteger(fields, "source.bytes", up);
  putInteger(fields, "destination.bytes", down);
  addTotals(fields);
}

function readDns(dns: JsonValue | undefined, fields: Fields): void {
  if (!isJsonObject(dns)) return;
  const query = at(dns, "query", 0) ?? at(dns, "queries", 0) ?? dns;
  putText(fields, "dns.question.name", at(query, "rrname"));
  putText(fields, "dns.question.type", at(query, "rrtype"));
  putText(fields, "dns.type", dns.type);
  putText(fields, "dns.id", dns.id);
  putText(fields, "dns.response_code", dns.rcode);
  const flags = ["aa", "tc", "rd", "ra"].filter((one) => dns[one] === true).map((one) => one.toUpperCase());
  if (flags.length > 0) fields["dns.header_flags"] = flags;
  const answers = dns.answers;
  if (!Array.isArray(answers)) return;
  const data = answers.map((one) => textOf(at(one, "rdata"))).filter((one) => one !== undefined);
  if (data.length > 0) fields["dns.answers.data"] = data;
  const addresses = answers
    .filter((one) => ["A", "AAAA"].includes(textOf(at(one, "rrtype")) ?? ""))
    .map((one) => textOf(at(one, "rdata")))
    .filter((one) => one !== undefined);
  if (addresses.length > 0) fields["dns.resolved_ip"] = addresses;
}

function readHttp(http: JsonValue | undefined, fields: Fields): void {
  if (!isJsonObject(http)) return;
  const url = textOf(http.url);
  if (url !== undefined) setUrl(fields, url);
  putText(fields, "url.domain", http.hostname);
  putText(fields, "user_agent.original", http.http_user_agent);
  putText(fields, "http.request.method", http.http_method);
  putText(fields, "http.request.referrer", http.http_refer);
  putInteger(fields, "http.response.status_code", http.status);
  putInteger(fields, "http.response.body.bytes", http.length);
}

function readTls(tls: JsonValue | undefined, fields: Fields): void {
  if (!isJsonObject(tls)) return;
  putText(fields, "tls.client.server_name", tls.sni);
  putText(fields, "destination.domain", tls.sni);
  putText(fields, "tls.server.subject", tls.subject);
  putText(fields, "tls.server.issuer", tls.issuerdn);
  putText(fields, "tls.server.hash.sha1", textOf(tls.fingerprint)?.replaceAll(":", ""));
  putText(fields, "tls.client.ja3", at(tls, "ja3", "hash"));
  putText(fields, "tls.server.ja3s", at(tls, "ja3s", "hash"));
  putText(fields, "tls.version", tls.version);
}

function readFile(file: JsonValue | undefined, fields: Fields): void {
  if (!isJsonObject(file)) return;
  const name = textOf(file.filename);
  if (name !== undefined) {
    fields["file.path"] = name;
    fields["file.name"] = name.slice(name.lastIndexOf("/") + 1);
  }
  putInteger(fields, "file.size", file.size);
  for (const kind of ["md5", "sha1", "sha256"]) putText(fields, `file.hash.${kind}`, file[kind]);
}
