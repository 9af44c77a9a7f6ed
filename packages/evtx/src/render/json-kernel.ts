import type { Plan } from "../binxml/plan.ts";
import type { Chunk } from "../file/chunk.ts";
import { valueType } from "../value/value.ts";
import { kernelModule } from "./json-kernel.generated.ts";
import type { JsonProgram } from "./json-program.ts";

/**
 * The writer of JSON in WebAssembly (`kernel/`): it gets the bytes of a chunk and the programs of the templates, and makes
 * the text of a record in one call. Its memory is laid out here; the addresses are those of kernel/record.wat.
 */
const chunkAt = 0x10000;
const marksAt = 0x30000;
const templatesAt = 0x70000;
const outAt = 0x100000;
const programsAt = 0x200000;
const programsEnd = 0x800000;

/** What is needed of the WebAssembly interface, which is not in the language's own types. */
interface WasmRuntime {
  readonly WebAssembly?: {
    Module: new (bytes: Uint8Array) => object;
    Instance: new (
      module: object,
    ) => {
      readonly exports: {
        readonly memory: { readonly buffer: ArrayBuffer };
        readonly mark: { value: number };
        record(at: number, limit: number, out: number): number;
      };
    };
  };
}

interface Kernel {
  readonly record: (at: number, limit: number, out: number) => number;
  readonly mark: { value: number };
  readonly bytes: Uint8Array;
  readonly words: Int32Array;
}

/** undefined: not asked for yet; null: this runtime has no WebAssembly with vectors, or forbids it. */
let kernel: Kernel | null | undefined;
let chunkAtHand: Chunk | undefined;
let free = programsAt;
/** Addresses of another generation are void. */
let generation = 0;
const nameNumbers = new Map<string, number>();

function startKernel(): Kernel | null {
  const runtime = (globalThis as WasmRuntime).WebAssembly;
  if (runtime === undefined) return null;
  try {
    const code = Uint8Array.from(atob(kernelModule), (sign) => sign.charCodeAt(0));
    const { memory, mark, record } = new runtime.Instance(new runtime.Module(code)).exports;
    return { record, mark, bytes: new Uint8Array(memory.buffer), words: new Int32Array(memory.buffer) };
  } catch {
    return null;
  }
}

/** Where the kernel writes; a buffer of its own where there is none. */
export function kernelOutput(): Uint8Array {
  kernel ??= startKernel();
  return kernel === null ? new Uint8Array(programsAt - outAt) : kernel.bytes.subarray(outAt, programsAt);
}

/**
 * Writes JSON of the fragment at [from, to) of a chunk to the output, `start` being more than 0 when something stands before it,
 * and returns where it ends. 0: a template is not noted, a value is of a rare kind, there is no room, or no kernel here.
 */
export function kernelJson(chunk: Chunk, from: number, to: number, start: number): number {
  kernel ??= startKernel();
  if (kernel === null) return 0;
  if (chunkAtHand !== chunk) {
    if (chunk.bytes.length > 65_536) return 0;
    chunkAtHand = chunk;
    kernel.bytes.set(chunk.bytes, chunkAt);
    kernel.mark.value++;
  }
  const end = kernel.record(chunkAt + from, chunkAt + to, outAt + start);
  return end === 0 ? 0 : end - outAt;
}

/** Where a plan's programs stand in the kernel's memory. */
export interface KernelTemplate {
  readonly generation: number;
  /** Of a word: the address of the program to try first. */
  readonly address: number;
  /** How many of the plan's programs are there. */
  count: number;
}

/** Makes the plan's programs known for the definition at an offset of the chunk at hand. False: they were. */
export function noteTemplate(chunk: Chunk, definition: number, plan: Plan): boolean {
  const programs = plan.json;
  if (!kernel || chunkAtHand !== chunk || programs === undefined || definition > 0xffff) return false;
  let template = programs.template;
  let isNew = false;
  if (template?.generation !== generation) {
    template = { generation, address: allocate(4), count: 0 };
    kernel.words[template.address >> 2] = 0;
    programs.template = template;
    isNew = true;
  }
  for (; template.count < programs.list.length; template.count++) {
    const program = programs.list[template.count]!;
    const address = place(program);
    // Memory ran out and was cleared: the next record starts anew.
    if (template.generation !== generation) return true;
    if (address === 0) continue;
    kernel.words[address >> 2] = kernel.words[template.address >> 2]!;
    kernel.words[template.address >> 2] = address;
    isNew = true;
  }
  const mark = (marksAt >> 2) + definition;
  const address = (templatesAt >> 2) + definition;
  if (kernel.words[mark] === kernel.mark.value && kernel.words[address] === template.address) return isNew;
  kernel.words[mark] = kernel.mark.value;
  kernel.words[address] = template.address;
  return true;
}

const valueFactorMax = 1 << 12;
/** Words of a program's head and of a step. */
const headWords = 10;
const stepWords = 6;

/** Lays a program out and returns its address; 0 for one that is too large to keep. */
function place(program: JsonProgram): number {
  const { states, steps, end, room, valueFactor, name } = program;
  const taken = steps.map((step) => (step.type === valueType.binxml ? takenNumbers(step.taken) : []));
  const stepsSize = 4 * stepWords * steps.length;
  const statesSize = 4 * Math.ceil(states.length / 2);
  const takenSize = 4 * taken.reduce((sum, names) => sum + names.length, 0);
  const textSizes = [...steps.map(({ text }) => text), end].reduce(
    (sum, { length }) => sum + padded(length),
    0,
  );
  const size = 4 * headWords + statesSize + stepsSize + takenSize + textSizes + 16;
  // The kernel multiplies the factor by the size of a record in 32 bits.
  if (size > (programsEnd - programsAt) / 8 || valueFactor > valueFactorMax) return 0;
  const { bytes, words } = kernel!;
  const address = allocate(size);
  const stepsAt = address + 4 * headWords + statesSize;
  let takenAt = stepsAt + stepsSize;
  let textAt = padded(takenAt + takenSize);
  const putText = (text: Uint8Array) => {
    const at = textAt;
    bytes.set(text, at);
    textAt += padded(text.length);
    return at;
  };
  new Int16Array(bytes.buffer, address + 4 * headWords, states.length).set(states);
  for (const [i, { text, slot, type }] of steps.entries()) {
    const names = taken[i]!;
    words.set(
      [putText(text), text.length, slot, type, takenAt, names.length],
      (stepsAt >> 2) + stepWords * i,
    );
    words.set(names, takenAt >> 2);
    takenAt += 4 * names.length;
  }
  const head = [
    0,
    numberOf(name),
    states.length,
    steps.length,
    room,
    valueFactor,
    putText(end),
    end.length,
    stepsAt,
    0,
  ];
  words.set(head, address >> 2);
  return address;
}

/** Within EventData, `Data` means something else than a name. */
function takenNumbers(names: ReadonlySet<string> | undefined): number[] {
  return [...(names ?? []), "Data"].map(numberOf);
}

function numberOf(name: string): number {
  const known = nameNumbers.get(name);
  if (known !== undefined) return known;
  const number = nameNumbers.size + 1;
  nameNumbers.set(name, number);
  return number;
}

/** In whole sixteens, as text is copied by them. */
function padded(length: number): number {
  return (length + 15) & ~15;
}

/** When memory is full all programs are dropped: honest logs need a small part of it. */
function allocate(size: number): number {
  if (free + size > programsEnd) {
    free = programsAt;
    generation++;
    nameNumbers.clear();
    kernel!.mark.value++;
  }
  const address = free;
  free = padded(free + size);
  return address;
}
