import type { Fields } from "@firebreak/model/event";
import { setEndpoint } from "../../ecs/endpoint.ts";
import { setUrl } from "../../ecs/url.ts";
import type { PayloadDraft, SyslogPayload } from "../../syslog-payload.ts";
import { createClfDateReader } from "../../text/clf-date.ts";
import { applyRules, eventFields, rule } from "../../text/rules.ts";

const dataset = "web/haproxy";

export const payload = {
  name: dataset,
  title: "HAProxy (HTTP and TCP log)",
  programs: ["haproxy"],
  parse,
} satisfies SyslogPayload;

/** HAProxy configuration manual §8.2: `client:port [accept date] frontend backend/server timers status bytes … "request"`. */
const head = /^(\S+?):(\d+) \[([^\]]+)\] (\S+) (\S+?)\/(\S+) (\S+) /;
const http = /^(-?\d+) (\+?\d+) (\S+) (\S+) (\S+) (\S+) (\S+)(?: \{([^}]*)\})?(?: \{([^}]*)\})? "([^"]*)"?/;
const tcp = /^(\+?\d+) (\S+) (\S+) (\S+)\s*$/;

const others = [
  rule(
    /^(\S+):(\d+) \[([^\]]+)\] (\S+): (.*(?:error|failure|failed|closed).*)$/i,
    "source source.port . firebreak.raw.frontend event.reason",
    eventFields("network", "connection", "connection-failed", { "event.outcome": "failure" }),
  ),
  rule(
    /^Connect from (\S+):(\d+) to (\S+):(\d+) \((\S+)\/(\S+)\)/,
    "source source.port destination destination.port firebreak.raw.frontend network.protocol",
    eventFields("network", "connection start", "connection-opened"),
  ),
  rule(
    /^Server (\S+) is (UP|DOWN)(.*)$/,
    "service.name service.state event.reason",
    eventFields("host", "info", "server-state-changed"),
  ),
  rule(
    /^Proxy (\S+) (started|stopped)/,
    "service.name service.state",
    eventFields("process", "info", "proxy-state-changed"),
  ),
];

function parse(
  message: string,
  _envelope: unknown,
  context: Parameters<SyslogPayload["parse"]>[2],
): PayloadDraft {
  const match = head.exec(message);
  const rest = match ? message.slice(match[0].length) : "";
  const request = match ? http.exec(rest) : null;
  const connection = match && !request ? tcp.exec(rest) : null;
  if (!match || (!request && !connection)) {
    const fields = applyRules(others, message) ?? {};
    const accepted = /^\S{3,64} \[(\d\d\/[A-Z][a-z]{2}\/[\d:.]{13,21})\]/.exec(message);
    const time = accepted ? createClfDateReader(context.time)(accepted[1]!) : undefined;
    return time ? { dataset, fields, time } : { dataset, fields };
  }
  const fields: Fields = {
    "firebreak.raw.frontend": match[4]!,
    "firebreak.raw.backend": match[5]!,
    "firebreak.raw.server": match[6]!,
    "firebreak.raw.timers": match[7]!,
  };
  setEndpoint(fields, "source", match[1]!, match[2]);
  if (request) readRequest(request, fields);
  else if (connection) {
    fields["event.category"] = ["network"];
    fields["event.type"] = ["connection", "end"];
    fields["event.action"] = "connection-closed";
    fields["destination.bytes"] = Number(connection[1]);
    fields["firebreak.raw.termination"] = connection[2]!;
  }
  const total = /(\d+)$/.exec(match[7]!);
  if (total) fields["event.duration"] = Number(total[1]) * 1e6;
  const time = createClfDateReader(context.time)(match[3]!);
  return time ? { dataset, fields, time } : { dataset, fields };
}

function readRequest(match: RegExpExecArray, fields: Fields): void {
  const status = Number(match[1]);
  fields["event.category"] = ["web"];
  fields["event.type"] = ["access"];
  if (status >= 100) {
    fields["http.response.status_code"] = status;
    fields["event.outcome"] = status < 400 ? "success" : "failure";
  }
  fields["http.response.bytes"] = Number(match[2]);
  fields["firebreak.raw.termination"] = match[5]!;
  if (match[8]) fields["firebreak.raw.request_headers"] = match[8];
  if (match[9]) fields["firebreak.raw.response_headers"] = match[9];
  const line = /^(\S+) (\S+)(?: HTTP\/(\S+))?$/.exec(match[10]!);
  if (!line) {
    // "<BADREQ>"
    if (match[10] !== "") fields["firebreak.raw.request"] = match[10]!;
    return;
  }
  fields["http.request.method"] = line[1]!;
  if (line[3] !== undefined) fields["http.version"] = line[3];
  setUrl(fields, line[2]!, line[1] === "CONNECT");
}
