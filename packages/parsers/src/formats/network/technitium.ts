import type { LineFormat } from "@firebreak/model/format";
import { addRelated } from "../../ecs/related.ts";
import { applyRules, eventFields, loginFields, rule } from "../../text/rules.ts";

const dataset = "network/technitium";
const line =
  /^\[(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) (UTC|Local)\] (?:\[((?:\[[\da-fA-F:]+\]|[\d.]+):\d{1,5})\] )?/;

const rules = [
  rule(
    /^\[(UDP|TCP|TLS|HTTPS|QUIC)\] QNAME: ([^;]*); QTYPE: (\w+); QCLASS: (\w+); RCODE: (\w+); ANSWER: \[(.*?)\]/i,
    "network.transport dns.question.name dns.question.type dns.question.class dns.response_code firebreak.raw.answer",
    eventFields("network", "protocol info", "dns-query", { "network.protocol": "dns" }),
  ),
  rule(/Invalid username or password for user: (\S+)/, "user.name", loginFields("failure")),
  rule(/^\[([^\]]+)\] User logged in\./, "user.name", loginFields("success")),
  rule(
    /^\[([^\]]+)\] (.{1,500})$/,
    "user.name event.reason",
    eventFields("configuration", "change", "changed"),
  ),
];

export const format = {
  kind: "line",
  name: dataset,
  title: "Technitium DNS Server log",
  version: 1,
  notes: "`[YYYY-MM-DD hh:mm:ss UTC] [client:port] …`; the bracket says whether the time is UTC or local.",
  sniff: (text) => {
    const match = line.exec(text);
    return match ? (match[3] === undefined ? 0.3 : 0.9) : 0;
  },
  open: (context) => ({
    parse(record) {
      const match = line.exec(record);
      if (!match) return undefined;
      const text = record.slice(match[0].length).trimEnd();
      const fields = applyRules(rules, text) ?? {};
      if (match[3] !== undefined) Object.assign(fields, applyRules([client], match[3]));
      const transport = fields["network.transport"];
      if (typeof transport === "string")
        fields["network.transport"] = transport.toLowerCase() === "udp" ? "udp" : "tcp";
      fields["event.kind"] = "event";
      fields.message = text;
      addRelated(fields);
      const hint = match[2] === "UTC" ? ({ zone: "UTC", source: "in-record" } as const) : undefined;
      const time = context.time.iso(match[1]!, hint);
      return time ? { dataset, time, fields } : { dataset, fields };
    },
  }),
} satisfies LineFormat;

const client = rule(/^(\S+)$/, "source:port", {});
