import type { JsonObject } from "./parse.ts";

const maxShapes = 20_000;
const maxKeysOfShape = 400;

/**
 * Tells which questions are worth asking of a record ("are you this product's?", "do you carry a line?") without asking every one. A
 * question looks at some keys first; a record that has none of them takes the same way through it as an empty record does, and that way
 * ends in "no". So what is worth asking follows from the names of a record's keys alone, and records of one source have the same names.
 * @example new KeyIndex(products, (product, record) => product.recognises(record)).find(record)
 */
export class KeyIndex<Question> {
  readonly #questions: readonly Question[];
  readonly #ask: (question: Question, record: JsonObject) => unknown;
  /** Keys that each question looks at in an empty record; undefined: it looks at all. */
  readonly #keys: readonly (ReadonlySet<string> | undefined)[];
  #shapes: Shape<Question> = newShape();
  #shapeCount = 0;

  /** An answer is yes when it is neither undefined nor false. */
  constructor(questions: readonly Question[], ask: (question: Question, record: JsonObject) => unknown) {
    this.#questions = questions;
    this.#ask = ask;
    this.#keys = questions.map((question) => keysAsked((record) => ask(question, record)));
  }

  /** The first question that is answered with yes. */
  find(record: JsonObject): Question | undefined {
    for (const question of this.worthAsking(record)) if (isYes(this.#ask(question, record))) return question;
    return undefined;
  }

  /** In the order of all: those left out are answered with no. */
  worthAsking(record: JsonObject): readonly Question[] {
    let shape = this.#shapes;
    let count = 0;
    for (const key in record) {
      shape = shape.next.get(key) ?? this.#grow(shape, key);
      if (++count > maxKeysOfShape) return this.#questions;
    }
    shape.questions ??= this.#worthAsking(Object.keys(record));
    return shape.questions;
  }

  #grow(shape: Shape<Question>, key: string): Shape<Question> {
    const grown = newShape<Question>();
    // Key names come from evidence: hostile ones must not fill the memory.
    if (this.#shapeCount++ >= maxShapes) {
      this.#shapes = newShape();
      this.#shapeCount = 0;
    } else shape.next.set(key, grown);
    return grown;
  }

  #worthAsking(names: readonly string[]): readonly Question[] {
    return this.#questions.filter((_, i) => {
      const keys = this.#keys[i];
      return keys === undefined || names.some((name) => keys.has(name));
    });
  }
}

function isYes(answer: unknown): boolean {
  return answer !== undefined && answer !== false;
}

/** The keys that records had so far, in their order. */
interface Shape<Question> {
  readonly next: Map<string, Shape<Question>>;
  /** What is worth asking when a record ends here. */
  questions: readonly Question[] | undefined;
}

function newShape<Question>(): Shape<Question> {
  return { next: new Map(), questions: undefined };
}

/** The keys that a question reads of a record that has none. */
function keysAsked(ask: (record: JsonObject) => unknown): ReadonlySet<string> | undefined {
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
  return isYes(ask(empty)) || readsAll ? undefined : keys;
}
