import type { EventDraft, Fields } from "@firebreak/model/event";
import type { LineFormat, ParseContext } from "@firebreak/model/format";
import { rawField } from "../../ecs/raw.ts";
import { integerOf } from "../../text/numbers.ts";
import { assemble } from "../syslog/assemble.ts";

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
      return entry ? readEntry(entry, context) : { reject: "broken JSON" };
    },
  }),
} satisfies LineFormat;

type Entry = Record<string, unknown>;

function parseObject(text: string): Entry | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Entry)
      : undefined;
  } catch {
    return undefined;
  }
}

/** A field's text: a string, an array of bytes when it is no UTF-8, an array of values when it was set several times. */
function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (!Array.isArray(value) || value.length === 0) return undefined;
  if (typeof value[0] === "number") return Buffer.from(value as number[]).toString("utf8");
  return textOf(value[0]);
}

/** Trusted fields (systemd.journal-fields(7)) with an ECS home. */
const known: Record<string, string> = {
  _HOSTNAME: "host.name",
  _MACHINE_ID: "host.id",
  _EXE: "process.executable",
  _CMDLINE: "process.command_line",
  _UID: "user.id",
  _GID: "group.id",
  _SYSTEMD_UNIT: "service.name",
  MESSAGE_ID: "event.code",
};
const unused = new Set([
  "__CURSOR",
  "__MONOTONIC_TIMESTAMP",
  "__REALTIME_TIMESTAMP",
  "MESSAGE",
  "PRIORITY",
  "SYSLOG_FACILITY",
  "SYSLOG_IDENTIFIER",
  "SYSLOG_PID",
  "_PID",
  "__SEQNUM",
  "__SEQNUM_ID",
]);

function readEntry(entry: Entry, context: ParseContext): EventDraft {
  const message = textOf(entry.MESSAGE) ?? "";
  const program = textOf(entry.SYSLOG_IDENTIFIER) ?? textOf(entry._COMM) ?? "";
  const severity = Number(textOf(entry.PRIORITY) ?? Number.NaN);
  const facility = Number(textOf(entry.SYSLOG_FACILITY) ?? 3);
  const isPriority =
    Number.isInteger(severity) && severity >= 0 && severity < 8 && facility >= 0 && facility < 24;
  const time = readTime(textOf(entry.__REALTIME_TIMESTAMP), context);
  const draft = assemble(
    {
      dataset,
      priority: isPriority ? facility * 8 + severity : -1,
      time,
      host: textOf(entry._HOSTNAME),
      program,
      pid: textOf(entry._PID) ?? textOf(entry.SYSLOG_PID) ?? "",
      level: undefined,
      message: message.trimEnd(),
    },
    context,
  );
  addFields(draft.fields, entry);
  return time ? { ...draft, time } : draft;
}

function addFields(fields: Fields, entry: Entry): void {
  let count = 0;
  // The trusted ids are the writer's: where the message names a user, they are not that user's.
  const named = fields["user.name"] !== undefined || fields["source.ip"] !== undefined;
  for (const name of Object.keys(entry)) {
    if (unused.has(name)) continue;
    const value = textOf(entry[name]);
    if (value === undefined || value === "" || count++ > 200) continue;
    const target = Object.hasOwn(known, name) ? known[name]! : undefined;
    if (target === undefined || (named && (target === "user.id" || target === "group.id")))
      fields[rawField(name)] = value;
    // What the message says of user and process is about the event; the trusted fields are about the writer.
    else if (fields[target] === undefined) fields[target] = value;
    else if (fields[target] !== value) fields[rawField(name)] = value;
  }
}

function readTime(recorded: string | undefined, context: ParseContext) {
  const micros = recorded === undefined ? undefined : integerOf(recorded);
  if (typeof micros !== "number") return undefined;
  return context.time.instant(Math.floor(micros / 1000), (micros % 1000) * 1000, recorded!);
}
