import type { LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import { rawField } from "../../ecs/raw.ts";
import { addRelated } from "../../ecs/related.ts";
import type { JsonObject } from "../../json/parse.ts";
import type { ProductDraft } from "../../json/product.ts";
import { perconaAudit } from "../../json-products/database-audit.ts";
import { unescapeXml } from "../../xml/scan.ts";

const dataset = "database/mysql-audit-xml";
const start = /^\s{0,16}<AUDIT_RECORD(?:\s|>|$)/;
const frame = /^\s{0,16}(?:<\?xml\s[^>]{0,200}\?>|<\/?AUDIT>)\s*$/;
const element = /<([A-Z_]{2,40})(?:\/>|>([^<]*)<\/\1>)/g;
const attribute = /\b([A-Z_]{2,40})="([^"]*)"/g;

/**
 * Audit log of MySQL Enterprise and Percona Server in XML (MySQL manual, "Audit Log File Formats"): the new style holds
 * elements, the old one attributes. UTC.
 */
export const format = {
  kind: "line",
  name: dataset,
  title: "MySQL Enterprise and Percona audit log (XML)",
  version: 1,
  notes:
    "`<AUDIT_RECORD>` up to `</AUDIT_RECORD>` or `/>`: new style with elements, old style with attributes. `TIMESTAMP` is UTC.",
  sniff(line, head) {
    if (start.test(line)) return 0.98;
    return frame.test(line) && (line.includes("AUDIT") || head.text.includes("<AUDIT")) ? 0.9 : 0;
  },
  open: (context) => ({
    continues: (pending, line) => start.test(pending) && !isComplete(pending) && !start.test(line),
    parse: (record) => parse(record, context),
  }),
} satisfies LineFormat;

function isComplete(record: string): boolean {
  const end = record.slice(-40).trimEnd();
  return end.endsWith("</AUDIT_RECORD>") || (end.endsWith("/>") && !/<[A-Z_]{2,40}\/>$/.test(end));
}

function parse(record: string, context: ParseContext): LineResult {
  if (frame.test(record)) return { skip: "frame of the audit log" };
  if (!start.test(record)) return undefined;
  if (!isComplete(record)) return { reject: "audit record without its end" };
  const body = record.slice(record.indexOf("<AUDIT_RECORD") + "<AUDIT_RECORD".length);
  const held: Record<string, string> = {};
  for (const pattern of [element, attribute])
    for (const [, name, value] of body.matchAll(pattern)) {
      const key = name!.toLowerCase();
      if (value !== undefined && value !== "") held[key] ??= unescapeXml(value);
    }
  if (held.name === undefined) return { reject: "audit record without a name" };
  const draft: ProductDraft = { dataset, fields: {} };
  for (const key in held) draft.fields[rawField(key)] = held[key]!;
  perconaAudit.read({ audit_record: held } as JsonObject, draft, context);
  const { fields } = draft;
  fields["event.kind"] = "event";
  addRelated(fields);
  return draft.time ? { dataset, time: draft.time, fields } : { dataset, fields };
}
