import type { Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import { splitAddressPort } from "../../ecs/address-port.ts";
import { rawField } from "../../ecs/raw.ts";
import { addRelated } from "../../ecs/related.ts";
import { setUrl } from "../../ecs/url.ts";
import { classify } from "../../json/product.ts";

const head =
  /^\[(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d,\d{3})\] (?:\[([^\]]{1,100})\] )?\[(rest|transport|ip_filter)\] {1,3}\[([a-z_]{3,40})\]\s{1,8}/;
const pair = /([a-z_]{2,40})=\[([^\]]*)\](?:, ?|$)/g;
const texts: Record<string, string> = {
  principal: "user.name",
  user: "user.name",
  run_by_principal: "user.effective.name",
  node_name: "host.name",
};

/** Audit log of Elasticsearch before 6.5 (Elasticsearch reference 6.x, "Audit Log Entry Format"). Local time without a zone. */
export const format = {
  kind: "line",
  name: "database/elasticsearch-audit-text",
  title: "Elasticsearch audit log (text, before 6.5)",
  version: 1,
  notes:
    "`[time] [node] [rest] [authentication_failed] origin_address=[…], principal=[…]`. Local time without a zone.",
  sniff: (line) => (head.test(line) ? 0.98 : 0),
  open: (context) => ({ parse: (record) => parse(record, context) }),
} satisfies LineFormat;

function parse(line: string, context: ParseContext): LineResult {
  const match = head.exec(line);
  if (match === null) return undefined;
  const time = context.time.iso(match[1]!);
  if (time === undefined) return { reject: "no valid time" };
  const action = match[4]!;
  const fields: Fields = { "event.kind": "event", "event.action": action, "event.provider": match[3]! };
  if (/^(?:authentication_|realm_auth|anonymous)/.test(action)) classify(fields, "authentication", "start");
  else classify(fields, "database", "access");
  if (/failed|denied|tampered/.test(action)) fields["event.outcome"] = "failure";
  else if (/success|granted/.test(action)) fields["event.outcome"] = "success";
  if (match[2] !== undefined) fields["host.name"] = match[2];
  for (const [, key, value] of line.slice(match[0].length).matchAll(pair)) {
    if (value === "" || value === "null") continue;
    const name = Object.hasOwn(texts, key!) ? texts[key!]! : rawField(key!);
    fields[name] = value!;
    if (key === "uri") setUrl(fields, value!);
    if (key !== "origin_address") continue;
    const { ip, port } = splitAddressPort(value!);
    if (ip !== undefined) fields["source.ip"] = ip;
    if (port !== undefined) fields["source.port"] = port;
  }
  addRelated(fields);
  return { dataset: "elasticsearch/audit", time, fields };
}
