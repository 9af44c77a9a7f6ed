import { cleanIp } from "../ecs/ip.ts";
import { setHostHeader, setUrl } from "../ecs/url.ts";
import { product } from "../json/define.ts";
import type { JsonObject } from "../json/parse.ts";
import {
  at,
  classify,
  type JsonProduct,
  type ProductDraft,
  putText,
  textOf,
  timeOf,
} from "../json/product.ts";
import { compileTable } from "../json/table.ts";

function finishAccess(draft: ProductDraft): void {
  classify(draft.fields, "web", "access");
  const status = draft.fields["http.response.status_code"];
  if (typeof status === "number") draft.fields["event.outcome"] = status < 400 ? "success" : "failure";
}

function setVersion(draft: ProductDraft, protocol: string | undefined): void {
  const version = /^HTTP\/(\d(?:\.\d)?)$/.exec(protocol ?? "");
  if (version !== null) draft.fields["http.version"] = version[1]!;
}

const caddyMap = compileTable([
  ["address", "source", "request.client_ip", "request.remote_ip", "request.remote_addr"],
  ["integer", "source.port", "request.remote_port"],
  ["text", "http.request.method", "request.method"],
  ["integer", "http.response.status_code", "status"],
  ["integer", "http.response.body.bytes", "size"],
  ["integer", "http.request.body.bytes", "bytes_read"],
  ["text", "tls.client.server_name", "request.tls.server_name"],
  ["text", "user_agent.original", "request.headers.User-Agent"],
  ["text", "http.request.referrer", "request.headers.Referer"],
  ["user", "user", "user_id"],
]);

/** Caddy's access log. `ts` is epoch seconds with a fraction, UTC. */
export const caddy: JsonProduct = {
  name: "web/caddy",
  title: "Caddy access log",
  recognises(record) {
    const logger = record.logger;
    return (
      record.request !== undefined &&
      record.ts !== undefined &&
      typeof logger === "string" &&
      logger.startsWith("http.")
    );
  },
  read(record, draft, context) {
    draft.time = timeOf(record.ts, context, undefined);
    setVersion(draft, textOf(at(record, "request", "proto")));
    const seconds = Number(textOf(record.duration));
    if (seconds >= 0 && seconds < 1e6) draft.fields["event.duration"] = Math.round(seconds * 1e9);
    const uri = textOf(at(record, "request", "uri"));
    if (uri !== undefined) setUrl(draft.fields, uri);
    const host = textOf(at(record, "request", "host"));
    if (host !== undefined) draft.fields["url.domain"] = host.replace(/:\d{1,5}$/, "");
    caddyMap(record, draft.fields);
    finishAccess(draft);
  },
};

const traefikMap = compileTable([
  ["address", "source", "ClientHost", "ClientAddr"],
  ["integer", "source.port", "ClientPort"],
  ["text", "http.request.method", "RequestMethod"],
  ["url", "url", "RequestPath"],
  ["text", "url.domain", "RequestHost"],
  ["text", "url.scheme", "RequestScheme"],
  ["integer", "url.port", "RequestPort"],
  ["integer", "event.duration", "Duration"],
  ["address", "destination", "ServiceAddr", "BackendAddr"],
  ["integer", "http.response.status_code", "DownstreamStatus", "OriginStatus"],
  ["integer", "http.response.body.bytes", "DownstreamContentSize"],
  ["integer", "http.request.body.bytes", "RequestContentSize"],
  ["text", "user_agent.original", "request_User-Agent"],
  ["text", "http.request.referrer", "request_Referer"],
  ["user", "user", "ClientUsername"],
  ["text", "service.name", "ServiceName"],
]);

/** Traefik's JSON access log. StartUTC and `time` carry their zone. */
export const traefik: JsonProduct = {
  name: "web/traefik",
  title: "Traefik access log (JSON)",
  recognises(record) {
    return record.RequestMethod !== undefined && record.DownstreamStatus !== undefined;
  },
  read(record, draft, context) {
    draft.time = timeOf(record.StartUTC ?? record.time ?? record.StartLocal, context);
    traefikMap(record, draft.fields);
    setVersion(draft, textOf(record.RequestProtocol));
    finishAccess(draft);
  },
};

/** Envoy's and Istio's access log as JSON (istio.io, "Envoy Access Logs"). UTC with Z. */
export const envoyJson = product({
  name: "web/envoy",
  title: "Envoy and Istio access log (JSON)",
  recognises: (record) =>
    record.response_flags !== undefined &&
    record.response_code !== undefined &&
    (record.upstream_host !== undefined || record.downstream_remote_address !== undefined),
  time: ["start_time"],
  fixed: { "event.category": ["web"], "event.type": ["access"] },
  map: [
    ["text", "http.request.method", "method"],
    ["url", "url", "path"],
    ["integer", "http.response.status_code", "response_code"],
    ["integer", "http.request.body.bytes", "bytes_received"],
    ["integer", "http.response.body.bytes", "bytes_sent"],
    ["text", "http.request.id", "request_id"],
    ["text", "user_agent.original", "user_agent"],
    ["address", "source", "downstream_remote_address"],
    ["address", "destination", "upstream_host"],
    ["text", "tls.client.server_name", "requested_server_name"],
    ["text", "event.reason", "response_code_details"],
  ],
  finish(record, draft) {
    finishAccess(draft);
    const authority = textOf(record.authority);
    if (authority !== undefined) setHostHeader(draft.fields, authority);
    setVersion(draft, textOf(record.protocol));
    const ms = Number(textOf(record.duration));
    if (Number.isSafeInteger(ms * 1e6)) draft.fields["event.duration"] = ms * 1e6;
    const first = cleanIp((textOf(record.x_forwarded_for) ?? "").split(",", 1)[0]!);
    if (first !== undefined) draft.fields["network.forwarded_ip"] = first;
  },
});

