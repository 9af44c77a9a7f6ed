import { fieldMappings } from "./fields.ts";
import { otherSources } from "./other-sources.ts";
import type { Taxonomy } from "./types.ts";
import { channelOfProvider, windowsSources } from "./windows-sources.ts";

/**
 * SigmaHQ's log sources and names in events with Elastic Common Schema keys, as Winlogbeat writes them for Windows.
 * Extend it by spreading: `{ ...defaultTaxonomy, fields: [mine, ...defaultTaxonomy.fields] }`.
 */
export const defaultTaxonomy: Taxonomy = {
  logSources: [...windowsSources, ...otherSources],
  fields: fieldMappings,
  eventIdFields: ["EventID"],
  channelFields: ["Channel", "EventLog"],
  channelOfProvider,
  fallbackPrefixes: ["winlog.event_data.", "winlog.user_data.", "firebreak.raw."],
};
