import { Buffer } from "node:buffer";
import { kernelModule } from "./kernel.generated.ts";

/**
 * The memory that the search in WebAssembly (`kernel/`) works in. Its parts have the addresses that the globals of kernel/search.wat
 * have. Without WebAssembly the same addresses are of plain memory, and only the texts are used.
 */
const frameAt = 0x10000;
const frameBytes = 0x10000;
const startsAt = 0x22000;
const typesAt = 0x24000;
const textFromAt = 0x26000;
const textEndAt = 0x28000;
const textOfAt = 0x2a000;
const foundAt = 0x30000;
/** Texts of the event in hand. */
export const textsAt = 0x80000;
export const textsEnd = 0xc0000;
const tablesAt = 0x100000;
const tablesEnd = 0x1000000;

/** Values of one event that can be told apart. */
const cellsMax = 2048;
/** Rules that one search can find. */
export const foundMax = 0x10000;
/** The kernel counts events, and the searches in each, in 32 bits: they begin anew in good time. */
const eventsMax = 1 << 26;
/** Tables that are full after fewer events than this are those of a crafted log. */
const eventsMin = 1 << 17;

interface Counter {
  value: number;
}

/** What is needed of the WebAssembly interface, which is not in the language's own types. */
interface WasmRuntime {
  readonly WebAssembly?: {
    Module: new (bytes: Uint8Array) => object;
    Instance: new (
      module: object,
      imports: object,
    ) => {
      readonly exports: {
        readonly memory: { readonly buffer: ArrayBuffer };
        readonly event: Counter;
        readonly free: Counter;
        readonly searches: Counter;
        search(program: number, from: number, to: number): number;
      };
    };
  };
}

type Exports = InstanceType<NonNullable<WasmRuntime["WebAssembly"]>["Instance"]>["exports"];

/** Puts the text of a value that is no text at `out` and returns its end; -1: it cannot; 0: there is nothing to search in it. */
export type PutValue = (step: number, cell: number, out: number) => number;

let putValue: PutValue = () => -1;

function start(): Exports | undefined {
  const runtime = (globalThis as WasmRuntime).WebAssembly;
  if (runtime === undefined) return undefined;
  try {
    const module = new runtime.Module(Buffer.from(kernelModule, "base64"));
    const host = { value: (step: number, cell: number, out: number) => putValue(step, cell, out) };
    return new runtime.Instance(module, { host }).exports;
  } catch {
    return undefined;
  }
}

/** Undefined where there is no WebAssembly with vectors. */
const kernel = start();
const buffer = kernel?.memory.buffer ?? new ArrayBuffer(tablesAt);
export const hasKernel = kernel !== undefined;
/** The whole memory, addresses being places in it. */
export const memory = Buffer.from(buffer);
const words = new Int32Array(buffer);

const cells = (at: number) => new Int32Array(buffer, at, cellsMax);
const textFrom = cells(textFromAt);
const textEnd = cells(textEndAt);
const textOf = cells(textOfAt);

/** What an event's values are told to the kernel by. */
export const eventCells = {
  /** The bytes in which the recorded event stands. */
  frame: new Uint8Array(buffer, frameAt, frameBytes),
  /** By cell: where in the frame its value starts. The next cell's start is its end. */
  starts: cells(startsAt),
  /** By cell: 0 nothing, 1 UTF-16 text, anything else a value of another kind. */
  types: new Uint8Array(buffer, typesAt, cellsMax),
};

let free = tablesAt;
let isFull = kernel === undefined;
/** What was put before the last time that all was dropped is void. */
let age = 0;
let addresses = new WeakMap<object, number>();

export function tablesAge(): number {
  return age;
}

/** Thrown where there is no room for more tables. */
export const noRoom = new Error("The memory of the kernel is full.");

/** Puts words among the tables and returns their address. */
export function putWords(data: ArrayLike<number>): number {
  const at = allocate(4 * data.length);
  words.set(data, at >> 2);
  return at;
}

export function putBytes(data: Uint8Array): number {
  const at = allocate(data.length);
  memory.set(data, at);
  return at;
}

function allocate(size: number): number {
  if (isFull || free + size > tablesEnd) {
    isFull = true;
    throw noRoom;
  }
  const at = free;
  free = (free + size + 15) & ~15;
  return at;
}

export function wordAt(address: number): number {
  return words[address >> 2]!;
}

/** Searches the event in the frame. Returns how many rules were found; -1: the program cannot tell. */
export function search(program: number, from: number, to: number, put: PutValue): number {
  putValue = put;
  return kernel!.search(program, from, to);
}

/**
 * Where something stands among the tables, which is put there when it is first asked for.
 * @param key what it is made of
 */
export function addressOf(key: object, put: () => number): number {
  let address = addresses.get(key);
  if (address === undefined) {
    address = put();
    addresses.set(key, address);
  }
  return address;
}

/** Begins anew after very many events, and when the tables are full. True: what was put before is void. */
export function renewTables(): boolean {
  if (kernel === undefined || kernel.event.value < (isFull ? eventsMin : eventsMax)) return false;
  kernel.event.value = 0;
  kernel.searches.value = 0;
  textOf.fill(0);
  memory.fill(0, tablesAt, free);
  free = tablesAt;
  isFull = false;
  addresses = new WeakMap();
  age++;
  return true;
}

/** The rules of the last search. Valid until the next. */
export const foundRules: Int32Array = new Int32Array(buffer, foundAt, foundMax);

/** Where the texts end that the last search has put. */
export function freeText(): number {
  return kernel?.free.value ?? textsAt;
}

/** Where the last search has put the text of a cell; `-1` when it did not. */
export function textFromOf(cell: number): number {
  return textOf[cell] === kernel!.event.value ? textFrom[cell]! : -1;
}

export function textEndOf(cell: number): number {
  return textEnd[cell]!;
}
