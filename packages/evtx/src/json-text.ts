import { u16, u32 } from "./bytes.ts";
import type { Instance } from "./instance.ts";
import * as out from "./json-output.ts";
import { compileJson, type JsonElement, type JsonSlot, type JsonValue } from "./json-plan.ts";
import { elementJsonText, generalJsonText } from "./json-value.ts";
import { Budget, OutputLimit } from "./render.ts";
import { arrayFlag, decodeArray, decodeScalar, valueType } from "./value.ts";

/**
 * The fast way to JSON text: UTF-8 bytes straight from the record by the plan's JSON program. Where a record needs more
 * (repeated names outside of EventData, mixed content, fragments beside text), `json-value.ts` makes the text; both give
 * the same.
 */

const nullText = bytesOf("null");
const emptyText = bytesOf('""');
const attributesStart = bytesOf('{"#attributes":{');
const textStart = bytesOf('{"#text":');
const textMember = bytesOf(',"#text":');
const outputMax = 1 << 24;

const decoder = new TextDecoder();

/** The event as JSON text. */
export function jsonText(roots: readonly Instance[]): string {
  const start = writeJson(roots);
  const text = decoder.decode(out.outputSince(start));
  out.rewindOutput(start);
  return text;
}

/** Appends the event to the output buffer; returns where it begins. */
export function writeJson(roots: readonly Instance[]): number {
  const start = out.outputPosition();
  const root = roots[0];
  if (roots.length === 1 && root!.plan.roots.length === 1) {
    limit = start + outputMax;
    budget = undefined;
    const program = programOf(root!, 0);
    out.writeByte(0x7b);
    out.writeBytes(program.key);
    root!.locateAll();
    if (writeElementSafely(program, root!)) {
      out.writeByte(0x7d);
      return start;
    }
    out.rewindOutput(start);
  }
  out.writeText(generalJsonText(roots));
  return start;
}

let limit = 0;
/** Shared by the elements of a record that go the general way. */
let budget: Budget | undefined;

function writeElementSafely(program: JsonElement, instance: Instance): boolean {
  try {
    return writeElement(program, instance);
  } catch (error) {
    if (error instanceof OutputLimit) return false;
    throw error;
  }
}

function programOf(instance: Instance, root: number): JsonElement {
  const { plan } = instance;
  plan.json ??= plan.roots.map((element) => compileJson(element));
  return plan.json[root]!;
}

/** Writes the value of an element. False: this record must go the general way (what was written is void). */
function writeElement(program: JsonElement, instance: Instance): boolean {
  if (program.form === "general") {
    budget ??= new Budget();
    out.writeText(elementJsonText({ element: program.element, instance }, budget));
    return out.outputPosition() < limit;
  }
  const hasAttributes = writeAttributes(program.attributes, instance);
  if (hasAttributes === undefined) return false;
  if (program.form === "object") return writeObject(program, instance, hasAttributes);
  const { text } = program;
  if (text.slot >= 0 && instance.typeOf(text.slot) === valueType.binxml) {
    return writeObject({ ...program, members: [text], keys: new Set() }, instance, hasAttributes);
  }
  if (text.slot >= 0 && (instance.typeOf(text.slot) & arrayFlag) !== 0) return false;
  if (!hasAttributes) {
    if (!writeValue(text, instance)) out.writeBytes(nullText);
    return out.outputPosition() < limit;
  }
  const mark = out.outputPosition();
  out.writeBytes(textMember);
  if (!writeValue(text, instance)) out.rewindOutput(mark);
  out.writeByte(0x7d);
  return out.outputPosition() < limit;
}

/** Writes `{"#attributes":{…}` if there are any; undefined when one is an array. */
function writeAttributes(attributes: readonly JsonValue[], instance: Instance): boolean | undefined {
  let count = 0;
  for (let i = 0; i < attributes.length; i++) {
    const attribute = attributes[i]!;
    if (attribute.slot >= 0 && instance.typeOf(attribute.slot) >= arrayFlag) return undefined;
    const mark = out.outputPosition();
    if (count === 0) out.writeBytes(attributesStart);
    else out.writeByte(0x2c);
    out.writeBytes(attribute.key);
    if (writeValue(attribute, instance)) count++;
    else out.rewindOutput(mark);
  }
  if (count > 0) out.writeByte(0x7d);
  return count > 0;
}

function writeObject(program: JsonElement, instance: Instance, hasAttributes: boolean): boolean {
  const { members } = program;
  let count = hasAttributes ? 1 : 0;
  if (!hasAttributes) out.writeByte(0x7b);
  let fragmentKeys: Set<string> | undefined;
  for (let i = 0; i < members.length; i++) {
    const member = members[i]!;
    if ("element" in member) {
      if (member.dependency >= 0 && instance.isNull(member.dependency)) continue;
      if (count++ > 0) out.writeByte(0x2c);
      out.writeBytes(member.key);
      if (!(member.data === undefined ? writeElement(member, instance) : writeData(member, instance)))
        return false;
    } else {
      fragmentKeys ??= new Set(program.keys);
      const written = writeFragments(member, instance, fragmentKeys, count);
      if (written < 0) return false;
      count = written;
    }
  }
  if (count === 0) {
    out.rewindOutput(out.outputPosition() - 1);
    out.writeBytes(nullText);
  } else out.writeByte(0x7d);
  return out.outputPosition() < limit;
}

