import type { EventDraft } from "@firebreak/model/event";
import type { LineFormat } from "@firebreak/model/format";
import { addRelated } from "../ecs/related.ts";
import { looksLikeStamp } from "../formats/syslog/stamp.ts";
import type { SyslogPayload } from "../syslog-payload.ts";

/** A payload that is known by its text alone, so that it can also stand in a file without any syslog header. */
export type TextPayload = SyslogPayload & Required<Pick<SyslogPayload, "accepts">>;

interface BareOptions {
  notes: string;
  /** Vote for a line that the payload accepts. Default 0.95. */
  vote?: number;
}

/**
 * True for a line without a syslog envelope. What begins with a priority or a stamp has one, whose host and time must not be lost; a
 * JSON object carries the message of a shipper, whose quotes are escaped.
 */
export function isBare(line: string): boolean {
  return (
    line.charCodeAt(0) !== 60 &&
    line.charCodeAt(0) !== 123 &&
    !looksLikeStamp(line, 0) &&
    !/^\d{4}-\d\d-\d\d[T ]/.test(line)
  );
}

/** The line format of a product whose messages also come bare: same name, same reader, no envelope. */
export function bareFormat(payload: TextPayload, options: BareOptions): LineFormat {
  const vote = options.vote ?? 0.95;
  return {
    kind: "line",
    name: payload.name,
    title: payload.title,
    version: 1,
    notes: options.notes,
    sniff: (line) => (isBare(line) && payload.accepts(line) ? vote : 0),
    open: (context) => ({
      parse(record): EventDraft | undefined {
        if (!isBare(record) || !payload.accepts(record)) return undefined;
        const draft = payload.parse(record, { program: "", host: undefined, time: undefined }, context);
        if (!draft) return undefined;
        const fields = draft.fields;
        fields.message ??= record.trimEnd();
        fields["event.kind"] ??= "event";
        addRelated(fields);
        return draft;
      },
    }),
  };
}
