import { holds, product } from "../json/define.ts";
import { classify, textOf } from "../json/product.ts";

function finishRequest(fields: Record<string, unknown>): void {
  const status = fields["http.response.status_code"];
  if (typeof status !== "number") return;
  fields["event.category"] = ["web"];
  fields["event.type"] = ["access"];
  fields["event.outcome"] = status < 400 ? "success" : "failure";
}

/** Serilog: compact (CLEF, `@t`) and classic (`Timestamp`, `MessageTemplate`, `Properties`). The offset is in the record. */
export const serilog = product({
  name: "app/serilog",
  title: "Serilog (.NET): compact and classic JSON",
  recognises: (record) =>
    (record["@t"] !== undefined && (record["@mt"] ?? record["@m"]) !== undefined) ||
    (record.Timestamp !== undefined && record.MessageTemplate !== undefined),
  time: ["@t", "Timestamp"],
  map: [
    ["lower", "log.level", "@l", "Level"],
    ["text", "message", "@m", "RenderedMessage", "@mt", "MessageTemplate"],
    ["text", "error.stack_trace", "@x", "Exception"],
    ["text", "log.logger", "SourceContext", "Properties.SourceContext"],
    ["url", "url", "RequestPath", "Properties.RequestPath"],
    ["text", "http.request.method", "RequestMethod", "Properties.RequestMethod"],
    ["integer", "http.response.status_code", "StatusCode", "Properties.StatusCode"],
    ["address", "source", "ClientIp", "Properties.ClientIp", "RemoteIpAddress", "Properties.RemoteIpAddress"],
    ["user", "user", "UserName", "Properties.UserName", "User", "Properties.User"],
    ["host", "host.name", "MachineName", "Properties.MachineName"],
    ["integer", "process.pid", "ProcessId", "Properties.ProcessId"],
    ["integer", "process.thread.id", "ThreadId", "Properties.ThreadId"],
    ["text", "service.name", "Application", "Properties.Application"],
    ["text", "http.request.id", "RequestId", "Properties.RequestId"],
    ["text", "trace.id", "@tr", "TraceId", "Properties.TraceId"],
  ],
  finish: (_record, { fields }) => finishRequest(fields),
});

const pinoLevels: Record<string, string> = {
  10: "trace",
  20: "debug",
  30: "info",
  40: "warn",
  50: "error",
  60: "fatal",
};

/** pino and bunyan (Node.js): numeric level, epoch milliseconds or ISO time. */
export const pino = product({
  name: "app/pino",
  title: "pino and bunyan (Node.js) JSON log",
  recognises: (record) =>
    typeof record.level === "number" &&
    Object.hasOwn(pinoLevels, record.level) &&
    record.pid !== undefined &&
    record.hostname !== undefined,
  time: ["time"],
  map: [
    ["text", "message", "msg"],
    ["integer", "process.pid", "pid"],
    ["host", "host.name", "hostname"],
    ["text", "service.name", "name"],
    ["text", "http.request.method", "req.method"],
    ["url", "url", "req.url"],
    ["address", "source", "req.remoteAddress"],
    ["integer", "source.port", "req.remotePort"],
    ["text", "user_agent.original", "req.headers.user-agent"],
    ["integer", "http.response.status_code", "res.statusCode"],
    ["text", "error.message", "err.message"],
    ["text", "error.type", "err.type", "err.name"],
    ["text", "error.stack_trace", "err.stack"],
  ],
  finish(record, { fields }) {
    fields["log.level"] = pinoLevels[String(record.level)]!;
    finishRequest(fields);
  },
});

/** Lograge (Rails), one object a request: method, path, controller, action, status, duration. */
export const lograge = product({
  name: "app/lograge",
  title: "Rails request log (lograge JSON)",
  recognises: holds("method", "path", "controller", "action", "status"),
  time: ["@timestamp", "time", "timestamp", "date"],
  map: [
    ["text", "http.request.method", "method"],
    ["url", "url", "path"],
    ["integer", "http.response.status_code", "status"],
    ["address", "source", "remote_ip", "ip", "client_ip"],
    ["text", "user.id", "user_id"],
    ["user", "user", "username", "user"],
    ["text", "url.domain", "host"],
    ["text", "http.request.id", "request_id"],
    ["text", "user_agent.original", "user_agent", "ua"],
    ["text", "error.message", "error", "exception"],
  ],
  finish: (_record, { fields }) => finishRequest(fields),
});

