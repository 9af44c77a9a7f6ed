import { type ContentNode, constantText, type ElementNode } from "./tree.ts";

/**
 * How a part of an element becomes JSON text, worked out once per template: keys as bytes, constant values as bytes, the
 * slot of each other value. All members have one shape, which keeps the writers fast.
 */
export interface JsonMember {
  readonly form: JsonForm;
  /** Written by the innermost loop: form "text" without attributes, or "named". */
  readonly isLeaf: boolean;
  /** `,"Name":` */
  readonly key: Text;
  /** Slot whose NULL leaves the member out, or -1. */
  readonly dependency: number;
  /** The value's slot, or -1. */
  readonly slot: number;
  /** The value where it is constant; undefined and no slot: nothing. */
  readonly constant: Text | undefined;
  readonly attributes: readonly JsonMember[];
  /** Of form "object". */
  readonly members: readonly JsonMember[];
  /** Names of `members`. */
  readonly keys: ReadonlySet<string>;
  /** Bytes that the members take besides the values of slots. */
  readonly room: number;
  /** Slots directly in the element and its attributes: an array in one of them repeats the element. */
  readonly ownSlots: readonly number[];
  /** Absent for attributes and slots. */
  readonly element: ElementNode | undefined;
}

/**
 * text: a constant or a slot. named, unnamed: `<Data>` of EventData with a constant name, or without a name. object:
 * elements of different names. fragment: a slot among elements that may hold a fragment. general: anything else, which
 * goes the slower way by objects.
 */
export type JsonForm = "text" | "named" | "unnamed" | "object" | "fragment" | "general";

/** Bytes of a text, with as many zeros after them as make whole words of four. */
export interface Text {
  readonly length: number;
  readonly words: readonly number[];
}

const encoder = new TextEncoder();
const noKeys: ReadonlySet<string> = new Set();

export function textOf(text: string): Text {
  const bytes = encoder.encode(text);
  const padded = new Uint8Array(4 * Math.ceil(bytes.length / 4));
  padded.set(bytes);
  const view = new DataView(padded.buffer);
  const words = Array.from({ length: padded.length / 4 }, (_, i) => view.getInt32(4 * i, true));
  return { length: bytes.length, words };
}

export function compileJson(element: ElementNode, isInEventData = false): JsonMember {
  if (isInEventData && element.name === "Data") return compileData(element);
  const value = contentValue(element.content);
  const attributes = element.attributes.map(compileAttribute);
  const isPlain = attributes.every((attribute) => attribute.form === "text");
  if (isPlain && value !== undefined) return member("text", element.name, { ...value, attributes, element });
  const object = isPlain ? objectMembers(element) : undefined;
  if (object === undefined) return member("general", element.name, { element });
  return member("object", element.name, { ...object, attributes, element });
}

function compileData(element: ElementNode): JsonMember {
  const { name, isDynamic } = dataOf(element);
  const value = contentValue(element.content);
  if (isDynamic || value === undefined) return member("general", name, { element });
  return name === ""
    ? member("unnamed", "Data", { ...value, element })
    : member("named", name, { ...value, element });
}

function compileAttribute(attribute: ElementNode["attributes"][number]): JsonMember {
  const value = contentValue(attribute.content);
  return value === undefined ? member("general", attribute.name, {}) : member("text", attribute.name, value);
}

function member(form: JsonForm, name: string, parts: Partial<JsonMember>): JsonMember {
  return {
    form,
    isLeaf: form === "named" || (form === "text" && (parts.attributes ?? []).length === 0),
    key: textOf(`,${JSON.stringify(name)}:`),
    dependency: parts.element?.dependency ?? -1,
    slot: parts.slot ?? -1,
    constant: parts.constant,
    attributes: parts.attributes ?? [],
    members: parts.members ?? [],
    keys: parts.keys ?? noKeys,
    room: parts.room ?? 0,
    ownSlots: parts.element === undefined ? [] : ownSlots(parts.element),
    element: parts.element,
  };
}

function ownSlots(element: ElementNode): number[] {
  const contents = [element.content, ...element.attributes.map(({ content }) => content)];
  return contents.flatMap((content) => content.flatMap((node) => (node.kind === "slot" ? [node.slot] : [])));
}

/** The name of a `<Data>`, "" when it has none. */
function dataOf(element: ElementNode): { readonly name: string; readonly isDynamic: boolean } {
  const attribute = element.attributes.find(({ name }) => name === "Name");
  const name = attribute === undefined ? "" : constantText(attribute.content);
  return { name: name ?? "", isDynamic: name === undefined };
}

/** Members of an element that has only elements and slots, all of different names; undefined for anything else. */
function objectMembers(element: ElementNode): Pick<JsonMember, "members" | "keys" | "room"> | undefined {
  const members: JsonMember[] = [];
  const keys = new Set<string>();
  for (const node of element.content) {
    if (node.kind === "slot") {
      members.push(member("fragment", "", { slot: node.slot }));
      continue;
    }
    if (node.kind !== "element") return undefined;
    const isInEventData = element.name === "EventData";
    const compiled = compileJson(node, isInEventData);
    const isData = isInEventData && node.name === "Data";
    // A general <Data> may take any name, or more than one.
    if (isData && compiled.form === "general") return undefined;
    const name = isData ? dataOf(node).name || "Data" : node.name;
    if (keys.has(name)) return undefined;
    keys.add(name);
    members.push(compiled);
  }
  // The room for values counts every value once.
  const slots = members.filter(({ slot }) => slot >= 0).map(({ slot }) => slot);
  if (new Set(slots).size < slots.length) return undefined;
  const room = members.reduce((sum, { key, constant }) => sum + key.length + (constant?.length ?? 0) + 64, 0);
  return { members, keys, room };
}

/** Content that is one constant text or one slot; undefined for anything else. */
function contentValue(content: readonly ContentNode[]): Pick<JsonMember, "slot" | "constant"> | undefined {
  const only = content.length === 1 ? content[0] : undefined;
  if (only?.kind === "slot") return { slot: only.slot, constant: undefined };
  const text = constantText(content);
  if (text === undefined) return undefined;
  return { slot: -1, constant: text === "" ? undefined : textOf(JSON.stringify(text)) };
}
