import { defaultTaxonomy, type Taxonomy } from "@firebreak/sigma";

/** The default taxonomy, with our place for vendor fields and a log source that every event has. */
export const taxonomy: Taxonomy = {
  ...defaultTaxonomy,
  logSources: [...defaultTaxonomy.logSources, { when: { category: "any_event" }, alternatives: [{}] }],
  fallbackPrefixes: [...new Set([...defaultTaxonomy.fallbackPrefixes, "firebreak.raw."])],
};
