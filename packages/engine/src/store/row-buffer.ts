/**
 * The dialect of segments: signs that neither text logs nor JSON hold, so that next to nothing needs quoting. Unit
 * separator between cells, line feed behind a row, start-of-heading as the quote.
 */
export const dialect = { delimiter: "\u001f", quote: "\u0001" } as const;

const quote = dialect.quote.charCodeAt(0);
const delimiter = dialect.delimiter.charCodeAt(0);
const lineFeed = 10;
const quotationMark = 34;
const backslash = 92;
const zero = 48;

/** Numbers are written in two halves of nine digits, which fit into integer arithmetic of the machine. */
const halfDigits = 9;
const half = 10 ** halfDigits;
const maxDigits = halfDigits * 2;
const maxDigitwise = 2 ** 53;

/** In a cell NUL and the quote itself are stored as their visible signs (U+2400, U+2401); the evidence keeps the bytes. */
const visible: Record<string, string> = { "\0": "\u2400", "\u0001": "\u2401" };
const special = /[\0\u0001\u001f\n\r]/;
const reserved = /[\0\u0001]/g;
/** What JSON writes with an escape: quotes, backslashes, control characters, halves of surrogate pairs. */
const escaped = /["\\\u0000-\u001f\ud800-\udfff]/;

/** JSON that DuckDB reads too: half a surrogate pair, which it takes for malformed, becomes U+FFFD as in every UTF-8 text. */
export function jsonText(value: string): string {
  return JSON.stringify(value.toWellFormed());
}

/** ASCII signs that stand for themselves in a cell: 1, else 0. */
const plainInCell = Uint8Array.from({ length: 128 }, (_, code) =>
  special.test(String.fromCharCode(code)) ? 0 : 1,
);

/** A longer text is searched and encoded by the engine's own routines; for a short one the call costs more than the loop. */
const longText = 160;
const initialBytes = 1 << 20;

/** A text that is written often, as UTF-8 in words of four bytes, the last one filled up: so it is copied fastest. */
export interface EncodedText {
  readonly words: Uint32Array;
  /** In bytes. */
  readonly length: number;
}

export function encodeText(text: string): EncodedText {
  const bytes = Buffer.from(text);
  const words = new Uint32Array(Math.ceil(bytes.length / 4));
  for (const [i, byte] of bytes.entries()) words[i >> 2]! |= byte << ((i & 3) * 8);
  return { words, length: bytes.length };
}

function viewOf({ buffer, byteOffset, byteLength }: Buffer): DataView<ArrayBufferLike> {
  return new DataView(buffer, byteOffset, byteLength);
}

/** Rows of a segment as bytes. Cells are short and mostly ASCII: they are copied sign by sign, without a text per row. */
export class RowBuffer {
  #bytes: Buffer = Buffer.allocUnsafeSlow(initialBytes);
  #view = viewOf(this.#bytes);
  #used = 0;

  get used(): number {
    return this.#used;
  }

  /** What was written so far; valid until the next write. */
  content(): Uint8Array {
    return this.#bytes.subarray(0, this.#used);
  }

  /** Takes back what was written behind `used`. */
  rewind(used: number): void {
    this.#used = used;
  }

  /** Forgets all rows, and the memory that a giant one needed. */
  clear(): void {
    this.#used = 0;
    if (this.#bytes.length > initialBytes * 2) this.#take(Buffer.allocUnsafeSlow(initialBytes));
  }

  /** Replaces one byte written before. */
  put(at: number, code: number): void {
    this.#bytes[at] = code;
  }

  separator(): void {
    this.#sign(delimiter);
  }

  endRow(): void {
    this.#sign(lineFeed);
  }

  /** A cell. An empty text is quoted, so that it differs from an absent value. */
  cell(value: string): void {
    if (value === "") {
      this.#sign(quote);
      this.#sign(quote);
    } else if (!this.#copied(value)) {
      if (special.test(value))
        this.text(dialect.quote + value.replace(reserved, (sign) => visible[sign]!) + dialect.quote);
      else this.text(value);
    }
  }

  /** An integer as decimal digits, without a text of it. */
  integer(value: number): void {
    if (!(value >= 0 && value < maxDigitwise)) {
      this.text(String(value));
      return;
    }
    this.#reserve(maxDigits);
    const high = Math.floor(value / half);
    if (high > 0) {
      this.#digits(high, 1);
      this.#digits(value - high * half, halfDigits);
    } else this.#digits(value, 1);
  }

  /** Writes a number under 2³¹ with at least so many digits. */
  #digits(value: number, atLeast: number): void {
    let count = 1;
    for (let power = 10; power <= value; power *= 10) count++;
    count = Math.max(count, atLeast);
    let rest = value | 0;
    for (let at = this.#used + count - 1; at >= this.#used; at--) {
      const next = (rest / 10) | 0;
      this.#bytes[at] = zero + rest - next * 10;
      rest = next;
    }
    this.#used += count;
  }

  /** A JSON string with its quotation marks. `JSON.stringify` costs several times the search for what it would escape. */
  jsonString(value: string): void {
    if (this.#copiedAsJson(value)) return;
    if (escaped.test(value)) this.text(jsonText(value));
    else {
      this.#sign(quotationMark);
      this.text(value);
      this.#sign(quotationMark);
    }
  }

  /** Text that needs neither quoting nor escaping. */
  text(value: string): void {
    this.#reserve(value.length * 3);
    this.#used += this.#bytes.write(value, this.#used);
  }

  /** Text that was encoded before. */
  encoded({ words, length }: EncodedText): void {
    this.#reserve(words.length * 4);
    const view = this.#view;
    let at = this.#used;
    for (let i = 0; i < words.length; i++, at += 4) view.setUint32(at, words[i]!, true);
    this.#used += length;
  }

  /** What another buffer holds. */
  append(other: RowBuffer): void {
    this.#reserve(other.#used);
    other.#bytes.copy(this.#bytes, this.#used, 0, other.#used);
    this.#used += other.#used;
  }

  /** Copies a short ASCII text as a JSON string; paths make backslashes common. What it wrote of another is overwritten. */
  #copiedAsJson(value: string): boolean {
    const length = value.length;
    if (length > longText) return false;
    this.#reserve(length * 2 + 2);
    const bytes = this.#bytes;
    let at = this.#used;
    bytes[at++] = quotationMark;
    for (let i = 0; i < length; i++) {
      const code = value.charCodeAt(i);
      if (code < 32 || code > 127) return false;
      if (code === quotationMark || code === backslash) bytes[at++] = backslash;
      bytes[at++] = code;
    }
    bytes[at++] = quotationMark;
    this.#used = at;
    return true;
  }

  /** Copies a short ASCII text that needs no quoting; what it wrote of another is overwritten. */
  #copied(value: string): boolean {
    const length = value.length;
    if (length > longText) return false;
    this.#reserve(length);
    const bytes = this.#bytes;
    let at = this.#used;
    for (let i = 0; i < length; i++) {
      const code = value.charCodeAt(i);
      if (code > 127 || plainInCell[code] === 0) return false;
      bytes[at++] = code;
    }
    this.#used = at;
    return true;
  }

  #sign(code: number): void {
    this.#reserve(1);
    this.#bytes[this.#used++] = code;
  }

  #reserve(count: number): void {
    const needed = this.#used + count;
    if (needed <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(needed, this.#bytes.length * 2));
    this.#bytes.copy(grown, 0, 0, this.#used);
    this.#take(grown);
  }

  #take(bytes: Buffer): void {
    this.#bytes = bytes;
    this.#view = viewOf(bytes);
  }
}
