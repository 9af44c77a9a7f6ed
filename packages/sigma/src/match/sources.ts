import type { EventSource } from "../event.ts";
import type { FieldMapping, LogSourceMapping, SourceAlternative, Taxonomy } from "../taxonomy/types.ts";
import type { LogSource } from "../types.ts";

const attributes = ["product", "category", "service"] as const;

/** An event's source in lower case, with its product known where the channel tells it. */
export interface KnownSource {
  readonly product: string | undefined;
  readonly service: string | undefined;
  readonly categories: readonly string[];
  readonly channel: string | undefined;
  readonly channelAsWritten: string | undefined;
  readonly eventId: number | undefined;
}

/** What an event's source says, in lower case, with what follows from it: a channel is Windows. */
export function knownSource(source: EventSource): KnownSource {
  const channel = source.channel?.toLowerCase();
  return {
    product: source.product?.toLowerCase() ?? (channel === undefined ? undefined : "windows"),
    service: source.service?.toLowerCase(),
    categories: (source.categories ?? []).map((category) => category.toLowerCase()),
    channel,
    channelAsWritten: source.channel,
    eventId: source.eventId,
  };
}

/**
 * What a rule's log source means in events; any may fit. First the taxonomy's meaning, last always the plain one: an
 * event whose own facets say what the rule names.
 */
export function alternativesOf(logsource: LogSource, taxonomy: Taxonomy): SourceAlternative[] {
  const fitting = taxonomy.logSources
    .filter((mapping) => namedIn(mapping.when).every((key) => mapping.when[key] === logsource[key]))
    .sort((a, b) => namedIn(b.when).length - namedIn(a.when).length);
  const open = new Set(namedIn(logsource));
  let alternatives: SourceAlternative[] | undefined;
  for (const mapping of fitting) {
    if (!namedIn(mapping.when).some((key) => open.has(key))) continue;
    for (const key of namedIn(mapping.when)) open.delete(key);
    alternatives = combine(alternatives, mapping);
  }
  const plain = facetsOf(logsource, new Set(namedIn(logsource)));
  if (alternatives === undefined) return [plain];
  const rest = facetsOf(logsource, open);
  return [...alternatives.flatMap((alternative) => intersect(alternative, rest) ?? []), plain];
}

function namedIn(source: LogSource): (typeof attributes)[number][] {
  return attributes.filter((key) => source[key] !== undefined);
}

/** A rule that names a category and a service means events that are both. */
function combine(before: SourceAlternative[] | undefined, mapping: LogSourceMapping): SourceAlternative[] {
  if (before === undefined) return [...mapping.alternatives];
  return before.flatMap((left) => mapping.alternatives.flatMap((right) => intersect(left, right) ?? []));
}

function facetsOf(logsource: LogSource, keys: ReadonlySet<string>): SourceAlternative {
  const { product, category, service } = logsource;
  return {
    ...(product !== undefined && keys.has("product") ? { products: [product] } : {}),
    ...(category !== undefined && keys.has("category") ? { categories: [category] } : {}),
    ...(service !== undefined && keys.has("service") ? { services: [service] } : {}),
  };
}

const lists = ["channels", "eventIds", "products", "services", "categories"] as const;

/** Both at once, or undefined when they exclude each other. Categories add up: an event can have several. */
function intersect(left: SourceAlternative, right: SourceAlternative): SourceAlternative | undefined {
  const both: Record<string, unknown> = {};
  for (const key of lists) {
    const one = left[key] as readonly unknown[] | undefined;
    const other = right[key] as readonly unknown[] | undefined;
    if (one === undefined && other === undefined) continue;
    const common =
      one === undefined ? other! : other === undefined ? one : one.filter((item) => other.includes(item));
    if (common.length === 0) return undefined;
    both[key] = common;
  }
  if (left.where ?? right.where) both.where = { ...left.where, ...right.where };
  if (left.fields ?? right.fields) both.fields = { ...right.fields, ...left.fields };
  return both;
}

/** True when the event's source fulfils every condition that can be told from the source. */
export function fits(alternative: SourceAlternative, source: KnownSource): boolean {
  const { channels, eventIds, products, services, categories } = alternative;
  if (channels !== undefined && !channels.some((each) => each.toLowerCase() === source.channel)) return false;
  if (eventIds !== undefined && (source.eventId === undefined || !eventIds.includes(source.eventId)))
    return false;
  if (products !== undefined && !(source.product !== undefined && products.includes(source.product)))
    return false;
  if (services !== undefined && !(source.service !== undefined && services.includes(source.service)))
    return false;
  return categories === undefined || categories.some((each) => source.categories.includes(each));
}

/** Keys of the event that a Sigma field means, best first. */
export type KeyFinder = (field: string) => readonly string[];

/**
 * Finds keys. In order: the alternative's own, those of mappings that speak of the rule's or the event's log source (the
 * most specific first), those of mappings for everything, the field's own name, the fallback prefixes. In Windows events
 * the recorded data (the prefixes) come before the mappings for everything: `Signature` is Sysmon's own there.
 */
export function keyFinder(
  logsource: LogSource,
  alternative: SourceAlternative,
  source: KnownSource,
  taxonomy: Taxonomy,
): KeyFinder {
  const mappings = taxonomy.fields
    .filter((mapping) => speaksOf(mapping.when, logsource, source))
    .sort((a, b) => namedIn(b.when).length - namedIn(a.when).length);
  const special = mappings.filter((mapping) => namedIn(mapping.when).length > 0);
  const general = mappings.filter((mapping) => namedIn(mapping.when).length === 0);
  const isWindows = alternative.channels !== undefined || source.channel !== undefined;
  const known = new Map<string, readonly string[]>();
  const find = (field: string): readonly string[] => {
    const keysIn = (list: readonly FieldMapping[]) =>
      list.flatMap((mapping) => ownValue(mapping.names, field) ?? []);
    const prefixed = taxonomy.fallbackPrefixes.map((prefix) => prefix + field.replaceAll(" ", ""));
    const first = [...(ownValue(alternative.fields, field) ?? []), ...keysIn(special)];
    const rest = isWindows
      ? [...prefixed, ...keysIn(general), field]
      : [...keysIn(general), field, ...prefixed];
    return [...new Set([...first, ...rest])];
  };
  return (field) => {
    let keys = known.get(field);
    if (keys === undefined) {
      keys = find(field);
      known.set(field, keys);
    }
    return keys;
  };
}

function ownValue(
  names: Readonly<Record<string, readonly string[]>> | undefined,
  field: string,
): readonly string[] | undefined {
  return names !== undefined && Object.hasOwn(names, field) ? names[field] : undefined;
}

function speaksOf(when: LogSource, logsource: LogSource, source: KnownSource): boolean {
  return (
    (when.product === undefined || when.product === logsource.product || when.product === source.product) &&
    (when.service === undefined || when.service === logsource.service || when.service === source.service) &&
    (when.category === undefined ||
      when.category === logsource.category ||
      source.categories.includes(when.category))
  );
}
