import { u16, u32 } from "../bytes.ts";
import type { JsonPrograms } from "../render/json-program.ts";
import type { KnownLayouts } from "./cells.ts";
import { Interner } from "./intern.ts";
import type { Leaves } from "./leaves.ts";
import { LikenessTable } from "./likeness.ts";
import {
  beginScan,
  nameEnd,
  type ScanProblem,
  scanElement,
  scannedNames,
  scannedOps,
  scanProblem,
  type TextNumbers,
} from "./scan.ts";
import { buildTree, type ElementNode } from "./tree.ts";

/** A compiled template, or a fragment stated directly (a plan without slots). */
export class Plan {
  readonly roots: readonly ElementNode[];
  /** Leaves per place at which the plan stands; made on first use. */
  readonly leaves = new Map<string, Leaves>();
  /** Those of the usual place, under Event. */
  eventLeaves: Leaves | undefined = undefined;
  /** Where its instances and those nested in them have their values; made on first use. */
  cells: KnownLayouts | undefined = undefined;
  /** How its instances become JSON; made on first use. */
  json: JsonPrograms | undefined = undefined;
  readonly problem: ScanProblem | undefined;
  /** Some name does not fit its hash: other data was written over it, or the writer makes no hashes. */
  readonly isDoubtful: boolean;

  constructor(roots: readonly ElementNode[], problem: ScanProblem | undefined, isDoubtful: boolean) {
    this.roots = roots;
    this.problem = problem;
    this.isDoubtful = isDoubtful;
  }
}

interface CachedPlan {
  readonly ops: Int32Array;
  readonly plan: Plan;
}

/**
 * Compiled templates by meaning, for all chunks and files of this process. Bounded: dropped as a whole when full. A plan with
 * all that is made of it takes some 50 KB; the logs of a machine have about two thousand.
 */
const plans = new Map<number, CachedPlan[]>();
const planCountMax = 2048;
let planCount = 0;
const interner = new Interner();
const likenesses = new LikenessTable<Plan>();

/** Numbers of names by chunk offset, for the chunk scanned last: names repeat many times within a chunk. */
const nameNumbers = new Int32Array(65_536);
const nameMarks = new Int32Array(65_536);
const nameDoubts = new Uint8Array(65_536);
let mark = 0;
/** Did the scan under way meet a name that does not fit its hash? */
let hasDoubt = false;
let markedChunk: Uint8Array | undefined;

const sharedNumbers: TextNumbers = {
  name(bytes, offset, from, count) {
    if (offset < 65_536 && nameMarks[offset] === mark) {
      if (nameDoubts[offset] !== 0) hasDoubt = true;
      return nameNumbers[offset]!;
    }
    const number = interner.intern(bytes, from, count);
    const isDoubtful = nameHash(bytes, from, count) !== u16(bytes, offset + 4);
    if (isDoubtful) hasDoubt = true;
    if (offset < 65_536) {
      nameNumbers[offset] = number;
      nameMarks[offset] = mark;
      nameDoubts[offset] = isDoubtful ? 1 : 0;
    }
    return number;
  },
  text: (bytes, from, count) => interner.intern(bytes, from, count),
  literal: (text) => interner.intern(utf16Bytes(text), 0, text.length),
};

/** The hash that stands beside each name: multiplier 65599, lower 16 bits. */
function nameHash(bytes: Uint8Array, from: number, count: number): number {
  let hash = 0;
  for (let i = 0, at = from; i < count; i++, at += 2) hash = (Math.imul(hash, 65_599) + u16(bytes, at)) | 0;
  return hash & 0xffff;
}

/** Definition: next u32, GUID, size of the rest u32, then fragment header, elements and the end token. */
export const definitionHeaderSize = 24;

/** Bytes that a definition takes at most. */
export function definitionSize(bytes: Uint8Array, offset: number): number {
  if (offset + definitionHeaderSize > bytes.length) return definitionHeaderSize;
  return (
    definitionHeaderSize + Math.min(u32(bytes, offset + 20), bytes.length - offset - definitionHeaderSize)
  );
}

/** The plan of the template definition at `offset` of a chunk, or undefined when no definition can stand there. */
export function planOfDefinition(bytes: Uint8Array, view: DataView, offset: number): Plan | undefined {
  if (offset + definitionHeaderSize > bytes.length) return undefined;
  useChunk(bytes);
  const size = definitionHeaderSize + u32(bytes, offset + 20);
  const isWhole = offset + size <= bytes.length;
  const known = isWhole
    ? likenesses.find(view, offset, size, (at) => sureNumber(bytes, view, at))
    : undefined;
  if (known !== undefined) return known;
  const plan = scannedPlan(bytes, offset);
  if (isWhole && plan !== undefined && plan.problem === undefined && !plan.isDoubtful)
    likenesses.keep(bytes, offset, size, scannedNames(), plan);
  return plan;
}

