import { u16, u32 } from "../bytes.ts";

/**
 * Binary XML to a list of integers that mean the same in every chunk: names and texts are replaced by numbers, offsets
 * and sizes are left out. Two template definitions are the same template when their lists are equal.
 * Tokens: [MS-EVEN6] 2.2.12, libevtx "Binary XML".
 */
export const op = {
  /** name, dependency slot or -1 */
  open: 1,
  content: 2,
  closeEmpty: 3,
  close: 4,
  /** text */
  text: 5,
  /** name */
  attribute: 6,
  /** text */
  cdata: 7,
  /** code */
  charRef: 8,
  /** name */
  entityRef: 9,
  /** name */
  piTarget: 10,
  /** text */
  piData: 11,
  /** slot, declared type */
  normal: 13,
  optional: 14,
} as const;

export const elementDepthMax = 256;
/** Names of elements and attributes; longer ones are damage, and would multiply where they are used. */
const nameUnitsMax = 512;

/** Where names and texts of a scan get their numbers. `from` is the offset of the first UTF-16 unit. */
export interface TextNumbers {
  name(bytes: Uint8Array, offset: number, from: number, count: number): number;
  text(bytes: Uint8Array, from: number, count: number): number;
  /** Number of a text that is not in the log as UTF-16: a constant of another type. */
  literal(text: string): number;
}

export type ScanProblem = "bad-binxml" | "depth-limit";

let ops = new Int32Array(8192);
let opCount = 0;
let names = new Int32Array(1024);
let nameCount = 0;
let problem: ScanProblem | undefined;

/** The list made by the last scan; valid until the next. */
export function scannedOps(): Int32Array {
  return ops.subarray(0, opCount);
}

/**
 * The references to names that the last scan met, three integers each: offset of the reference in the chunk, the name's
 * number, bytes that the name itself takes after the reference (0 when it stands elsewhere). Valid until the next scan.
 */
export function scannedNames(): Int32Array {
  return names.subarray(0, nameCount);
}

/** What stopped the last scan short. */
export function scanProblem(): ScanProblem | undefined {
  return problem;
}

export function beginScan(): void {
  opCount = 0;
  nameCount = 0;
  problem = undefined;
}

/**
 * Scans one element at `start` with all that it contains and appends to the list. Returns the offset after it. At a
 * fault the list holds what came before it, `scanProblem` tells, and the result is the offset of the fault.
 */
export function scanElement(
  bytes: Uint8Array,
  start: number,
  limit: number,
  hasDependency: boolean,
  numbers: TextNumbers,
): number {
  let at = start;
  let depth = 0;
  let isInTag = false;
  let hasAttribute = false;
  do {
    if (at >= limit) return fault(at);
    if (opCount + 4 > ops.length) ops = larger(ops);
    const token = bytes[at]! & 0xbf;
    switch (token) {
      case 0x01: {
        if (isInTag) return fault(at);
        if (++depth > elementDepthMax) return fault(at, "depth-limit");
        const head = at + (hasDependency ? 3 : 1);
        const end = nameEnd(bytes, head + 4, limit);
        if (end < 0) return fault(at);
        const dependency = hasDependency ? u16(bytes, at + 1) : 0xffff;
        push3(op.open, nameNumber(bytes, head + 4, numbers), dependency === 0xffff ? -1 : dependency);
        isInTag = true;
        hasAttribute = false;
        at = end + (bytes[at]! & 0x40 ? 4 : 0);
        break;
      }
      case 0x06: {
        const end = nameEnd(bytes, at + 1, limit);
        if (!isInTag || end < 0) return fault(at);
        push2(op.attribute, nameNumber(bytes, at + 1, numbers));
        hasAttribute = true;
        at = end;
        break;
      }
      case 0x02:
      case 0x03:
        if (!isInTag) return fault(at);
        isInTag = false;
        ops[opCount++] = token;
        if (token === 0x03) depth--;
        at++;
        break;
      case 0x04:
        if (isInTag || depth === 0) return fault(at);
        ops[opCount++] = op.close;
        depth--;
        at++;
        break;
      default: {
        if (isInTag && !hasAttribute) return fault(at);
        const end = scanContent(bytes, at, limit, numbers);
        if (end < 0) return fault(at);
        at = end;
      }
    }
  } while (depth > 0);
  return at;
}

