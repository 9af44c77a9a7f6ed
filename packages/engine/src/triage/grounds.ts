import type { Ground, GroundKind } from "@firebreak/model/triage";
import type { Alert } from "../alerts/alert.ts";
import type { EventRow } from "../findings/rows.ts";
import type { TriageScene } from "./context.ts";

/** Citations that a ground shows itself; the rest is counted. */
const shown = 20;

/** A ground on records of the logs. Without any record there is none. */
export function observed(
  scene: Pick<TriageScene, "cite">,
  text: string,
  rows: readonly EventRow[],
): Ground[] {
  if (rows.length === 0) return [];
  return [
    {
      kind: "observation",
      text,
      events: rows.slice(0, shown).map(scene.cite),
      eventsOmitted: Math.max(0, rows.length - shown),
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
