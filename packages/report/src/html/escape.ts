import { elide } from "../clean.ts";

const special: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** For text and for quoted attribute values alike. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (c) => special[c]!);
}

/** Any text as HTML: cleaned, shortened to `max` with the full text in a tooltip, escaped. */
export function htmlText(raw: string, max = 2000): string {
  const { text, full } = elide(raw, max);
  return full === undefined
    ? escapeHtml(text)
    : `<span title="${escapeHtml(full)}">${escapeHtml(text)}</span>`;
}
