import { u16, u32 } from "./bytes.ts";
import type { Instance } from "./instance.ts";
import * as put from "./json-output.ts";
import { compileJson, type JsonMember, textOf } from "./json-plan.ts";
import { elementJsonText, generalJsonText } from "./json-value.ts";
import { Budget, OutputLimit } from "./render.ts";
import { arrayFlag, decodeArray, decodeScalar, valueType } from "./value.ts";

/**
 * The fast way to JSON text: UTF-8 bytes straight from the record by the plan's JSON program. Where a record needs more
 * (repeated names outside of EventData, mixed content, fragments beside text) the writers give up with -1 and
 * `json-value.ts` makes the text; both give the same.
 */

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const nullText = textOf("null");
const emptyText = textOf('""');
/** Sixteen bytes; the last takes the place of the first attribute's comma. */
const attributesStart = textOf('{"#attributes":{');
const textStart = textOf('{"#text":');
const textMember = textOf(',"#text":');

/** Room for one record of nearly any kind: a record has 64 KiB, and a byte of it takes at most three here. */
const buffer = new Uint8Array(1 << 19);
const view = new DataView(buffer.buffer);
/** Room that is always left for the short things between values. */
const margin = 1 << 10;

/** The event as JSON text. */
export function jsonText(roots: readonly Instance[]): string {
  const end = writeRoot(roots, buffer);
  return end < 0 ? generalJsonText(roots) : decoder.decode(buffer.subarray(0, end));
}

/** The event as JSON in UTF-8. The result is valid until the next call. */
export function jsonBytes(roots: readonly Instance[]): Uint8Array {
  const end = writeRoot(roots, buffer);
  return end < 0 ? encoder.encode(generalJsonText(roots)) : buffer.subarray(0, end);
}

/** Shared by the elements of a record that go the general way. */
let budget: Budget | undefined;

function writeRoot(roots: readonly Instance[], out: Uint8Array): number {
  const root = roots[0];
  if (roots.length !== 1 || root!.plan.roots.length !== 1 || root!.chunk.renderAllowance < 0) return -1;
  budget = undefined;
  const program = programOf(root!, 0);
  try {
    const end = writeElement(out, put.putText(view, 0, program.key), program, root!);
    if (end < 0) return -1;
    out[0] = 0x7b;
    root!.chunk.renderAllowance -= end;
    out[end] = 0x7d;
    return end + 1;
  } catch (error) {
    if (error instanceof OutputLimit) return -1;
    throw error;
  }
}

function programOf(instance: Instance, root: number): JsonMember {
  const { plan } = instance;
  plan.json ??= plan.roots.map((element) => compileJson(element));
  return plan.json[root]!;
}

/** Writes the value of an element. */
function writeElement(out: Uint8Array, start: number, program: JsonMember, instance: Instance): number {
  if (start + margin > out.length) return -1;
  const { form, slot } = program;
  if (form === "general") return writeGeneral(out, start, program, instance);
  let p = start;
  if (program.attributes.length > 0) {
    p = writeAttributes(out, start, program.attributes, instance);
    if (p < 0) return -1;
  }
  if (form === "object") {
    if (p + program.room + 3 * instance.valuesSize + margin > out.length) return -1;
    return closeObject(out, start, p, writeMembers(out, p, program, instance));
  }
  if (slot >= 0) {
    const type = instance.typeOf(slot);
    if (type === valueType.binxml) {
      return closeObject(out, start, p, writeFragments(out, p, slot, instance, noKeys));
    }
    if (type >= arrayFlag) return -1;
  }
  if (p === start) {
    const end = writeValue(out, p, program, instance);
    return end === p ? put.putText(view, p, nullText) : end;
  }
  const valueStart = put.putText(view, p, textMember);
  const end = writeValue(out, valueStart, program, instance);
  if (end < 0) return -1;
  if (end > valueStart) p = end;
  out[p] = 0x7d;
  return p + 1;
}

/** Ends an object whose members begin at `first`, each with a comma: the very first comma is the brace. */
function closeObject(out: Uint8Array, start: number, first: number, end: number): number {
  if (end < 0) return -1;
  if (end === start) return put.putText(view, start, nullText);
  if (first === start) out[start] = 0x7b;
  out[end] = 0x7d;
  return end + 1;
}

function writeGeneral(out: Uint8Array, start: number, program: JsonMember, instance: Instance): number {
  budget ??= new Budget(instance.chunk);
  return writeEncoded(out, start, elementJsonText({ element: program.element!, instance }, budget));
}

