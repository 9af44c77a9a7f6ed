import type { LineFormat } from "@firebreak/model/format";
import { looksLikeEventXml, parseEventXml } from "../../windows/event-xml.ts";

const dataset = "windows/event-xml";

/**
 * Windows events as XML without a root, one per line or over a few lines, alone (`wevtutil qe /f:xml`) or between lines of
 * other formats (dumps of a SIEM's index).
 */
export const format = {
  kind: "line",
  name: "windows/event-xml-line",
  title: "Windows events as XML, one per line",
  version: 1,
  notes: "A line that begins with `<Event `; times are UTC in the record.",
  // Network Policy Server writes an `<Event>` of its own a line.
  sniff: (line) => (looksLikeEventXml(line) ? (line.startsWith("<Event><Timestamp data_type=") ? 0 : 1) : 0),
  open: (context) => ({
    continues: (pending, line) =>
      looksLikeEventXml(pending) && !isComplete(pending) && !looksLikeEventXml(line),
    parse: (record) => {
      if (!looksLikeEventXml(record)) {
        if (/^\s*(?:<\?xml[^>]{0,400}\?>|<\/?Events(?:\s[^>]{0,400})?>)\s*$/.test(record.slice(0, 900)))
          return { skip: "root element" };
        return undefined;
      }
      return parseEventXml(record, context, dataset);
    },
  }),
} satisfies LineFormat;

function isComplete(text: string): boolean {
  return text.trimEnd().endsWith("</Event>") || (text.trimEnd().endsWith("/>") && text.indexOf("<", 1) < 0);
}