/** Nextcloud and ownCloud: nextcloud.log and audit.log. The offset is in the record. */
export const nextcloud = product({
  name: "app/nextcloud",
  title: "Nextcloud and ownCloud log",
  recognises: holds("reqId", "remoteAddr", "app", "message"),
  time: ["time"],
  map: [
    ["text", "http.request.id", "reqId"],
    ["address", "source", "remoteAddr"],
    ["text", "user.name", "user"],
    ["text", "event.provider", "app"],
    ["text", "http.request.method", "method"],
    ["url", "url", "url"],
    ["text", "message", "message"],
    ["text", "user_agent.original", "userAgent"],
  ],
  finish(record, { fields }) {
    const levels = ["debug", "info", "warn", "error", "fatal"];
    const level = levels[Number(record.level)];
    if (level !== undefined) fields["log.level"] = level;
    if (fields["user.name"] === "--") delete fields["user.name"];
    const message = textOf(record.message) ?? "";
    const failed = /^Login failed: '?([^'(]{1,128}?)'? \(Remote IP/.exec(message);
    if (failed !== null) {
      classify(fields, "authentication", "start");
      fields["event.action"] = "login";
      fields["event.outcome"] = "failure";
      fields["user.name"] = failed[1]!;
    } else if (/^Login (?:successful|attempt)/.test(message)) {
      classify(fields, "authentication", "start");
      fields["event.action"] = "login";
      const user = /^Login (?:successful|attempt): "([^"]{1,128})"/.exec(message)?.[1];
      if (user !== undefined) fields["user.name"] = user;
      if (message.startsWith("Login successful")) fields["event.outcome"] = "success";
    } else {
      const file =
        /^File (?:with id "\d+" )?(accessed|created|deleted|written to|renamed|updated|copied): "([^"]{1,1024})"/.exec(
          message,
        );
      if (file === null) return;
      classify(
        fields,
        "file",
        file[1] === "created"
          ? "creation"
          : file[1] === "deleted"
            ? "deletion"
            : file[1] === "accessed"
              ? "access"
              : "change",
      );
      fields["event.action"] = `file-${file[1] === "written to" ? "written" : file[1]}`;
      fields["file.path"] = file[2]!;
    }
  },
});

/** RabbitMQ's JSON formatter. UTC offset in the record. */
export const rabbitmqJson = product({
  name: "app/rabbitmq",
  title: "RabbitMQ log (JSON)",
  recognises: (record) =>
    record.time !== undefined &&
    record.level !== undefined &&
    record.msg !== undefined &&
    typeof record.pid === "string" &&
    record.pid.startsWith("<"),
  time: ["time"],
  map: [
    ["lower", "log.level", "level"],
    ["text", "message", "msg"],
    ["text", "log.logger", "domain"],
    ["text", "user.name", "user"],
    ["address", "source", "peer_addr"],
  ],
});

/** Log4j's JsonLayout and JsonTemplateLayout, Logback's JSON encoders: the logger and the thread are told. */
export const javaJson = product({
  name: "app/java-json",
  title: "Java log in JSON (Log4j, Logback)",
  recognises: (record) =>
    (record.logger_name !== undefined && record.thread_name !== undefined) ||
    (record.loggerName !== undefined &&
      (record.instant ?? record.timeMillis ?? record.thread) !== undefined &&
      record.logEvent === undefined) ||
    (record.logger !== undefined &&
      record.thread !== undefined &&
      record.message !== undefined &&
      record.level !== undefined),
  time: ["@timestamp", "timeMillis", "timestamp", "time", "instant"],
  map: [
    ["lower", "log.level", "level"],
    ["text", "message", "message"],
    ["text", "log.logger", "logger_name", "loggerName", "logger"],
    ["text", "process.thread.name", "thread_name", "thread"],
    ["text", "error.stack_trace", "stack_trace", "thrown.extendedStackTrace"],
    ["text", "error.type", "thrown.name"],
    ["text", "error.message", "thrown.message"],
    ["address", "source", "mdc.clientIp", "contextMap.clientIp", "clientIp", "remoteAddress", "mdc.ip"],
    ["user", "user", "mdc.user", "contextMap.user", "mdc.username", "user", "username", "userId"],
    ["text", "trace.id", "traceId", "mdc.traceId", "trace_id"],
    ["host", "host.name", "HOSTNAME", "hostname", "host"],
    ["text", "service.name", "app_name", "service", "application", "appName"],
  ],
});
