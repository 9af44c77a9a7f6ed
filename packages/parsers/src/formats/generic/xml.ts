import type { EventDraft } from "@firebreak/model/event";
import type { ByteSource, DocumentFormat, ParseContext } from "@firebreak/model/format";
import { JsonRecordReader } from "../../json/record.ts";
import { type DetectedEncoding, decodeText, detectEncoding } from "../../text/encoding.ts";
import { walkXmlElements } from "../../xml/elements.ts";
import { xmlObject } from "../../xml/object.ts";

const dataset = "generic/xml";
const declared = /^\s*<\?xml\b/;
const root =
  /^\s*(?:<\?[^>]{0,500}\?>\s*)?(?:<!--[\s\S]{0,2000}?-->\s*)?(?:<!DOCTYPE[^>]{0,500}>\s*)?<([A-Za-z_][\w:.-]{0,100})[\s/>]/;
const headBytes = 64 << 10;
/** Records of a log stand below the root, at times in a list and a group; deeper is a document. */
const depths = [2, 3, 4, 1];
const maxSamples = 20;

/** XML of an unknown kind: a log when the elements at one depth have times; else refused as a whole, with its root element. */
export const format = {
  kind: "document",
  name: dataset,
  title: "XML of an unknown kind",
  version: 2,
  notes:
    "The elements at the depth where they have times are records, read like JSON of an unknown kind. XML without such elements is rejected with the name of its root element.",
  sniff(head) {
    const match = root.exec(head.text.slice(0, 8192));
    if (!match) return 0;
    const name = match[1]!;
    // Windows events and the audit records of MySQL and Oracle are read line by line too.
    if (name === "Event" || name === "Events" || name === "AUDIT" || name === "AuditRecord") return 0;
    if (name === "Audit" && head.text.includes("<AuditRecord>")) return 0;
    return declared.test(head.text) ||
      head.text.trimEnd().endsWith(`</${name}>`) ||
      /^\s*<[^>]{1,500}\sxmlns/.test(head.text)
      ? 0.51
      : 0;
  },
  parse(source, context, sink) {
    const head = source.read(0, headBytes);
    const encoding = detectEncoding(head);
    const timed = depths.map((depth) => timedElements(head, encoding, depth, context));
    // One alone may be the list that holds the records.
    const depth = [2, 1].flatMap((least) => depths.filter((_, i) => timed[i]! >= least))[0];
    if (depth === undefined) {
      const name = root.exec(decodeText(head.subarray(encoding.bomLength), encoding.encoding))?.[1] ?? "?";
      sink.reject(
        { offset: 0, length: source.size, line: 1 },
        `XML of an unknown kind (root element ${JSON.stringify(name)})`,
      );
      return;
    }
    if (encoding.bomLength > 0) sink.skip({ offset: 0, length: encoding.bomLength }, "byte-order mark");
    const reader = new JsonRecordReader(context, dataset);
    walkXmlElements(source, encoding.encoding, encoding.bomLength, depth, {
      element(xml, offset, length) {
        const drafts = readElement(xml, reader);
        if (typeof drafts === "string") sink.reject({ offset, length }, drafts);
        else if (drafts.length === 1) sink.event({ ...drafts[0]!, offset, length });
        else for (const [sub, draft] of drafts.entries()) sink.event({ ...draft, offset, length, sub });
      },
      between: (offset, length) => sink.skip({ offset, length }, "XML around the records"),
      broken: (offset, length, reason) => sink.reject({ offset, length }, reason),
    });
  },
} satisfies DocumentFormat;

function readElement(xml: string, reader: JsonRecordReader): readonly EventDraft[] | string {
  const read = xmlObject(xml);
  if (typeof read === "string") return read;
  const drafts = reader.read(read.object);
  return Array.isArray(drafts) ? (drafts as readonly EventDraft[]) : [drafts as EventDraft];
}

/** How many of the first elements at a depth have a time; 0 when it is less than half of them. */
function timedElements(
  head: Uint8Array,
  { encoding, bomLength }: DetectedEncoding,
  depth: number,
  context: ParseContext,
): number {
  const reader = new JsonRecordReader(context, dataset);
  const source: ByteSource = { size: head.length, read: (at, length) => head.subarray(at, at + length) };
  let count = 0;
  let timed = 0;
  walkXmlElements(source, encoding, bomLength, depth, {
    element(xml) {
      if (count >= maxSamples) return;
      count++;
      const drafts = readElement(xml, reader);
      if (typeof drafts !== "string" && drafts.some(({ time }) => time !== undefined)) timed++;
    },
    between() {},
    broken() {},
  });
  return timed >= count / 2 ? timed : 0;
}
