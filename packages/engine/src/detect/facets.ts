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
  const withChannel = new Map<EventSource, Map<string, EventSource>>();

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
    const choice = choicesFor(event.dataset).find(({ when }) =>
      when.every(([field, values]) => holds(event.fields[field], values)),
    );
    const source = choice?.source ?? unknownSource;
    const channel = event.fields["winlog.channel"];
    if (typeof channel !== "string") return source;
    return channelSource(withChannel, source, channel, event.fields["winlog.event_id"]);
  };
}

const unknownSource: EventSource = {};

/** One object per distinct source, so that the matcher can keep its buckets by identity. */
function channelSource(
  known: Map<EventSource, Map<string, EventSource>>,
  source: EventSource,
  channel: string,
  eventId: FieldValue | undefined,
): EventSource {
  const byChannel = getOrMake(known, source, () => new Map<string, EventSource>());
  const key = `${eventId}\0${channel}`;
  let made = byChannel.get(key);
  if (!made) {
    made = typeof eventId === "number" ? { ...source, channel, eventId } : { ...source, channel };
    if (byChannel.size > 50_000) byChannel.clear();
    byChannel.set(key, made);
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
