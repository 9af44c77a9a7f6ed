import type { Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import { addRelated } from "../../ecs/related.ts";

const pattern = /^\[(\d{10})\] ([A-Z][A-Za-z ]{3,60}?): ([\s\S]*)$/;

/** What stands between the semicolons of each kind of entry (Nagios Core documentation, "Log file"). */
const columns: Record<string, readonly string[]> = {
  "CURRENT HOST STATE": ["host", "state", "state_type", "attempt", "text"],
  "INITIAL HOST STATE": ["host", "state", "state_type", "attempt", "text"],
  "CURRENT SERVICE STATE": ["host", "service", "state", "state_type", "attempt", "text"],
  "INITIAL SERVICE STATE": ["host", "service", "state", "state_type", "attempt", "text"],
  "HOST ALERT": ["host", "state", "state_type", "attempt", "text"],
  "SERVICE ALERT": ["host", "service", "state", "state_type", "attempt", "text"],
  "HOST FLAPPING ALERT": ["host", "state", "text"],
  "SERVICE FLAPPING ALERT": ["host", "service", "state", "text"],
  "HOST DOWNTIME ALERT": ["host", "state", "text"],
  "SERVICE DOWNTIME ALERT": ["host", "service", "state", "text"],
  "HOST NOTIFICATION": ["user", "host", "state", "command", "text"],
  "SERVICE NOTIFICATION": ["user", "host", "service", "state", "command", "text"],
  "HOST EVENT HANDLER": ["host", "state", "state_type", "attempt", "command"],
  "SERVICE EVENT HANDLER": ["host", "service", "state", "state_type", "attempt", "command"],
  "PASSIVE HOST CHECK": ["host", "state", "text"],
  "PASSIVE SERVICE CHECK": ["host", "service", "state", "text"],
  "TIMEPERIOD TRANSITION": ["service", "from", "to"],
  "EXTERNAL COMMAND": ["command"],
};
const names: Record<string, string> = {
  host: "host.name",
  service: "service.name",
  state: "service.state",
  user: "user.name",
  text: "message",
};

/** Nagios and Icinga 1 event log. Epoch seconds. */
export const format = {
  kind: "line",
  name: "app/nagios",
  title: "Nagios and Icinga event log",
  version: 1,
  notes: "By [epoch] and the kind of the entry in capitals. UTC.",
  sniff(line) {
    const kind = pattern.exec(line)?.[2];
    return kind !== undefined && Object.hasOwn(columns, kind) ? 0.95 : 0;
  },
  open(context) {
    return { parse: (record) => parseNagios(record, context) };
  },
} satisfies LineFormat;

function parseNagios(line: string, context: ParseContext): LineResult {
  const match = pattern.exec(line);
  const known = match && Object.hasOwn(columns, match[2]!) ? columns[match[2]!] : undefined;
  if (!match || known === undefined) return undefined;
  const kind = match[2]!;
  const fields: Fields = {
    "event.kind": kind.endsWith("ALERT") ? "alert" : "event",
    "event.category": ["host"],
    "event.type": ["info"],
    "event.action": kind.toLowerCase().replaceAll(" ", "-"),
  };
  const parts = match[3]!.split(";");
  for (const [i, name] of known.entries()) {
    const isLast = i === known.length - 1;
    const value = isLast ? parts.slice(i).join(";") : parts[i];
    if (value === undefined || value === "") continue;
    fields[Object.hasOwn(names, name) ? names[name]! : `firebreak.raw.${name}`] = value;
  }
  if (kind === "EXTERNAL COMMAND") setCommand(fields, parts);
  if (fields["host.name"] !== undefined) fields["host.hostname"] = fields["host.name"];
  addRelated(fields);
  return { dataset: "app/nagios", time: context.time.instant(Number(match[1]) * 1000, 0, match[1]!), fields };
}

/** The command's name and its first argument, which is a host in all commands that name one. */
function setCommand(fields: Fields, parts: readonly string[]): void {
  fields["firebreak.raw.command"] = parts[0]!;
  fields.message = parts.join(";");
  if (/HOST|SVC|SERVICE/.test(parts[0]!) && parts[1] !== undefined && parts[1] !== "")
    fields["host.name"] = parts[1];
  if (/_SVC_|_SERVICE_/.test(parts[0]!) && parts[2] !== undefined) fields["service.name"] = parts[2];
}
