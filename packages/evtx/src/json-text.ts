import { u16, u32 } from "./bytes.ts";
import type { Instance } from "./instance.ts";
import * as put from "./json-output.ts";
import { type JsonStep, programOf } from "./json-program.ts";
import { generalJsonText } from "./json-value.ts";
import { arrayFlag, decodeScalar, valueType } from "./value.ts";

/**
 * The fast way to JSON text: UTF-8 bytes straight from the record by its program. Where there is none, or a record turns
 * out to need more, the writers give up with -1 and `json-value.ts` makes the text; both give the same.
 */

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Room for one record of nearly any kind: a record has 64 KiB, and a byte of it takes at most three here. */
const buffer = new Uint8Array(1 << 19);
const view = new DataView(buffer.buffer);
/** What a text or a value of no size may take beyond what was counted. */
const margin = 1 << 10;

/** The event as JSON text. */
export function jsonText(roots: readonly Instance[]): string {
  const end = writeRoot(roots);
  return end < 0 ? generalJsonText(roots) : decoder.decode(buffer.subarray(0, end));
}

/** The event as JSON in UTF-8. The result is valid until the next call. */
export function jsonBytes(roots: readonly Instance[]): Uint8Array {
  const end = writeRoot(roots);
  return end < 0 ? encoder.encode(generalJsonText(roots)) : buffer.subarray(0, end);
}

function writeRoot(roots: readonly Instance[]): number {
  const root = roots[0];
  if (roots.length !== 1 || root!.chunk.renderAllowance < 0) return -1;
  const end = writeMember(1, root!, undefined);
  if (end < 0) return -1;
  buffer[0] = 0x7b;
  buffer[end] = 0x7d;
  root!.chunk.renderAllowance -= end;
  return end + 1;
}

/** Writes the instance's root element as a member of an object whose other names are `taken`. */
function writeMember(start: number, instance: Instance, taken: ReadonlySet<string> | undefined): number {
  const program = programOf(instance);
  if (program === undefined || (taken !== undefined && isTaken(program.name, taken))) return -1;
  const { steps, words, end, room, valueFactor } = program;
  if (start + room + valueFactor * instance.valuesSize + margin > buffer.length) return -1;
  let p = start;
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i]!;
    put.putWords(view, p, words, step.from, step.to);
    const valueStart = p + step.length;
    p = writeStep(valueStart, step, instance);
    // A value that writes nothing would have changed the text around it.
    if (p <= valueStart) return -1;
  }
  put.putWords(view, p, words, end.from, end.to);
  return p + end.length;
}

/** Within EventData, `Data` means something else than a name. */
function isTaken(name: string, taken: ReadonlySet<string>): boolean {
  return name === "Data" || taken.has(name);
}

function writeStep(p: number, { slot, type, taken }: JsonStep, instance: Instance): number {
  const { bytes } = instance;
  const at = instance.startOf(slot);
  const size = instance.sizeOf(slot);
  switch (type) {
    case valueType.string:
      return put.putUtf16(buffer, view, p, bytes, instance.chunk.view, at, size >> 1);
    case valueType.binxml: {
      const fragments = instance.nested(slot);
      return fragments.length === 1 ? writeMember(p, fragments[0]!, taken) : -1;
    }
    case 0x04:
      if (size === 1) return put.putInteger(buffer, p, bytes[at]!);
      break;
    case 0x06:
      if (size === 2) return put.putInteger(buffer, p, u16(bytes, at));
      break;
    case 0x08:
      if (size === 4) return put.putInteger(buffer, p, u32(bytes, at));
      break;
    case 0x0d:
      if (size === 4) return putBool(p, u32(bytes, at));
      break;
    case 0x0e:
      return put.putHexBytes(view, p, bytes, at, size);
    case 0x0f:
      if (size === 16) return put.putGuid(view, p, bytes, at);
      break;
    case 0x11:
      if (size === 8) return put.putFiletime(view, p, u32(bytes, at), u32(bytes, at + 4));
      break;
    case 0x13:
      if (size >= 8 && size === 8 + 4 * bytes[at + 1]!) return put.putSid(buffer, p, bytes, at);
      break;
    case 0x14:
      if (size === 4) return put.putHexNumber(buffer, p, u32(bytes, at), 0);
      break;
    case 0x15:
      if (size === 8) return put.putHexNumber(buffer, p, u32(bytes, at), u32(bytes, at + 4));
      break;
    case 0x0a: {
      const high = size === 8 ? u32(bytes, at + 4) : 0x200000;
      if (high < 0x200000) return put.putInteger(buffer, p, high * 0x1_0000_0000 + u32(bytes, at));
      break;
    }
  }
  return type >= arrayFlag ? writeArray(p, slot, type & 0x7f, instance) : writeRare(p, bytes, type, at, size);
}

const truthWords = [put.textWords("false"), put.textWords("true")] as const;

/** Windows stores masks in some boolean fields: the number is the fact. */
function putBool(p: number, value: number): number {
  if (value > 1) return put.putInteger(buffer, p, value);
  const { words, length } = truthWords[value]!;
  put.putWords(view, p, words, 0, 1);
  return p + length;
}

function writeArray(p: number, slot: number, type: number, instance: Instance): number {
  const texts = instance.items(slot).map((item) => numberText(item, type, 8));
  return writeEncoded(p, texts.length === 0 ? '""' : texts.length === 1 ? texts[0]! : `[${texts.join(",")}]`);
}

function writeRare(p: number, bytes: Uint8Array, type: number, at: number, size: number): number {
  const value = decodeScalar(bytes, type, at, size);
  return value === null || value === "" ? -1 : writeEncoded(p, numberText(value, type, size));
}

/** Integers of 64 bits stand in full; what is nothing is the empty text. */
function numberText(value: ReturnType<typeof decodeScalar>, type: number, size: number): string {
  if (value === null) return '""';
  const isWide = (type === 0x09 || type === 0x0a) && size === 8;
  return isWide && typeof value === "string" && /^-?\d{16,20}$/.test(value) ? value : JSON.stringify(value);
}

function writeEncoded(p: number, text: string): number {
  const bytes = encoder.encode(text);
  if (p + bytes.length + margin > buffer.length) return -1;
  buffer.set(bytes, p);
  return p + bytes.length;
}
