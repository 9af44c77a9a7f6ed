import type { Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import { setAccount } from "../../ecs/account.ts";
import { cleanIp } from "../../ecs/ip.ts";
import { addRelated } from "../../ecs/related.ts";
import { readTimeValue } from "../../infer/time-value.ts";

const dataset = "app/pingfederate";
const head = /^\d{4}-\d\d-\d\d \d{1,2}:\d\d:\d\d[.,]\d{3} ?\| ?/;
const events =
  /^(?:SSO|SLO|OAuth|STS|AUTHN_[A-Z_]{2,40}|SRI_REVOKED|PWD_[A-Z_]{2,40}|SCIM\w*|USER_[A-Z_]{2,40}|CONSENT_\w{2,40})$/;
const columns =
  "time tracking event subject ip app connection protocol host role status adapter description response_time".split(
    " ",
  );
const maxCells = 40;

/**
 * PingFederate's audit.log and admin.log (docs.pingidentity.com, "Security audit logging", "Administrator audit logging"): default fields
 * with "|" between. Local time of the server without a zone.
 */
export const format = {
  kind: "line",
  name: dataset,
  title: "PingFederate audit and admin log",
  version: 1,
  notes:
    "`time| tracking| event| subject| ip| …| status| …` (audit) or `time | user | roles | ip | component | event | id | - text` (admin). Local time without a zone.",
  sniff(line) {
    if (!head.test(line.slice(0, 40))) return 0;
    const cells = split(line);
    return auditAt(cells) > 0 || isAdmin(cells) ? 0.9 : 0;
  },
  open: (context) => ({ parse: (record) => parse(record, context) }),
} satisfies LineFormat;

function split(line: string): string[] {
  return line.split("|", maxCells).map((cell) => cell.trim());
}

/** Index of the event: newer versions write the transaction's id before it; 0 for other lines. */
function auditAt(cells: readonly string[]): number {
  if (cells.length < 11) return 0;
  return events.test(cells[2]!) ? 2 : events.test(cells[3]!) ? 3 : 0;
}

function isAdmin(cells: readonly string[]): boolean {
  return cells.length >= 7 && cleanIp(cells[3]!) !== undefined && /^[A-Z_]{2,60}$/.test(cells[5]!);
}

function parse(record: string, context: ParseContext): LineResult {
  if (!head.test(record.slice(0, 40))) return undefined;
  const cells = split(record);
  const at = auditAt(cells);
  if (at === 0 && !isAdmin(cells)) return undefined;
  const time = readTimeValue(cells[0]!.replace(/ (\d):/, " 0$1:"), context.time);
  if (time === undefined) return { reject: "no valid time" };
  const fields: Fields = { "event.kind": "event", message: record };
  if (at > 0) readAudit(cells, at, fields);
  else readAdmin(cells, record, fields);
  addRelated(fields);
  return { dataset, time: { ...time, original: cells[0]! }, fields };
}

function readAudit(cells: readonly string[], at: number, fields: Fields): void {
  const held = new Map<string, string>();
  for (let i = 2; i < columns.length; i++) {
    const cell = cells[i + at - 2];
    if (cell !== undefined && cell !== "" && cell !== "-") held.set(columns[i]!, cell);
  }
  const event = held.get("event")!;
  fields["event.action"] = event;
  fields["event.category"] = ["authentication"];
  fields["event.type"] = [/SLO|DELETED|REVOKED/.test(event) ? "end" : "start"];
  const status = held.get("status");
  if (status === "success") fields["event.outcome"] = "success";
  else if (status === "failure") fields["event.outcome"] = "failure";
  const subject = held.get("subject");
  if (subject !== undefined) setAccount(fields, subject);
  const ip = cleanIp(held.get("ip") ?? "");
  if (ip !== undefined) fields["source.ip"] = ip;
  put(fields, "service.name", held.get("app"));
  put(fields, "host.name", held.get("host"));
  put(fields, "event.reason", held.get("description"));
  put(fields, "trace.id", cells[1]?.replace(/^tid:/, ""));
  const ms = Number(held.get("response_time"));
  if (ms > 0 && Number.isSafeInteger(ms * 1e6)) fields["event.duration"] = ms * 1e6;
  for (const name of ["connection", "protocol", "role", "adapter"])
    put(fields, `firebreak.raw.${name}`, held.get(name));
}

function readAdmin(cells: readonly string[], record: string, fields: Fields): void {
  fields["event.category"] = ["configuration"];
  fields["event.type"] = ["change"];
  fields["event.action"] = cells[5]!;
  if (cells[1] !== "") setAccount(fields, cells[1]!);
  const roles = cells[2]!.split(",", 50).filter((role) => role !== "");
  if (roles.length > 0) fields["user.roles"] = roles;
  fields["source.ip"] = cleanIp(cells[3]!)!;
  put(fields, "firebreak.raw.component", cells[4]);
  put(fields, "firebreak.raw.detail", cells[6]);
  const text = /\| *- ([\s\S]*)$/.exec(record)?.[1];
  if (text !== undefined) fields.message = text.trim();
  if (!/^LOG(?:IN|OUT|ON)/.test(cells[5]!)) return;
  fields["event.category"] = ["authentication"];
  fields["event.type"] = [cells[5]!.startsWith("LOGOUT") ? "end" : "start"];
  fields["event.outcome"] = /FAIL/i.test(`${cells[5]} ${text ?? ""}`) ? "failure" : "success";
}

function put(fields: Fields, name: string, value: string | undefined): void {
  if (value !== undefined && value !== "") fields[name] = value;
}
