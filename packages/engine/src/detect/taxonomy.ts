import { defaultTaxonomy, type FieldMapping, type Taxonomy } from "@firebreak/sigma";

/** Where a record that knows only a program's name has it, asked behind the path. */
export const imageNames: Readonly<Record<string, string>> = {
  Image: "firebreak.image",
  ParentImage: "firebreak.parent_image",
};

function withImageNames(mapping: FieldMapping): FieldMapping {
  const more = Object.entries(imageNames).flatMap(([field, key]) =>
    mapping.names[field] === undefined ? [] : [[field, [...mapping.names[field], key]] as const],
  );
  return more.length === 0
    ? mapping
    : { ...mapping, names: { ...mapping.names, ...Object.fromEntries(more) } };
}

/** The default taxonomy, with our place for vendor fields and a log source that every event has. */
export const taxonomy: Taxonomy = {
  ...defaultTaxonomy,
  fields: defaultTaxonomy.fields.map(withImageNames),
  logSources: [...defaultTaxonomy.logSources, { when: { category: "any_event" }, alternatives: [{}] }],
  fallbackPrefixes: [...new Set([...defaultTaxonomy.fallbackPrefixes, "firebreak.raw."])],
};
