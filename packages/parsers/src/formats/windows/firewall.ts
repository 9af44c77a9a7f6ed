import type { EventDraft, Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult, ParseContext, ZoneHint } from "@firebreak/model/format";
import { portOf } from "../../ecs/address-port.ts";
import { cleanIp } from "../../ecs/ip.ts";
import { addRelated } from "../../ecs/related.ts";
import { Cells } from "../../text/cells.ts";
import { integerOf } from "../../text/numbers.ts";
import { remembering } from "../../text/remember.ts";

const name = "windows/firewall";
const dataLine =
  /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2} (?:ALLOW|DROP|OPEN|OPEN-INBOUND|CLOSE|INFO-EVENTS-LOST) (?:[A-Z0-9-]{1,12}) \S+ \S+ /;
/** What an action is in ECS. Lists are shared by all events. */
interface Known {
  readonly action: string;
  readonly types: readonly string[];
  readonly outcome: "success" | "failure";
}
const connection = (action: string, type: string, outcome: Known["outcome"]): Known => ({
  action,
  types: ["connection", type],
  outcome,
});
const actions = new Map<string, Known>([
  ["ALLOW", connection("allowed", "allowed", "success")],
  ["DROP", connection("dropped", "denied", "failure")],
  ["OPEN", connection("connection-opened", "start", "success")],
  ["OPEN-INBOUND", connection("connection-opened", "start", "success")],
  ["CLOSE", connection("connection-closed", "end", "success")],
]);
const network = ["network"];
const info = ["info"];
const directions = new Map([
  ["SEND", "outbound"],
  ["RECEIVE", "inbound"],
]);
/** A protocol's name in small letters, or undefined for a number. */
const transportOf = remembering((protocol): string | undefined =>
  /^\d+$/.test(protocol) ? undefined : protocol.toLowerCase(),
);

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
    const state: State = {
      cells: new Cells(" ", maxCells),
      columns: columnsOf(columnNames),
      zone: undefined,
    };
    return { parse: (record) => parseLine(record, state, context) };
  },
} satisfies LineFormat;

/** What version 1.5 of the log writes, with the process id of Windows 11 behind. */
const columnNames = [
  "date",
  "time",
  "action",
  "protocol",
  "src-ip",
  "dst-ip",
  "src-port",
  "dst-port",
  "size",
  "tcpflags",
  "tcpsyn",
  "tcpack",
  "tcpwin",
  "icmptype",
  "icmpcode",
  "info",
  "path",
  "pid",
] as const;
const maxCells = 64;

/** Where each column stands in a line; -1 where the file has none. */
type Columns = Readonly<Record<(typeof columnNames)[number], number>>;

interface State {
  readonly cells: Cells;
  columns: Columns;
  zone: ZoneHint | undefined;
}

function columnsOf(names: readonly string[]): Columns {
  return Object.fromEntries(columnNames.map((name) => [name, names.lastIndexOf(name)])) as Columns;
}

function parseLine(line: string, state: State, context: ParseContext): LineResult {
  if (line.startsWith("#")) {
    if (line.startsWith("#Fields:")) state.columns = columnsOf(line.slice(8).trim().split(/\s+/, 64));
    if (/^#Time Format: ?UTC/i.test(line)) state.zone = { zone: "UTC", source: "file-header" };
    return { skip: "header" };
  }
  if (!/^\d{4}-\d{2}-\d{2} \d{2}:/.test(line)) return undefined;
  const { cells } = state;
  cells.read(line);
  if (cells.count < 8) return { reject: "fewer fields than the firewall writes" };
  return draft(state, context);
}

function draft({ cells, columns, zone }: State, context: ParseContext): EventDraft | { reject: string } {
  const action = cells.text(columns.action);
  if (action === undefined) return { reject: "no action" };
  const known = actions.get(action);
  const fields: Fields = {
    "event.kind": "event",
    "event.category": network,
    "event.type": known?.types ?? info,
    "event.action": known?.action ?? action.toLowerCase(),
    "observer.vendor": "Microsoft",
    "observer.product": "Windows Firewall",
    "observer.type": "firewall",
  };
  if (known !== undefined) fields["event.outcome"] = known.outcome;
  setEnds(fields, cells, columns);
  const protocol = cells.text(columns.protocol);
  if (protocol !== undefined) {
    const transport = transportOf(protocol);
    if (transport === undefined) fields["network.iana_number"] = protocol;
    else fields["network.transport"] = transport;
  }
  const path = cells.text(columns.path);
  const direction = path === undefined ? openDirection(action) : directions.get(path);
  if (direction !== undefined) fields["network.direction"] = direction;
  const size = integerOf(cells.text(columns.size) ?? "");
  if (size !== undefined) fields["network.bytes"] = size;
  const pid = integerOf(cells.text(columns.pid) ?? "");
  if (pid !== undefined) fields["process.pid"] = pid;
  setPacket(fields, cells, columns);
  if (path !== undefined) fields["firebreak.raw.path"] = path;
  addRelated(fields);
  const time = context.time.iso(
    columns.date >= 0 && columns.time === columns.date + 1
      ? cells.between(columns.date, columns.time)
      : `${cells.text(columns.date)} ${cells.text(columns.time)}`,
    zone,
  );
  return time === undefined ? { dataset: name, fields } : { dataset: name, time, fields };
}

/** Windows XP names inbound openings apart; a plain OPEN is the machine's own. */
function openDirection(action: string): string | undefined {
  return action === "OPEN" ? "outbound" : action === "OPEN-INBOUND" ? "inbound" : undefined;
}

/*
 * Each field below is set by a name that stands in the code: a third of a line's time goes where one function sets all of them.
 */

function setEnds(fields: Fields, cells: Cells, columns: Columns): void {
  const from = cells.text(columns["src-ip"]);
  const fromIp = from === undefined ? undefined : cleanIp(from);
  if (fromIp !== undefined) fields["source.ip"] = fromIp;
  else if (from !== undefined) fields["firebreak.raw.src-ip"] = from;
  const fromPort = portOf(cells.text(columns["src-port"]) ?? "");
  if (fromPort !== undefined) fields["source.port"] = fromPort;
  const to = cells.text(columns["dst-ip"]);
  const toIp = to === undefined ? undefined : cleanIp(to);
  if (toIp !== undefined) fields["destination.ip"] = toIp;
  else if (to !== undefined) fields["firebreak.raw.dst-ip"] = to;
  const toPort = portOf(cells.text(columns["dst-port"]) ?? "");
  if (toPort !== undefined) fields["destination.port"] = toPort;
}

/** What is kept under its own name. */
function setPacket(fields: Fields, cells: Cells, columns: Columns): void {
  const flags = cells.text(columns.tcpflags);
  if (flags !== undefined) fields["firebreak.raw.tcpflags"] = flags;
  const syn = cells.text(columns.tcpsyn);
  if (syn !== undefined) fields["firebreak.raw.tcpsyn"] = syn;
  const ack = cells.text(columns.tcpack);
  if (ack !== undefined) fields["firebreak.raw.tcpack"] = ack;
  const win = cells.text(columns.tcpwin);
  if (win !== undefined) fields["firebreak.raw.tcpwin"] = win;
  const type = cells.text(columns.icmptype);
  if (type !== undefined) fields["firebreak.raw.icmptype"] = type;
  const code = cells.text(columns.icmpcode);
  if (code !== undefined) fields["firebreak.raw.icmpcode"] = code;
  const info = cells.text(columns.info);
  if (info !== undefined) fields["firebreak.raw.info"] = info;
}
