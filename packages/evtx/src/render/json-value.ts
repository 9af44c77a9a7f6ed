import type { Instance } from "../binxml/instance.ts";
import type { ElementNode } from "../binxml/tree.ts";
import {
  Budget,
  type Child,
  childrenOf,
  OutputLimit,
  type RenderScalar,
  rootsOf,
  textOf,
  type Values,
  type Variant,
  variantsOf,
} from "./render.ts";

/** A JSON value in which integers beyond 2^53 are bigints. */
export type Json = RenderScalar | readonly Json[] | JsonObject;
export type JsonObject = Map<string, Json>;

/** The event as plain objects; integers beyond 2^53 are decimal strings. */
export function toJsonValue(roots: readonly Instance[]): object {
  return toPlain(eventValue(roots)) as object;
}

/** The event as text; integers in full. */
export function generalJsonText(roots: readonly Instance[]): string {
  return toText(eventValue(roots));
}

function eventValue(roots: readonly Instance[]): JsonObject {
  const chunk = roots[0]?.chunk;
  if (chunk === undefined) return new Map([["Event", null]]);
  try {
    const event = rootMembers(roots, new Budget(chunk));
    return event.size > 0 ? event : new Map([["Event", null]]);
  } catch (error) {
    if (!(error instanceof OutputLimit)) throw error;
    chunk.report("output-limit", 0, "a record renders to more than 2 Mi characters and is left out");
    return new Map([["Event", null]]);
  }
}

/** The root elements of fragments as members of an object. */
export function rootMembers(roots: readonly Values[], budget: Budget): JsonObject {
  return membersOf(rootsOf(roots), false, budget);
}

/** The value of an element: null, a scalar, or an object of "#attributes", "#text" and children. */
function elementValue(child: Child, variant: Variant, budget: Budget, withAttributes = true): Json {
  const { element, instance } = child;
  const attributes = withAttributes ? attributesOf(element, instance, variant, budget) : undefined;
  const text = textOf(element.content, instance, variant, budget);
  const children = childrenOf(element.content, instance);
  if (attributes === undefined && children.length === 0) return text ?? null;
  const value: JsonObject = new Map();
  if (attributes !== undefined) value.set("#attributes", attributes);
  if (text !== undefined) value.set("#text", children.length > 0 ? String(text) : text);
  for (const [key, member] of membersOf(children, element.name === "EventData", budget, value)) {
    value.set(key, member);
  }
  return value;
}

function attributesOf(
  element: ElementNode,
  instance: Values,
  variant: Variant,
  budget: Budget,
): JsonObject | undefined {
  let attributes: JsonObject | undefined;
  for (const attribute of element.attributes) {
    const value = textOf(attribute.content, instance, variant, budget);
    if (value === undefined) continue;
    attributes ??= new Map();
    attributes.set(attribute.name, value);
  }
  return attributes;
}

/**
 * Members for child elements. A name that comes again is numbered: `Name_1`. In EventData `<Data Name="x">` is a member x;
 * the same name side by side makes a list, and `<Data>` without names are one member Data.
 */
function membersOf(
  children: readonly Child[],
  isEventData: boolean,
  budget: Budget,
  members: JsonObject = new Map(),
): JsonObject {
  const keys = new KeyAllocator(members);
  let unnamed: Json[] | undefined;
  let lastName: string | undefined;
  let lastKey = "";
  for (const child of children) {
    for (const variant of variantsOf(child.element, child.instance, budget)) {
      budget.spend(child.element.name.length);
      const isData = isEventData && child.element.name === "Data";
      const name = isData ? dataName(child, variant, budget) : undefined;
      if (!isData) {
        members.set(keys.allocate(child.element.name), elementValue(child, variant, budget));
        lastName = undefined;
        continue;
      }
      const value = elementValue(child, variant, budget, false) ?? "";
      if (name === undefined) {
        if (unnamed === undefined) {
          unnamed = [];
          members.set(keys.allocate("Data"), new Map([["#text", unnamed]]));
        }
        unnamed.push(value);
        lastName = undefined;
      } else if (name === lastName) {
        const known = members.get(lastKey);
        members.set(lastKey, Array.isArray(known) ? [...known, value] : [known ?? "", value]);
      } else {
        lastKey = keys.allocate(name);
        members.set(lastKey, value);
        lastName = name;
      }
    }
  }
  return members;
}

function dataName(child: Child, variant: Variant, budget: Budget): string | undefined {
  const attribute = child.element.attributes.find(({ name }) => name === "Name");
  const name = attribute && textOf(attribute.content, child.instance, variant, budget);
  return name === undefined || name === null ? undefined : String(name);
}

/** Gives out unused member names. */
class KeyAllocator {
  private readonly members: JsonObject;
  private readonly counts = new Map<string, number>();

  constructor(members: JsonObject) {
    this.members = members;
  }

  allocate(name: string): string {
    let count = this.counts.get(name) ?? 0;
    let key = count === 0 ? name : `${name}_${count}`;
    while (this.members.has(key)) key = `${name}_${++count}`;
    this.counts.set(name, count + 1);
    // The place is taken at once, so that members keep the order of the document.
    this.members.set(key, null);
    return key;
  }
}

function toPlain(value: Json): unknown {
  if (typeof value === "bigint") return String(value);
  if (value instanceof Map)
    return Object.fromEntries(Array.from(value, ([key, member]) => [key, toPlain(member)]));
  if (Array.isArray(value)) return value.length === 1 ? toPlain(value[0]) : value.map(toPlain);
  return value;
}

export function toText(value: Json): string {
  if (typeof value === "bigint") return String(value);
  if (value instanceof Map) {
    const members = Array.from(value, ([key, member]) => `${JSON.stringify(key)}:${toText(member)}`);
    return `{${members.join(",")}}`;
  }
  if (Array.isArray(value)) return value.length === 1 ? toText(value[0]) : `[${value.map(toText).join(",")}]`;
  return JSON.stringify(value);
}
