import { type EvtxScalar, type EvtxValue, valueType } from "../value/value.ts";
import type { Instance } from "./instance.ts";
import type { Plan } from "./plan.ts";
import type { DataTemplate } from "./recorded.ts";
import { type AttributeNode, type ContentNode, constantText, type ElementNode, plainText } from "./tree.ts";

/** A named value of a plan: text of an element or an attribute. */
export interface Leaf {
  /** "System", "EventData", "UserData" or another child of Event. */
  readonly section: string;
  /** Name within the section: "EventID", "Provider_Name", "TargetUserName", "Data", "Parent.Child". */
  readonly name: string;
  /** The name's own content where a slot gives it. */
  readonly nameContent: readonly ContentNode[] | undefined;
  readonly content: readonly ContentNode[];
  /** The slot that is the whole content, or -1. */
  readonly slot: number;
  readonly constant: string | undefined;
  /** Slots whose NULL drops the value. */
  readonly dependencies: readonly number[];
  /** An empty attribute or System element is absent, other empty values are "". */
  readonly isDroppedWhenEmpty: boolean;
  /** `<Data>` without a name: always a list. */
  readonly isList: boolean;
  /** Further leaves of the same name; their values join this one's in a list. */
  repeats: Leaf[] | undefined;
}

/** Where a plan stands in the event; decides what its elements mean. */
export interface Place {
  readonly kind: "event" | "user-root" | "item";
  readonly section: string;
  readonly prefix: string;
}

/** A slot that may hold a fragment with further leaves. */
export interface NestedPlace {
  readonly slot: number;
  readonly place: Place;
}

export interface Leaves {
  /** Of System, and of all other sections, in document order. */
  readonly system: readonly Leaf[];
  readonly data: ReadonlyArray<Leaf | NestedPlace>;
  readonly nested: readonly NestedPlace[];
  /** By "Section.Name" and by bare name. */
  readonly byPath: ReadonlyMap<string, Leaf>;
  /** False when values may have names that are not in `byPath`. */
  readonly isSimple: boolean;
  /** Does it have values of its own outside of System? */
  readonly hasData: boolean;
  /** Made on first use. */
  template: DataTemplate | undefined;
  /** Texts that no slot gives, see `raw-texts.ts`; made on first use. */
  fixedTexts: readonly string[] | "unknown" | undefined;
}

export const eventPlace: Place = { kind: "event", section: "", prefix: "" };
const leavesPerPlanMax = 32;

export function leavesOf(plan: Plan, place: Place): Leaves {
  const key = `${place.kind}\n${place.section}\n${place.prefix}`;
  let leaves = plan.leaves.get(key);
  if (leaves === undefined) {
    leaves = collectLeaves(plan, place);
    if (plan.leaves.size < leavesPerPlanMax) plan.leaves.set(key, leaves);
  }
  return leaves;
}

class Collector {
  readonly system: Leaf[] = [];
  readonly data: Array<Leaf | NestedPlace> = [];
  readonly nested: NestedPlace[] = [];

  private readonly named = new Map<string, Leaf>();

  leaf(leaf: Leaf): void {
    const path = `${leaf.section}.${leaf.name}`;
    const first = leaf.nameContent === undefined ? this.named.get(path) : undefined;
    if (first !== undefined) {
      first.repeats ??= [];
      first.repeats.push(leaf);
      return;
    }
    if (leaf.nameContent === undefined) this.named.set(path, leaf);
    if (leaf.section === "System") this.system.push(leaf);
    else this.data.push(leaf);
  }

  place(slot: number, place: Place): void {
    const nested = { slot, place };
    this.nested.push(nested);
    this.data.push(nested);
  }
}

function collectLeaves(plan: Plan, place: Place): Leaves {
  const into = new Collector();
  for (const planRoot of plan.roots) {
    // A root is never dropped, whatever its dependency says.
    const root = { ...planRoot, dependency: -1 };
    if (place.kind === "event") collectRoot(root, into);
    else if (place.kind === "user-root") collectUserRoot(root, place.section, [], into);
    else collectItem(root, place, [], into);
  }
  const byPath = new Map<string, Leaf>();
  let isSimple = into.nested.every(({ place: nestedPlace }) => nestedPlace.kind === "event");
  for (const entry of [...into.system, ...into.data]) {
    if (!("content" in entry)) continue;
    if (entry.nameContent !== undefined) {
      isSimple = false;
      continue;
    }
    byPath.set(`${entry.section}.${entry.name}`, entry);
    // A System value wins over a value of the same bare name elsewhere.
    if (!byPath.has(entry.name) && !posesAsSystem(entry.name)) byPath.set(entry.name, entry);
  }
  const hasData = into.data.some((entry) => "content" in entry);
  return {
    system: into.system,
    data: into.data,
    nested: into.nested,
    byPath,
    isSimple,
    hasData,
    template: undefined,
    fixedTexts: undefined,
  };
}

