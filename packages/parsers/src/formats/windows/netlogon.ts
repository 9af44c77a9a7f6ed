import type { Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import { addRelated } from "../../ecs/related.ts";
import { logonStatus } from "../../windows/codes.ts";
import { setAccount } from "../../windows/ecs/steps.ts";

const name = "windows/netlogon";
const line = /^(\d{2})\/(\d{2}) (\d{2}):(\d{2}):(\d{2}) \[([A-Z_ ]{3,20})\] (?:\[(\d{1,6})\] )?(.*)$/;
/** "CORP: SamLogon: Transitive Network logon of CORP\ann from WS-12 (via SRV) Returns 0xC000006A" */
const samLogon =
  /SamLogon: (?:Transitive )?(\w+) logon of (\S{1,256}) from (\S{0,256})(?: \(via (\S{1,256})\))? (Entered|Returns (0x[0-9A-Fa-f]{1,8}))/;

/** Debug log of the Netlogon service on domain controllers: which machine sent a wrong password. No year, local time. */
export const format = {
  kind: "line",
  name,
  title: "Netlogon debug log",
  version: 1,
  notes: "`MM/DD hh:mm:ss [LOGON] …`; local time, no year, no zone.",
  sniff: (text) =>
    /^\d{2}\/\d{2} \d{2}:\d{2}:\d{2} \[(?:LOGON|CRITICAL|MISC|MAILSLOT|SESSION|SITE|PERF|INIT|DNS|CHANGELOG|DOMAIN|SPN|ENCRYPT_DECRYPT|TIME|ERROR)\] /.test(
      text,
    )
      ? 0.95
      : 0,
  open: (context) => ({ parse: (record) => parse(record, context) }),
} satisfies LineFormat;

function parse(record: string, context: ParseContext): LineResult {
  const match = line.exec(record);
  if (match === null) return undefined;
  const message = match[8]!;
  const fields: Fields = {
    "event.kind": "event",
    "event.provider": "Netlogon",
    message,
    "firebreak.raw.category": match[6]!,
  };
  if (match[7] !== undefined) fields["process.thread.id"] = Number(match[7]);
  const logon = samLogon.exec(message);
  if (logon !== null) readLogon(fields, logon);
  addRelated(fields);
  const civil = {
    month: +match[1]!,
    day: +match[2]!,
    hour: +match[3]!,
    minute: +match[4]!,
    second: +match[5]!,
  };
  const time = context.time.yearless(civil, record.slice(0, 14));
  return time === undefined ? { dataset: name, fields } : { dataset: name, time, fields };
}

function readLogon(fields: Fields, match: RegExpExecArray): void {
  const status = match[6]?.toLowerCase();
  fields["event.category"] = ["authentication"];
  fields["event.type"] = ["start"];
  fields["winlog.logon.type"] = match[1]!;
  setAccount(fields, "user", match[2]!);
  if (match[3] !== "") fields["source.domain"] = match[3]!;
  if (match[4] !== undefined) fields["firebreak.raw.via"] = match[4];
  if (status === undefined) {
    fields["event.action"] = "logon-requested";
    return;
  }
  const isSuccess = /^0x0+$/.test(status);
  fields["event.action"] = isSuccess ? "logged-in" : "logon-failed";
  fields["event.outcome"] = isSuccess ? "success" : "failure";
  fields["error.code"] = match[6]!;
  const reason = isSuccess ? undefined : logonStatus.get(status);
  if (reason !== undefined) fields["event.reason"] = reason;
}
