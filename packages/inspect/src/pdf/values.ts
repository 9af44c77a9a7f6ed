/** Values of PDF (ISO 32000-1, 7.3), read from text of one-byte characters. Never throws; what is no value is a keyword. */

import { fromLatin1, utf16be } from "../bytes.ts";

export interface PdfName {
  readonly kind: "name";
  readonly name: string;
  /** Letters were written as #xx though nothing asks for it. */
  readonly isMasked: boolean;
}

export interface PdfReference {
  readonly kind: "reference";
  readonly object: number;
}

export interface PdfText {
  readonly kind: "text";
  /** One character a byte. */
  readonly raw: string;
}

export interface PdfDictionary {
  readonly kind: "dictionary";
  readonly entries: ReadonlyMap<string, PdfValue>;
  readonly maskedNames: readonly string[];
}

export type PdfValue =
  | PdfName
  | PdfReference
  | PdfText
  | PdfDictionary
  | { readonly kind: "array"; readonly items: readonly PdfValue[] }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "keyword"; readonly word: string };

const depthMax = 60;
const itemsMax = 100_000;
const space = /[\0\t\n\f\r ]/;
const delimiter = /[\0\t\n\f\r ()<>[\]{}/%]/;

export class PdfReader {
  readonly text: string;
  at: number;

  constructor(text: string, at = 0) {
    this.text = text;
    this.at = at;
  }

  skipSpace(): void {
    for (; this.at < this.text.length; this.at++) {
      const char = this.text[this.at]!;
      if (char === "%") {
        const end = /[\r\n]/g;
        end.lastIndex = this.at;
        this.at = (end.exec(this.text)?.index ?? this.text.length) - 1;
      } else if (!space.test(char)) return;
    }
  }

  /** The value at the current place; `undefined` at the end or at a closing bracket. */
  read(depth = 0): PdfValue | undefined {
    this.skipSpace();
    if (this.at >= this.text.length || depth > depthMax) return undefined;
    const char = this.text[this.at]!;
    if (char === "/") return this.#name();
    if (char === "(") return this.#literal();
    if (char === "<") return this.text[this.at + 1] === "<" ? this.#dictionary(depth) : this.#hexText();
    if (char === "[") return this.#array(depth);
    if (char === "]" || char === ">") return undefined;
    return this.#word();
  }

  #name(): PdfName {
    const start = ++this.at;
    while (this.at < this.text.length && !delimiter.test(this.text[this.at]!)) this.at++;
    const written = this.text.slice(start, Math.min(this.at, start + 512));
    let isMasked = false;
    const name = written.replace(/#([0-9a-f]{2})/gi, (_, hex: string) => {
      const decoded = String.fromCharCode(Number.parseInt(hex, 16));
      if (/[A-Za-z0-9]/.test(decoded)) isMasked = true;
      return decoded;
    });
    return { kind: "name", name, isMasked };
  }

  #literal(): PdfText {
    const out: string[] = [];
    let open = 0;
    const { text } = this;
    for (; this.at < text.length; this.at++) {
      const char = text[this.at]!;
      if (char === "\\") {
        out.push(this.#escape());
        continue;
      }
      if (char === "(" && open++ === 0) continue;
      if (char === ")" && --open === 0) break;
      out.push(char);
    }
    this.at++;
    return { kind: "text", raw: out.join("") };
  }

  /** 7.3.4.2: a backslash and a letter, up to three octal digits, or a line end that is left out. */
  #escape(): string {
    const octal = /^[0-7]{1,3}/.exec(this.text.slice(this.at + 1, this.at + 4));
    if (octal !== null) {
      this.at += octal[0].length;
      return String.fromCharCode(Number.parseInt(octal[0], 8) & 255);
    }
    const char = this.text[++this.at] ?? "";
    if (char === "\r" && this.text[this.at + 1] === "\n") this.at++;
    return { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f", "\r": "", "\n": "" }[char] ?? char;
  }

  #hexText(): PdfText {
    const end = this.text.indexOf(">", this.at);
    const stop = end < 0 ? this.text.length : end;
    const digits = this.text.slice(this.at + 1, stop).replace(/[^0-9a-f]/gi, "");
    this.at = stop + 1;
    return {
      kind: "text",
      raw: Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, "hex").toString("latin1"),
    };
  }

  #array(depth: number): PdfValue {
    this.at++;
    const items: PdfValue[] = [];
    while (items.length < itemsMax) {
      const item = this.read(depth + 1);
      if (item === undefined) break;
      push(items, item);
    }
    if (this.text[this.at] === "]") this.at++;
    else if (this.text[this.at] === ">") this.at++;
    return { kind: "array", items };
  }

  #dictionary(depth: number): PdfDictionary {
    this.at += 2;
    const entries = new Map<string, PdfValue>();
    const maskedNames: string[] = [];
    const parts: PdfValue[] = [];
    while (parts.length < itemsMax) {
      const part = this.read(depth + 1);
      if (part === undefined) {
        // A stray "]" must not end the loop without progress.
        if (this.text[this.at] === "]" && this.text.slice(this.at + 1, this.at + 3) !== "") this.at++;
        else break;
        continue;
      }
      push(parts, part);
    }
    if (this.text.startsWith(">>", this.at)) this.at += 2;
    for (let i = 0; i < parts.length; i++) {
      const key = parts[i]!;
      if (key.kind !== "name") continue;
      const value = parts[i + 1];
      if (key.isMasked) maskedNames.push(key.name);
      if (value === undefined) break;
      if (value.kind === "name" && value.isMasked) maskedNames.push(value.name);
      if (!entries.has(key.name)) entries.set(key.name, value);
      i++;
    }
    return { kind: "dictionary", entries, maskedNames };
  }

  #word(): PdfValue {
    const start = this.at;
    while (this.at < this.text.length && !delimiter.test(this.text[this.at]!)) this.at++;
    // A character that starts nothing is passed over.
    if (this.at === start) this.at++;
    const word = this.text.slice(start, Math.min(this.at, start + 64));
    return /^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(word)
      ? { kind: "number", value: Number(word) }
      : { kind: "keyword", word };
  }
}

/** "12 0 R" is read as two numbers and a word: joined here. */
function push(items: PdfValue[], item: PdfValue): void {
  const object = items.at(-2);
  if (
    item.kind === "keyword" &&
    item.word === "R" &&
    object?.kind === "number" &&
    items.at(-1)?.kind === "number"
  ) {
    items.length -= 2;
    items.push({ kind: "reference", object: object.value });
  } else items.push(item);
}

/** UTF-16 with a byte order mark, else PDFDocEncoding, which is Latin-1 for what matters here (7.9.2.2). */
export function decodePdfText(raw: string): string {
  if (raw.startsWith("\u00fe\u00ff")) return utf16be(fromLatin1(raw.slice(2)));
  if (raw.startsWith("\u00ef\u00bb\u00bf")) return Buffer.from(raw.slice(3), "latin1").toString("utf8");
  return raw;
}
