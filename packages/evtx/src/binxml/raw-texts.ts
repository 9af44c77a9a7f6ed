import { valueType } from "../value/value.ts";
import type { Instance } from "./instance.ts";
import { eventLeaves, type Leaf, type Leaves, type NestedPlace } from "./leaves.ts";

/** Where all texts of a record are, for a search that need not know whose they are. */
export interface RawTexts {
  /** They stand in these bytes as UTF-16, at odd places too, between what is no text. */
  view: DataView;
  from: number;
  end: number;
  /** But for those that are the same in all records of a template: one list for each, always the same object. */
  fixed: (readonly string[])[];
}

/** False when a text is neither: ANSI, a list, one that is made of several. */
export function findRawTexts(parts: readonly Instance[], into: RawTexts): boolean {
  into.fixed.length = 0;
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at]!;
    const leaves = eventLeaves(part);
    const fixed = fixedTexts(leaves);
    const isTooDeep = part.depth > 0 && leaves.nested.length > 0;
    if (fixed === "unknown" || isTooDeep || !hasOnlyWideTexts(part, leaves.nested)) return false;
    if (fixed.length > 0) into.fixed.push(fixed);
  }
  return true;
}

/** The texts of a template's own, or "unknown" when some depend on the record. */
export function fixedTexts(leaves: Leaves): readonly string[] | "unknown" {
  leaves.fixedTexts ??= fixedTextsOf(leaves);
  return leaves.fixedTexts;
}

function fixedTextsOf(leaves: Leaves): readonly string[] | "unknown" {
  const texts: string[] = [];
  for (const entry of [...leaves.system, ...leaves.data]) {
    if (!("content" in entry)) {
      if (entry.place.kind !== "event") return "unknown";
      continue;
    }
    for (const leaf of [entry, ...(entry.repeats ?? [])] as readonly Leaf[]) {
      if (leaf.slot >= 0) continue;
      if (leaf.constant === undefined) return "unknown";
      texts.push(leaf.constant);
    }
  }
  return texts;
}

/** Is no value a text in another encoding, a list, or a fragment that is not one of the record's parts? */
function hasOnlyWideTexts(part: Instance, nested: readonly NestedPlace[]): boolean {
  for (let slot = 0; slot < part.count; slot++) {
    const type = part.typeOf(slot);
    if (type === valueType.ansi || type >= valueType.evtxml) return false;
    if (type === valueType.binxml && !nested.some((place) => place.slot === slot)) return false;
  }
  return true;
}
