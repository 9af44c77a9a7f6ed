import { compareText, getOrMake } from "@firebreak/model/collections";
import type { Finding } from "@firebreak/model/picture";
import { type Actor, actorsOf } from "./actors.ts";
import { type EventRow, refOf } from "./rows.ts";

/** Entities that a finding shows itself. */
const shownEntities = 200;

/** So many names below one domain, with so long a part of their own on average, are data that names carry, not sites. */
const carriers = [
  { names: 10, chars: 20 },
  { names: 5, chars: 40 },
];

interface Counted {
  actor: Actor;
  count: number;
}

/** Names that were made up to carry data become the one domain that they all end in. */
function rollUpDomains(counted: readonly Counted[]): Counted[] {
  const domains = counted.filter(({ actor }) => actor.type === "domain");
  if (domains.length < Math.min(...carriers.map(({ names }) => names))) return [...counted];
  const below = new Map<string, { names: number; chars: number }>();
  for (const { actor } of domains) {
    for (const parent of parentsOf(actor.value)) {
      const known = getOrMake(below, parent, () => ({ names: 0, chars: 0 }));
      known.names++;
      known.chars += actor.value.length - parent.length - 1;
    }
  }
  const carries = (parent: string) => {
    const { names, chars } = below.get(parent)!;
    return carriers.some((least) => names >= least.names && chars >= names * least.chars);
  };
  const rolled = new Map<string, Counted>();
  for (const one of counted) {
    const { actor, count } = one;
    const parent = actor.type === "domain" ? parentsOf(actor.value).find(carries) : undefined;
    const key = `${actor.type}\0${(parent ?? actor.value).toLowerCase()}\0${actor.role}`;
    const known = rolled.get(key);
    if (known) known.count += count;
    else rolled.set(key, parent === undefined ? { ...one } : { actor: { ...actor, value: parent }, count });
  }
  return [...rolled.values()];
}

/** "b.example.org" and "example.org" of "a.b.example.org": the longest first, of two labels at least. */
function parentsOf(name: string): string[] {
  const labels = name.split(".").slice(0, 127);
  return labels.slice(1, -1).map((_, i) => labels.slice(i + 1).join("."));
}

/** What a record of the surroundings is about itself. */
const keptRoles: ReadonlySet<Actor["role"]> = new Set(["host", "source"]);

/**
 * The entities of a finding's events with their roles, those named most often first.
 * @param surroundings references of events whose other ends, programs and files are only mentioned
 */
export function summariseActors(
  rows: readonly EventRow[],
  surroundings: ReadonlySet<string> = new Set(),
): Finding["entities"] {
  const counts = new Map<string, { actor: Actor; count: number }>();
  for (const row of rows) {
    const isParty = !surroundings.has(refOf(row));
    for (const told of actorsOf(row)) {
      const actor: Actor = isParty || keptRoles.has(told.role) ? told : { ...told, role: "mentioned" };
      // An address that is only mentioned says nothing when the same finding also names it in a role.
      const key = `${actor.type}\0${actor.value.toLowerCase()}\0${actor.role}`;
      const known = counts.get(key);
      if (known) known.count++;
      else counts.set(key, { actor, count: 1 });
    }
  }
  const roled = new Set(
    [...counts.values()]
      .filter(({ actor }) => actor.role !== "mentioned")
      .map(({ actor }) => `${actor.type}\0${actor.value}`),
  );
  return rollUpDomains([...counts.values()])
    .filter(({ actor }) => actor.role !== "mentioned" || !roled.has(`${actor.type}\0${actor.value}`))
    .sort(
      (a, b) =>
        b.count - a.count ||
        compareText(a.actor.type, b.actor.type) ||
        compareText(a.actor.value, b.actor.value),
    )
    .slice(0, shownEntities)
    .map(({ actor }) => ({ type: actor.type, value: actor.value, role: actor.role }));
}
