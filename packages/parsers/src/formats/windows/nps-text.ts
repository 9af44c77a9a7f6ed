import type { LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import { readTimeValue } from "../../infer/time-value.ts";
import { npsFields } from "../../network/nps.ts";
import { splitCsvRow } from "../../text/csv-row.ts";

const dataset = "windows/nps";
/** Columns of the database-compatible form ("Interpret NPS Database Format Log Files"), as far as they say who and whence. */
const columns = (
  "Computer-Name Service-Name Record-Date Record-Time Packet-Type User-Name Fully-Qualifed-User-Name Called-Station-Id " +
  "Calling-Station-Id Callback-Number Framed-IP-Address NAS-Identifier NAS-IP-Address NAS-Port Client-Vendor Client-IP-Address " +
  "Client-Friendly-Name Event-Timestamp Port-Limit NAS-Port-Type Connect-Info Framed-Protocol Service-Type Authentication-Type " +
  "NP-Policy-Name Reason-Code Class Session-Timeout Idle-Timeout Termination-Action EAP-Friendly-Name Acct-Status-Type " +
  "Acct-Delay-Time Acct-Input-Octets Acct-Output-Octets Acct-Session-Id"
).split(" ");
/** Numbers of attributes in the IAS form ("Interpret IAS Format Log Files"). */
const attributes: Record<string, string> = {
  "4": "NAS-IP-Address",
  "5": "NAS-Port",
  "8": "Framed-IP-Address",
  "25": "Class",
  "30": "Called-Station-Id",
  "31": "Calling-Station-Id",
  "32": "NAS-Identifier",
  "40": "Acct-Status-Type",
  "44": "Acct-Session-Id",
  "61": "NAS-Port-Type",
  "4108": "Client-IP-Address",
  "4116": "Client-Vendor",
  "4127": "Authentication-Type",
  "4128": "Client-Friendly-Name",
  "4129": "SAM-Account-Name",
  "4130": "Fully-Qualifed-User-Name",
  "4136": "Packet-Type",
  "4142": "Reason-Code",
  "4149": "NP-Policy-Name",
};
const database = /^"([^"]{1,64})","(?:IAS|RAS|NPS)",(\d\d\/\d\d\/\d{4}),(\d\d:\d\d:\d\d),\d{1,3},/;
const ias =
  /^([\da-fA-F.:]{3,45}),([^,]{0,256}),(\d\d\/\d\d\/\d{4}),(\d\d:\d\d:\d\d),(?:IAS|RAS|NPS),([^,]{1,64}),/;

/** Network Policy Server in its two forms of commas. Local time without a zone, month first. */
export const format = {
  kind: "line",
  name: "windows/nps-text",
  title: "Network Policy Server (RADIUS) log, database-compatible and IAS",
  version: 1,
  notes:
    '`"SERVER","IAS",MM/DD/YYYY,hh:mm:ss,type,"user",…` or `NAS address,user,MM/DD/YYYY,hh:mm:ss,IAS,SERVER,number,value,…`; the server\'s local time without zone, month first.',
  sniff: (line) => (database.test(line) || ias.test(line) ? 0.98 : 0),
  open: (context) => ({ parse: (record) => parse(record, context) }),
} satisfies LineFormat;

function parse(record: string, context: ParseContext): LineResult {
  const values: Record<string, string> = Object.create(null);
  const row = database.exec(record);
  const match = row ?? ias.exec(record);
  if (match === null) return undefined;
  const cells = splitCsvRow(record, ",", 400);
  if (row !== null) {
    for (let i = 0; i < columns.length && i < cells.length; i++)
      if (cells[i] !== "") values[columns[i]!] = cells[i]!;
  } else {
    values["NAS-IP-Address"] = match[1]!;
    values["User-Name"] = match[2]!;
    values["Computer-Name"] = match[5]!;
    for (let i = 6; i + 1 < cells.length; i += 2)
      if (Object.hasOwn(attributes, cells[i]!)) values[attributes[cells[i]!]!] ??= cells[i + 1]!;
  }
  const stamp = row !== null ? `${match[2]} ${match[3]}` : `${match[3]} ${match[4]}`;
  const time = readTimeValue(stamp, context.time, "month-first");
  const fields = npsFields(values);
  return time ? { dataset, time, fields } : { reject: "no valid time" };
}
