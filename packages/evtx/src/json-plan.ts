import { type ContentNode, constantText, type ElementNode } from "./tree.ts";

/**
 * How an element becomes JSON text, worked out once per template: keys as bytes, constant values as bytes, the slot of
 * each other value. An element whose shape is unusual is "general": it goes the slower way, by objects.
 */
export interface JsonElement {
  readonly element: ElementNode;
  /** `"Name":` */
  readonly key: Uint8Array;
  readonly dependency: number;
  readonly attributes: readonly JsonValue[];
  readonly form: "general" | "text" | "object";
  /** The text of form "text". */
  readonly text: JsonValue;
  /** The members of form "object"; a slot may hold a fragment. */
  readonly members: ReadonlyArray<JsonElement | JsonSlot>;
  /** Keys of `members`. */
  readonly keys: ReadonlySet<string>;
  /** `<Data>` of EventData: named (its name is the key), or without a name. */
  readonly data: "named" | "unnamed" | undefined;
}

export interface JsonSlot {
  readonly slot: number;
}

/** A constant, or the value of a slot. Both absent: nothing. */
export interface JsonValue {
  /** `"Name":` of an attribute. */
  readonly key: Uint8Array;
  readonly constant: Uint8Array | undefined;
  /** -1: none. */
  readonly slot: number;
}

const encoder = new TextEncoder();
const nothing: Uint8Array = new Uint8Array(0);

export function compileJson(element: ElementNode, isInEventData = false): JsonElement {
  const data = isInEventData && element.name === "Data" ? dataOf(element) : undefined;
  const name = data === undefined || data.name === "" ? element.name : data.name;
  const attributes = data === undefined ? element.attributes.map(attributeValue) : [];
  const text = textValue(nothing, element.content);
  const base = {
    element,
    key: keyBytes(name),
    dependency: element.dependency,
    text: text ?? { key: nothing, constant: undefined, slot: -1 },
    members: [],
    keys: new Set<string>(),
    data: data === undefined ? undefined : data.name === "" ? ("unnamed" as const) : ("named" as const),
  };
  const known = attributes.filter((value) => value !== undefined);
  const isPlain = known.length === attributes.length && data !== null && data?.isDynamic !== true;
  if (!isPlain) return { ...base, attributes: [], form: "general" };
  if (text !== undefined) return { ...base, attributes: known, form: "text" };
  const object = base.data === undefined ? objectMembers(element) : undefined;
  if (object === undefined) return { ...base, attributes: known, form: "general" };
  return { ...base, ...object, attributes: known, form: "object" };
}

/** The name of a `<Data>`, "" when it has none. */
function dataOf(element: ElementNode): { readonly name: string; readonly isDynamic: boolean } {
  const attribute = element.attributes.find(({ name }) => name === "Name");
  const name = attribute === undefined ? "" : constantText(attribute.content);
  return { name: name ?? "", isDynamic: name === undefined };
}

/** Members of an element that has only elements and slots, all of different names; undefined for anything else. */
function objectMembers(element: ElementNode): Pick<JsonElement, "members" | "keys"> | undefined {
  const members: Array<JsonElement | JsonSlot> = [];
  const keys = new Set<string>();
  for (const node of element.content) {
    if (node.kind === "slot") {
      members.push({ slot: node.slot });
      continue;
    }
    if (node.kind !== "element") return undefined;
    const member = compileJson(node, element.name === "EventData");
    const name = memberName(member);
    if (keys.has(name)) return undefined;
    // A general <Data> may take any name, or more than one.
    if (member.data !== undefined && member.form === "general") return undefined;
    keys.add(name);
    members.push(member);
  }
  return { members, keys };
}

function memberName(member: JsonElement): string {
  return JSON.parse(new TextDecoder().decode(member.key.subarray(0, -1)));
}

function attributeValue(attribute: ElementNode["attributes"][number]): JsonValue | undefined {
  return textValue(keyBytes(attribute.name), attribute.content);
}

/** Content that is one constant text or one slot; undefined for anything else. */
function textValue(key: Uint8Array, content: readonly ContentNode[]): JsonValue | undefined {
  const only = content.length === 1 ? content[0] : undefined;
  if (only?.kind === "slot") return { key, constant: undefined, slot: only.slot };
  const text = constantText(content);
  if (text === undefined) return undefined;
  return { key, constant: text === "" ? undefined : encoder.encode(JSON.stringify(text)), slot: -1 };
}

function keyBytes(name: string): Uint8Array {
  return encoder.encode(`${JSON.stringify(name)}:`);
}
