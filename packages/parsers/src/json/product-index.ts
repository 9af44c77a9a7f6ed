import type { JsonObject } from "./parse.ts";
import type { JsonProduct } from "./product.ts";

const maxShapes = 5000;
const maxKeysOfShape = 400;

/**
 * Finds the product of a record without asking every one. A recogniser looks at some keys first; a record that has none of them takes
 * the same way through it as an empty record does, and that way ends in "no". So the products worth asking follow from the names of a
 * record's keys alone, and records of one source have the same names.
 */
export class ProductIndex {
  readonly #products: readonly JsonProduct[];
  /** Keys that each product looks at in an empty record; undefined: it looks at all. */
  readonly #keys: readonly (ReadonlySet<string> | undefined)[];
  readonly #shapes = new Map<string, readonly JsonProduct[]>();

  constructor(products: readonly JsonProduct[]) {
    this.#products = products;
    this.#keys = products.map(keysAsked);
  }

  find(record: JsonObject): JsonProduct | undefined {
    for (const product of this.#candidates(record)) if (product.recognises(record)) return product;
    return undefined;
  }

  #candidates(record: JsonObject): readonly JsonProduct[] {
    let shape = "";
    let count = 0;
    for (const key in record) {
      shape += `${key}\n`;
      if (++count > maxKeysOfShape) return this.#products;
    }
    let found = this.#shapes.get(shape);
    if (found === undefined) {
      const names = Object.keys(record);
      found = this.#products.filter((_, i) => {
        const keys = this.#keys[i];
        return keys === undefined || names.some((name) => keys.has(name));
      });
      // Key names come from evidence: hostile ones must not fill the memory.
      if (this.#shapes.size >= maxShapes) this.#shapes.clear();
      this.#shapes.set(shape, found);
    }
    return found;
  }
}

/** The keys that a recogniser reads of a record that has none. */
function keysAsked(product: JsonProduct): ReadonlySet<string> | undefined {
  const keys = new Set<string>();
  let readsAll = false;
  const note = (key: string | symbol) => {
    if (typeof key === "string") keys.add(key);
  };
  const empty = new Proxy<JsonObject>(
    {},
    {
      get: (_, key) => void note(key),
      has(_, key) {
        note(key);
        return false;
      },
      getOwnPropertyDescriptor: (_, key) => void note(key),
      ownKeys() {
        readsAll = true;
        return [];
      },
    },
  );
  return product.recognises(empty) || readsAll ? undefined : keys;
}
