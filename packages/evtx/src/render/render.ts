import { type ContentNode, type ElementNode, plainText, type SlotNode } from "../binxml/tree.ts";
import type { Chunk } from "../file/chunk.ts";
import { arrayFlag, type EvtxScalar, type EvtxValue, valueType } from "../value/value.ts";

/** What JSON and XML have in common: dropped elements, repeated elements, typed text. */

/**
 * Stands for a value that is not known yet, where output is worked out for all records of a template at once. It cannot be
 * joined with other text.
 */
export class Placeholder {
  readonly kind: "value" | "item" | "fragment";
  readonly slot: number;
  /** Of an item: its position. */
  readonly index: number;

  constructor(kind: Placeholder["kind"], slot: number, index = 0) {
    this.kind = kind;
    this.slot = slot;
    this.index = index;
  }

  toString(): never {
    throw new OutputLimit();
  }
}

/** An integer beyond 2^53 is a bigint here, so that text output can show all of its digits. */
export type RenderScalar = EvtxScalar | bigint | Placeholder;

/** What gives the slots of a template their values: an instance, or what stands for many. */
export interface Values {
  readonly plan: { readonly roots: readonly ElementNode[] };
  typeOf(slot: number): number;
  isNull(slot: number): boolean;
  /** Bytes. */
  sizeOf(slot: number): number;
  value(slot: number): EvtxValue | Placeholder;
  /** The items of an array. */
  items(slot: number): readonly (EvtxScalar | Placeholder)[];
  nested(slot: number): readonly Values[];
}

/** The items that array slots take in one repetition of their element. Empty for nearly all elements. */
export type Variant = ReadonlyMap<SlotNode, RenderScalar>;
export const plainVariant: Variant = new Map();

/** Thrown inside of this package when a record would render to an absurd size; never leaves it. */
export class OutputLimit extends Error {}

/** A record has 64 KiB: an honest one stays far below both. */
const nodesMax = 1 << 16;
const unitsMax = 1 << 21;

/** Bounds the work for one record: templates that repeat values can make megabytes of a few bytes. */
export class Budget {
  private nodes = nodesMax;
  private units = unitsMax;
  private readonly chunk: Pick<Chunk, "renderAllowance">;

  constructor(chunk: Pick<Chunk, "renderAllowance">) {
    this.chunk = chunk;
  }

  spend(units: number): void {
    this.units -= units;
    this.chunk.renderAllowance -= units;
    if (--this.nodes < 0 || this.units < 0 || this.chunk.renderAllowance < 0) throw new OutputLimit();
  }
}

/** An element depends on a slot by its dependency id: NULL there leaves it out ([MS-EVEN6] 2.2.12). */
export function isDropped(element: ElementNode, instance: Values): boolean {
  return element.dependency >= 0 && instance.isNull(element.dependency);
}

/** An array value repeats its element once per item; several arrays in one element make all combinations. */
export function variantsOf(element: ElementNode, instance: Values, budget: Budget): readonly Variant[] {
  let variants: Variant[] | undefined;
  const addSlots = (content: readonly ContentNode[]) => {
    for (const node of content) {
      if (node.kind !== "slot" || (instance.typeOf(node.slot) & arrayFlag) === 0) continue;
      const items = itemsOf(node.slot, instance);
      const next: Variant[] = [];
      for (const variant of variants ?? [plainVariant]) {
        for (const item of items.length === 0 ? [""] : items) {
          budget.spend(1);
          next.push(new Map(variant).set(node, item));
        }
      }
      variants = next;
    }
  };
  for (const attribute of element.attributes) addSlots(attribute.content);
  addSlots(element.content);
  return variants ?? onlyPlain;
}

const onlyPlain: readonly Variant[] = [plainVariant];

function itemsOf(slot: number, instance: Values): readonly RenderScalar[] {
  const type = instance.typeOf(slot) & 0x7f;
  return instance.items(slot).map((item) => exact(item, type, 8));
}

/** The value of a slot that holds no fragment. NULL is undefined. */
export function slotScalar(node: SlotNode, instance: Values, variant: Variant): RenderScalar | undefined {
  const item = variant.get(node);
  if (item !== undefined) return item ?? undefined;
  const value = instance.value(node.slot);
  if (value === null) return undefined;
  const text = Array.isArray(value) ? value.join("") : value;
  return exact(text, instance.typeOf(node.slot), instance.sizeOf(node.slot));
}

/** A number in full. Bytes that fit no number are text in hexadecimal, even where all digits are decimal. */
function exact(value: EvtxScalar | Placeholder, type: number, size: number): RenderScalar {
  const isWide = (type === 0x09 || type === 0x0a) && size === 8;
  return isWide && typeof value === "string" && /^-?\d{16,20}$/.test(value) ? BigInt(value) : value;
}

/** Text of content without its elements: typed when one slot is all of it, undefined when there is none. */
export function textOf(
  content: readonly ContentNode[],
  instance: Values,
  variant: Variant,
  budget: Budget,
): RenderScalar | undefined {
  let value: RenderScalar | undefined;
  for (const node of content) {
    if (node.kind === "element" || fragmentsIn(node, instance) !== undefined) continue;
    const next = node.kind === "slot" ? slotScalar(node, instance, variant) : plainText(node);
    if (next === undefined || next === "") continue;
    value = value === undefined ? next : String(value) + String(next);
    budget.spend(typeof next === "string" ? next.length : 8);
  }
  return value;
}

/** The fragments in a slot; undefined for anything else. */
export function fragmentsIn(node: ContentNode, instance: Values): readonly Values[] | undefined {
  if (node.kind !== "slot" || instance.typeOf(node.slot) !== valueType.binxml) return undefined;
  return instance.nested(node.slot);
}

/** A child element with the instance whose values it uses. */
export interface Child {
  readonly element: ElementNode;
  readonly instance: Values;
}

/** Child elements, those of nested fragments included, without dropped ones. */
export function childrenOf(content: readonly ContentNode[], instance: Values): readonly Child[] {
  const children: Child[] = [];
  for (const node of content) {
    const fragments = fragmentsIn(node, instance);
    if (fragments !== undefined) children.push(...rootsOf(fragments));
    else if (node.kind === "element" && !isDropped(node, instance))
      children.push({ element: node, instance });
  }
  return children;
}

/** The root elements of fragments. A root is never dropped, whatever its dependency says. */
export function rootsOf(fragments: readonly Values[]): Child[] {
  return fragments.flatMap((instance) => instance.plan.roots.map((element) => ({ element, instance })));
}
