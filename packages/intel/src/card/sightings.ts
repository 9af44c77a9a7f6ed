import { countOf } from "@firebreak/model/collections";
import type { Reason, Sightings } from "./card.ts";

/** What the logs say, as a step of the reasoning. Being seen says nothing about badness: it weighs nothing. */
export function sightingReason(sightings: Sightings | undefined): Reason[] {
  if (sightings === undefined) return [];
  const { count, first, last, undated, hosts } = sightings;
  const span = first === null ? "none of them dated" : `first ${first}, last ${last}`;
  const without = undated > 0 && first !== null ? `, ${undated} without a usable time` : "";
  const on =
    hosts.length > 0
      ? ` on ${hosts.slice(0, 5).join(", ")}${hosts.length > 5 ? ` and ${hosts.length - 5} more` : ""}`
      : "";
  return [
    {
      text:
        count === 0
          ? `Our logs hold no record of it (${sightings.coverage}).`
          : `Our logs hold ${countOf(count, "record")} of it${on}: ${span}${without}. That is observation.`,
      weight: 0,
      provider: null,
      evidence: null,
      events: sightings.events,
    },
  ];
}
