import type { Fields, FieldValue } from "@firebreak/model/event";
import type { EventSource, SigmaEvent } from "@firebreak/sigma";
import { Layouts } from "./layouts.ts";

/**
 * The event that rules look at, one object for a whole stream: `read` puts the next event in. Fields are plain objects, so
 * a rule that asks for "constructor" or "__proto__" must not be given what every object inherits.
 */
export class FieldsEvent implements SigmaEvent {
  source: EventSource = {};
  keysLike: object | undefined;
  readonly #layouts = new Layouts();
  #fields: Fields = {};

  read(fields: Fields, source: EventSource): this {
    this.#fields = fields;
    this.source = source;
    this.keysLike = this.#layouts.of(fields);
    return this;
  }

  get(key: string): FieldValue | undefined {
    const value: unknown = this.#fields[key];
    switch (typeof value) {
      case "string":
      case "number":
      case "boolean":
        return value;
      default:
        return Array.isArray(value) ? (value as FieldValue) : undefined;
    }
  }

  *values(): Generator<string> {
    for (const key in this.#fields) {
      const value = this.#fields[key]!;
      if (typeof value === "object") for (const item of value) yield String(item);
      else yield String(value);
    }
  }
}
