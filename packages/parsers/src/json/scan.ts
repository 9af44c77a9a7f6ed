import type { ByteSource } from "@firebreak/model/format";
import { type DetectedEncoding, decodeText, type Encoding } from "../text/encoding.ts";
import { isEnvelopeKey, isRecordKey } from "./wrapper.ts";

/** Told of each JSON object and of the bytes between them, in order; together they cover the whole source. */
export interface ElementVisitor {
  element(text: string, offset: number, length: number, line: number): void;
  /** Brackets, commas, blanks, and the envelope of an export. */
  between(offset: number, length: number): void;
  broken(offset: number, length: number, line: number, reason: string): void;
}

export interface ScanOptions extends DetectedEncoding {
  blockBytes?: number;
  /** A longer object is not decoded. */
  maxElementBytes?: number;
}

const defaultBlockBytes = 1 << 20;
const defaultMaxElementBytes = 16 << 20;
/** Only at the start of an object is an envelope looked for. */
const maxEnvelopeBytes = 1 << 16;
const maxResyncs = 100;

const quote = 34;
const backslash = 92;
const openBrace = 123;
const closeBrace = 125;
const openBracket = 91;
const closeBracket = 93;

/**
 * Finds the JSON objects of a source in one pass with bounded memory: members of a top-level array, objects one after
 * another, and the members of the record list inside an export's envelope (`{"Records":[…]}`). A string or bracket that
 * is never closed costs its own object only: reading goes on at the next line that begins an object at the same indent.
 */
export function scanElements(source: ByteSource, options: ScanOptions, visitor: ElementVisitor): void {
  new ElementScanner(source, options, visitor).run();
}

class ElementScanner {
  readonly #source: ByteSource;
  readonly #visitor: ElementVisitor;
  readonly #encoding: Encoding;
  readonly #width: number;
  readonly #blockBytes: number;
  readonly #maxElement: number;

  #block: Uint8Array = new Uint8Array(0);
  #units: Uint8Array = this.#block;
  /** Byte offset of the block. */
  #base: number;
  #line = 1;
  #resyncs = 0;
  /** First byte not yet told to the visitor. */
  #told: number;

  /** Something that is neither blank nor punctuation stood where an object should. */
  #strayText = false;

  // State of the walk.
  #depth = 0;
  /** Depth at which objects are elements: 0 at the top, 1 in a top-level array, more inside an envelope. */
  #elementDepth = 0;
  #start = -1;
  #startLine = 1;
  #inString = false;
  #escaped = false;
  // Envelope detection: keys at the first level of a possible envelope.
  #envelope = false;
  #keyStart = -1;
  #key = "";
  #expectKey = false;
  #recordKey = false;

  constructor(source: ByteSource, options: ScanOptions, visitor: ElementVisitor) {
    this.#source = source;
    this.#visitor = visitor;
    this.#encoding = options.encoding;
    this.#width = options.encoding === "utf-16le" || options.encoding === "utf-16be" ? 2 : 1;
    this.#blockBytes = options.blockBytes ?? defaultBlockBytes;
    this.#maxElement = options.maxElementBytes ?? defaultMaxElementBytes;
    this.#base = options.bomLength;
    this.#told = 0;
  }

