import type { DocumentFormat, Head } from "@firebreak/model/format";
import { isJsonObject, parseJson } from "../../json/parse.ts";
import { JsonRecordReader } from "../../json/record.ts";
import { scanElements } from "../../json/scan.ts";
import { detectEncoding } from "../../text/encoding.ts";

const headBytes = 64 << 10;
const envelopeStart = /^\s*\{\s*"(?:Records|records|value|Events|events|hits|logEvents)"\s*:\s*[[{]\s*[{"]/;

/**
 * JSON documents that are not a line an object: arrays, exports with their records in an envelope, pretty-printed and
 * concatenated objects. Read as a stream: memory does not grow with the file, each event has its own bytes.
 */
export const format = {
  kind: "document",
  name: "generic/json-document",
  title: "JSON document: array, export envelope, pretty-printed or concatenated objects",
  version: 1,
  notes:
    "Begins with [ and an object, or with an object that goes over several lines or holds its records in a list (Records, value, hits …). Products and inference as in generic/json-lines.",
  sniff(head) {
    return isJsonDocument(head) ? 0.55 : 0;
  },
  parse(source, context, sink) {
    const reader = new JsonRecordReader(context, "generic/json-document");
    const encoding = detectEncoding(source.read(0, headBytes));
    scanElements(source, encoding, {
      element(text, offset, length, line) {
        const value = parseJson(text);
        if (!isJsonObject(value)) {
          sink.reject({ offset, length, line }, "broken JSON");
          return;
        }
        const read = reader.read(value);
        if (!Array.isArray(read))
          sink.event({ ...(read as Exclude<typeof read, readonly unknown[]>), offset, length, line });
        else for (const [sub, draft] of read.entries()) sink.event({ ...draft, offset, length, line, sub });
      },
      between(offset, length) {
        sink.skip({ offset, length }, "JSON punctuation and envelope");
      },
      broken(offset, length, line, reason) {
        sink.reject({ offset, length, line }, reason);
      },
    });
  },
} satisfies DocumentFormat;

function isJsonDocument(head: Head): boolean {
  const text = head.text;
  if (/^\s*\[\s*\{\s*["}]/.test(text)) return true;
  if (!/^\s*\{\s*["}]/.test(text)) return false;
  if (envelopeStart.test(text)) return true;
  const first = head.lines[0] ?? "";
  if (parseJson(first.trim()) !== undefined) return false;
  if (first.trim() === "{") return true;
  const second = head.lines[1];
  // One line that is longer than the head, or an object that goes on in the next line with a key or a bracket.
  if (second === undefined) return head.bytes.length >= headBytes || /\}\s*,?\s*\{\s*"/.test(first);
  return /\}\s*,?\s*\{\s*"/.test(first) || /^\s+["}\]]/.test(second);
}
