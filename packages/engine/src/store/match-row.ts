import type { FieldValue, ParsedEvent } from "@firebreak/model/event";
import { bounded, maxCellChars } from "./row.ts";
import type { SegmentWriter } from "./segment.ts";

/** Longest value that correlations group by, where an event's values together are longer than a cell. */
const maxGroupChars = 4096;

/** Writes one rule match as a row in the order of `matchColumns`. */
export function writeMatch(
  segment: SegmentWriter,
  rule: number,
  evidence: string,
  event: ParsedEvent,
  groups: Record<string, FieldValue> | undefined,
): void {
  const out = segment.row;
  const { time, sub } = event;
  out.integer(rule);
  out.separator();
  out.cell(evidence);
  out.separator();
  out.integer(event.offset);
  out.separator();
  if (sub !== undefined) out.integer(sub);
  out.separator();
  if (time) out.integer(time.ms);
  out.separator();
  if (time) out.integer(time.ns);
  out.separator();
  if (groups !== undefined) out.text(groupsJson(groups));
  segment.endRow();
}

function groupsJson(groups: Record<string, FieldValue>): string {
  const json = JSON.stringify(groups);
  if (json.length <= maxCellChars) return json;
  return JSON.stringify(
    Object.fromEntries(
      Object.entries(groups).map(([name, value]) => [name, bounded([value].flat().join(" "), maxGroupChars)]),
    ),
  );
}