/** Writes `{"#attributes":{…}`, or nothing when all are empty. */
function writeAttributes(
  out: Uint8Array,
  start: number,
  attributes: readonly JsonMember[],
  instance: Instance,
): number {
  const first = start + attributesStart.length - 1;
  let p = first;
  for (let i = 0; i < attributes.length; i++) {
    const attribute = attributes[i]!;
    if (attribute.slot >= 0 && instance.typeOf(attribute.slot) >= arrayFlag) return -1;
    if (p + attribute.key.length + margin > out.length) return -1;
    const valueStart = put.putText(view, p, attribute.key);
    const end = writeValue(out, valueStart, attribute, instance);
    if (end < 0) return -1;
    if (end > valueStart) p = end;
  }
  if (p === first) return start;
  put.putText(view, start, attributesStart);
  out[p] = 0x7d;
  return p + 1;
}

/** The members of an object, each with a comma before it. The caller has made sure that there is room. */
function writeMembers(out: Uint8Array, start: number, object: JsonMember, instance: Instance): number {
  const { members } = object;
  const { bytes } = instance;
  const bytesView = instance.chunk.view;
  let hasFragment = false;
  let p = start;
  for (let i = 0; i < members.length; i++) {
    const member = members[i]!;
    const { dependency, slot } = member;
    const type = slot >= 0 ? instance.typeOf(slot) : 0;
    if (dependency >= 0 && (dependency === slot ? type === 0 : instance.isNull(dependency))) continue;
    if (!member.isLeaf || type >= valueType.binxml) {
      if (member.form === "fragment") {
        if (type === valueType.null) continue;
        if (type !== valueType.binxml) return -1;
        // Two fragments in one object are rare: only then must the names of the first be remembered.
        if (hasFragment) return -1;
        hasFragment = true;
        p = writeFragments(out, p, slot, instance, object.keys);
      } else p = writeBranch(out, p, member, instance);
      if (p < 0) return -1;
      continue;
    }
    p = put.putText(view, p, member.key);
    let end = p;
    if (type === valueType.string) {
      const at = instance.startOf(slot);
      end = put.putUtf16(out, view, p, bytes, bytesView, at, instance.sizeOf(slot) >> 1);
    } else if (type !== valueType.null)
      end = writeScalar(out, p, bytes, type, instance.startOf(slot), instance.sizeOf(slot));
    else if (member.constant !== undefined) end = put.putText(view, p, member.constant);
    if (end < 0) return -1;
    p = end > p ? end : put.putText(view, p, member.form === "named" ? emptyText : nullText);
  }
  return p;
}

/** A member that is more than a plain value. */
function writeBranch(out: Uint8Array, start: number, member: JsonMember, instance: Instance): number {
  if (start + member.key.length + margin > out.length) return -1;
  if (member.form === "general" && hasArray(member, instance)) return -1;
  const p = put.putText(view, start, member.key);
  const isData = member.form === "named" || member.form === "unnamed";
  return isData ? writeData(out, p, member, instance) : writeElement(out, p, member, instance);
}

const noKeys: ReadonlySet<string> = new Set();

/** The root elements of the fragments in a slot as members; their names must not be among `keys`. */
function writeFragments(
  out: Uint8Array,
  start: number,
  slot: number,
  instance: Instance,
  keys: ReadonlySet<string>,
): number {
  const fragments = instance.nested(slot);
  let seen: Set<string> | undefined;
  let p = start;
  for (let i = 0; i < fragments.length; i++) {
    const nested = fragments[i]!;
    const count = nested.plan.roots.length;
    if (count + fragments.length > 2) seen ??= new Set();
    for (let root = 0; root < count; root++) {
      const member = programOf(nested, root);
      const { name } = member.element!;
      if (keys.has(name) || seen?.has(name) || hasArray(member, nested)) return -1;
      seen?.add(name);
      if (p + member.key.length + margin > out.length) return -1;
      p = writeElement(out, put.putText(view, p, member.key), member, nested);
      if (p < 0) return -1;
    }
  }
  return p;
}

/** Would the element repeat for an array? The object around it must see that. */
function hasArray({ ownSlots }: JsonMember, instance: Instance): boolean {
  for (let i = 0; i < ownSlots.length; i++) if (instance.typeOf(ownSlots[i]!) >= arrayFlag) return true;
  return false;
}

