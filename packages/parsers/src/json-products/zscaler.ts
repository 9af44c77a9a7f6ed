import type { Fields } from "@firebreak/model/event";
import { connectionVerdict, setVerdict } from "../ecs/connection.ts";
import { cleanIp } from "../ecs/ip.ts";
import { transportOf } from "../ecs/transport.ts";
import { setBareUrl, setUrl } from "../ecs/url.ts";
import { readTimeValue } from "../infer/time-value.ts";
import { product } from "../json/define.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../json/parse.ts";
import {
  classify,
  type JsonProduct,
  putAddress,
  putInteger,
  putText,
  putUser,
  textOf,
  timeOf,
  utcByFormat,
} from "../json/product.ts";

/** NSS feeds write "None" and "NA" for what is not there. */
function clean(value: JsonValue | undefined): JsonValue | undefined {
  return value === "None" || value === "NA" || value === "N/A" || value === "" || value === "Unknown"
    ? undefined
    : value;
}

function verdict(fields: Fields, value: JsonValue | undefined): void {
  const word = textOf(value);
  if (word === undefined) return;
  const known = connectionVerdict(word.split(/[ _]/)[0]!);
  if (known !== undefined) setVerdict(fields, known, word.toLowerCase());
  else fields["event.action"] = word.toLowerCase();
}

/** The fields of Zscaler's NSS feeds by any of their names (help.zscaler.com, "NSS Feed Output Format"). */
export function readNss(record: Readonly<Record<string, JsonValue | undefined>>, fields: Fields): void {
  const any = (...names: string[]) =>
    names.map((name) => clean(record[name])).find((one) => one !== undefined);
  fields["observer.vendor"] = "Zscaler";
  fields["observer.product"] = "ZIA";
  fields["observer.type"] = "proxy";
  putAddress(fields, "source", any("ClientIP", "cip", "csip", "clt_sip", "clientip", "clientIP", "tsip"));
  putInteger(fields, "source.port", any("csport", "clt_sport", "clientsourceport", "tsport"));
  putAddress(fields, "source.nat", any("clientpublicIP", "cintip", "ssip", "clientpublicip", "srcip_natted"));
  putInteger(fields, "source.nat.port", any("ssport"));
  putAddress(fields, "destination", any("serverip", "sip", "cdip", "srv_dip", "sdip", "server_ip"));
  putInteger(fields, "destination.port", any("cdport", "srv_dport", "sdport", "serverport"));
  putUser(fields, any("user", "login", "ologin", "elogin", "user_email"));
  putText(fields, "host.name", any("devicehostname", "deviceHostname"));
  putText(fields, "http.request.method", any("requestmethod", "reqmethod"));
  putInteger(fields, "http.response.status_code", any("status", "respcode", "responsecode"));
  putText(fields, "http.request.referrer", any("refererURL", "ereferer", "referer", "refererhost"));
  putText(fields, "user_agent.original", any("useragent", "ua", "eua"));
  putInteger(fields, "source.bytes", any("requestsize", "reqsize", "outbytes", "obytes"));
  putInteger(fields, "destination.bytes", any("responsesize", "respsize", "inbytes", "ibytes"));
  putInteger(fields, "network.bytes", any("transactionsize", "totalsize"));
  putText(
    fields,
    "rule.name",
    any("rule", "rulelabel", "urlfilterrulelabel", "reqrulelabel", "resrulelabel"),
  );
  putText(fields, "rule.category", any("urlcategory", "urlcat", "ipcat"));
  putText(fields, "event.reason", any("reason"));
  putText(fields, "event.id", any("event_id", "recordid"));
  putText(fields, "network.application", any("appname", "nwapp"));
  putText(fields, "file.hash.md5", any("md5", "bamd5"));
  putText(fields, "file.name", any("filename", "upload_filename"));
  putText(fields, "dns.question.name", any("dns_req", "req", "domain"));
  putText(fields, "dns.question.type", any("dns_reqtype", "reqtype"));
  putText(fields, "dns.response_code", any("dns_respcode", "error"));
  const answer = cleanIp(textOf(any("dns_resp", "res_ip")) ?? "");
  if (answer !== undefined) fields["dns.resolved_ip"] = [answer];
  const protocol = textOf(any("protocol", "proto", "ipproto", "nwsvc"));
  const transport = protocol === undefined ? undefined : transportOf(protocol);
  if (transport !== undefined) fields["network.transport"] = transport;
  else if (protocol !== undefined) fields["network.protocol"] = protocol.toLowerCase();
  const url = textOf(any("url", "eurl"));
  if (url !== undefined) {
    if (/^[\w.-]+:\d+$/.test(url)) setUrl(fields, url, true);
    else setBareUrl(fields, url);
  }
  putText(fields, "url.domain", any("hostname", "host", "ehost"));
  classify(fields, url === undefined ? "network" : "web", url === undefined ? "connection" : "access");
  verdict(fields, any("action", "reqaction"));
  const threat = any("threatname", "ipsrulelabel");
  if (threat !== undefined) {
    fields["event.kind"] = "alert";
    putText(fields, "rule.name", threat);
  }
}

