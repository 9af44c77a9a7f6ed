import type { Fields } from "@firebreak/model/event";
import type { EventSink } from "@firebreak/model/format";

/**
 * What an event's fields begin with where most of them are added one by one by names that the code does not spell out:
 * `const fields: Fields = { ...noFields, "event.kind": "event" }`. All such objects then grow from one shape (see `keepingShapes`).
 */
export const noFields: Fields = Object.freeze({});

/** Records that are all looked at, then one of so many: layouts of a file show early, and new ones are met later. */
const first = 256;
const oneOf = 64;

/**
 * Keeps events of many fields fast. V8 turns an object into a hash table when fields are added to it one by one by a name it does not
 * know beforehand, from about twenty on: three times dearer to fill, five times dearer to walk. It does not where it has seen the same
 * names in the same order on an object that was made at once, as a copy is. So now and then an event is copied, and thrown away, on its
 * way to the sink. It works for objects that begin empty. Nothing depends on it but time.
 */
export function keepingShapes(sink: EventSink): EventSink {
  let count = 0;
  return {
    event(event) {
      count++;
      if (count <= first || count % oneOf === 0) void { ...event.fields };
      sink.event(event);
    },
    reject: (range, reason) => sink.reject(range, reason),
    skip: (range, reason) => sink.skip(range, reason),
    note: (text) => sink.note(text),
  };
}
