import type { Chunk } from "../file/chunk.ts";
import { arrayFlag, decodeScalar, type EvtxScalar, valueType } from "../value/value.ts";
import { readHead } from "./instance.ts";
import { type Leaf, type Leaves, leavesOfEvent } from "./leaves.ts";
import type { Plan } from "./plan.ts";
import { fixedTexts } from "./raw-texts.ts";
import { type DataTemplate, templateOf } from "./recorded.ts";

/** Where a value of System stands: in a cell, or in the template. */
export type SystemPlace = { readonly cell: number } | { readonly text: string };

/** What records of the same templates have in common. They share the object. */
export interface CellLayout {
  /** The values outside of System, the cell of the first one's slot, and how many there are. A damaged template names others. */
  readonly data: DataTemplate;
  readonly dataFrom: number;
  readonly dataCount: number;
  /** All texts that stand in the templates; undefined when they depend on the record. */
  readonly fixedTexts: readonly string[] | undefined;
  /** Place of a value of System by its name; undefined when the records have none, or only `get` can tell. */
  system(name: string): SystemPlace | undefined;
}

/** Where cells are written to. A cell is a value: it starts in the chunk where `starts` says, and ends where the next one starts. */
export interface CellSink {
  readonly starts: Int32Array;
  /** The types of `EvtxValue`s as they are recorded: 0 nothing, 1 UTF-16 text. */
  readonly types: Uint8Array;
}

/** The cells of one record after the other: valid until the next. */
export interface RecordCells {
  readonly layout: CellLayout;
  /** The record's content in the chunk. */
  readonly from: number;
  readonly end: number;
  /** Are all texts of its values UTF-16, and none in a list? */
  readonly isWide: boolean;
  /** The bytes of the chunk that the record is in. */
  readonly bytes: Uint8Array;
  /** A value that is neither a list nor a fragment; undefined otherwise. An empty one is "". */
  valueAt(cell: number): string | number | boolean | undefined;
}

/**
 * Looks at records before they are made. It gets only those whose values stand plainly: one template, and at most one in it,
 * nothing damaged. All others are visited.
 */
export interface RecordSieve extends CellSink {
  /** The records that follow are of this chunk. */
  useChunk(bytes: Uint8Array): void;
  /** False: the record is not visited. */
  mayMatter(cells: RecordCells): boolean;
}

/** Finds the values of records without making an object for any of them. */
export class CellFinder implements RecordCells {
  layout: CellLayout = noLayout;
  from = 0;
  end = 0;
  isWide = false;
  bytes: Uint8Array = new Uint8Array(0);
  private readonly sink: CellSink;
  private hasFragment = false;

  constructor(sink: CellSink) {
    this.sink = sink;
  }

  /** False: the record at [from, end) of the chunk has to be read in full. */
  find(chunk: Chunk, from: number, end: number): boolean {
    this.bytes = chunk.bytes;
    this.from = from;
    this.end = end;
    this.isWide = true;
    const root = readHead(chunk, skipHeader(chunk.bytes, from, end), end);
    if (root.plan === undefined || !this.locate(root.table, root.count, 0, end)) return false;
    const { plan, count } = root;
    if (!endsAt(chunk.bytes, this.sink.starts[count]!, end)) return false;
    const { nested } = leavesOfEvent(plan);
    if (nested.length > 1) return false;
    const slot = nested.length === 0 || nested[0]!.slot >= count ? -1 : nested[0]!.slot;
    if (slot < 0 || this.sink.types[slot] !== valueType.binxml) {
      if (this.hasFragment) return false;
      return this.useLayout(plan, undefined, count, 0);
    }
    return this.findNested(chunk, plan, count, slot);
  }

  private findNested(chunk: Chunk, rootPlan: Plan, rootCount: number, slot: number): boolean {
    const { starts, types } = this.sink;
    // One fragment, in the place for it.
    for (let other = 0; other < rootCount; other++) {
      if (other !== slot && types[other] === valueType.binxml) return false;
    }
    const start = starts[slot]!;
    const end = starts[slot + 1]!;
    const nested = readHead(chunk, skipHeader(chunk.bytes, start, end), end);
    this.hasFragment = false;
    if (nested.plan === undefined || !this.locate(nested.table, nested.count, rootCount + 1, end))
      return false;
    if (this.hasFragment || !endsAt(chunk.bytes, starts[rootCount + 1 + nested.count]!, end)) return false;
    return this.useLayout(rootPlan, nested.plan, rootCount, nested.count);
  }

