import type { SigmaEvent } from "../event.ts";
import type { Taxonomy } from "../taxonomy/types.ts";
import type { Reader } from "./evaluate.ts";
import type { KeyFinder, KnownSource } from "./sources.ts";

/** Reads an event's fields by their Sigma names. */
export function readerFor(
  event: SigmaEvent,
  keysOf: KeyFinder,
  known: KnownSource,
  taxonomy: Taxonomy,
): Reader {
  return {
    field: (name) => {
      if (known.eventId !== undefined && taxonomy.eventIdFields.includes(name)) return known.eventId;
      if (known.channelAsWritten !== undefined && taxonomy.channelFields.includes(name))
        return known.channelAsWritten;
      for (const key of keysOf(name)) {
        const value = event.get(key);
        if (value !== undefined && value !== null) return value;
      }
      return undefined;
    },
    values: () => [...event.values()],
  };
}
