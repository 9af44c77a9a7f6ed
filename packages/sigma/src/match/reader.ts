import type { SigmaEvent } from "../event.ts";
import type { SourceAlternative, Taxonomy } from "../taxonomy/types.ts";
import type { LogSource } from "../types.ts";
import type { Reader } from "./evaluate.ts";
import { type KnownSource, keysOf } from "./sources.ts";

/** Reads an event's fields by their Sigma names, as a rule of the given log source means them. */
export function readerFor(
  event: SigmaEvent,
  logsource: LogSource,
  alternative: SourceAlternative,
  known: KnownSource,
  taxonomy: Taxonomy,
): Reader {
  return {
    field: (name) => {
      if (known.eventId !== undefined && taxonomy.eventIdFields.includes(name)) return known.eventId;
      if (event.source.channel !== undefined && taxonomy.channelFields.includes(name))
        return event.source.channel;
      for (const key of keysOf(name, logsource, alternative, known, taxonomy)) {
        const value = event.get(key);
        if (value !== undefined && value !== null) return value;
      }
      return undefined;
    },
    values: () => [...event.values()],
  };
}
