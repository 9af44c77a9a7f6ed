/**
 * Formulas of BIFF5, BIFF8 and BIFF12 as text, for reading only ([MS-XLS] 2.5.198, [MS-XLSB] 2.5.97): tokens in reverse Polish
 * order go over a stack of texts. Nothing is evaluated.
 */
import { latin1, u8, u16, u32, utf16 } from "../../bytes.ts";
import { commandNames, functionNames } from "./function-names.ts";

export type BiffVersion = 5 | 8 | 12;

export interface FormulaText {
  readonly text: string;
  /** Names of all functions that it calls. */
  readonly functions: readonly string[];
  /** False when a token was met that is not known here: the text ends there. */
  readonly isWhole: boolean;
}

const operators: Record<number, string> = {
  3: "+",
  4: "-",
  5: "*",
  6: "/",
  7: "^",
  8: "&",
  9: "<",
  10: "<=",
  11: "=",
  12: ">=",
  13: ">",
  14: "<>",
  15: " ",
  16: ",",
  17: ":",
};
const errors: Record<number, string> = {
  0: "#NULL!",
  7: "#DIV/0!",
  15: "#VALUE!",
  23: "#REF!",
  29: "#NAME?",
  36: "#NUM!",
  42: "#N/A",
};
const textMax = 4096;

/** `nameOf` gives the defined name with a 1-based number. */
export function formulaText(
  bytes: Uint8Array,
  version: BiffVersion,
  nameOf: (index: number) => string | undefined = () => undefined,
): FormulaText {
  return new FormulaReader(bytes, version, nameOf).read();
}

class FormulaReader {
  readonly #bytes: Uint8Array;
  readonly #version: BiffVersion;
  readonly #nameOf: (index: number) => string | undefined;
  readonly #stack: string[] = [];
  readonly #functions = new Set<string>();
  #at = 0;

  constructor(bytes: Uint8Array, version: BiffVersion, nameOf: (index: number) => string | undefined) {
    this.#bytes = bytes;
    this.#version = version;
    this.#nameOf = nameOf;
  }

  read(): FormulaText {
    let isWhole = true;
    while (this.#at < this.#bytes.length && isWhole) isWhole = this.#token();
    return { text: this.#stack.join(" "), functions: [...this.#functions], isWhole };
  }

  #push(text: string): void {
    this.#stack.push(text.length > textMax ? `${text.slice(0, textMax)}…` : text);
  }

  #pop(): string {
    return this.#stack.pop() ?? "";
  }

  #byte(): number {
    return u8(this.#bytes, this.#at++);
  }

  #word(): number {
    this.#at += 2;
    return u16(this.#bytes, this.#at - 2);
  }

  #long(): number {
    this.#at += 4;
    return u32(this.#bytes, this.#at - 4);
  }

