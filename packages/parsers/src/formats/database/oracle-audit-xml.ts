import type { LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import { oracleAuditFields } from "../../database/oracle-audit-record.ts";
import { addRelated } from "../../ecs/related.ts";
import { integerOf } from "../../text/numbers.ts";
import { unescapeXml } from "../../xml/scan.ts";

const dataset = "database/oracle-audit";
const start = /^\s{0,16}<AuditRecord>/;
const frame =
  /^\s{0,16}(?:<\?xml\s[^>]{0,200}\?>|<\/?Audit(?:\s[^>]{0,400})?>|<Version>[\d.]{1,20}<\/Version>)\s*$/;
const element = /<([A-Za-z][A-Za-z_]{1,40})(?:\/>|>([^<]*)<\/\1>)/g;

/** Elements by the names of the text form, which is read already. */
const names: Readonly<Record<string, string>> = {
  Action: "ACTION",
  Returncode: "RETURNCODE",
  DB_User: "USERID",
  OS_User: "OS$USERID",
  Userhost: "USERHOST",
  Comment_Text: "COMMENT$TEXT",
  Priv_Used: "PRIV$USED",
};

/** Oracle's audit trail in XML files (AUDIT_TRAIL=XML): one `<AuditRecord>` each, on one line or several. UTC. */
export const format = {
  kind: "line",
  name: "database/oracle-audit-xml",
  title: "Oracle Database audit trail (XML files)",
  version: 1,
  notes: "`<AuditRecord>` up to `</AuditRecord>` with `Extended_Timestamp` in UTC.",
  sniff(line, head) {
    if (start.test(line)) return 0.98;
    return frame.test(line) && head.text.includes("dbserver_audittrail") ? 0.9 : 0;
  },
  open: (context) => ({
    continues: (pending, line) =>
      start.test(pending) && !pending.includes("</AuditRecord>") && !start.test(line),
    parse: (record) => parse(record, context),
  }),
} satisfies LineFormat;

function parse(record: string, context: ParseContext): LineResult {
  if (frame.test(record)) return { skip: "frame of the audit trail" };
  if (!start.test(record)) return undefined;
  if (!record.includes("</AuditRecord>")) return { reject: "audit record without its end" };
  const pairs = new Map<string, string>();
  for (const [, name, value] of record.matchAll(element)) {
    if (value === undefined || value === "") continue;
    pairs.set(Object.hasOwn(names, name!) ? names[name!]! : name!.toUpperCase(), unescapeXml(value));
  }
  const fields = oracleAuditFields(pairs);
  const statement = pairs.get("SQL_TEXT");
  if (statement !== undefined) fields.message = statement;
  const pid = integerOf(pairs.get("OS_PROCESS") ?? "");
  if (pid !== undefined) fields["process.pid"] = pid;
  addRelated(fields);
  const stamp = pairs.get("EXTENDED_TIMESTAMP");
  const time = stamp === undefined ? undefined : context.time.iso(stamp);
  return time ? { dataset, time, fields } : { dataset, fields };
}