/** `<Data>` of EventData: empty is "", an array is a list, and without a name it is wrapped in "#text". */
function writeData(out: Uint8Array, start: number, member: JsonMember, instance: Instance): number {
  const { slot } = member;
  const type = slot >= 0 ? instance.typeOf(slot) : 0;
  if (type === valueType.binxml) return -1;
  const isUnnamed = member.form === "unnamed";
  const valueStart = isUnnamed ? put.putText(view, start, textStart) : start;
  let p: number;
  if (type >= arrayFlag) p = writeArray(out, valueStart, slot, type & 0x7f, instance);
  else {
    p = writeValue(out, valueStart, member, instance);
    if (p === valueStart) p = put.putText(view, p, emptyText);
  }
  if (p >= 0 && isUnnamed) out[p++] = 0x7d;
  return p;
}

function writeArray(out: Uint8Array, p: number, slot: number, type: number, instance: Instance): number {
  const items = decodeArray(instance.bytes, type, instance.startOf(slot), instance.sizeOf(slot));
  const isWide = type === 0x09 || type === 0x0a;
  const texts = items.map((item) =>
    isWide && typeof item === "string" && /^-?\d{16,20}$/.test(item) ? item : JSON.stringify(item),
  );
  const text = texts.length === 0 ? '""' : texts.length === 1 ? texts[0]! : `[${texts.join(",")}]`;
  return writeEncoded(out, p, text);
}

function writeEncoded(out: Uint8Array, p: number, text: string): number {
  const bytes = encoder.encode(text);
  if (p + bytes.length + margin > out.length) return -1;
  out.set(bytes, p);
  return p + bytes.length;
}

/** The same position, and nothing written, when the value is NULL or empty. */
function writeValue(out: Uint8Array, p: number, value: JsonMember, instance: Instance): number {
  if (value.slot >= 0) return writeSlot(out, p, value.slot, instance);
  const { constant } = value;
  if (constant === undefined) return p;
  return p + constant.length + margin > out.length ? -1 : put.putText(view, p, constant);
}

function writeSlot(out: Uint8Array, p: number, slot: number, instance: Instance): number {
  const type = instance.typeOf(slot);
  if (type === valueType.null) return p;
  const { bytes } = instance;
  const at = instance.startOf(slot);
  const size = instance.sizeOf(slot);
  if (p + 3 * size + margin > out.length) return -1;
  if (type === valueType.string) return put.putUtf16(out, view, p, bytes, instance.chunk.view, at, size >> 1);
  return writeScalar(out, p, bytes, type, at, size);
}

/** A value that is neither NULL nor text; there is room for three times its size. */
function writeScalar(
  out: Uint8Array,
  p: number,
  bytes: Uint8Array,
  type: number,
  at: number,
  size: number,
): number {
  switch (type) {
    case 0x04:
      if (size === 1) return put.putInteger(out, p, bytes[at]!);
      break;
    case 0x06:
      if (size === 2) return put.putInteger(out, p, u16(bytes, at));
      break;
    case 0x08:
      if (size === 4) return put.putInteger(out, p, u32(bytes, at));
      break;
    case 0x0e:
      return size === 0 ? p : put.putHexBytes(view, p, bytes, at, size);
    case 0x0f:
      if (size === 16) return put.putGuid(view, p, bytes, at);
      break;
    case 0x11:
      if (size === 8) return put.putFiletime(view, p, u32(bytes, at), u32(bytes, at + 4));
      break;
    case 0x13:
      if (size >= 8 && size === 8 + 4 * bytes[at + 1]!) return put.putSid(out, p, bytes, at);
      break;
    case 0x14:
      if (size === 4) return put.putHexNumber(out, p, u32(bytes, at), 0);
      break;
    case 0x15:
      if (size === 8) return put.putHexNumber(out, p, u32(bytes, at), u32(bytes, at + 4));
      break;
  }
  return writeRare(out, p, bytes, type, at, size);
}

function writeRare(
  out: Uint8Array,
  p: number,
  bytes: Uint8Array,
  type: number,
  at: number,
  size: number,
): number {
  const value = decodeScalar(bytes, type, at, size);
  if (value === null || value === "") return p;
  if (typeof value === "number") return put.putInteger(out, p, value);
  const isWide = (type === 0x09 || type === 0x0a) && size === 8;
  return writeEncoded(out, p, isWide ? String(value) : JSON.stringify(value));
}
