import { valueType } from "../value/value.ts";
import type { Instance } from "./instance.ts";
import { eventLeaves, type Leaf, type Leaves } from "./leaves.ts";

/**
 * The names of a record's values outside of System. All records that were written with one template share the object,
 * so what is worked out from it (which of its values are wanted, and where they are) is worked out once.
 */
export interface DataTemplate {
  /**
   * Number of the value at a path of `record.get`, for `record.recordedText`. -1: these records have no such value. -2: they
   * may have it, but `record.get` must be asked.
   */
  indexOf(path: string): number;
}

/** Text in a record that has not been decoded: `count` UTF-16 units at `at`, the byte order little-endian. */
export interface RecordedText {
  view: DataView;
  at: number;
  count: number;
}

/** Receives values of a record before they are decoded. */
export interface RecordedVisitor {
  text(text: RecordedText, name: string, section: string): void;
  /** Are values wanted that are no text? They are decoded. */
  readonly withNumbers: boolean;
}

/** The part that holds all of the record's data; undefined when none does or several do, or names are values themselves. */
export function dataPartOf(parts: readonly Instance[]): Instance | undefined {
  let found: Instance | undefined;
  for (let i = 0; i < parts.length; i++) {
    const { isSimple, hasData } = eventLeaves(parts[i]!);
    if (!isSimple || (hasData && found !== undefined)) return undefined;
    if (hasData) found = parts[i];
  }
  return found;
}

export function dataTemplateOf(part: Instance): DataTemplate {
  return templateOf(eventLeaves(part));
}

export function templateOf(leaves: Leaves): DataTemplate {
  leaves.template ??= { indexOf: (path) => indexIn(leaves, path) };
  return leaves.template;
}

function indexIn({ byPath }: Leaves, path: string): number {
  const leaf = byPath.get(path);
  if (leaf === undefined) return -1;
  return isPlain(leaf) && !leaf.isList && !leaf.isDroppedWhenEmpty ? leaf.slot : -2;
}

/** Is the value that of one slot, always? */
function isPlain({ slot, dependencies, repeats, nameContent }: Leaf): boolean {
  return slot >= 0 && dependencies.length === 0 && repeats === undefined && nameContent === undefined;
}

/** False when the value is no text. A NULL is the empty text, as `get` has it. */
export function findText(part: Instance, index: number, into: RecordedText): boolean {
  const type = part.typeOf(index);
  if (type !== valueType.string && type !== valueType.null) return false;
  into.view = part.chunk.view;
  into.at = type === valueType.null ? 0 : part.startOf(index);
  into.count = type === valueType.null ? 0 : part.sizeOf(index) >> 1;
  return true;
}

const text: RecordedText = { view: new DataView(new ArrayBuffer(0)), at: 0, count: 0 };

/** False when the value has to be decoded and visited. */
export function visitRecorded(part: Instance, leaf: Leaf, visitor: RecordedVisitor): boolean {
  if (leaf.slot < 0 || leaf.repeats !== undefined || leaf.nameContent !== undefined) return false;
  const type = part.typeOf(leaf.slot);
  if (type === valueType.string) {
    findText(part, leaf.slot, text);
    visitor.text(text, leaf.name, leaf.section);
    return true;
  }
  if (type === valueType.null) return true;
  const isText = type === valueType.ansi || type === valueType.evtxml || type >= valueType.binxml;
  return !isText && !visitor.withNumbers;
}
