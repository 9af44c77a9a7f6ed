import type { Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import { setEndpoint } from "../../ecs/endpoint.ts";
import { addRelated } from "../../ecs/related.ts";

const start = /^\*\* Alert (\d{10})\.(\d{1,12}):(?: (\S{1,30}))? {0,2}- ?(.{0,1000})$/;

/** OSSEC and Wazuh alerts.log: a block of lines an alert. Epoch seconds; the second line repeats them in local time. */
export const format = {
  kind: "line",
  name: "endpoint/ossec-alert",
  title: "OSSEC and Wazuh alerts.log",
  version: 1,
  notes: "By '** Alert epoch.offset:'; the block up to the next alert is one event. UTC.",
  sniff: (line) => (start.test(line.split("\n", 1)[0]!) ? 0.97 : 0),
  open: (context) => ({
    continues: (_pending, line) => line !== "" && !start.test(line),
    parse: (record) => parseAlert(record, context),
  }),
} satisfies LineFormat;

function parseAlert(record: string, context: ParseContext): LineResult {
  const lines = record.split("\n");
  const match = start.exec(lines[0]!);
  if (!match) return undefined;
  const fields: Fields = {
    "event.kind": "alert",
    "event.category": ["intrusion_detection"],
    "event.type": ["info"],
    "event.id": `${match[1]}.${match[2]}`,
  };
  const groups = match[4]!
    .split(",")
    .map((group) => group.trim())
    .filter((group) => group !== "");
  if (groups.length > 0) fields["rule.category"] = groups.join(",");
  if (groups.some((group) => /authentication_(?:failed|success|failures)/.test(group))) {
    fields["event.category"] = ["authentication"];
    fields["event.outcome"] = groups.includes("authentication_success") ? "success" : "failure";
  }
  const rest: string[] = [];
  for (const line of lines.slice(1, 500)) if (!readAlertLine(fields, line)) rest.push(line);
  if (rest.length > 0) fields.message = rest.join("\n");
  addRelated(fields);
  const time = context.time.instant(Number(match[1]) * 1000, 0, `${match[1]}.${match[2]}`);
  return { dataset: "endpoint/wazuh", time, fields };
}

/** "2024 Mar 05 10:14:02 (agent) 10.0.0.9->/var/log/auth.log", "Rule: 5716 (level 5) -> 'text'", "Src IP: …", "User: …". */
function readAlertLine(fields: Fields, line: string): boolean {
  const origin =
    /^\d{4} [A-Z][a-z]{2} \d\d \d\d:\d\d:\d\d (?:\(([^)]{1,200})\) (\S{1,60}?)|(\S{1,255}?))->(.{1,1000})$/.exec(
      line,
    );
  if (origin) {
    fields["host.name"] = (origin[1] ?? origin[3])!;
    if (origin[2] !== undefined && origin[2] !== "any") fields["host.ip"] = [origin[2]];
    fields["firebreak.raw.location"] = origin[4]!;
    return true;
  }
  const rule = /^Rule: (\d{1,9}) \(level (\d{1,2})\) -> '(.{0,500})'$/.exec(line);
  if (rule) {
    fields["rule.id"] = rule[1]!;
    fields["event.severity"] = Number(rule[2]);
    fields["rule.name"] = rule[3]!;
    return true;
  }
  const named = /^(Src IP|Dst IP|Src Port|Dst Port|User): (.{1,255})$/.exec(line);
  if (!named) return false;
  const value = named[2]!.trim();
  if (named[1] === "User") fields["user.name"] = value;
  else if (named[1] === "Src IP") setEndpoint(fields, "source", value);
  else if (named[1] === "Dst IP") setEndpoint(fields, "destination", value);
  else if (/^\d{1,5}$/.test(value))
    fields[named[1] === "Src Port" ? "source.port" : "destination.port"] = Number(value);
  return true;
}
