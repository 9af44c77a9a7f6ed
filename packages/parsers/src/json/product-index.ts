import type { JsonObject } from "./parse.ts";
import type { JsonProduct } from "./product.ts";

const maxShapes = 20_000;
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
  #shapes = newShape();
  #shapeCount = 0;

  constructor(products: readonly JsonProduct[]) {
    this.#products = products;
    this.#keys = products.map(keysAsked);
  }

  find(record: JsonObject): JsonProduct | undefined {
    for (const product of this.#candidates(record)) if (product.recognises(record)) return product;
    return undefined;
  }

  #candidates(record: JsonObject): readonly JsonProduct[] {
    let shape = this.#shapes;
    let count = 0;
    for (const key in record) {
      shape = shape.next.get(key) ?? this.#grow(shape, key);
      if (++count > maxKeysOfShape) return this.#products;
    }
    shape.products ??= this.#worthAsking(Object.keys(record));
    return shape.products;
  }

  #grow(shape: Shape, key: string): Shape {
    const grown = newShape();
    // Key names come from evidence: hostile ones must not fill the memory.
    if (this.#shapeCount++ >= maxShapes) {
      this.#shapes = newShape();
      this.#shapeCount = 0;
    } else shape.next.set(key, grown);
    return grown;
  }

  #worthAsking(names: readonly string[]): readonly JsonProduct[] {
    return this.#products.filter((_, i) => {
      const keys = this.#keys[i];
      return keys === undefined || names.some((name) => keys.has(name));
    });
  }
}

/** The keys that records had so far, in their order. */
interface Shape {
  readonly next: Map<string, Shape>;
  /** The products worth asking when a record ends here. */
  products: readonly JsonProduct[] | undefined;
}

function newShape(): Shape {
  return { next: new Map(), products: undefined };
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
