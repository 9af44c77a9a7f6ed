import type { Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import { cleanIp } from "../../ecs/ip.ts";
import { addRelated } from "../../ecs/related.ts";
import { createHeadMemory } from "../../infer/head-memory.ts";
import { splitCsvRow } from "../../text/csv-row.ts";

const name = "windows/dhcp-audit";
const row = /^(\d{1,5}),(\d{2})\/(\d{2})\/(\d{2}),(\d{2}):(\d{2}):(\d{2}),/;

/** Event ids that the file's own head explains. */
const actions: Readonly<Record<string, readonly [action: string, type: string]>> = {
  "0": ["log-started", "start"],
  "1": ["log-stopped", "end"],
  "2": ["log-paused", "info"],
  "10": ["lease-assigned", "start"],
  "11": ["lease-renewed", "info"],
  "12": ["lease-released", "end"],
  "13": ["address-conflict-found", "info"],
  "14": ["scope-exhausted", "denied"],
  "15": ["lease-denied", "denied"],
  "16": ["lease-deleted", "end"],
  "17": ["lease-expired", "end"],
  "18": ["lease-expired", "end"],
  "20": ["bootp-assigned", "start"],
  "21": ["bootp-assigned", "start"],
  "22": ["bootp-denied", "denied"],
  "23": ["bootp-deleted", "end"],
  "24": ["cleanup-started", "info"],
  "25": ["cleanup-finished", "info"],
  "30": ["dns-update-requested", "info"],
  "31": ["dns-update-failed", "info"],
  "32": ["dns-updated", "info"],
  "33": ["packet-dropped", "denied"],
  "34": ["dns-update-failed", "info"],
  "35": ["dns-update-failed", "info"],
};

/** Looked for once in a file: the head is thousands of times longer than a line. */
const hasTitle = createHeadMemory(({ text }) => /Microsoft DHCP(?:v6)? Service Activity Log/.test(text));

/** Audit log of the Windows DHCP server (DhcpSrvLog-Mon.log): which machine had which address. Local time. */
export const format = {
  kind: "line",
  name,
  title: "Windows DHCP server audit log",
  version: 1,
  notes:
    "`Microsoft DHCP Service Activity Log`, rows `ID,MM/DD/YY,hh:mm:ss,…`; local time without zone; ties addresses to names and MAC addresses.",
  sniff: (text, head) => {
    if (row.test(text)) return 0.95;
    if (
      /^\s*Microsoft DHCPv?6? ?Service Activity Log/.test(text) ||
      text.startsWith("ID,Date,Time,Description,IP")
    )
      return 1;
    return hasTitle.of(head) ? 0.9 : 0;
  },
  open: (context) => {
    let isHead = false;
    return {
      parse: (record) => {
        if (row.test(record)) {
          isHead = false;
          return parse(record, context);
        }
        if (/Service Activity Log/.test(record)) isHead = true;
        if (/^ID,Date,Time/.test(record)) {
          isHead = false;
          return { skip: "header" };
        }
        if (isHead || /^(?:\d{2}(?:\+)?\t|Event ID|QResult|\d{1,2}:)/.test(record)) return { skip: "header" };
        return undefined;
      },
    };
  },
} satisfies LineFormat;

function parse(record: string, context: ParseContext): LineResult {
  const match = row.exec(record)!;
  const cells = splitCsvRow(record, ",", 40);
  const id = String(Number(match[1]));
  const known = Object.hasOwn(actions, id) ? actions[id]! : undefined;
  const fields: Fields = {
    "event.kind": "event",
    "event.category": ["network"],
    "event.type": [known?.[1] ?? "info"],
    "event.code": match[1]!,
    "network.protocol": "dhcp",
  };
  if (known !== undefined) fields["event.action"] = known[0];
  const [, , , description, address, host, mac, user] = cells.map((cell) => cell.trim());
  if (description) fields.message = description;
  const ip = address ? cleanIp(address) : undefined;
  if (ip !== undefined) fields["source.ip"] = ip;
  if (host) {
    fields["host.name"] = host;
    fields["source.domain"] = host;
  }
  if (mac && /^[0-9A-Fa-f]{12}$/.test(mac)) fields["source.mac"] = mac.toUpperCase().match(/../g)!.join("-");
  else if (mac) fields["firebreak.raw.MAC Address"] = mac;
  if (user) fields["user.name"] = user;
  addRelated(fields);
  const [month, day, year, hour, minute, second] = match.slice(2).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const time = context.time.local(
    { year: 2000 + year, month, day, hour, minute, second },
    `${match[2]}/${match[3]}/${match[4]} ${match[5]}:${match[6]}:${match[7]}`,
  );
  return time === undefined ? { dataset: name, fields } : { dataset: name, time, fields };
}
