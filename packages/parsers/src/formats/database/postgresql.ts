import type { Fields } from "@firebreak/model/event";
import type { LineFormat, LineParser, LineResult, ParseContext } from "@firebreak/model/format";
import { splitAddressPort } from "../../ecs/address-port.ts";
import { cleanIp } from "../../ecs/ip.ts";
import { addRelated } from "../../ecs/related.ts";
import { classifyPostgres } from "../../json-products/databases.ts";
import { splitCsvRow } from "../../text/csv-row.ts";

const stamp =
  "(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,6})? [A-Z]{3,5}|\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,6})? [+-]\\d\\d(?::?\\d\\d)?)";
const levels =
  "LOG|ERROR|FATAL|PANIC|WARNING|NOTICE|INFO|DEBUG[1-5]?|STATEMENT|DETAIL|HINT|CONTEXT|QUERY|LOCATION";
const line = new RegExp(`^${stamp}([^"]{0,300}?)\\b(${levels}): {1,2}([\\s\\S]*)$`);
const csv = new RegExp(`^${stamp},(?:"[^"]*"|),(?:"[^"]*"|),\\d{1,10},`);

/** PostgreSQL's stderr log with any usual log_line_prefix, and its CSV log. The zone is an abbreviation in the record. */
export const format = {
  kind: "line",
  name: "database/postgresql",
  title: "PostgreSQL log (stderr and csvlog)",
  version: 1,
  notes:
    "By time, zone abbreviation and LOG:/ERROR:/FATAL: behind the prefix. The zone is in the record; abbreviations are ambiguous in the world and read as the commonest.",
  sniff(text) {
    const code = text.charCodeAt(0);
    if (code < 48 || code > 57) return 0;
    return line.test(text.slice(0, 600)) || csv.test(text) ? 0.9 : 0;
  },
  open(context) {
    return new PostgresParser(context);
  },
} satisfies LineFormat;

class PostgresParser implements LineParser {
  readonly #context: ParseContext;

  constructor(context: ParseContext) {
    this.#context = context;
  }

  /** Statements go over several lines: all but the first begin with a tab, or stand in an open quote of the CSV log. */
  continues(pending: string, text: string): boolean {
    if (text.charCodeAt(0) === 9 || text.startsWith("   ")) return true;
    if (!csv.test(pending)) return false;
    return !csv.test(text) && (pending.length > 1 << 20 ? false : (pending.split('"').length - 1) % 2 === 1);
  }

  parse(record: string): LineResult {
    const isCsv = csv.test(record);
    const match = isCsv ? undefined : line.exec(record);
    if (!isCsv && !match) return undefined;
    const fields: Fields = { "event.kind": "event" };
    const cells = isCsv ? splitCsvRow(record) : [];
    const recorded = isCsv ? cells[0]! : match![1]!;
    const time = this.#context.time.iso(recorded);
    if (!time) return { reject: "no valid time" };
    const message = isCsv ? readCells(fields, cells) : readPrefix(fields, match!);
    fields.message = message;
    classifyPostgres(message, fields);
    addRelated(fields);
    return { dataset: "database/postgresql", time, fields };
  }
}

function readPrefix(fields: Fields, match: RegExpExecArray): string {
  fields["log.level"] = match[3]!.toLowerCase();
  const prefix = match[2]!;
  const pid = /\[(\d{1,10})(?:-\d+)?\]/.exec(prefix);
  if (pid) fields["process.pid"] = Number(pid[1]);
  const who = /(?:^|[\s:])(\[?[\w.-]{1,63}\]?)@(\[?[\w.-]{1,63}\]?)/.exec(prefix);
  if (who && who[1] !== "[unknown]") fields["user.name"] = who[1]!;
  if (who && who[2] !== "[unknown]") fields["firebreak.raw.database"] = who[2]!;
  readNamedPrefix(fields, prefix);
  const peer = /(?:^|[\s:])([0-9a-fA-F.:]{3,45})(?:\((\d{1,5})\))/.exec(prefix);
  const ip = peer ? cleanIp(peer[1]!) : undefined;
  if (ip !== undefined) {
    fields["source.ip"] = ip;
    fields["source.port"] = Number(peer![2]);
  }
  return match[4]!;
}

/** "user=app,db=shop,app=psql,client=192.0.2.1", as pgBadger and many handbooks advise. */
function readNamedPrefix(fields: Fields, prefix: string): void {
  const user = /\b(?:user|usr)=([^,\s]{1,63})/.exec(prefix)?.[1];
  if (user !== undefined && user !== "[unknown]") fields["user.name"] = user;
  const database = /\b(?:db|database)=([^,\s]{1,63})/.exec(prefix)?.[1];
  if (database !== undefined && database !== "[unknown]") fields["firebreak.raw.database"] = database;
  const application = /\bapp=([^,]{1,63}?)(?:,|\s*$)/.exec(prefix)?.[1];
  if (application !== undefined && application !== "[unknown]") fields["service.name"] = application;
  const client = /\b(?:client|host|remote)=([\da-fA-F.:]{3,45})(?:\((\d{1,5})\))?/.exec(prefix);
  const ip = client ? cleanIp(client[1]!) : undefined;
  if (ip !== undefined) fields["source.ip"] = ip;
  if (ip !== undefined && client![2] !== undefined) fields["source.port"] = Number(client![2]);
}

/** Columns of csvlog: time, user, database, pid, host:port, session, line, tag, start, vxid, txid, severity, state, message … */
function readCells(fields: Fields, cells: readonly string[]): string {
  if (cells[1]) fields["user.name"] = cells[1];
  if (cells[2]) fields["firebreak.raw.database"] = cells[2];
  fields["process.pid"] = Number(cells[3]);
  const { ip, port } = splitAddressPort(cells[4] ?? "");
  if (ip !== undefined) fields["source.ip"] = ip;
  if (port !== undefined) fields["source.port"] = port;
  if (cells[11]) fields["log.level"] = cells[11].toLowerCase();
  if (cells[12]) fields["event.code"] = cells[12];
  if (cells[22]) fields["service.name"] = cells[22];
  return cells[13] ?? "";
}
