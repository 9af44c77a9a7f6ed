import type { DocumentFormat, Head } from "@firebreak/model/format";
import { detectEncoding } from "../../text/encoding.ts";
import { looksLikeEventXml, parseEventXml } from "../../windows/event-xml.ts";
import { walkXmlRecords } from "../../xml/event-records.ts";

const name = "windows/event-xml";
const root = /^\s{0,64}(?:<\?xml[^>]{0,200}\?>\s{0,64})?(?:<!--[^>]{0,400}-->\s{0,64})?<Events[\s>]/;
const declared = /^\s{0,64}<\?xml[^>]{0,200}\?>\s{0,64}/;

/**
 * Windows events exported as an XML document: `wevtutil qe /e:Events`, Event Viewer's "Save as XML", Get-WinEvent's ToXml in a
 * root element, or a single `<Event>` over many lines. UTF-8 or UTF-16.
 */
export const format = {
  kind: "document",
  name,
  title: "Windows event log exported as XML",
  version: 1,
  notes:
    "`<Events>` or `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'>`; times are UTC in the record.",
  sniff,
  parse: (source, context, sink) => {
    const head = source.read(0, 64 << 10);
    const detected = detectEncoding(head);
    if (detected.bomLength > 0) sink.skip({ offset: 0, length: detected.bomLength }, "byte-order mark");
    walkXmlRecords(source, detected.encoding, detected.bomLength, {
      record: (xml, offset, length) => {
        const result = parseEventXml(xml, context, name);
        if ("reject" in result) sink.reject({ offset, length }, result.reject);
        else sink.event({ ...result, offset, length });
      },
      between: (text, offset, length) => {
        const reason = betweenEvents(text);
        if (reason !== undefined) sink.skip({ offset, length }, reason);
        else sink.reject({ offset, length }, "text between events");
      },
      broken: (offset, length, reason) => sink.reject({ offset, length }, reason),
    });
  },
} satisfies DocumentFormat;

/** One complete event per line is the line format's, which copes with other lines between. */
function sniff(head: Head): number {
  if (root.test(head.text.slice(0, 2048))) return 1;
  const body = head.text.replace(declared, "");
  if (!looksLikeEventXml(body)) return 0;
  const isOnOneLine = head.lines.some(
    (line) => looksLikeEventXml(line) && line.trimEnd().endsWith("</Event>"),
  );
  return isOnOneLine ? 0.4 : 0.95;
}

function betweenEvents(text: string): string | undefined {
  const trimmed = text.trim();
  if (trimmed === "") return "white space";
  return /^(?:<\?xml[^>]{0,400}\?>|<!--[^>]{0,4000}-->|<\/?(?:\w{1,16}:)?Events(?:\s[^>]{0,400})?>|\s){1,16}$/.test(
    trimmed,
  )
    ? "root element"
    : undefined;
}
