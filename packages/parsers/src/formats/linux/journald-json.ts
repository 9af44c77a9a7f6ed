import type { LineFormat } from "@firebreak/model/format";
import { type JournalEntry, readJournalEntry } from "../../linux/journald-entry.ts";

const dataset = "linux/journald-json";

export const format = {
  kind: "line",
  name: dataset,
  title: "systemd journal as JSON (journalctl -o json)",
  version: 1,
  notes:
    "One object a line with `__REALTIME_TIMESTAMP` (µs, UTC). MESSAGE may be text, an array of bytes or null; it is read like a syslog message of its program.",
  sniff: (line) => (line.charCodeAt(0) === 123 && line.includes('"__REALTIME_TIMESTAMP"') ? 0.98 : 0),
  open: (context) => ({
    parse(record) {
      if (record.charCodeAt(0) !== 123 || !record.includes('"__REALTIME_TIMESTAMP"')) return undefined;
      const entry = parseObject(record);
      return entry ? readJournalEntry(entry, dataset, context) : { reject: "broken JSON" };
    },
  }),
} satisfies LineFormat;

function parseObject(text: string): JournalEntry | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as JournalEntry)
      : undefined;
  } catch {
    return undefined;
  }
}
