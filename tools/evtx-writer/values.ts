import type { Scalar, ValueTypeName } from "./spec.ts";

const guidPattern = /^\{?([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})\}?$/i;

/** Bytes of one scalar as the value area of a template instance holds them. */
export function encodeScalar(type: ValueTypeName, value: Scalar): Uint8Array {
  if (value === null) return new Uint8Array(0);
  if (value instanceof Uint8Array) return value;
  switch (type) {
    case "null":
      return new Uint8Array(0);
    case "string":
    case "evtxml":
      return utf16(String(value));
    case "ansi":
      return Uint8Array.from(String(value), (c) => c.charCodeAt(0) & 0xff);
    case "guid":
      return encodeGuid(String(value));
    case "sid":
      return encodeSid(String(value));
    case "systemtime":
      return encodeSystemTime(BigInt(value));
    case "binary":
    case "binxml":
      throw new TypeError(`a value of type ${type} is stated as bytes or a fragment`);
    default:
      return encodeNumber(type, value);
  }
}

/** An array value: strings end with NUL each, others stand side by side. */
export function encodeArray(type: ValueTypeName, items: readonly Scalar[]): Uint8Array {
  const isText = type === "string" || type === "ansi";
  return concat(
    items.map((item) =>
      encodeScalar(type, isText && !(item instanceof Uint8Array) ? `${item ?? ""}\0` : item),
    ),
  );
}

type NumberType = Exclude<
  ValueTypeName,
  "null" | "string" | "evtxml" | "ansi" | "guid" | "sid" | "systemtime" | "binary" | "binxml"
>;

const widths: Record<NumberType, number> = {
  int8: 1,
  uint8: 1,
  int16: 2,
  uint16: 2,
  int32: 4,
  uint32: 4,
  int64: 8,
  uint64: 8,
  float: 4,
  double: 8,
  bool: 4,
  sizet: 8,
  filetime: 8,
  hex32: 4,
  hex64: 8,
  evthandle: 4,
};

function encodeNumber(type: NumberType, value: Exclude<Scalar, Uint8Array | null>): Uint8Array {
  const bytes = new Uint8Array(widths[type]);
  const view = new DataView(bytes.buffer);
  if (type === "float") view.setFloat32(0, Number(value), true);
  else if (type === "double") view.setFloat64(0, Number(value), true);
  else if (bytes.length === 8) view.setBigUint64(0, BigInt.asUintN(64, BigInt(value)), true);
  else if (bytes.length === 4) view.setUint32(0, Number(value) >>> 0, true);
  else if (bytes.length === 2) view.setUint16(0, Number(value) & 0xffff, true);
  else bytes[0] = Number(value) & 0xff;
  return bytes;
}

export function utf16(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    bytes[2 * i] = unit & 0xff;
    bytes[2 * i + 1] = unit >> 8;
  }
  return bytes;
}

/** GUID text to its 16 bytes: the first three parts little-endian, the rest in order. */
export function encodeGuid(text: string): Uint8Array {
  const match = guidPattern.exec(text);
  if (match === null) throw new TypeError(`not a GUID: ${text}`);
  const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
  const digits = match.slice(1).join("");
  return Uint8Array.from(order, (byte) => Number.parseInt(digits.slice(2 * byte, 2 * byte + 2), 16));
}

/** "S-1-5-21-..." to bytes: revision, count, 48-bit big-endian authority, little-endian sub-authorities. */
function encodeSid(text: string): Uint8Array {
  if (!/^S-\d{1,3}-\d{1,15}(-\d{1,10}){0,15}$/.test(text)) throw new TypeError(`not a SID: ${text}`);
  const [, revision, authority, ...subAuthorities] = text.split("-");
  const bytes = new Uint8Array(8 + 4 * subAuthorities.length);
  const view = new DataView(bytes.buffer);
  bytes[0] = Number(revision);
  bytes[1] = subAuthorities.length;
  view.setUint16(2, Math.floor(Number(authority) / 2 ** 32));
  view.setUint32(4, Number(authority) % 2 ** 32);
  for (const [i, sub] of subAuthorities.entries()) view.setUint32(8 + 4 * i, Number(sub), true);
  return bytes;
}

/** FILETIME to the eight 16-bit fields of SYSTEMTIME (milliseconds at best). */
function encodeSystemTime(filetime: bigint): Uint8Array {
  const date = new Date(Number(filetime / 10_000n - 11_644_473_600_000n));
  const fields = [
    date.getUTCFullYear(),
    date.getUTCMonth() + 1,
    date.getUTCDay(),
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
    date.getUTCMilliseconds(),
  ];
  return concat(fields.map((field) => Uint8Array.of(field & 0xff, field >> 8)));
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
