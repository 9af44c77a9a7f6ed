import { u16, u32, u64 } from "../bytes.ts";
import { ansiText, unitsBeforeNul, utf16Text } from "./text.ts";
import { cachedText } from "./text-cache.ts";
import { formatFiletime, formatSystemTime } from "./time.ts";

/** A decoded value. Integers beyond 2^53 are decimal strings, so that every value survives JSON. */
export type EvtxScalar = string | number | boolean | null;
export type EvtxValue = EvtxScalar | EvtxScalar[];

export const arrayFlag = 0x80;
/** Added to the type of a value that is there but has nothing in it. */
export const emptyFlag = 0x100;

export const valueType = {
  null: 0x00,
  string: 0x01,
  ansi: 0x02,
  float: 0x0b,
  double: 0x0c,
  bool: 0x0d,
  binary: 0x0e,
  guid: 0x0f,
  sizet: 0x10,
  filetime: 0x11,
  systemtime: 0x12,
  sid: 0x13,
  hex32: 0x14,
  hex64: 0x15,
  binxml: 0x21,
  evtxml: 0x23,
} as const;

/**
 * One value of `size` bytes at `at`. Text for everything but integers and booleans, in the form Windows gives it.
 * A size that does not fit the type, or an unknown type, gives the bytes in hexadecimal rather than nothing.
 */
export function decodeScalar(bytes: Uint8Array, type: number, at: number, size: number): EvtxScalar {
  switch (type) {
    case 0x00:
      return null;
    case 0x01:
    case 0x23:
      return utf16Text(bytes, at, unitsBeforeNul(bytes, at, size >> 1));
    case 0x02:
      return ansiText(bytes, at, at + size);
    case 0x03:
      return size === 1 ? (bytes[at]! << 24) >> 24 : oddSize(bytes, at, size);
    case 0x04:
      return size === 1 ? bytes[at]! : oddSize(bytes, at, size);
    case 0x05:
      return size === 2 ? (u16(bytes, at) << 16) >> 16 : oddSize(bytes, at, size);
    case 0x06:
      return size === 2 ? u16(bytes, at) : oddSize(bytes, at, size);
    case 0x07:
      return size === 4 ? u32(bytes, at) | 0 : oddSize(bytes, at, size);
    case 0x08:
      return size === 4 ? u32(bytes, at) : oddSize(bytes, at, size);
    case 0x09:
      return size === 8 ? exactInteger(BigInt.asIntN(64, u64(bytes, at))) : oddSize(bytes, at, size);
    case 0x0a:
      return size === 8 ? unsigned64(bytes, at) : oddSize(bytes, at, size);
    case 0x0d:
      return size === 4 ? boolValue(u32(bytes, at)) : oddSize(bytes, at, size);
    default:
      return decodeText(bytes, type, at, size);
  }
}

/** The types whose value is a text. */
function decodeText(bytes: Uint8Array, type: number, at: number, size: number): string | null {
  switch (type) {
    case 0x0b:
      return size === 4 ? float32Text(view(bytes, at).getFloat32(0, true)) : oddSize(bytes, at, size);
    case 0x0c:
      return size === 8 ? float64Text(view(bytes, at).getFloat64(0, true)) : oddSize(bytes, at, size);
    case 0x0f:
      return size === 16 ? cachedText(bytes, type, at, size, guidText) : oddSize(bytes, at, size);
    case 0x10:
    case 0x14:
    case 0x15:
    case 0x20:
      return size === 4 || size === 8
        ? cachedText(bytes, 0x10, at, size, hexNumber)
        : oddSize(bytes, at, size);
    case 0x11:
      return size === 8 ? formatFiletime(u32(bytes, at), u32(bytes, at + 4)) : oddSize(bytes, at, size);
    case 0x12:
      return size === 16 ? systemTimeText(bytes, at) : oddSize(bytes, at, size);
    case 0x13:
      return isSid(bytes, at, size) ? cachedText(bytes, type, at, size, sidText) : oddSize(bytes, at, size);
    default:
      return hexText(bytes, at, size);
  }
}

/** What is left of a value whose size does not fit its type. */
function oddSize(bytes: Uint8Array, at: number, size: number): string | null {
  return size === 0 ? null : hexText(bytes, at, size);
}

function boolValue(value: number): boolean | number {
  // Windows stores masks in some boolean fields: the number is the fact.
  return value === 0 ? false : value === 1 ? true : value;
}

function unsigned64(bytes: Uint8Array, at: number): number | string {
  const high = u32(bytes, at + 4);
  return high < 0x200000 ? high * 0x1_0000_0000 + u32(bytes, at) : String(u64(bytes, at));
}

function exactInteger(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}

function view(bytes: Uint8Array, at: number): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset + at);
}

const upperHex = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, "0").toUpperCase());
const lowerHex = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, "0"));

export function hexText(bytes: Uint8Array, at: number, size: number): string {
  let text = "";
  for (let i = at; i < at + size; i++) text += upperHex[bytes[i]!];
  return text;
}

