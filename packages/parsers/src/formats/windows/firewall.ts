import type { EventDraft, Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult, ParseContext, ZoneHint } from "@firebreak/model/format";
import { portOf } from "../../ecs/address-port.ts";
import { cleanIp } from "../../ecs/ip.ts";
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
    const state = { fields: defaultFields, zone: undefined as ZoneHint | undefined };
    return { parse: (record) => parseLine(record, state, context) };
  },
} satisfies LineFormat;

interface State {
  fields: readonly string[];
  zone: ZoneHint | undefined;
}

function parseLine(line: string, state: State, context: ParseContext): LineResult {
  if (line.startsWith("#")) {
    if (line.startsWith("#Fields:")) state.fields = line.slice(8).trim().split(/\s+/, 64);
    if (/^#Time Format: ?UTC/i.test(line)) state.zone = { zone: "UTC", source: "file-header" };
    return { skip: "header" };
  }
  if (!/^\d{4}-\d{2}-\d{2} \d{2}:/.test(line)) return undefined;
  const cells = line.split(" ", 64);
  if (cells.length < 8) return { reject: "fewer fields than the firewall writes" };
  const values: Record<string, string> = {};
  for (let i = 0; i < state.fields.length && i < cells.length; i++) {
    const cell = cells[i]!;
    if (cell !== "-" && cell !== "") values[state.fields[i]!] = cell;
  }
  return draft(values, state, context);
}

function draft(
  values: Record<string, string>,
  state: State,
  context: ParseContext,
): EventDraft | { reject: string } {
  const { action, protocol, path } = values;
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
  putSide(fields, "source", values["src-ip"], values["src-port"]);
  putSide(fields, "destination", values["dst-ip"], values["dst-port"]);
  if (protocol !== undefined) {
    if (/^\d+$/.test(protocol)) fields["network.iana_number"] = protocol;
    else fields["network.transport"] = protocol.toLowerCase();
  }
  const direction = path === undefined ? openDirection(action) : directions[path];
  if (direction !== undefined) fields["network.direction"] = direction;
  putNumber(fields, "network.bytes", values.size);
  putNumber(fields, "process.pid", values.pid);
  for (const extra of ["tcpflags", "tcpsyn", "tcpack", "tcpwin", "icmptype", "icmpcode", "info", "path"]) {
    const value = values[extra];
    if (value !== undefined) fields[`firebreak.raw.${extra}`] = value;
  }
  addRelated(fields);
  const time = context.time.iso(`${values.date} ${values.time}`, state.zone);
  return time === undefined ? { dataset: name, fields } : { dataset: name, time, fields };
}

/** Windows XP names inbound openings apart; a plain OPEN is the machine's own. */
function openDirection(action: string): string | undefined {
  return action === "OPEN" ? "outbound" : action === "OPEN-INBOUND" ? "inbound" : undefined;
}

function putSide(
  fields: Fields,
  side: "source" | "destination",
  address: string | undefined,
  port: string | undefined,
) {
  if (address !== undefined) {
    const ip = cleanIp(address);
    if (ip !== undefined) fields[`${side}.ip`] = ip;
    else fields[`firebreak.raw.${side === "source" ? "src-ip" : "dst-ip"}`] = address;
  }
  const number = port === undefined ? undefined : portOf(port);
  if (number !== undefined) fields[`${side}.port`] = number;
}

function putNumber(fields: Fields, key: string, text: string | undefined): void {
  const number = text === undefined ? undefined : integerOf(text);
  if (number !== undefined) fields[key] = number;
}
