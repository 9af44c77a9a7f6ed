import { EVENT_ID, type Event, getScalarValue } from "js-yaml";
import { offsetOfEvent } from "./yaml-value.ts";

/** Offset of the key or item that `keys` lead to, or of the nearest parent that exists. */
export function offsetOf(text: string, events: readonly Event[], keys: readonly (string | number)[]): number {
  let at = 1;
  let offset = Math.max(offsetOfEvent(events[at]!), 0);
  for (const key of keys) {
    const found =
      events[at]!.type === EVENT_ID.MAPPING
        ? pairAt(text, events, at, String(key))
        : itemAt(events, at, Number(key));
    if (found === undefined) return offset;
    if (found.offset !== -1) offset = found.offset;
    at = found.at;
  }
  return offset;
}

/** A child: the index of its event, and the offset to tell people (a pair's key, an item's own). */
interface Found {
  readonly at: number;
  readonly offset: number;
}

function pairAt(text: string, events: readonly Event[], mapping: number, name: string): Found | undefined {
  for (let at = mapping + 1; events[at]!.type !== EVENT_ID.POP; at = after(events, at + 1)) {
    const key = events[at]!;
    if (key.type === EVENT_ID.SCALAR && getScalarValue(text, key) === name)
      return { at: at + 1, offset: offsetOfEvent(key) };
  }
  return undefined;
}

function itemAt(events: readonly Event[], sequence: number, index: number): Found | undefined {
  if (events[sequence]!.type !== EVENT_ID.SEQUENCE) return undefined;
  let left = index;
  for (let at = sequence + 1; events[at]!.type !== EVENT_ID.POP; at = after(events, at)) {
    if (left-- === 0) return { at, offset: offsetOfEvent(events[at]!) };
  }
  return undefined;
}

/** Index of the event after the node at `at`. */
function after(events: readonly Event[], from: number): number {
  let at = from;
  let depth = 0;
  do {
    const { type } = events[at++]!;
    if (type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE) depth++;
    else if (type === EVENT_ID.POP) depth--;
  } while (depth > 0);
  return at;
}
