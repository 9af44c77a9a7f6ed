import type { LogSource } from "../types.ts";

/**
 * What Sigma's log sources and field names mean in the events at hand. Plain data: it may come from YAML or JSON.
 */
export interface Taxonomy {
  readonly logSources: readonly LogSourceMapping[];
  readonly fields: readonly FieldMapping[];
  /** Field that is the event's own id; its value is known from `EventSource.eventId`. */
  readonly eventIdFields: readonly string[];
  /** Field that is the event's own channel. */
  readonly channelFields: readonly string[];
  /** Windows provider → channel, for events that name no channel. Lower-case keys. */
  readonly channelOfProvider: Readonly<Record<string, string>>;
  /** Keys tried, after the field's own name, for a field without a mapping: "winlog.event_data.". */
  readonly fallbackPrefixes: readonly string[];
}

/**
 * Events that a rule's log source means. A mapping is used when each attribute it names equals the rule's; of several
 * the one naming most attributes is. Without a mapping the rule's attributes are compared with the event's facets.
 */
export interface LogSourceMapping {
  readonly when: LogSource;
  readonly alternatives: readonly SourceAlternative[];
}

/** Every stated condition must hold; inside a list one must. */
export interface SourceAlternative {
  /** Windows channels, any case. */
  readonly channels?: readonly string[];
  readonly eventIds?: readonly number[];
  /** Facets of the event's source. */
  readonly products?: readonly string[];
  readonly services?: readonly string[];
  readonly categories?: readonly string[];
  /** Field (Sigma name) must equal one of the values, ignoring case. */
  readonly where?: Readonly<Record<string, readonly string[]>>;
  /** Sigma name → keys of the event, before the general mappings. */
  readonly fields?: Readonly<Record<string, readonly string[]>>;
}

/** Keys of the event that a Sigma field name means, best first; the first key present is used. `when: {}`: everywhere. */
export interface FieldMapping {
  readonly when: LogSource;
  readonly names: Readonly<Record<string, readonly string[]>>;
}
