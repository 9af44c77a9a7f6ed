import type { Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import { addRelated } from "../../ecs/related.ts";
import { applyRules, eventFields, loginFields, rule } from "../../text/rules.ts";

const dataset = "remote/anydesk";

export const format = {
  kind: "line",
  name: dataset,
  title: "AnyDesk (ad.trace, ad_svc.trace, connection_trace.txt)",
  version: 1,
  notes:
    "`   info 2024-03-03 10:22:33.123 gsvc 4628 3528 anynet.connection - message` in UTC; connection_trace.txt has minutes only, local time.",
  sniff: (line) => (trace.test(line) ? 0.95 : connection.test(line) ? 0.93 : 0),
  open: (context) => ({ parse: (record) => parse(record, context) }),
} satisfies LineFormat;

const trace =
  /^ {0,8}(info|warning|error|debug|critical) (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}) +(\S+) +(\d+) +(\d+) +(?:\d+ +)?(\S+) - (.*)$/;
const connection =
  /^(Incoming|Outgoing) +(\d{4}-\d\d-\d\d), (\d\d:\d\d) +(\S+) +(\d{6,12}|\S+@\S+) +(\S+)\s*$/;

const rules = [
  rule(/^Logged in from (\S+?)(?: on relay .*)?\.?$/, "source:port", {
    ...eventFields("network session", "connection start", "remote-connected"),
  }),
  rule(/^External address: (\S+?)\.?$/, "host.ip", eventFields("network", "info", "own-address")),
  rule(/^Client-ID: (\d+)/, "firebreak.raw.remote_id", eventFields("session", "info", "client-identified")),
  rule(
    /^Incoming session request: (.*?) \((\d+)\)/,
    "source.domain firebreak.raw.remote_id",
    eventFields("session", "start", "session-requested"),
  ),
  rule(
    /^Accept request from (\d+)/,
    "firebreak.raw.remote_id",
    eventFields("session", "start", "session-accepted"),
  ),
  rule(/^Authenticated (?:with|by) (.*?)\.?$/, "firebreak.raw.method", loginFields("success")),
  rule(/^(?:Authentication failed|Invalid password|Wrong password).*$/i, "", loginFields("failure")),
  rule(/^Session (?:stopped|closed|has been closed).*$/, "", eventFields("session", "end", "session-closed")),
  rule(
    /^(?:Preparing (?:files|\d+ files)|Download(?:ing)?|Upload(?:ing)?).*?'(.*?)'/,
    "file.path",
    eventFields("file", "access", "file-transferred"),
  ),
];

function parse(record: string, context: ParseContext): LineResult {
  const match = trace.exec(record);
  if (match) {
    const text = match[7]!.trimEnd();
    const fields: Fields = applyRules(rules, text) ?? {};
    fields["event.kind"] = "event";
    fields["log.level"] = match[1]!;
    fields["log.logger"] = match[6]!;
    fields["process.name"] = "AnyDesk";
    fields["process.pid"] = Number(match[4]);
    fields.message = text;
    addRelated(fields);
    const time = context.time.iso(match[2]!, { zone: "UTC", source: "format-default" });
    return time ? { dataset, time, fields } : { dataset, fields };
  }
  const row = connection.exec(record);
  if (!row) return undefined;
  const incoming = row[1] === "Incoming";
  const fields: Fields = {
    "event.kind": "event",
    ...eventFields("session authentication", "start", incoming ? "remote-session" : "remote-session-out", {
      "event.outcome": row[4] === "REJECTED" ? "failure" : "success",
    }),
    "network.direction": incoming ? "inbound" : "outbound",
    "firebreak.raw.method": row[4]!,
    "firebreak.raw.remote_id": row[5]!,
    message: record.trimEnd(),
  };
  addRelated(fields);
  const time = context.time.iso(`${row[2]} ${row[3]}`);
  return time ? { dataset, time, fields } : { dataset, fields };
}
