import type { Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import { cleanIp } from "../../ecs/ip.ts";
import { addRelated } from "../../ecs/related.ts";
import { kebabCase } from "../../ecs/verdict.ts";
import { createHeadMemory } from "../../infer/head-memory.ts";
import { splitCsvRow } from "../../text/csv-row.ts";

const dataset = "windows/dhcp-audit";
const row = /^(\d{1,5}),(\d{2})\/(\d{2})\/(\d{2}),(\d{2}):(\d{2}):(\d{2}),/;

/** Event ids that the file's own head explains ("Analyze DHCP Server Log Files"), under the words that collectors publish for them. */
const actions: Readonly<Record<string, readonly [action: string, type: string]>> = {
  "0": ["log-start", "start"],
  "1": ["log-end", "end"],
  "2": ["log-pause", "change"],
  "10": ["dhcp-new", "start"],
  "11": ["dhcp-renew", "info"],
  "12": ["dhcp-release", "end"],
  "13": ["dhcp-conflict", "info"],
  "14": ["dhcp-exhausted", "denied"],
  "15": ["dhcp-deny", "denied"],
  "16": ["dhcp-delete", "end"],
  "17": ["dhcp-expire", "end"],
  "18": ["dhcp-expire", "end"],
  "20": ["bootp-new", "start"],
  "21": ["bootp-new", "start"],
  "22": ["bootp-deny", "denied"],
  "23": ["bootp-delete", "end"],
  "24": ["ip-cleanup-start", "start"],
  "25": ["ip-cleanup-end", "end"],
  "30": ["dhcp-dns-update", "info"],
  "31": ["dhcp-dns-update", "info"],
  "32": ["dhcp-dns-update", "info"],
  "33": ["packet-dropped", "denied"],
  "34": ["dhcp-dns-update", "info"],
  "35": ["dhcp-dns-update", "info"],
  "36": ["packet-dropped", "denied"],
};
const failures = new Set([
  "2",
  "14",
  "15",
  "22",
  "23",
  "31",
  "33",
  "34",
  "35",
  "36",
  "50",
  "54",
  "56",
  "58",
  "59",
]);
/** 50 to 64: whether the directory allows this server. */
const authorisation: readonly [string, string] = ["rogue-server-detection", "info"];

/** What an id stands for; the ids of version 6 begin with 11000 and are told by their description alone. */
function eventOf(id: string, description: string): readonly [action: string, type: string] | undefined {
  if (Object.hasOwn(actions, id)) return actions[id];
  const number = Number(id);
  if (number >= 50 && number <= 64) return authorisation;
  return number >= 11_000 && description !== "" ? [kebabCase(description.slice(0, 80)), "info"] : undefined;
}

/** Looked for once in a file: the head is thousands of times longer than a line. */
const hasTitle = createHeadMemory(({ text }) => /Microsoft DHCP(?:v6)? Service Activity Log/.test(text));

/** Audit log of the Windows DHCP server (DhcpSrvLog-Mon.log): which machine had which address. Local time. */
export const format = {
  kind: "line",
  name: dataset,
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
  const [, , , description = "", address, host, mac, user] = cells.map((cell) => cell.trim());
  const isSix = Number(id) >= 11_000;
  const known = eventOf(id, description);
  const fields: Fields = {
    "event.kind": "event",
    "event.category": ["network"],
    "event.type": [known?.[1] ?? "info"],
    "event.code": match[1]!,
    "network.protocol": "dhcp",
  };
  if (known !== undefined) {
    fields["event.action"] = known[0];
    fields["event.outcome"] = failures.has(id) || /fail/i.test(description) ? "failure" : "success";
  }
  if (description) fields.message = description;
  const ip = address ? cleanIp(address) : undefined;
  if (ip !== undefined) fields["source.ip"] = ip;
  if (host) {
    fields["host.name"] = host;
    fields["source.domain"] = host;
  }
  if (mac && /^[0-9A-Fa-f]{12}$/.test(mac)) fields["source.mac"] = mac.toUpperCase().match(/../g)!.join("-");
  else if (mac) fields[isSix ? "firebreak.raw.error" : "firebreak.raw.MAC Address"] = mac;
  // Version 6 has the client's DUID in these places, the user behind it.
  const name = isSix ? cells[9]?.trim() : user;
  if (name) fields["user.name"] = name;
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
  return time === undefined ? { dataset, fields } : { dataset, time, fields };
}
