import type { ByteSource } from "@firebreak/model/format";
import { decodeText, type Encoding } from "../text/encoding.ts";
import { walkBlocks } from "./blocks.ts";
import { encodeMark, findMark } from "./marks.ts";

export interface XmlRecordVisitor {
  record(xml: string, offset: number, length: number): void;
  /** Bytes outside any event: the root's tags, white space, or something that does not belong. */
  between(text: string, offset: number, length: number): void;
  broken(offset: number, length: number, reason: string): void;
}

/** An event is limited to 64 KiB in the log itself; rendered and escaped it grows, hardly beyond this. */
const maxEventBytes = 8 << 20;

/**
 * Cuts a file into `<Event …>…</Event>` by bytes, block by block: memory is bounded by the longest allowed event and every
 * record knows its exact place, whatever the encoding.
 */
export function walkXmlRecords(
  source: ByteSource,
  encoding: Encoding,
  start: number,
  visitor: XmlRecordVisitor,
): void {
  const marks = { open: encodeMark("<Event", encoding), close: encodeMark("</Event>", encoding) };
  walkBlocks(
    source,
    start,
    maxEventBytes,
    (block, base, isLast) => cutBlock(block, base, isLast, encoding, marks, visitor),
    (offset, length) => visitor.broken(offset, length, "event longer than 8 MiB"),
  );
}

interface Marks {
  readonly open: Buffer;
  readonly close: Buffer;
}

/** Reports what is complete in the block and returns how many bytes that was; 0 asks for a larger block. */
function cutBlock(
  block: Buffer,
  base: number,
  isLast: boolean,
  encoding: Encoding,
  marks: Marks,
  visitor: XmlRecordVisitor,
): number {
  let at = 0;
  while (at < block.length) {
    const open = findOpen(block, at, encoding, marks.open);
    if (open < 0) {
      // The block's end may cut a start tag in two.
      const safe = isLast ? block.length : Math.max(at, block.length - 32 - (block.length % 2));
      if (safe > at) visitor.between(decode(block, at, safe, encoding), base + at, safe - at);
      return safe;
    }
    if (open > at) visitor.between(decode(block, at, open, encoding), base + at, open - at);
    const next = findOpen(block, open + marks.open.length, encoding, marks.open);
    const close = findMark(block, open, encoding, marks.close);
    if (close < 0 && !isLast) return open;
    if (close < 0 || (next >= 0 && next < close)) {
      const end = next >= 0 ? next : block.length;
      visitor.broken(base + open, end - open, "event without end tag");
      at = end;
      continue;
    }
    const end = close + marks.close.length;
    visitor.record(decode(block, open, end, encoding), base + open, end - open);
    at = end;
  }
  return at;
}

/** `<Event` that is the element itself, not `<EventData`, `<EventID` or `<Events`. */
function findOpen(block: Buffer, from: number, encoding: Encoding, mark: Buffer): number {
  for (let at = findMark(block, from, encoding, mark); at >= 0; ) {
    const after = codeAt(block, at + mark.length, encoding);
    if (after === 62 || after === 32 || after === 9 || after === 10 || after === 13) return at;
    at = findMark(block, at + mark.length, encoding, mark);
  }
  return -1;
}

function codeAt(block: Buffer, at: number, encoding: Encoding): number {
  if (encoding === "utf-16be") return block[at + 1] ?? -1;
  return block[at] ?? -1;
}

function decode(block: Buffer, from: number, to: number, encoding: Encoding): string {
  return decodeText(block.subarray(from, to), encoding);
}
