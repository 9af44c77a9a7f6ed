import type { LineFormat } from "@firebreak/model/format";
import { type JournalEntry, readJournalEntry } from "../../linux/journald-entry.ts";

const dataset = "linux/journald-export";
const start = "__CURSOR=";
const maxLines = 2000;

/** The journal in systemd's Journal Export Format (systemd.io/JOURNAL_EXPORT_FORMATS): `journalctl -o export`, systemd-journal-remote. */
export const format = {
  kind: "line",
  name: dataset,
  title: "systemd journal in export format (journalctl -o export)",
  version: 1,
  notes:
    "Lines `FIELD=value` from `__CURSOR=` on up to the next one are an entry; `__REALTIME_TIMESTAMP` is µs, UTC. The message is read like a syslog message of its program.",
  sniff: (line) => (line.startsWith(start) ? 0.98 : 0),
  open: (context) => ({
    parse(record) {
      if (!record.startsWith(start)) return undefined;
      const entry = readFields(record);
      return entry.__REALTIME_TIMESTAMP === undefined
        ? { reject: "journal entry without a time" }
        : readJournalEntry(entry, dataset, context);
    },
    continues: (pending, line) => pending.startsWith(start) && !line.startsWith(start),
  }),
} satisfies LineFormat;

/** A value with a line feed or a control character stands below its bare name, behind its length in eight bytes. */
function readFields(record: string): JournalEntry {
  const entry: JournalEntry = Object.create(null);
  let binary = "";
  for (const line of record.split("\n", maxLines)) {
    const match = /^([A-Z_][A-Z0-9_]{0,63})=/.exec(line);
    if (match !== null) {
      entry[match[1]!] ??= line.slice(match[0].length);
      binary = "";
    } else if (/^[A-Z_][A-Z0-9_]{0,63}$/.test(line)) binary = line;
    else if (binary !== "")
      entry[binary] = entry[binary] === undefined ? line.slice(8) : `${entry[binary]}\n${line}`;
  }
  return entry;
}
