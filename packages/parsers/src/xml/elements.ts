import type { ByteSource } from "@firebreak/model/format";
import { decodeText, type Encoding } from "../text/encoding.ts";
import { walkBlocks } from "./blocks.ts";
import { encodeMark, findMark } from "./marks.ts";

export interface XmlElementVisitor {
  /** A whole element at the depth asked for. */
  element(xml: string, offset: number, length: number): void;
  /** Tags of what is around the elements, white space, comments. */
  between(offset: number, length: number): void;
  broken(offset: number, length: number, reason: string): void;
}

/** No record of a log is longer. */
const maxElementBytes = 8 << 20;

/**
 * Cuts a file into the elements that stand at a depth (the root is at 1), whatever their names, by bytes and block by block:
 * memory is bounded by the longest allowed element, and every element knows its exact place.
 */
export function walkXmlElements(
  source: ByteSource,
  encoding: Encoding,
  start: number,
  depth: number,
  visitor: XmlElementVisitor,
): void {
  const cutter = new ElementCutter(encoding, depth, visitor);
  walkBlocks(
    source,
    start,
    maxElementBytes,
    (block, base, isLast) => cutter.cut(block, base, isLast),
    (offset, length) => visitor.broken(offset, length, "element longer than 8 MiB"),
  );
}

type TagKind = "open" | "close" | "empty" | "other";

interface Tag {
  readonly kind: TagKind;
  readonly start: number;
  /** Behind its ">". */
  readonly end: number;
}

class ElementCutter {
  readonly #encoding: Encoding;
  readonly #depth: number;
  readonly #visitor: XmlElementVisitor;
  readonly #less: Buffer;
  readonly #unit: number;
  /** Elements that are open around the place reached. */
  #open = 0;

  constructor(encoding: Encoding, depth: number, visitor: XmlElementVisitor) {
    this.#encoding = encoding;
    this.#depth = depth;
    this.#visitor = visitor;
    this.#less = encodeMark("<", encoding);
    this.#unit = this.#less.length;
  }

  /** Reports what is complete in the block and returns how many bytes that was; 0 asks for a larger block. */
  cut(block: Buffer, base: number, isLast: boolean): number {
    let at = 0;
    while (at < block.length) {
      const tag = this.#nextTag(block, at);
      if (tag === undefined || tag.end < 0) {
        // The block's end may cut a tag, or a character, in two.
        const safe = tag?.start ?? (isLast ? block.length : block.length - (block.length % this.#unit));
        if (safe > at) this.#visitor.between(base + at, safe - at);
        if (!isLast || safe >= block.length) return safe;
        this.#visitor.broken(base + safe, block.length - safe, "tag, comment or CDATA without end");
        return block.length;
      }
      if (this.#open < this.#depth - 1 || (tag.kind !== "open" && tag.kind !== "empty")) {
        if (tag.kind === "open") this.#open++;
        else if (tag.kind === "close") this.#open = Math.max(0, this.#open - 1);
        this.#visitor.between(base + at, tag.end - at);
        at = tag.end;
        continue;
      }
      if (tag.start > at) this.#visitor.between(base + at, tag.start - at);
      const end = tag.kind === "empty" ? tag.end : this.#endOf(block, tag.end);
      if (end < 0) {
        if (!isLast) return tag.start;
        this.#visitor.broken(base + tag.start, block.length - tag.start, "element without end");
        return block.length;
      }
      const text = decodeText(block.subarray(tag.start, end), this.#encoding);
      this.#visitor.element(text, base + tag.start, end - tag.start);
      at = end;
    }
    return at;
  }

  /** Behind the end tag of the element whose start tag ends at an index; -1 when it is not in the block. */
  #endOf(block: Buffer, from: number): number {
    let inside = 1;
    for (let at = from; inside > 0; ) {
      const tag = this.#nextTag(block, at);
      if (tag === undefined || tag.end < 0) return -1;
      if (tag.kind === "open") inside++;
      else if (tag.kind === "close") inside--;
      at = tag.end;
      if (inside === 0) return at;
    }
    return -1;
  }

  /** The next tag, comment, CDATA or instruction; `end` is -1 when the block ends inside it. */
  #nextTag(block: Buffer, from: number): Tag | undefined {
    const start = findMark(block, from, this.#encoding, this.#less);
    if (start < 0) return undefined;
    const first = this.#codeAt(block, start + this.#unit);
    if (first === 33 || first === 63)
      return { kind: "other", start, end: this.#endOfMarkup(block, start, first) };
    let quote = 0;
    for (let at = start + this.#unit; at < block.length; at += this.#unit) {
      const code = this.#codeAt(block, at);
      if (quote !== 0) {
        if (code === quote) quote = 0;
      } else if (code === 62) {
        const isEmpty = this.#codeAt(block, at - this.#unit) === 47 && first !== 47;
        const kind = first === 47 ? "close" : isEmpty ? "empty" : "open";
        return { kind, start, end: at + this.#unit };
      } else if (code === 34 || code === 39) quote = code;
    }
    return { kind: "other", start, end: -1 };
  }

  #endOfMarkup(block: Buffer, start: number, first: number): number {
    const head = decodeText(block.subarray(start, start + 9 * this.#unit), this.#encoding);
    const close = head.startsWith("<!--")
      ? "-->"
      : head.startsWith("<![CDATA[")
        ? "]]>"
        : first === 63
          ? "?>"
          : ">";
    const end = findMark(block, start, this.#encoding, encodeMark(close, this.#encoding));
    return end < 0 ? -1 : end + close.length * this.#unit;
  }

  #codeAt(block: Buffer, at: number): number {
    if (this.#unit === 1) return block[at] ?? -1;
    const [low, high] =
      this.#encoding === "utf-16be" ? [block[at + 1], block[at]] : [block[at], block[at + 1]];
    return high === 0 ? (low ?? -1) : -1;
  }
}