  run(): void {
    for (;;) {
      while (this.#base < this.#source.size) {
        this.#load(this.#base);
        if (this.#block.length === 0) break;
        const resumed = this.#walk();
        if (resumed >= 0) this.#base = resumed;
        else this.#base += this.#block.length;
      }
      if (this.#start < 0) break;
      // The end came inside an object: give up that object only.
      const next = this.#resync("object is not closed");
      if (next < 0) return;
      this.#base = next;
    }
    if (this.#told < this.#source.size) this.#tellBetween(this.#source.size);
  }

  #load(offset: number): void {
    this.#block = this.#source.read(offset, this.#blockBytes);
    this.#units = this.#width === 1 ? this.#block : compactUnits(this.#block, this.#encoding);
  }

  /** Walks one block; a non-negative result is the offset to go on from after a resynchronisation. */
  #walk(): number {
    const units = this.#units;
    for (let i = 0; i < units.length; i++) {
      if (this.#inString) {
        i = this.#walkString(units, i);
        continue;
      }
      const unit = units[i]!;
      // Digits, letters and signs of an element's numbers and words.
      if (
        this.#start >= 0 &&
        ((unit > 44 && unit < openBracket) || (unit > closeBracket && unit < openBrace))
      )
        continue;
      if (unit === quote) {
        this.#inString = true;
        if (this.#start < 0 && this.#depth === this.#elementDepth) this.#strayText = true;
        if (this.#envelope && this.#expectKey && this.#depth === this.#elementDepth + 1)
          this.#keyStart = this.#offset(i);
      } else if (unit === 10) this.#line++;
      else if (unit === openBrace) this.#open(i);
      else if (unit === closeBrace) this.#close(i);
      else if (unit === openBracket) this.#openArray(i);
      else if (unit === closeBracket) this.#closeArray();
      else if (unit === 44 && this.#envelope && this.#depth === this.#elementDepth + 1)
        this.#expectKey = true;
      else if (unit > 32 && unit !== 44 && this.#start < 0 && this.#depth === this.#elementDepth)
        this.#strayText = true;
    }
    if (this.#start >= 0 && this.#offset(units.length) - this.#start > this.#maxElement)
      return this.#resync("object longer than the limit");
    return -1;
  }

  /** Goes on in a string from a unit of it; gives the last unit of it, or of the block. */
  #walkString(units: Uint8Array, from: number): number {
    let escaped = this.#escaped;
    let i = from;
    for (; i < units.length; i++) {
      const unit = units[i]!;
      if (escaped) escaped = false;
      else if (unit === backslash) escaped = true;
      else if (unit === quote) {
        this.#inString = false;
        if (this.#keyStart >= 0) this.#endKey(i);
        break;
      } else if (unit === 10) {
        this.#line++;
        // No JSON string holds a line break: outside of an object it was a stray quote.
        if (this.#start < 0) {
          this.#inString = false;
          break;
        }
      }
    }
    this.#escaped = escaped;
    return i;
  }

  #offset(unit: number): number {
    return this.#base + unit * this.#width;
  }

  #open(unit: number): void {
    if (this.#start < 0) {
      if (this.#depth !== this.#elementDepth) {
        // In the rest of an envelope, behind its records.
        this.#depth++;
        return;
      }
      this.#start = this.#offset(unit);
      this.#startLine = this.#line;
      this.#envelope = this.#depth === 0;
      this.#expectKey = this.#envelope;
      this.#recordKey = false;
    } else if (
      this.#envelope &&
      this.#recordKey &&
      this.#key === "hits" &&
      this.#depth === this.#elementDepth + 1
    ) {
      this.#elementDepth++;
      this.#expectKey = true;
      this.#recordKey = false;
    }
    this.#depth++;
  }

  #endKey(unit: number): void {
    const begin = this.#keyStart + this.#width;
    const end = this.#offset(unit);
    this.#keyStart = -1;
    this.#expectKey = false;
    const tooFar = end - this.#start > maxEnvelopeBytes || end - begin > 400;
    this.#key = tooFar ? "" : decodeText(this.#source.read(begin, end - begin), this.#encoding);
    this.#recordKey = isRecordKey(this.#key);
    if (tooFar || !(this.#recordKey || isEnvelopeKey(this.#key))) this.#envelope = false;
  }

  #openArray(unit: number): void {
    if (this.#start < 0) {
      // A top-level array: its members are the elements.
      if (this.#depth === 0) this.#elementDepth = 1;
      this.#depth++;
      return;
    }
    if (
      this.#envelope &&
      this.#recordKey &&
      this.#depth === this.#elementDepth + 1 &&
      this.#objectFollows(unit)
    ) {
      this.#envelope = false;
      this.#elementDepth = this.#depth + 1;
      this.#start = -1;
    }
    this.#depth++;
  }

  /** True when the first thing after the bracket is an object: a list of names is no list of records. */
  #objectFollows(unit: number): boolean {
    const ahead = this.#source.read(this.#offset(unit + 1), 4096);
    const units = this.#width === 1 ? ahead : compactUnits(ahead, this.#encoding);
    for (const one of units) if (one > 32) return one === openBrace;
    return false;
  }

  #close(unit: number): void {
    if (this.#depth > 0) this.#depth--;
    if (this.#start >= 0 && this.#depth === this.#elementDepth) this.#emit(this.#offset(unit + 1));
    else if (this.#start < 0 && this.#depth === 0) this.#elementDepth = 0;
  }

  #closeArray(): void {
    if (this.#depth > 0) this.#depth--;
    if (this.#start < 0 && this.#depth === 0) this.#elementDepth = 0;
  }

  #emit(end: number): void {
    const start = this.#start;
    this.#start = -1;
    this.#envelope = false;
    this.#tellBetween(start);
    this.#told = end;
    const length = end - start;
    if (length > this.#maxElement) {
      this.#visitor.broken(start, length, this.#startLine, "object longer than the limit");
      return;
    }
    const bytes =
      start >= this.#base
        ? this.#block.subarray(start - this.#base, end - this.#base)
        : this.#source.read(start, length);
    this.#visitor.element(decodeText(bytes, this.#encoding), start, length, this.#startLine);
  }

  #tellBetween(end: number): void {
    const length = end - this.#told;
    if (length > 0 && this.#strayText)
      this.#visitor.broken(this.#told, length, this.#line, "text between JSON objects");
    else if (length > 0) this.#visitor.between(this.#told, length);
    this.#strayText = false;
    this.#told = end;
  }

  /** Gives up the open object: rejects it up to the next line that begins an object at the same indent. */
  #resync(reason: string): number {
    const start = this.#start;
    this.#tellBetween(start);
    const next = ++this.#resyncs > maxResyncs ? -1 : this.#nextObjectLine(start);
    const end = next < 0 ? this.#source.size : next;
    this.#visitor.broken(start, end - start, this.#startLine, reason);
    this.#told = end;
    this.#start = -1;
    this.#envelope = false;
    this.#inString = false;
    this.#escaped = false;
    this.#keyStart = -1;
    this.#depth = this.#elementDepth;
    if (next < 0) {
      this.#base = this.#source.size;
      return this.#source.size;
    }
    return next;
  }

  #nextObjectLine(start: number): number {
    const indent = this.#indentOf(start);
    const wanted = Buffer.from(
      `\n${" ".repeat(Math.max(0, indent))}{`,
      this.#width === 2 ? "utf16le" : "latin1",
    );
    if (this.#encoding === "utf-16be") wanted.swap16();
    for (let from = start + this.#width; from < this.#source.size; ) {
      const block = this.#source.read(from, this.#blockBytes);
      if (block.length === 0) return -1;
      const found = Buffer.from(block.buffer, block.byteOffset, block.length).indexOf(wanted);
      if (found >= 0) return from + found + wanted.length - this.#width;
      if (block.length <= wanted.length) return -1;
      from += block.length - wanted.length;
    }
    return -1;
  }

  /** Blanks between the last line break and the object; 0 when it does not begin its line. */
  #indentOf(start: number): number {
    const from = Math.max(0, start - 128 * this.#width);
    const bytes = this.#source.read(from, start - from);
    const units = this.#width === 1 ? bytes : compactUnits(bytes, this.#encoding);
    let blanks = 0;
    for (let i = units.length - 1; i >= 0 && units[i] === 32; i--) blanks++;
    return units[units.length - 1 - blanks] === 10 ? blanks : 0;
  }
}

/** One byte per UTF-16 code unit: the unit itself when it is ASCII, 128 for all others. */
function compactUnits(block: Uint8Array, encoding: Encoding): Uint8Array {
  const low = encoding === "utf-16le" ? 0 : 1;
  const units = new Uint8Array(block.length >> 1);
  for (let i = 0; i < units.length; i++) {
    const value = block[2 * i + low]!;
    units[i] = block[2 * i + 1 - low] === 0 && value < 128 ? value : 128;
  }
  return units;
}
