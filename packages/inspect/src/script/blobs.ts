/** Encoded data in texts: base64, hexadecimal, lists of numbers; with compression and single-byte XOR behind them. */
import { gunzipSync, inflateRawSync, inflateSync } from "node:zlib";
import { hasAt, u8, utf16 } from "../bytes.ts";
import { binaryType } from "../identify/magic.ts";
import { decodeText, isText } from "../identify/text.ts";

export interface DecodedBlob {
  /** How it was encoded, outermost first: "base64, gzip". */
  readonly how: string;
  readonly bytes: Uint8Array;
  /** Index in the text. */
  readonly at: number;
}

const blobsMax = 200;
const plainBytesMax = 32 * 2 ** 20;

const base64Pattern =
  /(?<![A-Za-z0-9+/=_-])(?:[A-Za-z0-9+/]{4}){5,}(?:[A-Za-z0-9+/]{2,3}={0,2})?(?![A-Za-z0-9+/])/g;
const hexPattern = /(?<![0-9A-Fa-f])(?:[0-9A-Fa-f]{2}){24,}(?![0-9A-Fa-f])/g;
const numberItem = "(?:0x[0-9a-f]{1,2}|\\d{1,3}|&h[0-9a-f]{1,2})";
/** Blanks, or one mark with blanks around it: a list can be read in one way only, so that a failure costs no retries. */
const listPattern = new RegExp(
  `(?:${numberItem}(?:\\s{1,3}|\\s{0,3}[,;:\\-|~!@#$%^*_a-z.]\\s{0,3})){16,}${numberItem}`,
  "gi",
);
const escapedHexPattern = /(?:\\x[0-9a-f]{2}|%[0-9a-f]{2}){16,}/gi;

/** Everything in the text that decodes to something that can be read: text or a known file. */
export function decodeBlobs(text: string, check: () => void): DecodedBlob[] {
  const found: DecodedBlob[] = [];
  const xorKeys = xorKeysOf(text);
  const add = (how: string, bytes: Uint8Array, at: number) => {
    if (found.length >= blobsMax || bytes.length < 8) return;
    const plain = unwrap(how, bytes, xorKeys);
    if (plain !== undefined) found.push({ ...plain, at });
  };
  for (const match of text.matchAll(base64Pattern)) {
    check();
    if (isWord(match[0])) continue;
    add("base64", new Uint8Array(Buffer.from(match[0], "base64")), match.index);
  }
  for (const match of text.matchAll(hexPattern))
    add("hexadecimal", new Uint8Array(Buffer.from(match[0], "hex")), match.index);
  for (const match of text.matchAll(escapedHexPattern))
    add(
      "hexadecimal escapes",
      new Uint8Array(Buffer.from(match[0].replace(/\\x|%/g, ""), "hex")),
      match.index,
    );
  for (const match of text.matchAll(listPattern)) {
    check();
    const bytes = numbersOf(match[0]);
    if (bytes !== undefined) add("list of numbers", bytes, match.index);
  }
  return found;
}

/** Long identifiers and paths look like base64; data has digits and both cases. */
function isWord(text: string): boolean {
  return (
    text.length < 200 &&
    (!/\d/.test(text) || !/[a-z]/.test(text) || !/[A-Z]/.test(text)) &&
    !text.endsWith("=")
  );
}

function numbersOf(list: string): Uint8Array | undefined {
  const items = list.match(/0x[0-9a-f]{1,2}|&h[0-9a-f]{1,2}|\d{1,3}/gi) ?? [];
  const values = items.map((item) => Number(item.replace(/^&h/i, "0x")));
  if (values.some((value) => value > 255)) return undefined;
  // Counters and tables are lists of numbers too: code has many different ones, and no long rise.
  return new Set(values).size >= 8 ? Uint8Array.from(values) : undefined;
}

