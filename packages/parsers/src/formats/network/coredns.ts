import type { Fields } from "@firebreak/model/event";
import type { LineFormat } from "@firebreak/model/format";
import { addRelated } from "../../ecs/related.ts";
import { applyRules, eventFields, rule } from "../../text/rules.ts";

const dataset = "network/coredns";
/** The log plugin's common format, perhaps behind a container runtime's time ("coredns.io/plugins/log"). */
const line =
  /^(?:(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\S*) )?\[(INFO|ERROR)\] (?=(?:\[[\da-fA-F:]+\]|[\d.]+):\d{1,5} - \d+ ")/;

const rules = [
  rule(
    /^(\S+) - (\d+) "(\S+) (\S+) (\S+?)\.? (tcp|udp) (\d+) \S+ \d+" (\S+) (\S+) (\d+) ([\d.]+)s/,
    "source:port dns.id dns.question.type dns.question.class dns.question.name network.transport source.bytes:n dns.response_code firebreak.raw.flags destination.bytes:n firebreak.raw.duration",
    eventFields("network", "protocol info", "dns-query", { "network.protocol": "dns" }),
  ),
];

export const format = {
  kind: "line",
  name: dataset,
  title: "CoreDNS query log",
  version: 1,
  notes:
    '`[INFO] 10.0.0.1:53211 - 7 "A IN name. udp 40 false 512" NOERROR qr,rd,ra 100 0.01s`. Undated unless a runtime puts its time before it.',
  sniff: (text) => (line.test(text) ? 0.97 : 0),
  open: (context) => ({
    parse(record) {
      const match = line.exec(record);
      if (!match) return undefined;
      const text = record.slice(match[0].length).trimEnd();
      const fields: Fields | undefined = applyRules(rules, text);
      if (!fields) return { reject: "cut or broken query line" };
      fields["event.kind"] = "event";
      fields["log.level"] = match[2]!.toLowerCase();
      fields["event.outcome"] = fields["dns.response_code"] === "NOERROR" ? "success" : "failure";
      fields.message = text;
      const seconds = Number(fields["firebreak.raw.duration"]);
      if (Number.isFinite(seconds)) fields["event.duration"] = Math.round(seconds * 1e9);
      addRelated(fields);
      const time = match[1] === undefined ? undefined : context.time.iso(match[1]);
      return time ? { dataset, time, fields } : { dataset, fields };
    },
  }),
} satisfies LineFormat;
