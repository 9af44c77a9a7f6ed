import type { Fields } from "@firebreak/model/event";
import type { Head, LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import { setAccount } from "../../ecs/account.ts";
import { splitAddressPort } from "../../ecs/address-port.ts";
import { rawField } from "../../ecs/raw.ts";
import { addRelated } from "../../ecs/related.ts";
import { setPath } from "../../ecs/url.ts";
import { splitCsvRow } from "../../text/csv-row.ts";
import { integerOf } from "../../text/numbers.ts";

const name = "windows/exchange-log";
const software = "#Software: Microsoft Exchange Server";
/** These have readers of their own. */
const others = /^#Log-type: (?:Message Tracking|SMTP (?:Receive|Send) Protocol) Log/im;
const columnsRow = /^(?:DateTime|TimeStamp|date-?time|Timestamp),[\w-]{2,60},[\w-]{2,60},/i;
const dated = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z?,/;

/** Columns by their name in lower case without hyphens: of HttpProxy, OWA, ECP, EWS, MAPI and the other client access logs. */
const columns: Record<string, string> = {
  serverhostname: "host.name",
  eventid: "event.code",
  protocolaction: "event.action",
  method: "http.request.method",
  httpmethod: "http.request.method",
  requestid: "http.request.id",
  useragent: "user_agent.original",
  clientsoftware: "user_agent.original",
  urlhost: "url.domain",
  urlquery: "url.query",
  targetserver: "destination.domain",
  errorcode: "error.code",
  genericerrors: "error.message",
  sessionid: "event.id",
};
const integers: Record<string, string> = {
  httpstatus: "http.response.status_code",
  requestbytes: "http.request.body.bytes",
  responsebytes: "http.response.body.bytes",
  requestsize: "http.request.body.bytes",
  responsesize: "http.response.body.bytes",
};

/** Logs of Exchange's web services: a comma-separated table with `#` lines above or behind its header. UTC. */
export const format = {
  kind: "line",
  name,
  title: "Exchange client access logs (HttpProxy, OWA, ECP, EWS, MAPI …)",
  version: 1,
  notes:
    "`#Software: Microsoft Exchange Server` with another `#Log-type` than message tracking and SMTP; columns by `#Fields`. UTC.",
  sniff(line, head) {
    if (!isOurs(head)) return 0;
    if (line.startsWith("#")) return 0.9;
    return columnsRow.test(line) || dated.test(line) ? 0.85 : 0;
  },
  open: (context) => {
    let names: readonly string[] = [];
    return {
      parse(record) {
        if (record.startsWith("#")) {
          if (record.startsWith("#Fields: ")) names = namesOf(record.slice(9));
          return { skip: "header" };
        }
        if (columnsRow.test(record)) {
          names = namesOf(record);
          return { skip: "header" };
        }
        return names.length > 0 && dated.test(record) ? parse(record, names, context) : undefined;
      },
    };
  },
} satisfies LineFormat;

function isOurs(head: Head): boolean {
  const text = head.text.slice(0, 8192);
  return text.includes(software) && !others.test(text);
}

function namesOf(text: string): readonly string[] {
  return text.trim().split(",", 256);
}

function parse(record: string, names: readonly string[], context: ParseContext): LineResult {
  const cells = splitCsvRow(record, ",", 512);
  const fields: Fields = {
    "event.kind": "event",
    "event.category": ["web"],
    "event.type": ["access"],
    "event.provider": "Microsoft Exchange",
  };
  for (let i = 1; i < names.length && i < cells.length; i++) {
    const cell = cells[i]!.trim();
    if (cell === "" || cell === "-") continue;
    fields[rawField(names[i]!)] = cell;
    put(fields, names[i]!.toLowerCase().replaceAll("-", ""), cell);
  }
  const status = fields["http.response.status_code"];
  if (typeof status === "number") fields["event.outcome"] = status < 400 ? "success" : "failure";
  const command = /\bS:CMD=([^;']{1,2000})/.exec(record)?.[1];
  if (command !== undefined) fields["event.action"] = command;
  addRelated(fields);
  const time = context.time.iso(cells[0]!, { zone: "UTC", source: "format-default" });
  return time === undefined ? { dataset: name, fields } : { dataset: name, time, fields };
}

function put(fields: Fields, key: string, cell: string): void {
  const known = Object.hasOwn(columns, key) ? columns[key]! : undefined;
  if (known !== undefined) fields[known] ??= cell;
  else if (Object.hasOwn(integers, key)) {
    const number = integerOf(cell);
    if (number !== undefined) fields[integers[key]!] = number;
  } else if (key === "clientipaddress" || key === "clientip") {
    const { ip, port } = splitAddressPort(cell);
    if (ip !== undefined) fields["source.ip"] = ip;
    if (port !== undefined) fields["source.port"] = port;
  } else if (key === "authenticateduser" || key === "user" || key === "username") setAccount(fields, cell);
  else if (key === "urlstem") setPath(fields, cell);
}
