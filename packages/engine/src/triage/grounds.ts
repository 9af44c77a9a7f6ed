import { countOf } from "@firebreak/model/collections";
import type { Ground, GroundKind } from "@firebreak/model/triage";
import type { Alert } from "../alerts/alert.ts";
import { type EventRow, refOf } from "../findings/rows.ts";
import type { TriageScene } from "./context.ts";

/** Citations that a ground shows itself; the rest is counted. */
const shown = 20;

/** A ground on records of the logs, the first of them cited. Without any record there is none. */
export function observed(
  scene: Pick<TriageScene, "cite">,
  text: string,
  rows: readonly EventRow[],
  maxShown = shown,
): Ground[] {
  if (rows.length === 0) return [];
  // One record may speak for several parties; it is cited once.
  const cited = [...new Map(rows.map((row) => [refOf(row), row])).values()];
  return [
    {
      kind: "observation",
      text,
      events: cited.slice(0, maxShown).map(scene.cite),
      eventsOmitted: Math.max(0, cited.length - maxShown),
    },
  ];
}

/** A ground that stands on something else than records: the source says on what. */
export function stated(kind: Exclude<GroundKind, "observation">, text: string, source: string): Ground {
  return { kind, text, events: [], eventsOmitted: 0, source };
}

/** What the alert itself says, with the field that says it. */
export function fromAlert(alert: Alert, text: string, field: string | undefined): Ground {
  return stated("alert", text, field === undefined ? `alert ${alert.source}` : `alert field ${field}`);
}

/** A ground counts as a citation when a stranger can open what it stands on. */
export function isCited(ground: Ground): boolean {
  return ground.events.length > 0 || (ground.source !== undefined && ground.source !== "");
}

/** The first names of many, and how many more there are: "a, b and 3 more". */
export function firstNames(names: readonly unknown[], max: number): string {
  const more = names.length - max;
  return `${names.slice(0, max).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** The first grounds of many; the last of them says how many more there are. */
export function firstGrounds(grounds: readonly Ground[], max: number): Ground[] {
  const more = grounds.length - max;
  return grounds
    .slice(0, max)
    .map((ground, i) =>
      more > 0 && i === max - 1
        ? { ...ground, text: `${ground.text} (${countOf(more, "more ground")} not listed.)` }
        : ground,
    );
}
