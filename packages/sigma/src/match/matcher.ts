import { type EventSource, type FieldValue, flatEvent, type SigmaEvent } from "../event.ts";
import type { SourceAlternative, Taxonomy } from "../taxonomy/types.ts";
import type { LogSource, RuleSet, SigmaRule } from "../types.ts";
import { type BoundRule, type Bucket, makeBucket } from "./bucket.ts";
import { matchedValues, type Reader } from "./evaluate.ts";
import { readerFor } from "./reader.ts";
import { foundRules, freeText, hasKernel } from "./sieve/memory.ts";
import type { SieveLayout, SieveProgram } from "./sieve/program.ts";
import { Sieve } from "./sieve/sieve.ts";
import type { Run } from "./slot.ts";
import { SourceIndex } from "./source-index.ts";
import { alternativesOf, fits, type KnownSource, keyFinder, knownSource } from "./sources.ts";
import { firstText } from "./text-bytes.ts";

export interface RuleMatch {
  readonly rule: SigmaRule;
  /**
   * Sigma field → the value that matched; under "keyword" the keywords found. Worked out when it is asked for: ask before a
   * reused event object is given its next event.
   */
  readonly matched: Record<string, string>;
  /** Value of any field of the event by its Sigma name, as this rule's log source means it: what correlations group by. */
  get(field: string): FieldValue | undefined;
}

export interface Matcher {
  /** Rules that are true of the event, in the order of the rule set. */
  match(event: SigmaEvent): RuleMatch[];
  /** How many rules could be true of events of this source: 0 means that decoding them for rules is wasted. */
  candidateCount(source: EventSource): number;
  /** Looks at recorded events before they are made; undefined where there is no WebAssembly. */
  readonly sieve: Sieve | undefined;
  /**
   * What the sieve needs for events of a source that have their values in the same cells. Undefined: match the next one and ask again.
   */
  program(source: EventSource, layout: SieveLayout): SieveProgram | undefined;
  /** The same as `match`, right after the sieve has found `count` rules that may be true of the event. */
  matchFound(event: SigmaEvent, program: SieveProgram, count: number): RuleMatch[];
}

/**
 * Compiles rules for streaming. The bucket of rules for a source of events is made when its first event comes.
 * @example
 * const matcher = compileMatcher(loadRules(sources), defaultTaxonomy);
 * for (const { rule, matched } of matcher.match(event)) console.log(rule.title, matched);
 */
export function compileMatcher(ruleSet: Pick<RuleSet, "rules">, taxonomy: Taxonomy): Matcher {
  const groups = groupBySource(ruleSet.rules, taxonomy);
  const order = new Map(ruleSet.rules.map((rule, index) => [rule, index]));
  const buckets = new SourceIndex<{ bucket: Bucket; known: KnownSource }>();
  /** One object for all events, one after the other. */
  const run: Run = { event: flatEvent({}, {}), generation: 0, free: firstText, firstCell: -1 };
  const begin = (event: SigmaEvent, free: number, firstCell: number) => {
    run.event = event;
    run.generation++;
    run.free = free;
    run.firstCell = firstCell;
  };

  const bucketFor = (source: EventSource) => {
    let found = buckets.get(source);
    if (found === undefined) {
      const known = knownSource(source);
      const bound = groups.flatMap((group) => bind(group, known, taxonomy));
      bound.sort((a, b) => order.get(a.rule)! - order.get(b.rule)!);
      found = { bucket: makeBucket(bound, known, taxonomy), known };
      buckets.set(source, found);
    }
    return found;
  };

  return {
    candidateCount: (source) => bucketFor(source).bucket.size,
    match: (event) => {
      const { bucket, known } = bucketFor(completeSource(event, taxonomy));
      if (bucket.size === 0) return [];
      begin(event, firstText, -1);
      return matchesOf(bucket.match(run), event, known, taxonomy);
    },
    sieve: hasKernel ? new Sieve() : undefined,
    program: (source, layout) => bucketFor(source).bucket.program(layout),
    matchFound: (event, program, count) => {
      const { bucket, known } = bucketFor(event.source);
      begin(event, freeText(), program.firstCell);
      return matchesOf(bucket.matchFound(run, foundRules, count), event, known, taxonomy);
    },
  };
}

