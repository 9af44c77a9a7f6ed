import { holds, product } from "../json/define.ts";
import { at, classify, textOf } from "../json/product.ts";

const loginFailed = "failure";

/** MySQL Enterprise Audit, JSON format (MySQL manual, "Audit Log File Formats"). UTC without a zone. */
export const mysqlAudit = product({
  name: "database/mysql-audit",
  title: "MySQL Enterprise audit log (JSON)",
  recognises: holds("timestamp", "class", "event", "connection_id"),
  time: ["timestamp"],
  fixed: { "event.category": ["database"], "event.type": ["access"], "event.provider": "mysql" },
  map: [
    ["text", "user.name", "account.user", "login.user"],
    ["address", "source", "login.ip"],
    ["address", "client", "login.ip"],
    ["text", "client.domain", "account.host"],
    ["text", "event.code", "event"],
    ["text", "user.effective.name", "login.proxy"],
  ],
  finish(record, { fields }) {
    const kind = textOf(record.class) ?? "";
    const event = textOf(record.event) ?? "";
    fields["event.action"] = `mysql-${event}`;
    const status = at(record, `${kind}_data`, "status") ?? at(record, "general_data", "status");
    if (status !== undefined) fields["event.outcome"] = String(status) === "0" ? "success" : loginFailed;
    if (kind === "connection") classify(fields, "authentication", event === "disconnect" ? "end" : "start");
  },
});

/** Percona and MariaDB audit plugins in JSON (`audit_record`). The offset is in the record. */
export const perconaAudit = product({
  name: "database/percona-audit",
  title: "Percona Server audit log (JSON)",
  recognises: holds("audit_record.name", "audit_record.timestamp"),
  time: ["audit_record.timestamp"],
  fixed: { "event.category": ["database"], "event.type": ["access"] },
  map: [
    ["lower", "event.action", "audit_record.name"],
    ["text", "user.name", "audit_record.user"],
    ["address", "source", "audit_record.ip"],
    ["text", "source.domain", "audit_record.host"],
  ],
  finish(record, { fields }) {
    const status = at(record, "audit_record", "status");
    if (status !== undefined) fields["event.outcome"] = String(status) === "0" ? "success" : loginFailed;
    if (/^(?:Connect|Quit)$/.test(textOf(at(record, "audit_record", "name")) ?? ""))
      classify(fields, "authentication", at(record, "audit_record", "name") === "Quit" ? "end" : "start");
    const user = /^([^[\s]{1,80})\[/.exec(String(fields["user.name"] ?? ""))?.[1];
    if (user !== undefined) fields["user.name"] = user;
  },
});

/** MongoDB auditing, JSON (MongoDB manual, "System Event Audit Messages"). The zone is in `ts.$date`. */
export const mongodbAudit = product({
  name: "database/mongodb-audit",
  title: "MongoDB audit log",
  recognises: holds("atype", "ts.$date"),
  time: ["ts.$date"],
  fixed: { "event.category": ["database"], "event.type": ["access"] },
  map: [
    ["text", "event.action", "atype"],
    ["text", "user.name", "param.user", "users.user"],
    ["address", "source", "remote.ip"],
    ["integer", "source.port", "remote.port"],
    ["address", "destination", "local.ip"],
    ["integer", "destination.port", "local.port"],
  ],
  finish(record, { fields }) {
    if (record.result !== undefined)
      fields["event.outcome"] = String(record.result) === "0" ? "success" : "failure";
    const type = textOf(record.atype) ?? "";
    if (type === "authenticate" || type === "logout")
      classify(fields, "authentication", type === "logout" ? "end" : "start");
    else if (/User|Role/.test(type)) classify(fields, "iam", "change");
  },
});

/** Elasticsearch security audit log (logfile output): flat dotted keys. The offset is in the record. */
export const elasticsearchAudit = product({
  name: "elasticsearch/audit",
  title: "Elasticsearch audit log",
  recognises: (record) =>
    record["event.action"] !== undefined &&
    record["event.type"] !== undefined &&
    record["@timestamp"] === undefined,
  time: ["timestamp"],
  fixed: { "event.category": ["database"] },
  map: [
    ["text", "event.action", "event.action"],
    ["text", "user.name", "user.name", "authentication.name"],
    ["list", "user.roles", "user.roles"],
    ["address", "source", "origin.address"],
    ["text", "host.name", "host.name"],
    ["text", "http.request.method", "request.method"],
    ["text", "http.request.id", "request.id"],
    ["text", "url.path", "url.path"],
    ["text", "url.query", "url.query"],
    ["text", "event.provider", "event.type"],
  ],
  finish(record, { fields }) {
    const action = textOf(record["event.action"]) ?? "";
    if (/^(?:authentication_|realm_auth|anonymous)/.test(action)) classify(fields, "authentication", "start");
    else classify(fields, "database", "access");
    if (/failed|denied|tampered/.test(action)) fields["event.outcome"] = "failure";
    else if (/success|granted/.test(action)) fields["event.outcome"] = "success";
  },
});

const levels = (field: string) => ["lower", "log.level", field] as const;

/** Elasticsearch server, deprecation and slow logs in JSON (7.x layout). The offset is in the record. */
export const elasticsearchServer = product({
  name: "elasticsearch/server",
  title: "Elasticsearch log (JSON)",
  recognises: holds("component", "cluster.name", "node.name", "timestamp"),
  time: ["timestamp"],
  fixed: { "event.category": ["database"], "event.type": ["info"] },
  map: [
    levels("level"),
    ["text", "message", "message"],
    ["text", "log.logger", "component"],
    ["text", "host.id", "host.id"],
  ],
});

/** Kibana's JSON log before ECS (7.x). UTC with Z. */
export const kibanaLog = product({
  name: "kibana/log",
  title: "Kibana log (JSON)",
  recognises: (record) =>
    record["@timestamp"] !== undefined &&
    record.type !== undefined &&
    record.pid !== undefined &&
    record.tags !== undefined,
  time: ["@timestamp"],
  map: [
    ["text", "message", "message"],
    ["integer", "process.pid", "pid"],
    ["text", "http.request.method", "req.method", "method"],
    ["integer", "http.response.status_code", "statusCode", "res.statusCode"],
    ["address", "source", "req.remoteAddress"],
    ["text", "user_agent.original", "req.userAgent", "req.headers.user-agent"],
    ["text", "http.request.referrer", "req.referer"],
    ["url", "url", "req.url"],
    ["integer", "http.response.body.bytes", "res.contentLength"],
    ["text", "error.message", "error.message"],
  ],
  finish(record, { fields }) {
    if (record.type === "response") classify(fields, "web", "access");
  },
});

/** Logstash's own JSON log: `timeMillis`, `loggerName`, `logEvent`. */
export const logstashLog = product({
  name: "logstash/log",
  title: "Logstash log (JSON)",
  recognises: holds("timeMillis", "loggerName", "logEvent"),
  time: ["timeMillis"],
  map: [
    levels("level"),
    ["text", "message", "logEvent.message"],
    ["text", "log.logger", "loggerName"],
    ["text", "process.thread.name", "thread"],
  ],
});
