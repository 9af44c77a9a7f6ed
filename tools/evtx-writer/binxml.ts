import type { ChunkBuilder } from "./chunk.ts";
import type { Fragment, Scalar, TypedValue, XmlElement, XmlNode } from "./spec.ts";
import { valueTypeIds } from "./spec.ts";
import { encodeArray, encodeScalar, utf16 } from "./values.ts";

const more = 0x40;

/** A fragment: header token and an element or a template instance, for each of its parts; then the end. */
export function writeFragment(chunk: ChunkBuilder, fragment: Fragment): void {
  for (const part of "parts" in fragment ? fragment.parts : [fragment]) writePart(chunk, part);
  chunk.u8(0x00);
}

function writePart(chunk: ChunkBuilder, part: Fragment): void {
  if ("parts" in part) {
    for (const inner of part.parts) writePart(chunk, inner);
    return;
  }
  if (part.header ?? true) writeHeader(chunk);
  if ("element" in part) writeElement(chunk, part.element, { hasDependency: false });
  else writeInstance(chunk, part);
}

function writeHeader(chunk: ChunkBuilder): void {
  chunk.raw(Uint8Array.of(0x0f, 1, 1, 0));
}

function writeInstance(chunk: ChunkBuilder, instance: Extract<Fragment, { template: unknown }>): void {
  chunk.u8(0x0c);
  chunk.u8(1);
  chunk.template(instance.template.guid, () => {
    writeHeader(chunk);
    writeElement(chunk, instance.template.root, { hasDependency: true });
    chunk.u8(0x00);
  });
  chunk.u32(instance.values.length);
  // Descriptors come before the values, and the size of a nested fragment is known only when it is written.
  const descriptors = chunk.position;
  for (const value of instance.values) {
    chunk.u16(0);
    chunk.u8(typeByte(value));
    chunk.u8(0);
  }
  for (const [i, value] of instance.values.entries()) {
    const start = chunk.position;
    writeValue(chunk, value);
    chunk.view.setUint16(descriptors + 4 * i, chunk.position - start, true);
  }
}

function typeByte(value: TypedValue): number {
  if (value.value === null) return 0;
  return valueTypeIds[value.type ?? "string"] | (Array.isArray(value.value) ? 0x80 : 0);
}

function writeValue(chunk: ChunkBuilder, { type = "string", value }: TypedValue): void {
  if (isFragment(value)) writeFragment(chunk, value);
  else if (isList(value)) chunk.raw(encodeArray(type, value));
  else chunk.raw(encodeScalar(type, value));
}

function isFragment(value: TypedValue["value"]): value is Fragment {
  return (
    typeof value === "object" &&
    value !== null &&
    ("element" in value || "template" in value || "parts" in value)
  );
}

function isList(value: Exclude<TypedValue["value"], Fragment>): value is readonly Scalar[] {
  return Array.isArray(value);
}

interface ElementContext {
  /** Elements of template definitions carry a dependency id, those stated directly do not. */
  readonly hasDependency: boolean;
}

function writeElement(chunk: ChunkBuilder, element: XmlElement, context: ElementContext): void {
  const { attributes = [], children = [] } = element;
  chunk.u8(0x01 | (attributes.length > 0 ? more : 0));
  if (context.hasDependency) chunk.u16(element.dependency ?? dependencyOf(children));
  const size = chunk.position;
  chunk.u32(0);
  chunk.name(element.name);
  if (attributes.length > 0) writeAttributes(chunk, attributes, context);
  if (children.length === 0) chunk.u8(0x03);
  else {
    chunk.u8(0x02);
    writeContent(chunk, children, context);
    chunk.u8(0x04);
  }
  chunk.patchSize(size);
}

/** The slot on which the element hangs: its direct optional content. 0xFFFF: none. */
function dependencyOf(children: readonly XmlNode[]): number {
  for (const child of children) {
    if (typeof child === "object" && "slot" in child && child.optional === true) return child.slot;
  }
  return 0xffff;
}

function writeAttributes(
  chunk: ChunkBuilder,
  attributes: NonNullable<XmlElement["attributes"]>,
  context: ElementContext,
): void {
  const size = chunk.position;
  chunk.u32(0);
  for (const [i, [name, content]] of attributes.entries()) {
    chunk.u8(0x06 | (i + 1 < attributes.length ? more : 0));
    chunk.name(name);
    writeContent(chunk, content, context);
  }
  chunk.patchSize(size);
}

function writeContent(chunk: ChunkBuilder, nodes: readonly XmlNode[], context: ElementContext): void {
  for (const [i, node] of nodes.entries()) writeNode(chunk, node, i + 1 < nodes.length ? more : 0, context);
}

function writeNode(chunk: ChunkBuilder, node: XmlNode, flag: number, context: ElementContext): void {
  if (typeof node === "string") {
    chunk.u8(0x05 | flag);
    chunk.u8(valueTypeIds.string);
    writeCounted(chunk, node);
  } else if ("name" in node) writeElement(chunk, node, context);
  else if ("slot" in node) {
    chunk.u8(node.optional ? 0x0e : 0x0d);
    chunk.u16(node.slot);
    chunk.u8(valueTypeIds[node.type] | (node.array ? 0x80 : 0));
  } else if ("cdata" in node) {
    chunk.u8(0x07 | flag);
    writeCounted(chunk, node.cdata);
  } else if ("charRef" in node) {
    chunk.u8(0x08 | flag);
    chunk.u16(node.charRef);
  } else if ("entityRef" in node) {
    chunk.u8(0x09 | flag);
    chunk.name(node.entityRef);
  } else if ("piTarget" in node) {
    chunk.u8(0x0a);
    chunk.name(node.piTarget);
    chunk.u8(0x0b);
    writeCounted(chunk, node.piData);
  } else {
    chunk.u8(0x05 | flag);
    chunk.u8(valueTypeIds[node.type]);
    chunk.raw(encodeScalar(node.type, node.value));
  }
}

/** UTF-16 with its count of units before it, no NUL. */
function writeCounted(chunk: ChunkBuilder, text: string): void {
  chunk.u16(text.length);
  chunk.raw(utf16(text));
}