  /** Writes the cells of an instance from `first` on. False: there are too many, or they are not all there. */
  private locate(table: number, count: number, first: number, limit: number): boolean {
    const { starts, types } = this.sink;
    const { bytes } = this;
    if (first + count + 1 >= starts.length || first + count >= types.length) return false;
    let start = table + 4 * count;
    let kinds = 0;
    let cell = first;
    for (let at = table; cell < first + count; cell++, at += 4) {
      starts[cell] = start;
      start += bytes[at]! | (bytes[at + 1]! << 8);
      const type = bytes[at + 2]!;
      types[cell] = type;
      kinds |= kindOf[type]!;
    }
    starts[cell] = start;
    types[cell] = 0;
    if ((kinds & otherText) !== 0) this.isWide = false;
    this.hasFragment = (kinds & fragment) !== 0;
    return start <= limit;
  }

  private useLayout(root: Plan, nested: Plan | undefined, rootCount: number, nestedCount: number): boolean {
    root.cells ??= new Map();
    let layouts = root.cells.get(nested);
    if (layouts === undefined) {
      layouts = [];
      root.cells.set(nested, layouts);
    }
    for (let at = 0; at < layouts.length; at++) {
      const known = layouts[at]!;
      if (known.rootCount !== rootCount || known.nestedCount !== nestedCount) continue;
      if (known.layout === undefined) return false;
      this.layout = known.layout;
      return true;
    }
    if (layouts.length >= countsMax) return false;
    const layout = makeLayout(root, nested, rootCount, nestedCount);
    layouts.push({ rootCount, nestedCount, layout });
    if (layout === undefined) return false;
    this.layout = layout;
    return true;
  }

  valueAt(cell: number): string | number | boolean | undefined {
    const type = this.sink.types[cell]!;
    if (type >= arrayFlag || type === valueType.binxml) return undefined;
    const start = this.sink.starts[cell]!;
    const value: EvtxScalar = decodeScalar(this.bytes, type, start, this.sink.starts[cell + 1]! - start);
    return value === null ? "" : value;
  }
}

/** Numbers of values that records of one template have: crafted ones vary without end. */
const countsMax = 4;

/** A layout for each pair of templates and their numbers of values; undefined: such records have to be read in full. */
export type KnownLayouts = Map<
  Plan | undefined,
  { readonly rootCount: number; readonly nestedCount: number; readonly layout: CellLayout | undefined }[]
>;

const otherText = 1;
const fragment = 2;
const kindOf = Uint8Array.from({ length: 256 }, (_, type) =>
  type === valueType.binxml ? fragment : type === valueType.ansi || type >= valueType.evtxml ? otherText : 0,
);

const noLayout: CellLayout = {
  data: { indexOf: () => -1 },
  dataFrom: 0,
  dataCount: 0,
  fixedTexts: undefined,
  system: () => undefined,
};

/** Past the header that a fragment may have. */
function skipHeader(bytes: Uint8Array, at: number, end: number): number {
  return at + 4 < end && bytes[at] === 0x0f ? at + 4 : at;
}

/** Does nothing follow that the reader of fragments would read, or report? */
function endsAt(bytes: Uint8Array, at: number, end: number): boolean {
  return at >= end || bytes[at] === 0;
}

function makeLayout(
  root: Plan,
  nested: Plan | undefined,
  rootCount: number,
  nestedCount: number,
): CellLayout | undefined {
  const outer = leavesOfEvent(root);
  const inner = nested === undefined ? undefined : leavesOfEvent(nested);
  if (outer.nested.some(({ place }) => place.kind !== "event")) return undefined;
  if (!outer.isSimple || (inner !== undefined && (!inner.isSimple || inner.nested.length > 0)))
    return undefined;
  if (outer.hasData && inner?.hasData) return undefined;
  const isInner = inner?.hasData ?? false;
  if (!isInner && !outer.hasData) return undefined;
  const texts = [outer, ...(inner === undefined ? [] : [inner])].map(fixedTexts);
  const isFixed = texts.every((list): list is readonly string[] => list !== "unknown");
  return {
    data: templateOf(isInner ? inner! : outer),
    dataFrom: isInner ? rootCount + 1 : 0,
    dataCount: isInner ? nestedCount : rootCount,
    fixedTexts: isFixed ? texts.flat() : undefined,
    system: (name) => systemPlace(outer, name, rootCount),
  };
}

function systemPlace({ byPath }: Leaves, name: string, count: number): SystemPlace | undefined {
  const leaf = byPath.get(`System.${name}`);
  if (leaf === undefined || leaf.repeats !== undefined || leaf.isList) return undefined;
  if (leaf.slot >= 0) return leaf.slot < count && isOwn(leaf) ? { cell: leaf.slot } : undefined;
  return leaf.constant !== undefined && leaf.constant !== "" && leaf.dependencies.length === 0
    ? { text: leaf.constant }
    : undefined;
}

/** Is it dropped only when its own slot is NULL? */
function isOwn({ slot, dependencies }: Leaf): boolean {
  return dependencies.every((dependency) => dependency === slot);
}
