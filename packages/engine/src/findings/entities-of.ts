import { compareText } from "@firebreak/model/collections";
import type { Finding } from "@firebreak/model/picture";
import { type Actor, actorsOf } from "./actors.ts";
import type { EventRow } from "./rows.ts";

/** Entities that a finding shows itself. */
const shownEntities = 200;

/** The entities of a finding's events with their roles, those named most often first. */
export function summariseActors(rows: readonly EventRow[]): Finding["entities"] {
  const counts = new Map<string, { actor: Actor; count: number }>();
  for (const row of rows) {
    for (const actor of actorsOf(row)) {
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
  return [...counts.values()]
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
