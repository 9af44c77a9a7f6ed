/** Filters of PDF streams (ISO 32000-1, 7.4), each with a bound on what comes out. */
import { inflateRawSync, inflateSync } from "node:zlib";
import { fromLatin1, latin1 } from "../bytes.ts";
import type { PdfDictionary, PdfValue } from "./values.ts";

const names: Record<string, string> = {
  Fl: "FlateDecode",
  AHx: "ASCIIHexDecode",
  A85: "ASCII85Decode",
  RL: "RunLengthDecode",
  LZW: "LZWDecode",
};
const filtersMax = 8;

export interface Filtered {
  readonly bytes: Uint8Array;
  /** The first filter that is not undone here: of pictures, or encryption. */
  readonly stoppedAt?: string;
}

export function filterNames(dictionary: PdfDictionary): string[] {
  const value = dictionary.entries.get("Filter") ?? dictionary.entries.get("F");
  const items = value?.kind === "array" ? value.items : value === undefined ? [] : [value];
  return items.filter((item) => item.kind === "name").map(({ name }) => names[name] ?? name);
}

/** Undoes the filters in their order; damaged data gives what comes out before the damage. */
export function decodeStream(raw: Uint8Array, dictionary: PdfDictionary, max: number): Filtered {
  let bytes = raw;
  const filters = filterNames(dictionary);
  const parameters = dictionary.entries.get("DecodeParms") ?? dictionary.entries.get("DP");
  for (const [i, filter] of filters.slice(0, filtersMax).entries()) {
    const own = parameters?.kind === "array" ? parameters.items[i] : parameters;
    if (filter === "FlateDecode") bytes = unpredict(inflate(bytes, max), own);
    else if (filter === "ASCIIHexDecode") bytes = hexDecode(bytes);
    else if (filter === "ASCII85Decode") bytes = ascii85(bytes);
    else if (filter === "RunLengthDecode") bytes = runLength(bytes, max);
    else if (filter === "LZWDecode") bytes = unpredict(lzw(bytes, max), own);
    else return { bytes, stoppedAt: filter };
  }
  return { bytes };
}

function inflate(bytes: Uint8Array, max: number): Uint8Array {
  const options = { maxOutputLength: max, finishFlush: 2 };
  for (const unpack of [
    () => inflateSync(bytes, options),
    () => inflateRawSync(bytes.subarray(2), options),
    () => inflateRawSync(bytes, options),
  ]) {
    try {
      return new Uint8Array(unpack());
    } catch {
      // Tried the next way: a wrong checksum or a missing header must not hide the content.
    }
  }
  return new Uint8Array();
}

function numberIn(parameters: PdfValue | undefined, key: string, otherwise: number): number {
  const value = parameters?.kind === "dictionary" ? parameters.entries.get(key) : undefined;
  return value?.kind === "number" ? value.value : otherwise;
}

/** PNG predictors (7.4.4.4); cross-reference and object streams often have them. */
function unpredict(bytes: Uint8Array, parameters: PdfValue | undefined): Uint8Array {
  if (numberIn(parameters, "Predictor", 1) < 10) return bytes;
  const bits = numberIn(parameters, "Colors", 1) * numberIn(parameters, "BitsPerComponent", 8);
  const width = Math.ceil((numberIn(parameters, "Columns", 1) * bits) / 8);
  const step = Math.max(1, bits >> 3);
  if (!(width > 0 && width < 65_536)) return bytes;
  const rows = Math.ceil(bytes.length / (width + 1));
  const out = new Uint8Array(rows * width);
  for (let row = 0; row < rows; row++) {
    const kind = bytes[row * (width + 1)];
    for (let i = 0; i < width; i++) {
      const value = bytes[row * (width + 1) + 1 + i] ?? 0;
      const left = i >= step ? out[row * width + i - step]! : 0;
      const up = row > 0 ? out[(row - 1) * width + i]! : 0;
      const corner = row > 0 && i >= step ? out[(row - 1) * width + i - step]! : 0;
      const base =
        kind === 1
          ? left
          : kind === 2
            ? up
            : kind === 3
              ? (left + up) >> 1
              : kind === 4
                ? paeth(left, up, corner)
                : 0;
      out[row * width + i] = value + base;
    }
  }
  return out;
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

function hexDecode(bytes: Uint8Array): Uint8Array {
  const digits = latin1(bytes)
    .split(">", 1)[0]!
    .replace(/[^0-9a-f]/gi, "");
  return new Uint8Array(Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, "hex"));
}

function ascii85(bytes: Uint8Array): Uint8Array {
  const text = latin1(bytes)
    .replace(/^\s*<~/, "")
    .split("~>", 1)[0]!
    .replace(/\s+/g, "")
    .replaceAll("z", "!!!!!");
  const out: number[] = [];
  for (let at = 0; at < text.length; at += 5) {
    const group = text.slice(at, at + 5);
    let value = 0;
    for (let i = 0; i < 5; i++) value = value * 85 + ((group.charCodeAt(i) || 117) - 33);
    for (let i = 0; i < group.length - 1; i++) out.push(Math.floor(value / 2 ** (24 - 8 * i)) & 255);
  }
  return Uint8Array.from(out);
}

function runLength(bytes: Uint8Array, max: number): Uint8Array {
  const out: string[] = [];
  let total = 0;
  for (let at = 0; at < bytes.length && bytes[at] !== 128 && total < max; ) {
    const length = bytes[at]!;
    const run =
      length < 128
        ? latin1(bytes, at + 1, at + 2 + length)
        : latin1(bytes, at + 1, at + 2).repeat(257 - length);
    at += length < 128 ? length + 2 : 2;
    total += run.length;
    out.push(run);
  }
  return fromLatin1(out.join(""));
}

/** 7.4.4.2: codes of 9 to 12 bits; 256 clears the table, 257 ends. */
function lzw(bytes: Uint8Array, max: number): Uint8Array {
  const out: string[] = [];
  let total = 0;
  let table: string[] = [];
  let width = 9;
  let previous = "";
  let position = 0;
  const clear = () => {
    table = Array.from({ length: 258 }, (_, i) => (i < 256 ? String.fromCharCode(i) : ""));
    width = 9;
    previous = "";
  };
  clear();
  while (position + width <= bytes.length * 8 && total < max) {
    let code = 0;
    for (let i = 0; i < width; i++, position++)
      code = (code << 1) | ((bytes[position >> 3]! >> (7 - (position & 7))) & 1);
    if (code === 257) break;
    if (code === 256) {
      clear();
      continue;
    }
    const entry: string | undefined = table[code] ?? (previous === "" ? undefined : previous + previous[0]!);
    if (entry === undefined) break;
    out.push(entry);
    total += entry.length;
    if (previous !== "" && table.length < 4096) table.push(previous + entry[0]!);
    previous = entry;
    width = table.length >= 2047 ? 12 : table.length >= 1023 ? 11 : table.length >= 511 ? 10 : 9;
  }
  return fromLatin1(out.join(""));
}