/** The root elements of the fragments in a slot as members. Returns the number of members so far, -1 to give up. */
function writeFragments(place: JsonSlot, instance: Instance, keys: Set<string>, count: number): number {
  const type = instance.typeOf(place.slot);
  if (type === valueType.null) return count;
  if (type !== valueType.binxml) return -1;
  let total = count;
  for (const nested of instance.nested(place.slot)) {
    nested.locateAll();
    for (let root = 0; root < nested.plan.roots.length; root++) {
      const member = programOf(nested, root);
      const name = member.element.name;
      if (keys.has(name) || hasArray(member, nested)) return -1;
      keys.add(name);
      if (total++ > 0) out.writeByte(0x2c);
      out.writeBytes(member.key);
      if (!writeElement(member, nested)) return -1;
    }
  }
  return total;
}

/** An element of the general form would repeat for an array; the object around it must see that. */
function hasArray({ element, form }: JsonElement, instance: Instance): boolean {
  if (form !== "general") return false;
  const contents = [element.content, ...element.attributes.map((attribute) => attribute.content)];
  return contents.some((content) =>
    content.some((node) => node.kind === "slot" && instance.typeOf(node.slot) >= arrayFlag),
  );
}

/** `<Data>` of EventData: empty is "", an array is a list, and without a name it is wrapped in "#text". */
function writeData(member: JsonElement, instance: Instance): boolean {
  const { slot } = member.text;
  const type = slot >= 0 ? instance.typeOf(slot) : 0;
  if (type === valueType.binxml) return false;
  const isUnnamed = member.data === "unnamed";
  if (isUnnamed) out.writeBytes(textStart);
  if (type >= arrayFlag) writeArray(slot, type & 0x7f, instance);
  else if (!writeValue(member.text, instance)) out.writeBytes(emptyText);
  if (isUnnamed) out.writeByte(0x7d);
  return out.outputPosition() < limit;
}

function writeArray(slot: number, type: number, instance: Instance): void {
  const start = instance.startOf(slot);
  const items = decodeArray(instance.chunk.bytes, type, start, instance.sizeOf(slot, start));
  const isWide = type === 0x09 || type === 0x0a;
  const texts = items.map((item) =>
    isWide && typeof item === "string" && /^-?\d{16,20}$/.test(item) ? item : JSON.stringify(item),
  );
  out.writeText(texts.length === 0 ? '""' : texts.length === 1 ? texts[0]! : `[${texts.join(",")}]`);
}

/** False, and nothing written, when the value is NULL or empty. */
function writeValue(value: JsonValue, instance: Instance): boolean {
  if (value.slot >= 0) return writeSlot(value.slot, instance);
  if (value.constant === undefined) return false;
  out.writeBytes(value.constant);
  return true;
}

function writeSlot(slot: number, instance: Instance): boolean {
  if (slot >= instance.count) return false;
  const { bytes } = instance.chunk;
  const type = instance.typeOf(slot);
  const at = instance.startOf(slot);
  const size = instance.sizeOf(slot, at);
  if (type === 0x01) return out.writeUtf16(bytes, at, size >> 1);
  if (size === fixedSizes[type]) {
    switch (type) {
      case 0x04:
        out.writeInteger(bytes[at]!);
        return true;
      case 0x06:
        out.writeInteger(u16(bytes, at));
        return true;
      case 0x08:
        out.writeInteger(u32(bytes, at));
        return true;
      case 0x0f:
        out.writeGuid(bytes, at);
        return true;
      case 0x11:
        out.writeFiletime(u32(bytes, at), u32(bytes, at + 4));
        return true;
      case 0x14:
        out.writeHexNumber(u32(bytes, at), 0);
        return true;
      case 0x15:
        out.writeHexNumber(u32(bytes, at), u32(bytes, at + 4));
        return true;
    }
  }
  if (type === 0x13 && size >= 8 && size === 8 + 4 * bytes[at + 1]!) {
    out.writeSid(bytes, at);
    return true;
  }
  if (type === 0x0e && size > 0) {
    out.writeHexBytes(bytes, at, size);
    return true;
  }
  return writeRare(bytes, type, at, size);
}

/** Sizes of the types that have their own writers. */
const fixedSizes: readonly number[] = (() => {
  const sizes = new Array<number>(256).fill(-1);
  for (const [type, size] of [
    [0x04, 1],
    [0x06, 2],
    [0x08, 4],
    [0x0f, 16],
    [0x11, 8],
    [0x14, 4],
    [0x15, 8],
  ] as const) {
    sizes[type] = size;
  }
  return sizes;
})();

function writeRare(bytes: Uint8Array, type: number, at: number, size: number): boolean {
  const value = decodeScalar(bytes, type, at, size);
  if (value === null || value === "") return false;
  const isWide = (type === 0x09 || type === 0x0a) && size === 8;
  if (typeof value === "number" && Number.isSafeInteger(value)) out.writeInteger(value);
  else out.writeText(isWide ? String(value) : JSON.stringify(value));
  return true;
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