  #token(): boolean {
    const id = this.#byte();
    if (id < 0x20) return this.#plainToken(id);
    // Operands have three classes; they differ in bits 5 and 6.
    return this.#classToken((id & 0x1f) | 0x20);
  }

  #plainToken(id: number): boolean {
    const operator = operators[id];
    if (operator !== undefined) {
      const right = this.#pop();
      this.#push(`${this.#pop()}${operator}${right}`);
      return true;
    }
    switch (id) {
      case 0x01:
      case 0x02:
        this.#at += this.#version === 12 ? 6 : 4;
        return true;
      case 0x12:
      case 0x13:
        this.#push(`${id === 0x12 ? "+" : "-"}${this.#pop()}`);
        return true;
      case 0x14:
        this.#push(`${this.#pop()}%`);
        return true;
      case 0x15:
        this.#push(`(${this.#pop()})`);
        return true;
      case 0x16:
        this.#push("");
        return true;
      case 0x17:
        this.#push(`"${this.#string().replaceAll('"', '""')}"`);
        return true;
      case 0x18:
        return this.#extended();
      case 0x19:
        return this.#attribute();
      case 0x1c:
        this.#push(errors[this.#byte()] ?? "#?");
        return true;
      case 0x1d:
        this.#push(this.#byte() === 0 ? "FALSE" : "TRUE");
        return true;
      case 0x1e:
        this.#push(String(this.#word()));
        return true;
      case 0x1f:
        this.#push(this.#double());
        return true;
      default:
        return false;
    }
  }

  #string(): string {
    if (this.#version === 12) {
      const count = this.#word();
      this.#at += 2 * count;
      return utf16(this.#bytes, this.#at - 2 * count, this.#at);
    }
    const count = this.#byte();
    const isWide = this.#version === 8 && (this.#byte() & 1) !== 0;
    const from = this.#at;
    this.#at += isWide ? 2 * count : count;
    return isWide ? utf16(this.#bytes, from, this.#at) : latin1(this.#bytes, from, this.#at);
  }

  #double(): string {
    const view = new DataView(new ArrayBuffer(8));
    for (let i = 0; i < 8; i++) view.setUint8(i, this.#byte());
    return String(view.getFloat64(0, true));
  }

  /** Lists and structured references of tables; only their size matters here. */
  #extended(): boolean {
    const kind = this.#byte();
    this.#at += kind === 0x19 ? 12 : 4;
    this.#push("#table");
    return true;
  }

  /** [MS-XLS] 2.5.198.34 and following: hints for the evaluation, of which only SUM has a meaning of its own. */
  #attribute(): boolean {
    const kind = this.#byte();
    const value = this.#word();
    if ((kind & 0x04) !== 0) this.#at += 2 * (value + 1);
    else if ((kind & 0x10) !== 0) this.#push(`SUM(${this.#pop()})`);
    return true;
  }

  #classToken(id: number): boolean {
    const isWide = this.#version === 12;
    switch (id) {
      case 0x20:
        this.#at += isWide ? 14 : 7;
        this.#push("{array}");
        return true;
      case 0x21:
        return this.#call(this.#word(), false);
      case 0x22: {
        const count = this.#byte() & 0x7f;
        const number = this.#word();
        return this.#call(number & 0x7fff, (number & 0x8000) !== 0, count);
      }
      case 0x23: {
        const index = isWide ? this.#long() : this.#word();
        this.#at += isWide ? 0 : this.#version === 5 ? 12 : 2;
        this.#push(this.#nameOf(index) ?? `name${index}`);
        return true;
      }
      case 0x24:
      case 0x2c:
        this.#push(this.#cell());
        return true;
      case 0x25:
      case 0x2d:
        this.#push(this.#area());
        return true;
      case 0x26:
      case 0x27:
      case 0x28:
        this.#at += 6;
        return true;
      case 0x29:
        this.#at += 2;
        return true;
      case 0x2a:
      case 0x2b:
        this.#at += this.#referenceBytes(id === 0x2b);
        this.#push("#REF!");
        return true;
      default:
        return this.#sheetToken(id);
    }
  }

  /** References to other sheets and workbooks; BIFF5 writes the sheets' numbers beside them. */
  #sheetToken(id: number): boolean {
    const isOld = this.#version === 5;
    if (id < 0x39 || id > 0x3d) return false;
    const sheet = this.#word();
    if (id === 0x39) {
      if (isOld) this.#at += 8;
      const index = this.#version === 12 ? this.#long() : this.#word();
      this.#at += this.#version === 12 ? 0 : isOld ? 12 : 2;
      this.#push(`external${sheet}!name${index}`);
      return true;
    }
    if (isOld) this.#at += 12;
    if (id === 0x3a || id === 0x3b) this.#push(`sheet${sheet}!${id === 0x3a ? this.#cell() : this.#area()}`);
    else {
      this.#at += this.#referenceBytes(id === 0x3d);
      this.#push("#REF!");
    }
    return true;
  }

  #referenceBytes(isArea: boolean): number {
    const cell = { 5: 3, 8: 4, 12: 6 }[this.#version];
    return isArea ? 2 * cell : cell;
  }

  #call(number: number, isCommand: boolean, stated?: number): boolean {
    const known = (isCommand ? commandNames : functionNames).get(number);
    const count = Math.min(stated ?? known?.argumentCount ?? 0, this.#stack.length);
    const values = this.#stack.splice(this.#stack.length - count, count);
    // 255 is a call of a name: the name is the first argument ([MS-XLS] 2.5.198.17).
    const isNamed = !isCommand && number === 255;
    const name = isNamed
      ? (values.shift() ?? "?")
      : (known?.name ?? `${isCommand ? "command" : "function"}${number}`);
    this.#functions.add(name);
    this.#push(`${name}(${values.join(",")})`);
    return true;
  }

  #row(): number {
    return this.#version === 12 ? this.#long() : this.#word();
  }

  #cell(): string {
    const row = this.#row();
    return this.#version === 5 ? cellName(row & 0x3fff, this.#byte()) : cellName(row, this.#word() & 0x3fff);
  }

  #area(): string {
    const [first, last] = [this.#row(), this.#row()];
    const column = () => (this.#version === 5 ? this.#byte() : this.#word() & 0x3fff);
    const from = column();
    const mask = this.#version === 5 ? 0x3fff : 0xffffffff;
    return `${cellName((first & mask) >>> 0, from)}:${cellName((last & mask) >>> 0, column())}`;
  }
}

/** "A1" of a row and a column, both counted from 0. */
export function cellName(row: number, column: number): string {
  let letters = "";
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return `${letters}${row + 1}`;
}
