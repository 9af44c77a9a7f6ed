import type { EventDraft, Fields } from "@firebreak/model/event";
import type { ParseContext, ZoneHint } from "@firebreak/model/format";
import { civilToMs, type EventTime } from "@firebreak/model/time";
import { isAbsent } from "../../text/absent.ts";
import { dataKey, maxData, putData } from "../data.ts";
import { resolveReading } from "../ecs/catalogue.ts";
import { setAccount } from "../ecs/steps.ts";
import { putMessageData } from "../message.ts";
import { normalise, systemFields, type WindowsSystem } from "../record.ts";
import { utcInstant } from "../utc-time.ts";
import { civilOf, readDateParts } from "./local-time.ts";
import type { TimeReading } from "./time-evidence.ts";

/** One event as an export shows it: some of the System section, the rendered message, perhaps the data. */
export interface ExportedEvent {
  readonly system: WindowsSystem;
  readonly time?: string | undefined;
  readonly message?: string | undefined;
  /** Event data by recorded name. */
  readonly data?: readonly (readonly [name: string, value: string])[];
  readonly unnamed?: readonly string[] | undefined;
  /** The "User" of a viewer, `DOMAIN\name`. */
  readonly user?: string | undefined;
  /** Columns that are neither. */
  readonly raw?: readonly (readonly [name: string, value: string])[];
}

/** The event with Winlogbeat's and ECS fields. The data come from the message where the export has no others. */
export function exportedFields(event: ExportedEvent): Fields {
  const { system, message } = event;
  const found = resolveReading(system.provider, system.channel, system.eventId, message);
  const channels = found.provider?.channels ?? [];
  // Event Viewer's CSV leaves the log out; where the provider writes to one log only, that is it.
  const isChannelInferred =
    system.channel === undefined && found.reading !== undefined && channels.length === 1;
  if (isChannelInferred) system.channel = channels[0];
  const fields = systemFields(system);
  if (isChannelInferred) fields["firebreak.inferred"] = ["winlog.channel"];
  if (message !== undefined && message !== "") fields.message = message;
  const isUserData = found.reading?.userData === true;
  const hasData = (event.data?.length ?? 0) > 0 || (event.unnamed?.length ?? 0) > 0;
  if (event.data !== undefined) putAll(fields, isUserData, event.data);
  if (event.unnamed !== undefined && event.unnamed.length > 0)
    fields["winlog.event_data.Data"] = [...event.unnamed];
  if (!hasData && message !== undefined) putMessageData(fields, system.eventId, message, isUserData);
  for (const [name, value] of event.raw ?? []) fields[`firebreak.raw.${name.slice(0, 128)}`] = value;
  normalise(fields, system);
  const user = event.user?.trim();
  if (
    user !== undefined &&
    !isAbsent(user) &&
    user !== "NOT_TRANSLATED" &&
    fields["user.name"] === undefined &&
    user.length < 512
  ) {
    setAccount(fields, "user", user);
  }
  return fields;
}

function putAll(fields: Fields, isUserData: boolean, data: NonNullable<ExportedEvent["data"]>): void {
  const prefix = isUserData ? "winlog.user_data." : "winlog.event_data.";
  for (const [i, [name, value]] of data.entries()) {
    if (i >= maxData) {
      fields["firebreak.truncated"] = true;
      return;
    }
    putData(fields, dataKey(prefix, name), value);
  }
}

/** A time that an export prints: with its zone, or in the local time of the machine that exported it. */
export function exportedTime(
  recorded: string,
  context: ParseContext,
  reading: TimeReading | undefined,
  zoneless?: ZoneHint,
): EventTime | undefined {
  const text = recorded.trim();
  if (text === "") return undefined;
  if (/^\d{4}-\d\d-\d\dT/.test(text) && text.endsWith("Z")) return utcInstant(context.time, text);
  const parts = readDateParts(text);
  if (parts === undefined) return context.time.iso(text, zoneless);
  if (reading === undefined) return context.time.iso(text, zoneless) ?? undefined;
  const civil = civilOf(parts, reading.order);
  const wallMs = civilToMs(civil);
  const hint = zoneless ?? (wallMs === undefined ? undefined : reading.zoneAt(wallMs));
  const time = context.time.local(civil, recorded, hint);
  if (time === undefined || !reading.isOrderGuessed) return time;
  // Equal numbers read the same either way.
  return parts.first === parts.second || parts.first > 12 || parts.second > 12
    ? time
    : { ...time, dayMonthAmbiguous: true };
}

export function draftOf(dataset: string, time: EventTime | undefined, fields: Fields): EventDraft {
  return time === undefined ? { dataset, fields } : { dataset, time, fields };
}
