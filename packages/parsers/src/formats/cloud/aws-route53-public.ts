import type { Fields } from "@firebreak/model/event";
import type { LineFormat } from "@firebreak/model/format";
import { cleanIp } from "../../ecs/ip.ts";
import { addRelated } from "../../ecs/related.ts";

const dataset = "aws/route53-public";
const line =
  /^1\.\d (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z) (Z[A-Z0-9]{5,32}) (\S{1,255}) ([A-Z0-9]{1,12}) ([A-Z]{2,12}) (UDP|TCP) ([A-Z]{3}\d{0,2}(?:-[A-Z]\d{1,2})?) ([0-9a-fA-F.:]{2,45}) (\S{1,60})\s*$/;

/** Public hosted zones' query logs of Amazon Route 53 (docs.aws.amazon.com, "Public DNS query logging"). UTC. */
export const format = {
  kind: "line",
  name: "cloud/aws-route53-public",
  title: "Amazon Route 53 public DNS query log",
  version: 1,
  notes: "`1.0 time zone-id name type rcode protocol edge resolver-ip client-subnet`. UTC.",
  sniff: (text) => (line.test(text) ? 0.98 : 0),
  open: (context) => ({
    parse(record) {
      const match = line.exec(record);
      if (!match) return undefined;
      const fields: Fields = {
        "event.kind": "event",
        "event.category": ["network"],
        "event.type": ["protocol"],
        "event.action": "dns-query",
        "event.outcome": match[5] === "NOERROR" ? "success" : "failure",
        "cloud.provider": "aws",
        "network.protocol": "dns",
        "network.transport": match[6]!.toLowerCase(),
        "dns.question.name": match[3]!.replace(/\.$/, ""),
        "dns.question.type": match[4]!,
        "dns.response_code": match[5]!,
        "firebreak.raw.hosted_zone_id": match[2]!,
        "firebreak.raw.edge_location": match[7]!,
      };
      const ip = cleanIp(match[8]!);
      if (ip !== undefined) fields["source.ip"] = ip;
      if (match[9] !== "-") fields["firebreak.raw.edns_client_subnet"] = match[9]!;
      addRelated(fields);
      const time = context.time.iso(match[1]!);
      return time ? { dataset, time, fields } : { dataset, fields };
    },
  }),
} satisfies LineFormat;