/**
 * Is a value outside of System called as one of it would be? So it is below a root whose name is damaged. No bare name finds it: a
 * record without an event id of its own must not get one from there.
 */
export function posesAsSystem(name: string): boolean {
  return name.startsWith("System.");
}

/** Of the usual place, under Event. */
export function eventLeaves({ plan }: Instance): Leaves {
  return leavesOfEvent(plan);
}

export function leavesOfEvent(plan: Plan): Leaves {
  plan.eventLeaves ??= leavesOf(plan, eventPlace);
  return plan.eventLeaves;
}

function collectRoot(root: ElementNode, into: Collector): void {
  if (root.name !== "Event") {
    collectSection(root, [], into);
    return;
  }
  for (const node of root.content) {
    if (node.kind === "element") collectSection(node, [], into);
    else if (node.kind === "slot") into.place(node.slot, eventPlace);
  }
}

function collectSection(element: ElementNode, outer: readonly number[], into: Collector): void {
  const section = element.name;
  const dependencies = withDependency(outer, element);
  collectAttributes(element, section, section, dependencies, into);
  for (const node of element.content) {
    if (node.kind === "slot") {
      into.place(node.slot, { kind: section === "UserData" ? "user-root" : "item", section, prefix: "" });
    } else if (node.kind === "element") {
      if (section === "UserData") collectUserRoot(node, section, dependencies, into);
      else collectItem(node, { kind: "item", section, prefix: "" }, dependencies, into);
    }
  }
  const hasText = element.content.some((node) => node.kind !== "element" && node.kind !== "slot");
  if (hasText) into.leaf(makeLeaf(section, section, element.content, dependencies, true));
}

/** The root element of UserData is a wrapper of the provider: its children are the values. */
function collectUserRoot(
  element: ElementNode,
  section: string,
  outer: readonly number[],
  into: Collector,
): void {
  const dependencies = withDependency(outer, element);
  collectAttributes(element, section, element.name, dependencies, into);
  const texts = element.content.filter((node) => node.kind !== "element");
  if (texts.length > 0) into.leaf(makeLeaf(section, element.name, texts, dependencies, true));
  for (const node of element.content) {
    if (node.kind === "element") collectItem(node, { kind: "item", section, prefix: "" }, dependencies, into);
  }
}

function collectItem(element: ElementNode, place: Place, outer: readonly number[], into: Collector): void {
  const { section, prefix } = place;
  const dependencies = withDependency(outer, element);
  const nameAttribute =
    section === "System" ? undefined : element.attributes.find((attribute) => attribute.name === "Name");
  const stated = nameAttribute === undefined ? undefined : constantText(nameAttribute.content);
  const own = (stated ?? "").replaceAll(" ", "") || element.name;
  const name = prefix === "" ? own : `${prefix}.${own}`;
  collectAttributes(element, section, name, dependencies, into);
  const texts = element.content.filter((node) => node.kind !== "element");
  const children = element.content.filter((node) => node.kind === "element");
  if (texts.length > 0 || (children.length === 0 && section !== "System")) {
    const leaf = makeLeaf(section, name, texts, dependencies, section === "System");
    const isDynamic = nameAttribute !== undefined && stated === undefined;
    const isList = !isDynamic && element.name === "Data" && own === "Data" && section === "EventData";
    into.leaf({ ...leaf, isList, nameContent: isDynamic ? nameAttribute.content : undefined });
  }
  for (const child of children)
    collectItem(child, { kind: "item", section, prefix: name }, dependencies, into);
}

function collectAttributes(
  element: ElementNode,
  section: string,
  name: string,
  dependencies: readonly number[],
  into: Collector,
): void {
  for (const attribute of element.attributes) {
    if (isNamespace(attribute) || (attribute.name === "Name" && section !== "System" && name !== section))
      continue;
    into.leaf(makeLeaf(section, `${name}_${attribute.name}`, attribute.content, dependencies, true));
  }
}

