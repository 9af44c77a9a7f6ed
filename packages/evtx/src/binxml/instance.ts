import { u32 } from "../bytes.ts";
import type { Chunk } from "../file/chunk.ts";
import {
  arrayFlag,
  decodeArray,
  decodeScalar,
  type EvtxScalar,
  type EvtxValue,
  emptyFlag,
  valueType,
} from "../value/value.ts";
import { definitionHeaderSize, Plan, planOfElement } from "./plan.ts";
import type { ContentNode } from "./tree.ts";

/** Fragments within fragments: real records nest once or twice; crafted ones must not exhaust the stack. */
export const fragmentDepthMax = 64;

/** Where a fragment comes from. */
export interface Origin {
  readonly chunk: Chunk;
  /** 0 for a record's own fragment. */
  readonly depth: number;
  readonly isRecovered: boolean;
}

const noInstances: readonly Instance[] = [];

/**
 * A plan with the values that a record gives its slots. Layout of the values: count u32, then per value size u16,
 * type u8, unused u8; then the values side by side ([MS-EVEN6] 2.2.12, TemplateInstanceData).
 */
export class Instance {
  readonly chunk: Chunk;
  /** The chunk's bytes. */
  readonly bytes: Uint8Array;
  readonly plan: Plan;
  readonly count: number;
  readonly depth: number;
  /** Of a carved record: what its offsets point to may be newer than the record. */
  readonly isRecovered: boolean;
  /** Offset in the chunk of its template's definition; -1 when it has none. */
  readonly definition: number;
  /** Offset in the chunk of the first value descriptor. */
  private readonly table: number;
  private readonly limit: number;
  private starts: number[] | undefined;
  /** Fragments of the slot asked for last, and of the others: nearly all instances have one such slot. */
  private lastSlot = -1;
  private lastFragments: readonly Instance[] = noInstances;
  private otherFragments: Map<number, readonly Instance[]> | undefined;

  constructor(from: Origin, plan: Plan, table: number, count: number, limit: number, definition = -1) {
    const { chunk, depth, isRecovered } = from;
    this.chunk = chunk;
    this.bytes = chunk.bytes;
    this.plan = plan;
    this.table = table;
    this.count = count;
    this.limit = limit;
    this.depth = depth;
    this.isRecovered = isRecovered;
    this.definition = definition;
  }

  /** Type byte of a slot's value; a slot that has none counts as NULL. */
  typeOf(slot: number): number {
    return slot < this.count ? this.bytes[this.table + 4 * slot + 2]! : 0;
  }

  /** What of a value decides how the text around it looks: its type, and whether it is empty. */
  stateOf(slot: number): number {
    const type = this.typeOf(slot);
    if (type === valueType.null || type >= arrayFlag) return type;
    const starts = this.starts ?? this.locateAll();
    const start = starts[slot]!;
    const size = starts[slot + 1]! - start;
    if (size === 0) return type | emptyFlag;
    if (type !== valueType.string) return type;
    const isEmpty = size === 1 || (this.bytes[start]! | this.bytes[start + 1]!) === 0;
    return isEmpty ? type | emptyFlag : type;
  }

  /** Is each slot in the state stated at its place? A negative one says nothing. The same as by `stateOf`, in one loop. */
  hasStates(states: Int16Array): boolean {
    const { bytes, count, table } = this;
    const starts = this.starts ?? this.locateAll();
    for (let slot = 0; slot < states.length; slot++) {
      const state = states[slot]!;
      if (state < 0) continue;
      const type = slot < count ? bytes[table + 4 * slot + 2]! : 0;
      if (type !== (state & 0xff)) return false;
      if (type === valueType.null || type >= arrayFlag) continue;
      const start = starts[slot]!;
      const size = starts[slot + 1]! - start;
      const isEmpty =
        size === 0 ||
        (type === valueType.string && (size === 1 || (bytes[start]! | bytes[start + 1]!) === 0));
      if (isEmpty !== state >= emptyFlag) return false;
    }
    return true;
  }

  isNull(slot: number): boolean {
    return this.typeOf(slot) === valueType.null;
  }

  /** Offset in the chunk of a slot's value, at most the end of the instance. `slot` may be the count: the end. */
  startOf(slot: number): number {
    return (this.starts ?? this.locateAll())[slot]!;
  }

  /** Bytes of a slot's value that are really there. */
  sizeOf(slot: number): number {
    const starts = this.starts ?? this.locateAll();
    return starts[slot + 1]! - starts[slot]!;
  }

  /** Where the values end. */
  end(): number {
    return this.startOf(this.count);
  }

  /** Values stand side by side, so all are located in one go, when the first is asked for. */
  private locateAll(): number[] {
    const { bytes, count, limit } = this;
    const starts = new Array<number>(count + 1);
    let start = this.table + 4 * count;
    for (let slot = 0, at = this.table; slot < count; slot++, at += 4) {
      starts[slot] = Math.min(start, limit);
      start += bytes[at]! | (bytes[at + 1]! << 8);
    }
    starts[count] = Math.min(start, limit);
    this.starts = starts;
    return starts;
  }

  /** The value of a slot: a list for an array type. Fragments are not values: see `nested`. */
  value(slot: number): EvtxValue {
    if (slot >= this.count) return null;
    const type = this.typeOf(slot);
    const start = this.startOf(slot);
    const size = this.sizeOf(slot);
    if (type < arrayFlag) return decodeScalar(this.bytes, type, start, size);
    return decodeArray(this.bytes, type & 0x7f, start, size);
  }