const cloudflareMap = compileTable([
  ["address", "source", "ClientIP"],
  ["integer", "source.port", "ClientSrcPort"],
  ["text", "source.geo.country_iso_code", "ClientCountry"],
  ["text", "http.request.method", "ClientRequestMethod"],
  ["text", "user_agent.original", "ClientRequestUserAgent"],
  ["text", "http.request.referrer", "ClientRequestReferer"],
  ["integer", "http.response.status_code", "EdgeResponseStatus"],
  ["integer", "http.response.body.bytes", "EdgeResponseBytes"],
  ["integer", "http.request.body.bytes", "ClientRequestBytes"],
  ["text", "event.id", "RayID"],
  ["text", "rule.id", "WAFRuleID"],
  ["address", "destination", "OriginIP"],
  ["action", "event.action", "SecurityAction", "WAFAction"],
]);

/** Cloudflare Logpush, HTTP requests. Times are RFC 3339, epoch seconds or nanoseconds, UTC. */
export const cloudflare: JsonProduct = {
  name: "cloud/cloudflare",
  title: "Cloudflare HTTP request log",
  recognises(record) {
    return record.ClientRequestURI !== undefined && record.RayID !== undefined;
  },
  read(record, draft, context) {
    const fields = draft.fields;
    draft.time = timeOf(record.EdgeStartTimestamp ?? record.EdgeEndTimestamp, context);
    const uri = textOf(record.ClientRequestURI);
    if (uri !== undefined) setUrl(fields, uri);
    putText(fields, "url.domain", record.ClientRequestHost);
    cloudflareMap(record, fields);
    if (fields["event.action"] === "unknown") delete fields["event.action"];
    finishAccess(draft);
  },
};

const gitlabMap = compileTable([
  ["address", "source", "remote_ip", "meta.remote_ip", "ip", "ip_address", "details.ip_address"],
  ["text", "http.request.method", "method"],
  ["integer", "http.response.status_code", "status"],
  ["text", "user.name", "username", "meta.user", "author_name", "details.author_name"],
  ["text", "user.email", "details.author_email"],
  ["text", "user.id", "user_id", "author_id"],
  ["text", "user_agent.original", "ua"],
  ["text", "event.id", "correlation_id"],
  ["text", "service.name", "controller", "meta.caller_id"],
  ["text", "event.reason", "exception.message"],
  ["lower", "log.level", "severity"],
  ["url", "url", "path"],
]);

/** GitLab's production_json.log, api_json.log and audit_json.log. UTC with Z. */
export const gitlab: JsonProduct = {
  name: "web/gitlab",
  title: "GitLab request and audit log (JSON)",
  recognises(record) {
    if (
      record.correlation_id === undefined &&
      record["meta.caller_id"] === undefined &&
      record.author_id === undefined
    )
      return false;
    return (
      record.controller !== undefined ||
      record.remote_ip !== undefined ||
      record.entity_type !== undefined ||
      record["meta.caller_id"] !== undefined
    );
  },
  read(record, draft, context) {
    const fields = draft.fields;
    draft.time = timeOf(record.time ?? record.created_at, context);
    gitlabMap(record, fields);
    finishAccess(draft);
    if (fields["http.response.status_code"] === 0) delete fields["http.response.status_code"];
    if (isAudit(record)) putAudit(record, fields);
    const login = parameterOf(record);
    if (login !== undefined) {
      classify(fields, "authentication", "start");
      fields["event.action"] = "sign-in";
      fields["user.name"] ??= login;
      // A rejected password is rendered again; success redirects, but a second factor may still be asked.
      delete fields["event.outcome"];
    }
  },
};

function isAudit(record: JsonObject): boolean {
  return record.entity_type !== undefined && record.author_id !== undefined;
}

/** What was changed, and on whom. */
function putAudit(record: JsonObject, fields: ProductDraft["fields"]): void {
  classify(fields, "iam", "change");
  // The API nests what the log file writes flat.
  const get = (key: string) => record[key] ?? at(record, "details", key);
  putText(fields, "event.action", get("event_name") ?? get("change") ?? get("add") ?? get("remove"));
  putText(fields, "message", get("custom_message"));
  if (get("target_type") === "User" || record.entity_type === "User") {
    putText(fields, "user.target.name", get("target_details"));
    putText(fields, "user.target.id", get("target_id"));
  }
}

/** The login name of a posted sign-in form. */
function parameterOf(record: JsonObject): string | undefined {
  if (record.controller !== "SessionsController" || record.method !== "POST") return undefined;
  const parameters = record.params;
  if (!Array.isArray(parameters)) return undefined;
  for (const one of parameters) {
    if (at(one, "key") === "user") return textOf(at(one, "value", "login"));
  }
  return undefined;
}
