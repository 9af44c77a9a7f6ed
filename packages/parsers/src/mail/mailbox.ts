import type { ByteSource } from "@firebreak/model/format";

const blockBytes = 4 << 20;
/** Larger than servers let through; what a longer message has behind this is not read. */
const messageBytesMax = 32 << 20;

export interface MailVisitor {
  message(bytes: Uint8Array, offset: number, length: number): void;
  /** The bytes of a message that were too many. */
  cut(offset: number, length: number): void;
}

/** Walks the messages of a mailbox, which "From " after an empty line divides (RFC 4155); any other source is one message. */
export function walkMailbox(source: ByteSource, visitor: MailVisitor): void {
  const isMailbox = textAt(source, 0, 5) === "From ";
  for (let start = 0; start < source.size; ) {
    const end = isMailbox ? nextMessage(source, start + 5) : source.size;
    const length = Math.min(end - start, messageBytesMax);
    visitor.message(source.read(start, length), start, length);
    if (start + length < end) visitor.cut(start + length, end - start - length);
    start = end;
  }
}

/** Where the next "From " at the start of a line behind an empty one is; else the end. */
function nextMessage(source: ByteSource, from: number): number {
  const mark = "\nFrom ";
  // Blocks overlap by what may stand across their border.
  const overlap = mark.length + 3;
  for (let at = from; at < source.size; at += blockBytes - overlap) {
    const text = textAt(source, at, blockBytes);
    for (let found = text.indexOf(mark); found >= 0; found = text.indexOf(mark, found + 1)) {
      const before = text.slice(Math.max(0, found - 2), found);
      if (before.endsWith("\n") || before === "\n\r") return at + found + 1;
    }
  }
  return source.size;
}

function textAt(source: ByteSource, offset: number, length: number): string {
  const bytes = source.read(offset, length);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
}
