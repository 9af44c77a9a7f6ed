import type { Fields, Scalar } from "@firebreak/model/event";
import { isAbsent } from "../text/absent.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "./parse.ts";
import type { PathNode, PathTree } from "./path-tree.ts";

const maxDepth = 20;
const maxLeaves = 1000;
const maxArray = 1000;
const maxTextChars = 1 << 20;

/** Told of every leaf that was kept, for the inference of meanings. */
export type LeafVisitor = (node: PathNode, value: Scalar) => void;

interface Walk {
  readonly fields: Fields;
  readonly tree: PathTree;
  readonly leaf: LeafVisitor | undefined;
  leaves: number;
  truncated: boolean;
  /** Inside a list a name may come again. */
  inList: boolean;
}

/**
 * Writes the leaves of an object to `firebreak.raw.<dotted path>`. Arrays of scalars stay arrays; the members of arrays of
 * objects gather under one name, except lists of name and value, which become `<path>.<name>`. Null, "" and "-" are left
 * out. What is deeper, longer or more than the bounds is cut and `firebreak.truncated` says so.
 */
export function flattenJson(object: JsonObject, tree: PathTree, fields: Fields, leaf?: LeafVisitor): void {
  const walk: Walk = { fields, tree, leaf, leaves: 0, truncated: false, inList: false };
  walkObject(walk, object, tree.root, 0);
  if (walk.truncated) fields["firebreak.truncated"] = true;
}

function walkObject(walk: Walk, object: JsonObject, parent: PathNode, depth: number): void {
  for (const key in object) {
    const value = object[key];
    if (value === null || value === undefined) continue;
    walkValue(walk, value, walk.tree.child(parent, key), depth);
  }
}

function walkValue(walk: Walk, value: JsonValue, node: PathNode, depth: number): void {
  if (typeof value !== "object") keepLeaf(walk, value, node);
  else if (value === null) return;
  else if (depth >= maxDepth) {
    walk.truncated = true;
    keepLeaf(walk, deepText(value), node);
  } else if (Array.isArray(value)) walkArray(walk, value, node, depth);
  else walkObject(walk, value, node, depth + 1);
}

/** JSON.stringify recurses; far below the depth bound it could exhaust the stack, so its failure is expected. */
function deepText(value: JsonValue): string {
  try {
    return JSON.stringify(value);
  } catch {
    return "[nested too deeply]";
  }
}

function keepLeaf(walk: Walk, value: Scalar, node: PathNode): void {
  if (typeof value === "string" && isAbsent(value)) return;
  if (++walk.leaves > maxLeaves) {
    walk.truncated = true;
    return;
  }
  let kept: Scalar = value;
  if (typeof value === "string" && value.length > maxTextChars) {
    kept = value.slice(0, maxTextChars);
    walk.truncated = true;
  }
  const present = walk.inList ? walk.fields[node.field] : undefined;
  if (present === undefined) {
    walk.fields[node.field] = kept;
    walk.leaf?.(node, kept);
  } else if (Array.isArray(present)) {
    if (present.length < maxArray) (present as Scalar[]).push(kept);
    else walk.truncated = true;
  } else walk.fields[node.field] = [present as Scalar, kept];
}

function walkArray(walk: Walk, values: readonly JsonValue[], node: PathNode, depth: number): void {
  const scalars: Scalar[] = [];
  const outer = walk.inList;
  walk.inList = true;
  for (const value of values) {
    if (value === null) continue;
    if (typeof value !== "object") {
      if (scalars.length < maxArray) scalars.push(value);
      else walk.truncated = true;
    } else if (!walkNamedValue(walk, value, node, depth)) walkValue(walk, value, node, depth + 1);
    if (walk.leaves > maxLeaves) break;
  }
  walk.inList = outer;
  if (scalars.length === 0) return;
  walk.leaves++;
  const present = walk.fields[node.field];
  if (present === undefined) {
    walk.fields[node.field] = scalars;
    walk.leaf?.(node, scalars[0]!);
    return;
  }
  const before = Array.isArray(present) ? present : [present as Scalar];
  walk.fields[node.field] = [...before, ...scalars].slice(0, maxArray);
}

/** `{ "Name": "Identity", "Value": "x" }` in a list: the name becomes part of the path, as the reader of a log expects. */
function walkNamedValue(walk: Walk, value: JsonValue, node: PathNode, depth: number): boolean {
  if (!isJsonObject(value)) return false;
  const name = value.Name ?? value.name ?? value.key ?? value.Key;
  if (typeof name !== "string" || name === "") return false;
  let held = value.Value ?? value.value ?? value.boolValue ?? value.intValue ?? value.multiValue;
  if (held === undefined || Object.keys(value).length > 3) return false;
  if (isJsonObject(held)) held = openTelemetryValue(held) ?? held;
  if (held !== null && held !== undefined) walkValue(walk, held, walk.tree.child(node, name), depth + 1);
  return true;
}

/** OpenTelemetry's AnyValue: `{ "stringValue": "x" }`. */
function openTelemetryValue(value: JsonObject): JsonValue | undefined {
  return value.stringValue ?? value.intValue ?? value.boolValue ?? value.doubleValue;
}
