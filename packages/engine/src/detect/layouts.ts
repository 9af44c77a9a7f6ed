import type { Fields } from "@firebreak/model/event";

/** Records of a kind have the same names in the same order; evidence that has ever new ones is forgotten now and then. */
const layoutsMax = 20_000;

/** A name behind those that led to it: the last one stands for all names of an event. */
class Layout {
  readonly name: string;
  /** What came behind it last. */
  next: Layout | undefined;
  others: Map<string, Layout> | undefined;

  constructor(name: string) {
    this.name = name;
  }
}

/** Tells which events have the same names, without a text or a set for each of them. */
export class Layouts {
  #start = new Layout("");
  #count = 0;

  /** The same object for events with the same names in the same order, as far as they are remembered. */
  of(fields: Fields): object {
    let at = this.#start;
    for (const name in fields) {
      const guess = at.next;
      at = guess !== undefined && guess.name === name ? guess : this.#behind(at, name);
    }
    return at;
  }

  #behind(layout: Layout, name: string): Layout {
    layout.others ??= new Map();
    let next = layout.others.get(name);
    if (next === undefined) {
      next = new Layout(name);
      if (this.#count++ > layoutsMax) {
        this.#count = 0;
        this.#start = new Layout("");
      }
      layout.others.set(name, next);
    }
    layout.next = next;
    return next;
  }
}
