import type { Fields } from "@firebreak/model/event";
import { addRelated } from "../ecs/related.ts";
import { noFields } from "../ecs/shape.ts";
import { levels } from "./codes.ts";
import { resolveReading } from "./ecs/catalogue.ts";
import { genericSteps } from "./ecs/generic.ts";
import type { EventReading } from "./ecs/reading.ts";
import { auditOutcome } from "./keywords.ts";

/** The System section of an event, as much of it as the format recorded. Numbers are numbers, everything else text. */
export interface WindowsSystem {
  eventId: number;
  provider?: string | undefined;
  providerGuid?: string | undefined;
  channel?: string | undefined;
  computer?: string | undefined;
  /** A number up to 2^53, beyond that its digits. */
  recordId?: number | string | undefined;
  version?: number | undefined;
  level?: number | undefined;
  /** The level's word where only a viewer's word was recorded. */
  levelName?: string | undefined;
  task?: number | string | undefined;
  opcode?: number | string | undefined;
  /** The mask as recorded ("0x8020000000000000") or a viewer's words ("Audit Failure"). */
  keywords?: string | undefined;
  processId?: number | undefined;
  threadId?: number | undefined;
  /** SID of the account the writing thread ran as. */
  userSid?: string | undefined;
  activityId?: string | undefined;
  relatedActivityId?: string | undefined;
}

/**
 * Winlogbeat's fields of the System section. The caller adds `winlog.event_data.*`, `winlog.user_data.*` and `message`, then
 * calls `normalise` with the same section.
 */
export function systemFields(system: WindowsSystem): Fields {
  const fields: Fields = { ...noFields, "event.kind": "event", "event.code": String(system.eventId) };
  if (system.provider) fields["event.provider"] = system.provider;
  if (system.computer) fields["host.name"] = system.computer;
  if (system.channel) fields["winlog.channel"] = system.channel;
  if (system.provider) fields["winlog.provider_name"] = system.provider;
  if (system.providerGuid) fields["winlog.provider_guid"] = system.providerGuid;
  fields["winlog.event_id"] = system.eventId;
  if (system.recordId !== undefined) fields["winlog.record_id"] = system.recordId;
  if (system.computer) fields["winlog.computer_name"] = system.computer;
  if (system.version) fields["winlog.version"] = system.version;
  if (system.level !== undefined) {
    fields["winlog.level"] = system.level;
    const name = levels.get(String(system.level));
    if (name !== undefined) fields["log.level"] = name;
  } else if (system.levelName) fields["log.level"] = system.levelName;
  if (system.task) fields["winlog.task"] = system.task;
  if (system.opcode) fields["winlog.opcode"] = system.opcode;
  if (system.keywords) fields["winlog.keywords"] = system.keywords;
  if (system.processId !== undefined) fields["winlog.process.pid"] = system.processId;
  if (system.threadId !== undefined) fields["winlog.process.thread.id"] = system.threadId;
  if (system.userSid) fields["winlog.user.identifier"] = system.userSid;
  if (system.activityId) fields["winlog.activity_id"] = system.activityId;
  if (system.relatedActivityId) fields["winlog.related_activity_id"] = system.relatedActivityId;
  return fields;
}

/** Adds the ECS fields that the event's provider and id give its data; marks the event where the provider is unknown. */
export function normalise(fields: Fields, system: WindowsSystem): void {
  const message = fields.message;
  const found = resolveReading(
    system.provider,
    system.channel,
    system.eventId,
    typeof message === "string" ? message : undefined,
  );
  if (found.reading !== undefined) applyReading(fields, found.reading, system);
  else applyGeneric(fields, system);
  if (found.readings !== undefined) {
    fields["firebreak.readings"] = found.readings;
    if (found.reading === undefined) fields["firebreak.ambiguous"] = true;
  }
  if (system.userSid !== undefined && fields["user.name"] === undefined && fields["user.id"] === undefined)
    fields["user.id"] = system.userSid;
  addRelated(fields);
}

/** Of an event without a reading its own words still tell the task, and its keywords the outcome. */
function applyGeneric(fields: Fields, system: WindowsSystem): void {
  for (const step of genericSteps) step(fields);
  const task = fields["winlog.task"];
  if (typeof task === "string" && !/^(?:\d+|None|\(\d+\))$/.test(task)) fields["event.action"] = task;
  const outcome = system.keywords === undefined ? undefined : auditOutcome(system.keywords);
  if (outcome !== undefined) fields["event.outcome"] = outcome;
}

function applyReading(fields: Fields, reading: EventReading, system: WindowsSystem): void {
  fields["event.action"] = reading.action;
  fields["event.category"] = reading.category;
  fields["event.type"] = reading.type;
  if (reading.kind !== undefined) fields["event.kind"] = reading.kind;
  if (reading.outcome !== undefined) fields["event.outcome"] = reading.outcome;
  else if (system.keywords !== undefined) {
    const outcome = auditOutcome(system.keywords);
    if (outcome !== undefined) fields["event.outcome"] = outcome;
  }
  const isNumbered = numberUnnamed(fields);
  const recorded = fields["winlog.event_data.Data"];
  if (reading.positions !== undefined && Array.isArray(recorded)) {
    const count = Math.min(reading.positions.length, recorded.length);
    for (let i = 0; i < count; i++) fields[`winlog.event_data.${reading.positions[i]}`] ??= recorded[i]!;
  }
  for (const step of reading.steps) step(fields);
  if (isNumbered) delete fields["winlog.event_data.Data"];
}

/** Winlogbeat names unnamed data param1, param2 …: readings find them as the list that the event itself has. */
function numberUnnamed(fields: Fields): boolean {
  if (fields["winlog.event_data.param1"] === undefined || fields["winlog.event_data.Data"] !== undefined)
    return false;
  const list: string[] = [];
  for (let i = 1; i <= 100; i++) {
    const value = fields[`winlog.event_data.param${i}`];
    if (value === undefined) break;
    list.push(String(value));
  }
  fields["winlog.event_data.Data"] = list;
  return true;
}