/** The number of a name that fits its hash, for a reference at `at`, else -1. */
function sureNumber(bytes: Uint8Array, view: DataView, at: number): number {
  const offset = view.getUint32(at, true);
  if (offset >= 65_536) return -1;
  if (nameMarks[offset] !== mark) {
    if (nameEnd(bytes, at, bytes.length) < 0) return -1;
    sharedNumbers.name(bytes, offset, offset + 8, u16(bytes, offset + 6));
  }
  return nameDoubts[offset] === 0 ? nameNumbers[offset]! : -1;
}

function scannedPlan(bytes: Uint8Array, offset: number): Plan | undefined {
  const start = offset + definitionHeaderSize;
  const limit = offset + definitionSize(bytes, offset);
  // Elements of template definitions carry a dependency id; a few writers leave it out.
  scanRoots(bytes, start, limit, true, sharedNumbers);
  if (scanProblem() === "bad-binxml") {
    scanRoots(bytes, start, limit, false, sharedNumbers);
    if (scanProblem() !== undefined) scanRoots(bytes, start, limit, true, sharedNumbers);
  }
  const ops = scannedOps();
  if (ops.length === 0) return undefined;
  return cachedPlan(ops, scanProblem(), hasDoubt);
}

function useChunk(bytes: Uint8Array): void {
  if (interner.isFull || planCount >= planCountMax) {
    interner.clear();
    plans.clear();
    likenesses.clear();
    planCount = 0;
    markedChunk = undefined;
  }
  if (markedChunk === bytes) return;
  markedChunk = bytes;
  mark++;
}

/** Scans elements up to the end token. */
function scanRoots(
  bytes: Uint8Array,
  start: number,
  limit: number,
  hasDependency: boolean,
  numbers: TextNumbers,
): void {
  beginScan();
  hasDoubt = false;
  let at = start;
  while (at < limit && scanProblem() === undefined) {
    const token = bytes[at]!;
    if (token === 0x0f) at += 4;
    else if (token === 0x01 || token === 0x41 || scannedOps().length === 0)
      at = scanElement(bytes, at, limit, hasDependency, numbers);
    else return;
  }
}

function cachedPlan(ops: Int32Array, problem: ScanProblem | undefined, isDoubtful: boolean): Plan {
  let hash = ops.length;
  for (let i = 0; i < ops.length; i++) hash = Math.imul(hash ^ ops[i]!, 0x01000193);
  if (problem !== undefined) hash = ~hash;
  const known = plans.get(hash);
  if (known !== undefined) {
    for (const candidate of known) {
      const { plan } = candidate;
      if (plan.problem === problem && plan.isDoubtful === isDoubtful && isEqual(candidate.ops, ops))
        return plan;
    }
  }
  const plan = new Plan(buildTree(ops, interner.texts), problem, isDoubtful);
  const entry = { ops: ops.slice(), plan };
  if (known === undefined) plans.set(hash, [entry]);
  else known.push(entry);
  planCount++;
  return plan;
}

function isEqual(a: Int32Array, b: Int32Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** One element stated directly at `at`, its plan (not cached) and where it ends. */
export function planOfElement(
  bytes: Uint8Array,
  at: number,
  limit: number,
): { readonly plan: Plan; readonly end: number } {
  const texts: string[] = [];
  const numbers = ownNumbers(texts);
  let end = 0;
  const scan = (hasDependency: boolean) => {
    beginScan();
    texts.length = 0;
    end = scanElement(bytes, at, limit, hasDependency, numbers);
  };
  // [MS-EVEN6] gives elements outside of templates no dependency id.
  scan(false);
  if (scanProblem() === "bad-binxml") {
    scan(true);
    if (scanProblem() !== undefined) scan(false);
  }
  return { plan: new Plan(buildTree(scannedOps(), texts), scanProblem(), false), end };
}

/** Numbers that live as long as one scan: texts of records must not fill the shared table. */
function ownNumbers(texts: string[]): TextNumbers {
  const decode = (bytes: Uint8Array, from: number, count: number) => {
    let text = "";
    for (let i = 0; i < count; i++) text += String.fromCharCode(u16(bytes, from + 2 * i));
    return texts.push(text) - 1;
  };
  return {
    name: (bytes, _offset, from, count) => decode(bytes, from, count),
    text: decode,
    literal: (text) => texts.push(text) - 1,
  };
}

function utf16Bytes(text: string): Uint8Array {
  const bytes = new Uint8Array(2 * text.length);
  for (let i = 0; i < text.length; i++) {
    bytes[2 * i] = text.charCodeAt(i) & 0xff;
    bytes[2 * i + 1] = text.charCodeAt(i) >> 8;
  }
  return bytes;
}
