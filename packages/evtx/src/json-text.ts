import type { Chunk } from "./chunk.ts";
import type { Instance } from "./instance.ts";
import { kernelJson, noteTemplate } from "./json-kernel.ts";
import { programOf } from "./json-program.ts";
import { generalJsonText } from "./json-value.ts";
import { valueType } from "./value.ts";

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

/** The event whose fragment stands at [from, to) of a chunk as JSON text. */
export function jsonText(chunk: Chunk, from: number, to: number, record: Decoded): string {
  const bytes = fastJson(chunk, from, to, record);
  return bytes === undefined ? generalJsonText(record.roots()) : decoder.decode(bytes);
}

/** The same in UTF-8. The result is valid until the next call. */
export function jsonBytes(chunk: Chunk, from: number, to: number, record: Decoded): Uint8Array {
  return fastJson(chunk, from, to, record) ?? encoder.encode(generalJsonText(record.roots()));
}

function fastJson(chunk: Chunk, from: number, to: number, record: Decoded): Uint8Array | undefined {
  if (record.recovered || chunk.renderAllowance < 0) return undefined;
  let bytes = kernelJson(chunk, from, to);
  if (bytes === undefined) {
    const roots = record.roots();
    if (roots.length !== 1 || !learn(roots[0]!)) return undefined;
    bytes = kernelJson(chunk, from, to);
    if (bytes === undefined) return undefined;
  }
  chunk.renderAllowance -= bytes.length;
  return bytes;
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
