import type { Fields } from "@firebreak/model/event";
import type { ParseContext } from "@firebreak/model/format";
import type { EventTime } from "@firebreak/model/time";

/** What the syslog envelope (RFC 3164 or 5424) knows before the message is read. */
export interface SyslogEnvelope {
  /** APP-NAME or TAG without the pid, "" when there is none. */
  readonly program: string;
  readonly host: string | undefined;
  readonly time: EventTime | undefined;
}

export interface PayloadDraft {
  /** Finer `event.dataset`: "linux/sshd". */
  dataset: string;
  /** Added to the envelope's fields; same keys win over the envelope's. */
  fields: Fields;
  /** Only when the message holds a better time than the envelope (zone, year). */
  time?: EventTime;
}

/** A message format that arrives inside syslog: one file each in `payloads/`. */
export interface SyslogPayload {
  /** Stable name, also the dataset: "linux/sshd". */
  readonly name: string;
  readonly title: string;
  /** Programs (lower case) whose messages this reads; empty when `accepts` alone decides. */
  readonly programs: readonly string[];
  /** True for a payload without a product: it is asked when every other one has declined. */
  readonly fallback?: boolean;
  /** For messages known by their text ("%ASA-", "CEF:0|"). Cheap. */
  accepts?(message: string): boolean;
  /** undefined: not mine after all; the message stays a plain syslog event. */
  parse(message: string, envelope: SyslogEnvelope, context: ParseContext): PayloadDraft | undefined;
}
