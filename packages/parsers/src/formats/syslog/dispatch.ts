import type { Fields } from "@firebreak/model/event";
import type { ParseContext } from "@firebreak/model/format";
import { addRelated } from "../../ecs/related.ts";
import { payloads } from "../../payloads.generated.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";
import { remembering } from "../../text/remember.ts";

interface Index {
  byProgram: Map<string, SyslogPayload[]>;
  byText: readonly SyslogPayload[];
}

let index: Index | undefined;
const none: readonly SyslogPayload[] = [];

/** Built on first use: the registry imports the payloads, which may import parts of this folder. */
function payloadIndex(): Index {
  if (index) return index;
  const byProgram = new Map<string, SyslogPayload[]>();
  for (const payload of payloads) {
    for (const program of payload.programs) {
      const list = byProgram.get(program);
      if (list) list.push(payload);
      else byProgram.set(program, [payload]);
    }
  }
  const all: readonly SyslogPayload[] = payloads;
  const byText = all.filter((payload) => payload.accepts !== undefined);
  byText.sort((a, b) => Number(a.fallback ?? false) - Number(b.fallback ?? false));
  index = { byProgram, byText };
  return index;
}

/** Payloads of a program: by its name, then by the part before "/" ("postfix/smtpd") or a trailing number or suffix. */
const payloadsOf = remembering((program): readonly SyslogPayload[] => {
  const { byProgram } = payloadIndex();
  const lower = program.toLowerCase();
  return (
    byProgram.get(lower) ??
    byProgram.get(lower.split("/")[0]!) ??
    byProgram.get(lower.split("/").at(-1)!) ??
    byProgram.get(lower.replace(/[@.#-].*$/, "")) ??
    none
  );
});

/** True when a product's payload knows the program, or the message by its text: whether it reads it is not yet said. */
export function isKnownMessage(program: string, message: string): boolean {
  if (program !== "" && payloadsOf(program) !== none) return true;
  return payloadIndex().byText.some((payload) => payload.fallback !== true && payload.accepts!(message));
}

/**
 * Finds the payload that reads a message: by program, then by text. `products` leaves out those that read any product's pairs: a
 * message without a syslog header is theirs only when nothing else wants it.
 */
export function readMessage(
  message: string,
  envelope: SyslogEnvelope,
  context: ParseContext,
  which: "all" | "products" = "all",
): PayloadDraft | undefined {
  if (envelope.program !== "") {
    for (const payload of payloadsOf(envelope.program)) {
      const draft = payload.parse(message, envelope, context);
      if (draft) return draft;
    }
  }
  for (const payload of payloadIndex().byText) {
    if (which === "products" && payload.fallback === true) break;
    if (!payload.accepts!(message)) continue;
    const draft = payload.parse(message, envelope, context);
    if (draft) return draft;
  }
  return undefined;
}

const repeatedPattern =
  /^(?:-{3} )?(?:last )?message repeated (\d{1,9}) times?(?::? ?\[ ?([\s\S]*?)\]?)?(?: -{3})?$/i;

/**
 * "message repeated 5 times: [ Failed password …]" (rsyslog) counts the message inside; "last message repeated 5 times"
 * (RFC 3164-era daemons) only says that the line before came again.
 */
export function readRepeated(message: string): { count: number; inner: string | undefined } | undefined {
  const first = message.charCodeAt(0) | 32;
  if (first !== 109 && first !== 108 && first !== 45) return undefined;
  const match = repeatedPattern.exec(message.trimEnd());
  if (!match) return undefined;
  return { count: Number(match[1]), inner: match[2] === undefined || match[2] === "" ? undefined : match[2] };
}

/** Adds a field where the payload has not set it. */
export function fill(fields: Fields, name: string, value: string | number | undefined): void {
  if (value !== undefined && value !== "" && fields[name] === undefined) fields[name] = value;
}

/** What every syslog event carries at the end. */
export function complete(fields: Fields): void {
  fields["event.kind"] ??= "event";
  addRelated(fields);
}
