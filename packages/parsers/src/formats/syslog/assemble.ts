import type { EventDraft, Fields } from "@firebreak/model/event";
import type { ParseContext } from "@firebreak/model/format";
import type { EventTime } from "@firebreak/model/time";
import { cleanIp } from "../../ecs/ip.ts";
import { describeProse } from "../../infer/prose.ts";
import type { SyslogEnvelope } from "../../syslog-payload.ts";
import { numberAt } from "../../text/numbers.ts";
import { complete, readMessage, readRepeated } from "./dispatch.ts";
import { setPriority } from "./priority.ts";

/** What both envelopes know of a line. */
export interface Envelope {
  readonly dataset: string;
  readonly priority: number;
  readonly time: EventTime | undefined;
  readonly host: string | undefined;
  readonly program: string;
  readonly pid: string;
  readonly level: string | undefined;
  readonly message: string;
  /** The message with what stands before it in RFC 5424 (MSGID and structured data), for products that put all there. */
  readonly structured?: string;
  /** Host that passed the message on, when a second header stood inside. */
  readonly relay?: string | undefined;
}

/** Hands the message to its payload and puts the envelope's fields beside what the payload read. */
export function assemble(recorded: Envelope, context: ParseContext): EventDraft {
  const envelope = withoutUnixPrefix(recorded);
  const asked: SyslogEnvelope = { program: envelope.program, host: envelope.host, time: envelope.time };
  const repeated = readRepeated(envelope.message);
  const message = repeated?.inner ?? envelope.message;
  let payload = repeated && repeated.inner === undefined ? undefined : readMessage(message, asked, context);
  if (!payload && envelope.structured !== undefined)
    payload = readMessage(envelope.structured, asked, context);
  const fields: Fields = payload ? payload.fields : {};
  if (repeated) {
    fields["firebreak.repeat_count"] = repeated.count;
    if (repeated.inner === undefined) fields["event.action"] = "message-repeated";
  }
  addEnvelope(fields, envelope);
  if (!payload && typeof fields.message === "string") describeProse(fields, fields.message);
  complete(fields);
  const time = betterTime(payload?.time, envelope.time);
  const dataset = payload?.dataset ?? envelope.dataset;
  return time ? { dataset, time, fields } : { dataset, fields };
}

/** AIX puts facility and severity before the tag: "auth|security:info sshd[7209]: …". */
const aixTag =
  /^[a-z][a-z0-9|]{2,40}:(emerg|alert|crit|err|warn|warning|notice|info|debug) ([\w./-]{1,64})(?:\[(\d{1,10})\])?: /;
/** Solaris puts number, facility and severity before the message: "[ID 800047 auth.info] …". */
const solarisId = /^\[ID \d{1,10} [a-z0-9]{2,20}\.([a-z]{3,10})\] /;

/** The message of an AIX or Solaris host without what its syslog daemon puts before it. */
function withoutUnixPrefix(envelope: Envelope): Envelope {
  const { message } = envelope;
  if (message.startsWith("[ID ")) {
    const match = solarisId.exec(message);
    if (match !== null) return { ...envelope, level: match[1], message: message.slice(match[0].length) };
  } else if (envelope.program === "") {
    const match = aixTag.exec(message);
    if (match !== null)
      return {
        ...envelope,
        level: match[1],
        program: match[2]!,
        pid: match[3] ?? "",
        message: message.slice(match[0].length),
      };
  }
  return envelope;
}

function addEnvelope(fields: Fields, envelope: Envelope): void {
  if (fields.message === undefined) {
    const text = envelope.message === "" ? envelope.structured : envelope.message;
    if (text !== undefined) fields.message = text;
  }
  if (envelope.host !== undefined && fields["host.name"] === undefined) {
    fields["host.name"] = envelope.host;
    const ip = cleanIp(envelope.host);
    if (ip !== undefined) fields["host.ip"] = [ip];
  }
  if (envelope.program !== "") {
    fields["process.name"] ??= envelope.program;
    fields["log.syslog.appname"] = envelope.program;
    const pid = pidOf(envelope.pid);
    if (pid !== undefined) fields["process.pid"] ??= pid;
  }
  if (envelope.level !== undefined && envelope.level !== "") fields["log.level"] ??= envelope.level;
  if (envelope.priority >= 0) setPriority(fields, envelope.priority);
  if (envelope.relay !== undefined && envelope.relay !== "")
    fields["firebreak.syslog.relay"] ??= envelope.relay;
}

function pidOf(text: string): number | undefined {
  if (text === "") return undefined;
  const digits = numberAt(text, 0, text.length);
  const pid = digits < 0 ? Number(text) : digits;
  return Number.isInteger(pid) && pid >= 0 && pid <= 0xffffffff ? pid : undefined;
}

/** Offsets of zones are multiples of a quarter of an hour; a message is on its way for less than this. */
const quarterMs = 15 * 60_000;
const onTheWayMs = 90_000;
const farthestZoneMs = 14 * 3_600_000 + onTheWayMs;

/**
 * The message's own time is the event's. Where it states no zone, and the envelope states one and means the same moment (the two differ by
 * what zones differ by, and the way), the difference is the zone of the message's time.
 */
function betterTime(own: EventTime | undefined, envelope: EventTime | undefined): EventTime | undefined {
  if (own === undefined || envelope === undefined) return own ?? envelope;
  if (own.zoneSource !== "assumed" || envelope.zoneSource !== "in-record") return own;
  const apart = own.ms - envelope.ms;
  const offset = Math.round(apart / quarterMs) * quarterMs;
  if (Math.abs(apart) > farthestZoneMs || Math.abs(apart - offset) > onTheWayMs) return own;
  return { ...own, ms: own.ms - offset, zone: zoneName(offset), zoneSource: "inferred" };
}

/** 3,600,000 → "+01:00". */
function zoneName(offsetMs: number): string {
  const minutes = Math.abs(offsetMs) / 60_000;
  const two = (number: number) => String(number).padStart(2, "0");
  return `${offsetMs < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