function isNamespace(attribute: AttributeNode): boolean {
  return attribute.name === "xmlns" || attribute.name.startsWith("xmlns:");
}

function withDependency(outer: readonly number[], element: ElementNode): readonly number[] {
  return element.dependency < 0 ? outer : [...outer, element.dependency];
}

function makeLeaf(
  section: string,
  name: string,
  content: readonly ContentNode[],
  dependencies: readonly number[],
  isDroppedWhenEmpty: boolean,
): Leaf {
  const texts = content.filter((node) => node.kind !== "element");
  const only = texts.length === 1 ? texts[0] : undefined;
  return {
    section,
    name,
    nameContent: undefined,
    content: texts,
    slot: only?.kind === "slot" ? only.slot : -1,
    constant: constantText(texts),
    dependencies,
    isDroppedWhenEmpty,
    isList: false,
    repeats: undefined,
  };
}

/** The value of a leaf in an instance; undefined where the event does not have it. */
export function leafValue(leaf: Leaf, instance: Instance): EvtxValue | undefined {
  let value = ownValue(leaf, instance);
  if (leaf.repeats !== undefined) {
    for (const repeat of leaf.repeats) {
      const next = ownValue(repeat, instance);
      if (next !== undefined) value = mergeValues(value, next);
    }
  }
  return leaf.isList && value !== undefined && !Array.isArray(value) ? [value] : value;
}

function ownValue(leaf: Leaf, instance: Instance): EvtxValue | undefined {
  const { dependencies } = leaf;
  for (let i = 0; i < dependencies.length; i++) if (instance.isNull(dependencies[i]!)) return undefined;
  const value =
    leaf.slot >= 0 ? slotValue(leaf.slot, instance) : (leaf.constant ?? joinContent(leaf.content, instance));
  return value === "" && leaf.isDroppedWhenEmpty ? undefined : value;
}

/** NULL counts as the empty text; an array of one item is that item. */
function slotValue(slot: number, instance: Instance): EvtxValue {
  const value =
    instance.typeOf(slot) === valueType.binxml ? fragmentText(instance.nested(slot)) : instance.value(slot);
  if (value === null) return "";
  if (!Array.isArray(value)) return value;
  return value.length === 0 ? "" : value.length === 1 ? value[0]! : value;
}

function joinContent(content: readonly ContentNode[], instance: Instance): string {
  let text = "";
  for (const node of content) {
    if (node.kind === "element") continue;
    if (node.kind !== "slot") text += plainText(node);
    else {
      const value = slotValue(node.slot, instance);
      text += Array.isArray(value) ? value.join("") : String(value);
    }
  }
  return text;
}

/** Fragments and units of text that one question to a record may still visit: crafted fragments multiply without end. */
let allowance = 0;
const allowanceMax = 1 << 22;
/** What a visit to a fragment counts, in units of text. */
const fragmentCost = 64;

export function resetAllowance(): void {
  allowance = allowanceMax;
}

/** False when a record asks for more than any honest one needs. */
export function allowFragment(): boolean {
  allowance -= fragmentCost;
  return allowance > 0;
}

export function allowValue(value: EvtxValue): boolean {
  if (typeof value === "string") allowance -= value.length;
  return allowance > 0;
}

/** All text of a fragment that stands where a plain value is expected. */
function fragmentText(fragments: readonly Instance[]): string {
  let text = "";
  for (const fragment of fragments) {
    for (const root of fragment.plan.roots) if (allowFragment()) text += elementText(root, fragment);
  }
  return text;
}

function elementText(element: ElementNode, instance: Instance): string {
  let text = "";
  for (const node of element.content) {
    text += node.kind === "element" ? elementText(node, instance) : joinContent([node], instance);
  }
  return text;
}

/** The name of a leaf in an instance. */
export function leafName(leaf: Leaf, instance: Instance): string {
  if (leaf.nameContent === undefined) return leaf.name;
  return joinContent(leaf.nameContent, instance).replaceAll(" ", "") || leaf.name;
}

/** Adds a further value of the same name. */
function mergeValues(first: EvtxValue | undefined, next: EvtxValue): EvtxValue {
  if (first === undefined) return next;
  const items: EvtxScalar[] = Array.isArray(first) ? first : [first];
  return Array.isArray(next) ? [...items, ...next] : [...items, next];
}