/** Constants that the text itself names beside an XOR. */
function xorKeysOf(text: string): number[] {
  const keys = new Set<number>();
  for (const [, hexadecimal, decimal] of text.matchAll(
    /(?:-bxor|\bxor\b|\^)\s*\(?\s*(?:(?:0x|&h)([0-9a-f]{1,2})|(\d{1,3}))\b/gi,
  )) {
    const key = hexadecimal !== undefined ? Number.parseInt(hexadecimal, 16) : Number(decimal);
    if (key > 0 && key < 256 && keys.size < 16) keys.add(key);
  }
  return [...keys];
}

/** Takes off compression and XOR until something readable appears; nothing when none does. */
function unwrap(
  how: string,
  bytes: Uint8Array,
  keys: readonly number[],
): { how: string; bytes: Uint8Array } | undefined {
  const packed = inflate(bytes);
  if (packed !== undefined) return { how: `${how}, ${packed.how}`, bytes: packed.bytes };
  if (isReadable(bytes)) return { how, bytes };
  for (const key of keys) {
    const plain = bytes.map((byte) => byte ^ key);
    if (isReadable(plain)) return { how: `${how}, XOR ${key}`, bytes: plain };
  }
  const key = u8(bytes, 0) ^ 0x4d;
  if (bytes.length > 512 && key !== 0 && (u8(bytes, 1) ^ key) === 0x5a) {
    const plain = bytes.map((byte) => byte ^ key);
    if (binaryType(plain)?.startsWith("pe-")) return { how: `${how}, XOR ${key}`, bytes: plain };
  }
  return undefined;
}

function inflate(bytes: Uint8Array): { how: string; bytes: Uint8Array } | undefined {
  const options = { maxOutputLength: plainBytesMax };
  const attempts: readonly (readonly [string, boolean, () => Buffer])[] = [
    ["gzip", hasAt(bytes, [0x1f, 0x8b]), () => gunzipSync(bytes, options)],
    [
      "zlib",
      u8(bytes, 0) === 0x78 && ((u8(bytes, 0) << 8) | u8(bytes, 1)) % 31 === 0,
      () => inflateSync(bytes, options),
    ],
    ["deflate", bytes.length > 24, () => inflateRawSync(bytes, options)],
  ];
  for (const [how, looksSo, unpack] of attempts) {
    if (!looksSo) continue;
    try {
      const plain = new Uint8Array(unpack());
      if (plain.length >= 16 && isReadable(plain)) return { how, bytes: plain };
    } catch {
      // It was not packed this way.
    }
  }
  return undefined;
}

const files =
  /^(?:pe-|dos-exe|elf|mach-o|zip|jar|word|excel|powerpoint|pdf|lnk|cab|rar|7z|gzip|iso|ole|msi|onenote|html|dex)/;

function isReadable(bytes: Uint8Array): boolean {
  const type = binaryType(bytes);
  if (type !== undefined && files.test(type)) return type !== "excel-biff";
  if (!isText(bytes)) return false;
  const text = decodeText(bytes.subarray(0, 8192));
  let plain = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if ((code >= 32 && code < 127) || code === 9 || code === 10 || code === 13) plain++;
  }
  return text.length >= 4 && plain >= text.length * 0.95;
}

const encodedCommand =
  /[-/\u2013\u2014\u2015](?:e|ec|en|enc|enco|encod|encode|encoded|encodedc|encodedco|encodedcom|encodedcomm|encodedcomma|encodedcomman|encodedcommand)["']?\s+["']?((?:[A-Za-z0-9+/]{4}){2,}(?:[A-Za-z0-9+/]{2,3}={0,2})?)(?![A-Za-z0-9+/])/gi;

/** Commands handed to PowerShell in base64 of UTF-16; every prefix of the parameter's name is valid. */
export function decodeEncodedCommands(text: string): DecodedBlob[] {
  const found: DecodedBlob[] = [];
  for (const match of text.matchAll(encodedCommand)) {
    const bytes = new Uint8Array(Buffer.from(match[1]!, "base64"));
    const isWide = bytes.length >= 4 && bytes.length % 2 === 0 && (u8(bytes, 1) === 0 || u8(bytes, 3) === 0);
    if (!isWide && !isReadable(bytes)) continue;
    const plain = isWide ? utf16(bytes) : Buffer.from(bytes).toString("utf8");
    if (found.length < blobsMax)
      found.push({ how: "encoded command", bytes: new Uint8Array(Buffer.from(plain)), at: match.index });
  }
  return found;
}