  /** The items of an array. */
  items(slot: number): EvtxScalar[] {
    return decodeArray(this.bytes, this.typeOf(slot) & 0x7f, this.startOf(slot), this.sizeOf(slot));
  }

  /** The fragments in a slot of type BinXml. */
  nested(slot: number): readonly Instance[] {
    if (slot === this.lastSlot) return this.lastFragments;
    let found = this.otherFragments?.get(slot);
    if (found === undefined) {
      const start = this.startOf(slot);
      const origin = { chunk: this.chunk, depth: this.depth + 1, isRecovered: this.isRecovered };
      found = parseFragment(origin, start, start + this.sizeOf(slot));
      if (this.lastSlot >= 0) {
        this.otherFragments ??= new Map();
        this.otherFragments.set(this.lastSlot, this.lastFragments);
      }
    }
    this.lastSlot = slot;
    this.lastFragments = found;
    return found;
  }
}

/** All elements and template instances of a fragment, up to its end token. */
export function parseFragment(origin: Origin, start: number, limit: number): Instance[] {
  const { chunk, depth } = origin;
  const found: Instance[] = [];
  if (depth > fragmentDepthMax) {
    chunk.report("depth-limit", start, `fragments nested more than ${fragmentDepthMax} deep are left out`);
    return found;
  }
  let at = start;
  while (at < limit) {
    const token = chunk.bytes[at]!;
    if (token === 0x0f) at += 4;
    else if (token === 0x0c) {
      const instance = parseInstance(origin, at, limit);
      if (instance === undefined) return found;
      found.push(instance);
      at = instance.end();
    } else if (token === 0x01 || token === 0x41) {
      const { plan, end } = planOfElement(chunk.bytes, at, limit);
      if (plan.problem !== undefined) chunk.report(plan.problem, at, "an element is damaged or cut short");
      found.push(new Instance(origin, plan, end, 0, end));
      if (plan.problem !== undefined) return found;
      at = end;
    } else {
      if (token !== 0x00) chunk.report("bad-binxml", at, `unexpected token 0x${token.toString(16)}`);
      return found;
    }
  }
  return found;
}

/** What stands before the values of a template instance. Used for one after the other: valid until the next `readHead`. */
const head = {
  /** undefined: the instance is cut short, or its template is missing. */
  plan: undefined as Plan | undefined,
  /** -1: it is cut short. */
  count: -1,
  /** Offset in the chunk of the first value descriptor. */
  table: 0,
  /** Offset in the chunk of the template's definition. */
  definition: 0,
};

/** Reads the template instance at `at`: token, version u8, template id u32, definition offset u32, inline definition, count u32. */
export function readHead(chunk: Chunk, at: number, limit: number): Readonly<typeof head> {
  const { bytes } = chunk;
  head.plan = undefined;
  head.count = -1;
  if (at >= limit || bytes[at] !== 0x0c) return head;
  const offset = at + 10 <= limit ? u32(bytes, at + 6) : bytes.length;
  let next = at + 10;
  // The definition stands inline at its first use in the chunk.
  if (offset === next && next + definitionHeaderSize <= limit) {
    next += definitionHeaderSize + u32(bytes, next + 20);
  }
  const count = next + 4 <= limit ? u32(bytes, next) : -1;
  head.table = next + 4;
  head.definition = offset;
  if (count < 0 || count > (limit - head.table) / 4) return head;
  head.count = count;
  head.plan = chunk.planAt(offset);
  return head;
}

/** The template instance at `at`. */
function parseInstance(origin: Origin, at: number, limit: number): Instance | undefined {
  const { chunk } = origin;
  const { bytes } = chunk;
  const { count, table, definition, plan: stated } = readHead(chunk, at, limit);
  if (count < 0) {
    chunk.report("bad-binxml", at, "a template instance is cut short");
    return undefined;
  }
  // Names from elsewhere would put words into an old record's mouth: better its bare values.
  const isLost =
    stated === undefined || (origin.isRecovered && !isOwnTemplate(bytes, at, definition, stated));
  if (isLost) return new Instance(origin, planWithoutTemplate(bytes, table, count), table, count, limit);
  return new Instance(origin, stated, table, count, limit, definition);
}

/** Is the definition still the one that the instance was written with? It states the first part of its GUID. */
function isOwnTemplate(bytes: Uint8Array, at: number, offset: number, plan: Plan): boolean {
  return !plan.isDoubtful && plan.problem === undefined && u32(bytes, at + 2) === u32(bytes, offset + 4);
}

/** The values of a template that is gone: nothing is known but their order and types. */
function planWithoutTemplate(bytes: Uint8Array, table: number, count: number): Plan {
  const content: ContentNode[] = [];
  for (let slot = 0; slot < count; slot++) {
    const type = bytes[table + 4 * slot + 2]!;
    if (type === valueType.null) continue;
    const value: ContentNode = { kind: "slot", slot, isOptional: true, type };
    if (type === valueType.binxml) content.push(value);
    else {
      const attributes = [{ name: "Slot", content: [{ kind: "text" as const, text: String(slot) }] }];
      content.push({
        kind: "element",
        name: "Value",
        dependency: -1,
        attributes,
        content: [value],
        isEmptyTag: false,
      });
    }
  }
  const root = { kind: "element" as const, dependency: -1, attributes: [], content, isEmptyTag: false };
  return new Plan([{ name: "UnknownTemplate", ...root }], "bad-binxml", false);
}
