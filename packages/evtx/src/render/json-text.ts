import type { Instance } from "../binxml/instance.ts";
import type { Chunk } from "../file/chunk.ts";
import { valueType } from "../value/value.ts";
import { kernelJson, kernelOutput, noteTemplate } from "./json-kernel.ts";
import { programOf } from "./json-program.ts";
import { generalJsonText } from "./json-value.ts";

/**
 * The fast way to JSON text: the kernel writes a record by the programs of its templates. It gives up where a template is new
 * to it, and at what is rare; then `json-value.ts` makes the text. Both give the same.
 */

const encoder = new TextEncoder();
const decoder = new TextDecoder();

interface Decoded {
  /** Carved: what its offsets point to may be newer than the record, and is not trusted. */
  readonly recovered: boolean;
  roots(): readonly Instance[];
}

/** Made on first use: what reads no JSON needs no kernel. */
let output: Uint8Array | undefined;

/** The event whose fragment stands at [from, to) of a chunk as JSON text. */
export function jsonText(chunk: Chunk, from: number, to: number, record: Decoded): string {
  const end = fastJson(chunk, from, to, record, 0);
  return end === 0 ? generalJsonText(record.roots()) : decoder.decode(output!.subarray(0, end));
}

/** The same in UTF-8. The result is valid until the next call. */
export function jsonBytes(chunk: Chunk, from: number, to: number, record: Decoded): Uint8Array {
  const end = fastJson(chunk, from, to, record, 0);
  return end === 0 ? encoder.encode(generalJsonText(record.roots())) : output!.subarray(0, end);
}

/** Lines are given on when this much has come together; the rest of the output is room for the next one. */
const flushBytes = 1 << 18;

/** Joins the JSON of records to lines, without a copy of each. */
export class JsonLines {
  private used = 0;
  private readonly write: (bytes: Uint8Array) => void;

  /** `write` gets whole lines; the bytes are valid during the call. */
  constructor(write: (bytes: Uint8Array) => void) {
    this.write = write;
  }

  add(chunk: Chunk, from: number, to: number, record: Decoded): void {
    const end = fastJson(chunk, from, to, record, this.used);
    if (end > 0) {
      output![end] = 0x0a;
      this.used = end + 1;
    } else this.addLine(encoder.encode(`${generalJsonText(record.roots())}\n`));
    if (this.used >= flushBytes) this.flush();
  }

  private addLine(line: Uint8Array): void {
    output ??= kernelOutput();
    if (this.used + line.length > output.length) this.flush();
    if (line.length > output.length) this.write(line);
    else {
      output.set(line, this.used);
      this.used += line.length;
    }
  }

  flush(): void {
    if (this.used > 0) this.write(output!.subarray(0, this.used));
    this.used = 0;
  }
}

/** Where the text ends in the output that begins at `start`; 0 where the general way must make it. */
function fastJson(chunk: Chunk, from: number, to: number, record: Decoded, start: number): number {
  if (record.recovered || chunk.renderAllowance < 0) return 0;
  output ??= kernelOutput();
  let end = kernelJson(chunk, from, to, start);
  if (end === 0) {
    const roots = record.roots();
    if (roots.length !== 1 || !learn(roots[0]!)) return 0;
    end = kernelJson(chunk, from, to, start);
    if (end === 0) return 0;
  }
  chunk.renderAllowance -= end - start;
  return end;
}

/** Fragments of a record that are looked at to learn of their templates: crafted ones multiply without end. */
const lessonsMax = 16;

/** Makes programs for an instance and for what is nested in it, and tells the kernel. False when it knew them all. */
function learn(root: Instance): boolean {
  let isNew = false;
  const waiting = [root];
  for (let i = 0; i < waiting.length && i < lessonsMax; i++) {
    const instance = waiting[i]!;
    if (instance.definition < 0) continue;
    const program = programOf(instance);
    if (noteTemplate(instance.chunk, instance.definition, instance.plan)) isNew = true;
    for (const { slot, type } of program?.steps ?? []) {
      if (type === valueType.binxml && waiting.length < lessonsMax) waiting.push(...instance.nested(slot));
    }
  }
  return isNew;
}