/** Text, references and substitutions: returns the offset after the token, or -1. */
function scanContent(bytes: Uint8Array, at: number, limit: number, numbers: TextNumbers): number {
  const token = bytes[at]! & 0xbf;
  switch (token) {
    case 0x05:
      return scanValue(bytes, at + 1, limit, numbers);
    case 0x07:
    case 0x0b: {
      if (at + 3 > limit) return -1;
      const count = u16(bytes, at + 1);
      const end = at + 3 + 2 * count;
      if (end > limit) return -1;
      push2(token === 0x07 ? op.cdata : op.piData, numbers.text(bytes, at + 3, count));
      return end;
    }
    case 0x08:
      if (at + 3 > limit) return -1;
      push2(op.charRef, u16(bytes, at + 1));
      return at + 3;
    case 0x09:
    case 0x0a: {
      const end = nameEnd(bytes, at + 1, limit);
      if (end < 0) return -1;
      push2(token === 0x09 ? op.entityRef : op.piTarget, nameNumber(bytes, at + 1, numbers));
      return end;
    }
    case 0x0d:
    case 0x0e:
      if (at + 4 > limit) return -1;
      push3(token, u16(bytes, at + 1), bytes[at + 3]!);
      return at + 4;
    default:
      return -1;
  }
}

/** Widths of the constant types that a value token may carry beside text; nothing but text is seen in practice. */
const constantWidths = [0, 0, 0, 1, 1, 2, 2, 4, 4, 8, 8];

function scanValue(bytes: Uint8Array, at: number, limit: number, numbers: TextNumbers): number {
  if (at >= limit) return -1;
  const type = bytes[at]!;
  if (type === 0x01) {
    if (at + 3 > limit) return -1;
    const count = u16(bytes, at + 1);
    const end = at + 3 + 2 * count;
    if (end > limit) return -1;
    push2(op.text, numbers.text(bytes, at + 3, count));
    return end;
  }
  const width = constantWidths[type];
  if (width === undefined || at + 1 + width > limit) return -1;
  push2(op.text, numbers.literal(constantText(bytes, at + 1, type, width)));
  return at + 1 + width;
}

function constantText(bytes: Uint8Array, at: number, type: number, width: number): string {
  let value = 0n;
  for (let i = width - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[at + i]!);
  const isSigned = type % 2 === 1;
  return width === 0 ? "" : String(isSigned ? BigInt.asIntN(8 * width, value) : value);
}

/** Before a name's units: next u32, hash u16, count u16. A NUL follows them. */
const nameHeadSize = 8;

/**
 * Checks the name reference at `at` and returns the offset after it: a name stands inline when its offset is the
 * position after the reference itself, otherwise anywhere else in the chunk.
 */
export function nameEnd(bytes: Uint8Array, at: number, limit: number): number {
  if (at + 4 > limit) return -1;
  const offset = u32(bytes, at);
  if (offset + nameHeadSize > bytes.length) return -1;
  const count = u16(bytes, offset + 6);
  const end = offset + nameHeadSize + 2 * count;
  if (end > bytes.length || count > nameUnitsMax) return -1;
  if (offset !== at + 4) return at + 4;
  return end + 2 > limit ? -1 : end + 2;
}

function nameNumber(bytes: Uint8Array, at: number, numbers: TextNumbers): number {
  const offset = u32(bytes, at);
  const count = u16(bytes, offset + 6);
  const number = numbers.name(bytes, offset, offset + nameHeadSize, count);
  if (nameCount + 3 > names.length) names = larger(names);
  names[nameCount++] = at;
  names[nameCount++] = number;
  names[nameCount++] = offset === at + 4 ? nameHeadSize + 2 * count + 2 : 0;
  return number;
}

function push2(a: number, b: number): void {
  ops[opCount++] = a;
  ops[opCount++] = b;
}

function push3(a: number, b: number, c: number): void {
  ops[opCount++] = a;
  ops[opCount++] = b;
  ops[opCount++] = c;
}

function larger(list: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(2 * list.length);
  grown.set(list);
  return grown;
}

function fault(at: number, code: ScanProblem = "bad-binxml"): number {
  problem ??= code;
  return at;
}