/** NSS feeds in JSON: `{"sourcetype": "zscalernss-web", "event": {…}}`, or the inner object alone. */
export const zscalerNss: JsonProduct = {
  name: "cloud/zscaler",
  title: "Zscaler Internet Access, NSS feed as JSON",
  recognises: (record) =>
    (typeof record.sourcetype === "string" && record.sourcetype.startsWith("zscalernss")) ||
    (record.vendor === "Zscaler" && record.product === "NSS"),
  read(record, draft, context) {
    const event: JsonObject = isJsonObject(record.event) ? record.event : record;
    readNss(event, draft.fields);
    const stamp = textOf(event.datetime ?? event.time);
    const zone = textOf(event.tz);
    const hint = zone === undefined || zone === "GMT" ? utcByFormat : undefined;
    draft.time =
      timeOf(event.epochtime, context) ??
      (stamp === undefined ? undefined : readTimeValue(stamp, context.time, "unknown", hint));
  },
};

/** Zscaler Private Access log streams (help.zscaler.com, "Understanding User Activity Log Fields"). Times are UTC. */
export const zscalerZpa: JsonProduct = {
  name: "cloud/zscaler-zpa",
  title: "Zscaler Private Access log stream",
  recognises: (record) =>
    record.LogTimestamp !== undefined &&
    (record.Customer !== undefined || record.SessionID !== undefined || record.ConnectionID !== undefined),
  read(record, draft, context) {
    const fields = draft.fields;
    const stamp = textOf(record.LogTimestamp);
    if (stamp !== undefined) draft.time = readTimeValue(stamp, context.time, "unknown", utcByFormat);
    fields["observer.vendor"] = "Zscaler";
    fields["observer.product"] = "ZPA";
    fields["observer.type"] = "vpn";
    const account = textOf(record.Username);
    if (account !== undefined) putUser(fields, account);
    putAddress(fields, "source", record.ClientPublicIP ?? record.PublicIP ?? record.ClientPrivateIP);
    putAddress(fields, "source.nat", record.ClientPrivateIP ?? record.PrivateIP);
    putAddress(fields, "destination", record.ServerIP);
    putInteger(fields, "destination.port", record.ServerPort ?? record.ServicePort);
    putText(fields, "destination.domain", record.Host);
    putText(fields, "source.geo.country_iso_code", record.ClientCountryCode ?? record.CountryCode);
    putText(fields, "rule.name", record.Policy);
    putText(fields, "network.application", record.Application);
    putText(fields, "event.id", record.SessionID);
    putText(fields, "event.reason", record.InternalReason);
    putText(fields, "host.name", record.Hostname ?? record.HostName);
    putText(fields, "http.request.method", record.Method);
    putInteger(fields, "http.response.status_code", record.StatusCode);
    const url = textOf(record.URL);
    if (url !== undefined) setUrl(fields, url);
    putText(fields, "user_agent.original", record.UserAgent);
    const transport = transportOf(textOf(record.IPProtocol) ?? "");
    if (transport !== undefined) fields["network.transport"] = transport;
    putInteger(fields, "source.bytes", record.ZENTotalBytesRxClient ?? record.TotalBytesRx);
    putInteger(fields, "destination.bytes", record.ZENTotalBytesTxClient ?? record.TotalBytesTx);
    const status = textOf(record.ConnectionStatus ?? record.SessionStatus);
    classify(fields, "network", "connection");
    if (status !== undefined) fields["event.action"] = status.toLowerCase();
    if (record.SessionStatus !== undefined) fields["event.category"] = ["session"];
    if (record.Exporter !== undefined) readBrowserAccess(record, fields);
  },
};

/** Browser access: the exporter stands between the browser and the application. */
function readBrowserAccess(record: JsonObject, fields: Fields): void {
  classify(fields, "web", "access");
  putUser(fields, record.NameID);
  putAddress(fields, "source", record.ClientPublicIp);
  putInteger(fields, "source.port", record.ClientPublicPort);
  putAddress(fields, "source.nat", record.ClientPrivateIp);
  putInteger(fields, "source.bytes", record.RequestSize);
  putInteger(fields, "destination.bytes", record.ResponseSize);
  putInteger(fields, "destination.port", record.ApplicationPort);
  putText(fields, "url.domain", record.Host);
  const protocol = textOf(record.Protocol);
  if (protocol !== undefined) fields["network.protocol"] = protocol.toLowerCase();
  const status = fields["http.response.status_code"];
  if (typeof status === "number") fields["event.outcome"] = status < 400 ? "success" : "failure";
}

/** ZPA's audit log: what administrators changed. UTC. */
export const zscalerZpaAudit = product({
  name: "cloud/zscaler-zpa-audit",
  title: "Zscaler Private Access audit log",
  recognises: (record) => record.AuditOperationType !== undefined && record.ObjectType !== undefined,
  time: ["ModifiedTime", "CreationTime"],
  fixed: {
    "observer.vendor": "Zscaler",
    "observer.product": "ZPA",
    "event.category": ["iam"],
    "event.type": ["change"],
  },
  map: [
    ["text", "event.id", "RequestID"],
    ["lower", "event.action", "AuditOperationType"],
    ["user", "user", "User"],
    ["text", "user.id", "ModifiedBy"],
  ],
  finish(record, { fields }) {
    const action = textOf(record.AuditOperationType)?.toLowerCase() ?? "";
    if (action === "create") fields["event.type"] = ["creation"];
    else if (action === "delete") fields["event.type"] = ["deletion"];
    else if (/^(?:sign|log)/.test(action)) {
      fields["event.category"] = ["authentication"];
      fields["event.outcome"] = /fail/.test(action) ? "failure" : "success";
      fields["event.type"] = [/out/.test(action) ? "end" : "start"];
    }
  },
});
