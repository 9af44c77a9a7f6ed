import { readFileSync } from "node:fs";
import { join } from "node:path";
import { getOrMake } from "@firebreak/model/collections";
import type { EventDraft, FieldValue } from "@firebreak/model/event";
import type { EventSource } from "@firebreak/sigma";
import { parse as parseYaml } from "yaml";
import { contentDir } from "../content.ts";

/** A row of content/mappings/datasets.yml. */
export interface FacetRow {
  dataset: string | string[];
  when?: Record<string, FieldValue>;
  product?: string;
  service?: string;
  categories?: string[];
}

interface Choice {
  /** Field, and the values of which one must be present; lower case. */
  when: [string, Set<string>][];
  source: EventSource;
}

/** Tells which Sigma log source an event is, from content/mappings/datasets.yml: the first row that fits decides. */
export type FacetsOf = (event: EventDraft) => EventSource;

/** The rows in order: the first that fits an event decides. */
export function facetRows(): FacetRow[] {
  const file = join(contentDir, "mappings", "datasets.yml");
  return (parseYaml(readFileSync(file, "utf8")) as { datasets: FacetRow[] }).datasets;
}

export function loadFacets(): FacetsOf {
  const rows = facetRows().map((row) => ({ row, patterns: [row.dataset].flat().map(patternOf) }));
  const choices = new Map<string, Choice[]>();
  const withChannel = new Map<EventSource, ByChannel>();

  function choicesFor(dataset: string): Choice[] {
    let known = choices.get(dataset);
    if (!known) {
      const fitting = rows.filter(({ patterns }) => patterns.some((pattern) => pattern.test(dataset)));
      known = fitting.map(({ row }) => choiceOf(row));
      choices.set(dataset, known);
    }
    return known;
  }

  return (event) => {
    const source = firstThatFits(choicesFor(event.dataset), event)?.source ?? unknownSource;
    const channel = event.fields["winlog.channel"];
    if (typeof channel !== "string") return source;
    return channelSource(withChannel, source, channel, event.fields["winlog.event_id"]);
  };
}

function firstThatFits(choices: readonly Choice[], { fields }: EventDraft): Choice | undefined {
  for (const choice of choices) {
    const { when } = choice;
    if (when.every(([field, values]) => holds(fields[field], values))) return choice;
  }
  return undefined;
}

const unknownSource: EventSource = {};
/** Bounds on what is remembered: channels and ids come from evidence. */
const maxChannels = 1000;
const maxEventIds = 5000;

type ByChannel = Map<string, Map<FieldValue | undefined, EventSource>>;

/** One object per distinct source, so that the matcher can keep its buckets by identity. */
function channelSource(
  known: Map<EventSource, ByChannel>,
  source: EventSource,
  channel: string,
  eventId: FieldValue | undefined,
): EventSource {
  const byChannel = getOrMake(known, source, (): ByChannel => new Map());
  if (byChannel.size > maxChannels) byChannel.clear();
  const byId = getOrMake(byChannel, channel, () => new Map<FieldValue | undefined, EventSource>());
  const id = typeof eventId === "number" ? eventId : undefined;
  let made = byId.get(id);
  if (!made) {
    made = id === undefined ? { ...source, channel } : { ...source, channel, eventId: id };
    if (byId.size > maxEventIds) byId.clear();
    byId.set(id, made);
  }
  return made;
}

function patternOf(glob: string): RegExp {
  const escaped = glob.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${escaped.join(".*")}$`);
}

function choiceOf(row: FacetRow): Choice {
  const when = Object.entries(row.when ?? {}).map(([field, value]): [string, Set<string>] => [
    field,
    new Set([value].flat().map((item) => String(item).toLowerCase())),
  ]);
  return { when, source: sourceOfRow(row) };
}

export function sourceOfRow(row: Omit<FacetRow, "dataset">): EventSource {
  return {
    ...(row.product && { product: row.product }),
    ...(row.service && { service: row.service }),
    ...(row.categories && { categories: row.categories }),
  };
}

function holds(value: FieldValue | undefined, wanted: Set<string>): boolean {
  if (value === undefined) return false;
  if (typeof value !== "object") return wanted.has(String(value).toLowerCase());
  return value.some((item) => wanted.has(String(item).toLowerCase()));
}