function matchesOf(
  found: readonly BoundRule[],
  event: SigmaEvent,
  known: KnownSource,
  taxonomy: Taxonomy,
): RuleMatch[] {
  if (found.length === 0) return [];
  return found.map(({ rule, keysOf }) => new FoundRule(rule, readerFor(event, keysOf, known, taxonomy)));
}

/** A class: an object with a getter of its own would have a shape of its own, which outlives many events. */
class FoundRule implements RuleMatch {
  readonly rule: SigmaRule;
  private readonly reader: Reader;
  private values: Record<string, string> | undefined;

  constructor(rule: SigmaRule, reader: Reader) {
    this.rule = rule;
    this.reader = reader;
  }

  /** Who only counts never asks. */
  get matched(): Record<string, string> {
    this.values ??= matchedValues(this.rule.condition, this.reader);
    return this.values;
  }

  get(field: string): FieldValue | undefined {
    return this.reader.field(field);
  }
}

interface Group {
  readonly alternatives: readonly SourceAlternative[];
  readonly rules: SigmaRule[];
}

/** Thousands of rules share some hundred log sources. */
function groupBySource(rules: readonly SigmaRule[], taxonomy: Taxonomy): Group[] {
  const groups = new Map<string, Group>();
  for (const rule of rules) {
    const name = logSourceName(rule.logsource);
    let group = groups.get(name);
    if (group === undefined) {
      group = { alternatives: alternativesOf(rule.logsource, taxonomy), rules: [] };
      groups.set(name, group);
    }
    group.rules.push(rule);
  }
  return [...groups.values()];
}

function logSourceName({ product, category, service }: LogSource): string {
  return [product ?? "", category ?? "", service ?? ""].join("\n");
}

/** The group's rules bound to the first alternative that fits. */
function bind(group: Group, known: KnownSource, taxonomy: Taxonomy): BoundRule[] {
  const alternative = group.alternatives.find((each) => fits(each, known));
  if (alternative === undefined) return [];
  const keysOf = keyFinder(group.rules[0]!.logsource, alternative, known, taxonomy);
  return group.rules.map((rule) => ({ rule, alternative, keysOf }));
}

/** A Windows event whose source says no channel or id may still have them, or its provider, among its fields. */
export function completeSource(event: SigmaEvent, taxonomy: Taxonomy): EventSource {
  const { source } = event;
  if (source.channel !== undefined && source.eventId !== undefined) return source;
  if (source.product !== undefined && source.product.toLowerCase() !== "windows") return source;
  const channel = source.channel ?? channelOf(event, taxonomy);
  const eventId = source.eventId ?? numberAt(event, "winlog.event_id");
  if (channel === undefined && eventId === undefined) return source;
  return {
    ...source,
    ...(channel === undefined ? {} : { channel }),
    ...(eventId === undefined ? {} : { eventId }),
  };
}

function channelOf(event: SigmaEvent, taxonomy: Taxonomy): string | undefined {
  const channel = event.get("winlog.channel");
  if (typeof channel === "string" && channel !== "") return channel;
  const provider = event.get("winlog.provider_name");
  if (typeof provider !== "string") return undefined;
  const name = provider.toLowerCase();
  return Object.hasOwn(taxonomy.channelOfProvider, name) ? taxonomy.channelOfProvider[name] : undefined;
}

function numberAt(event: SigmaEvent, key: string): number | undefined {
  const value = event.get(key);
  const number = typeof value === "number" || typeof value === "string" ? Number(value) : Number.NaN;
  return Number.isInteger(number) ? number : undefined;
}
