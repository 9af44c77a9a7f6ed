import type { EventDraft, Fields } from "@firebreak/model/event";
import type { ParseContext } from "@firebreak/model/format";
import { rawField } from "../ecs/raw.ts";
import { assemble } from "../formats/syslog/assemble.ts";
import { integerOf } from "../text/numbers.ts";

/** Fields of one journal entry by name: text, an array of bytes, or an array of values. */
export type JournalEntry = Record<string, unknown>;

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

/**
 * An entry's message, read like a syslog message of its program, with the trusted fields beside it. `dataset` where no payload reads it.
 */
export function readJournalEntry(entry: JournalEntry, dataset: string, context: ParseContext): EventDraft {
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

function addFields(fields: Fields, entry: JournalEntry): void {
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
