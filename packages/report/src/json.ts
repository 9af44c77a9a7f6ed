import type { Picture } from "@firebreak/model/picture";

/** What JSON leaves as it is but a terminal or an editor may act on: DEL, C1 controls, invisible and bidirectional marks. */
const unsafe = /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/**
 * The picture as JSON: keys sorted, two spaces, one newline at the end, so that two reports can be compared line by line.
 * Values are exact: deceptive characters are written as \u escapes, which a parser turns back.
 */
export function renderJson(picture: Picture): string {
  const text = JSON.stringify(sorted(picture), null, 2);
  return `${text.replace(unsafe, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`)}\n`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const record = value as Record<string, unknown>;
  const copy: Record<string, unknown> = Object.create(null);
  for (const key of Object.keys(record).sort()) copy[key] = sorted(record[key]);
  return copy;
}
