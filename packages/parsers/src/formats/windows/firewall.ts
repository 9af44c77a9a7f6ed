import type { EventDraft, Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult, ParseContext, ZoneHint } from "@firebreak/model/format";
import { portOf } from "../../ecs/address-port.ts";
import { cleanIp } from "../../ecs/ip.ts";
import { rawField } from "../../ecs/raw.ts";
import { addRelated } from "../../ecs/related.ts";
import { integerOf } from "../../text/numbers.ts";

const name = "windows/firewall";
const dataLine =
  /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2} (?:ALLOW|DROP|OPEN|OPEN-INBOUND|CLOSE|INFO-EVENTS-LOST) (?:[A-Z0-9-]{1,12}) \S+ \S+ /;
/** What version 1.5 of the log writes, with the process id of Windows 11 behind. */
const defaultFields =
  "date time action protocol src-ip dst-ip src-port dst-port size tcpflags tcpsyn tcpack tcpwin icmptype icmpcode info path pid".split(
    " ",
  );

const actions: Readonly<
  Record<string, readonly [action: string, type: string, outcome: "success" | "failure"]>
> = {
  ALLOW: ["allowed", "allowed", "success"],
  DROP: ["dropped", "denied", "failure"],
  OPEN: ["connection-opened", "start", "success"],
  "OPEN-INBOUND": ["connection-opened", "start", "success"],
  CLOSE: ["connection-closed", "end", "success"],
};
const directions: Readonly<Record<string, string>> = { SEND: "outbound", RECEIVE: "inbound" };

/** pfirewall.log of the Windows Firewall. Times are local and the file does not say where. */
export const format = {
  kind: "line",
  name,
  title: "Windows Firewall log (pfirewall.log)",
  version: 1,
  notes:
    "`#Software: Microsoft Windows Firewall`; local time without zone; `path` SEND or RECEIVE gives the direction.",
  sniff: (line, head) => {
    if (line.charCodeAt(0) !== 35) return dataLine.test(line) ? 0.95 : 0;
    if (/^#Software: Microsoft Windows Firewall|^#Fields: date time action protocol src-ip/.test(line))
      return 1;
    return /^#(?:Version|Time Format|Fields|Software)/.test(line) &&
      head.text.includes("Microsoft Windows Firewall")
      ? 0.95
      : 0;
  },
  open: (context) => {
    const state: State = { columns: columnsOf(defaultFields), zone: undefined };
    return { parse: (record) => parseLine(record, state, context) };
  },
} satisfies LineFormat;

/** Kept under their own names beside what is read from them. */
const kept = ["tcpflags", "tcpsyn", "tcpack", "tcpwin", "icmptype", "icmpcode", "info", "path"] as const;
const read = [
  "date",
  "time",
  "action",
  "protocol",
  "src-ip",
  "dst-ip",
  "src-port",
  "dst-port",
  "size",
  "pid",
] as const;

/** Where each column stands in a line; -1 where the file has none. */
type Columns = Readonly<Record<(typeof kept)[number] | (typeof read)[number], number>>;

interface State {
  columns: Columns;
  zone: ZoneHint | undefined;
}

function columnsOf(names: readonly string[]): Columns {
  return Object.fromEntries([...read, ...kept].map((name) => [name, names.lastIndexOf(name)])) as Columns;
}

function parseLine(line: string, state: State, context: ParseContext): LineResult {
  if (line.startsWith("#")) {
    if (line.startsWith("#Fields:")) state.columns = columnsOf(line.slice(8).trim().split(/\s+/, 64));
    if (/^#Time Format: ?UTC/i.test(line)) state.zone = { zone: "UTC", source: "file-header" };
    return { skip: "header" };
  }
  if (!/^\d{4}-\d{2}-\d{2} \d{2}:/.test(line)) return undefined;
  const cells = line.split(" ", 64);
  if (cells.length < 8) return { reject: "fewer fields than the firewall writes" };
  return draft(cells, state, context);
}

/** The text of a column; undefined where it is absent or "-". */
function cellOf(cells: readonly string[], column: number): string | undefined {
  const cell = cells[column];
  return cell === "-" || cell === "" ? undefined : cell;
}

function draft(
  cells: readonly string[],
  { columns, zone }: State,
  context: ParseContext,
): EventDraft | { reject: string } {
  const action = cellOf(cells, columns.action);
  if (action === undefined) return { reject: "no action" };
  const known = Object.hasOwn(actions, action) ? actions[action] : undefined;
  const fields: Fields = {
    "event.kind": "event",
    "event.category": ["network"],
    "event.type": known === undefined ? ["info"] : ["connection", known[1]],
    "event.action": known?.[0] ?? action.toLowerCase(),
    "observer.vendor": "Microsoft",
    "observer.product": "Windows Firewall",
    "observer.type": "firewall",
  };
  if (known !== undefined) fields["event.outcome"] = known[2];
  putSide(fields, source, cellOf(cells, columns["src-ip"]), cellOf(cells, columns["src-port"]));
  putSide(fields, destination, cellOf(cells, columns["dst-ip"]), cellOf(cells, columns["dst-port"]));
  const protocol = cellOf(cells, columns.protocol);
  if (protocol !== undefined) {
    if (/^\d+$/.test(protocol)) fields["network.iana_number"] = protocol;
    else fields["network.transport"] = protocol.toLowerCase();
  }
  const path = cellOf(cells, columns.path);
  const direction = path === undefined ? openDirection(action) : directions[path];
  if (direction !== undefined) fields["network.direction"] = direction;
  putNumber(fields, "network.bytes", cellOf(cells, columns.size));
  putNumber(fields, "process.pid", cellOf(cells, columns.pid));
  for (const name of kept) {
    const value = cellOf(cells, columns[name]);
    if (value !== undefined) fields[rawField(name)] = value;
  }
  addRelated(fields);
  const time = context.time.iso(`${cells[columns.date]} ${cells[columns.time]}`, zone);
  return time === undefined ? { dataset: name, fields } : { dataset: name, time, fields };
}

/** Windows XP names inbound openings apart; a plain OPEN is the machine's own. */
function openDirection(action: string): string | undefined {
  return action === "OPEN" ? "outbound" : action === "OPEN-INBOUND" ? "inbound" : undefined;
}

interface Side {
  readonly ip: string;
  readonly port: string;
  /** Of an address that is none. */
  readonly raw: string;
}

const source: Side = { ip: "source.ip", port: "source.port", raw: "firebreak.raw.src-ip" };
const destination: Side = { ip: "destination.ip", port: "destination.port", raw: "firebreak.raw.dst-ip" };

function putSide(fields: Fields, side: Side, address: string | undefined, port: string | undefined) {
  if (address !== undefined) {
    const ip = cleanIp(address);
    if (ip !== undefined) fields[side.ip] = ip;
    else fields[side.raw] = address;
  }
  const number = port === undefined ? undefined : portOf(port);
  if (number !== undefined) fields[side.port] = number;
}

function putNumber(fields: Fields, key: string, text: string | undefined): void {
  const number = text === undefined ? undefined : integerOf(text);
  if (number !== undefined) fields[key] = number;
}
