import type { ColumnGuess } from "../infer/column.ts";

/** A path of keys that records of one evidence item have, with what was found out about it once. */
export interface PathNode {
  /** "request.headers.host" */
  readonly path: string;
  /** "firebreak.raw.request.headers.host" */
  readonly field: string;
  readonly children: Map<string, PathNode>;
  /** What the path suggests, best first; undefined: not looked at yet. */
  guesses: readonly ColumnGuess[] | undefined;
}

/** Hostile evidence may use a new key in every record: from this many paths on nothing more is remembered. */
const maxNodes = 20_000;
const maxKeyChars = 200;

/** Remembers the dotted names of JSON paths, so that they are not joined anew for each record. */
export class PathTree {
  readonly root: PathNode = { path: "", field: "firebreak.raw", children: new Map(), guesses: [] };
  #count = 0;

  child(parent: PathNode, key: string): PathNode {
    const known = parent.children.get(key);
    if (known !== undefined) return known;
    const name = key.length > maxKeyChars ? key.slice(0, maxKeyChars) : key;
    const made: PathNode = {
      path: parent.path === "" ? name : `${parent.path}.${name}`,
      field: `${parent.field}.${name}`,
      children: new Map(),
      guesses: undefined,
    };
    if (this.#count < maxNodes) {
      this.#count++;
      parent.children.set(key, made);
    }
    return made;
  }
}