/** "{54849625-5478-4994-a5ba-3e3b0328c30d}" */
export function guidText(bytes: Uint8Array, at: number): string {
  const b = (i: number) => lowerHex[bytes[at + i]!]!;
  return (
    `{${b(3)}${b(2)}${b(1)}${b(0)}-${b(5)}${b(4)}-${b(7)}${b(6)}-${b(8)}${b(9)}` +
    `-${b(10)}${b(11)}${b(12)}${b(13)}${b(14)}${b(15)}}`
  );
}

/** "0x3e7", without leading zeros. */
function hexNumber(bytes: Uint8Array, at: number, size: number): string {
  const low = u32(bytes, at);
  const high = size === 8 ? u32(bytes, at + 4) : 0;
  if (high === 0) return `0x${low.toString(16)}`;
  return `0x${high.toString(16)}${low.toString(16).padStart(8, "0")}`;
}

function isSid(bytes: Uint8Array, at: number, size: number): boolean {
  return size >= 8 && size === 8 + 4 * bytes[at + 1]!;
}

/** "S-1-5-21-...": the authority is 48 bits, big-endian. */
function sidText(bytes: Uint8Array, at: number): string {
  let authority = 0;
  for (let i = 2; i < 8; i++) authority = authority * 256 + bytes[at + i]!;
  let text = `S-${bytes[at]!}-${authority}`;
  const end = at + 8 + 4 * bytes[at + 1]!;
  for (let sub = at + 8; sub < end; sub += 4) text += `-${u32(bytes, sub)}`;
  return text;
}

function systemTimeText(bytes: Uint8Array, at: number): string {
  const fields: number[] = [];
  for (let i = 0; i < 8; i++) fields.push(u16(bytes, at + 2 * i));
  return formatSystemTime(fields);
}

/** Shortest text that reads back as the same 64-bit number; whole numbers keep ".0". */
function float64Text(value: number): string {
  return floatText(value, String(value));
}

/** Shortest text that reads back as the same 32-bit number. */
function float32Text(value: number): string {
  let text = String(value);
  for (let digits = 1; digits <= 9; digits++) {
    const rounded = Number(value.toPrecision(digits));
    if (Math.fround(rounded) === value) {
      text = String(rounded);
      break;
    }
  }
  return floatText(value, text);
}

function floatText(value: number, shortest: string): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (Object.is(value, -0)) return "-0.0";
  if (Math.abs(value) >= 1e16) return Number(shortest).toExponential();
  return shortest.includes(".") || shortest.includes("e") ? shortest : `${shortest}.0`;
}

/** Bytes per item of an array type; 0 where items have no fixed width. */
export const itemWidths: readonly number[] = (() => {
  const widths = new Array<number>(64).fill(0);
  for (const [type, width] of [
    [0x03, 1],
    [0x04, 1],
    [0x05, 2],
    [0x06, 2],
    [0x07, 4],
    [0x08, 4],
    [0x09, 8],
    [0x0a, 8],
    [0x0b, 4],
    [0x0c, 8],
    [0x0d, 4],
    [0x0f, 16],
    [0x10, 8],
    [0x11, 8],
    [0x12, 16],
    [0x14, 4],
    [0x15, 8],
    [0x20, 4],
  ] as const) {
    widths[type] = width;
  }
  return widths;
})();

/** The items of an array value of base type `type`. Bytes that make no whole item come last, in hexadecimal. */
export function decodeArray(bytes: Uint8Array, type: number, at: number, size: number): EvtxScalar[] {
  const items: EvtxScalar[] = [];
  const end = at + size;
  if (type === valueType.string || type === valueType.ansi) return stringItems(bytes, type, at, end);
  if (type === valueType.sid) return sidItems(bytes, at, end);
  const width = itemWidths[type] ?? 0;
  if (width === 0) return size === 0 ? items : [decodeScalar(bytes, type, at, size)];
  let item = at;
  for (; item + width <= end; item += width) items.push(decodeScalar(bytes, type, item, width));
  // One irregular boolean makes all of them numbers: a list has one kind of item.
  if (type === valueType.bool && items.some((value) => typeof value === "number")) {
    for (const [i, value] of items.entries()) items[i] = Number(value);
  }
  if (item < end) items.push(hexText(bytes, item, end - item));
  return items;
}

/** Strings end with a NUL each; the last may lack it. */
function stringItems(bytes: Uint8Array, type: number, at: number, end: number): string[] {
  const items: string[] = [];
  const unit = type === valueType.ansi ? 1 : 2;
  let start = at;
  for (let i = at; i + unit <= end; i += unit) {
    if (bytes[i] !== 0 || (unit === 2 && bytes[i + 1] !== 0)) continue;
    items.push(unit === 1 ? ansiText(bytes, start, i) : utf16Text(bytes, start, (i - start) >> 1));
    start = i + unit;
  }
  if (start + unit <= end) {
    items.push(unit === 1 ? ansiText(bytes, start, end) : utf16Text(bytes, start, (end - start) >> 1));
  }
  return items;
}

function sidItems(bytes: Uint8Array, at: number, end: number): string[] {
  const items: string[] = [];
  let item = at;
  while (item + 8 <= end && item + 8 + 4 * bytes[item + 1]! <= end) {
    items.push(sidText(bytes, item));
    item += 8 + 4 * bytes[item + 1]!;
  }
  if (item < end) items.push(hexText(bytes, item, end - item));
  return items;
}
