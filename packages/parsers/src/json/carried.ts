import type { EventDraft, Fields } from "@firebreak/model/event";
import type { ByteSource, DocumentFormat, Head, LineFormat, ParseContext } from "@firebreak/model/format";
import { format as messageOnly } from "../formats/syslog/message-only.ts";
import { formats } from "../formats.generated.ts";
import { LineRouter } from "../route.ts";
import { isJsonObject, type JsonObject } from "./parse.ts";

/** Keys under which shippers put the line that they carry, the most faithful first. */
const carriers: readonly (readonly string[])[] = [
  ["event", "original"],
  ["event.original"],
  ["log", "original"],
  ["message"],
  ["_raw"],
  ["raw"],
  ["raw_log"],
  ["rawLog"],
  ["raw_event"],
  ["textPayload"],
  ["line"],
];

/**
 * What shippers (Beats, Logstash, Fluent Bit, Vector, Splunk and GELF exports, Cloud Logging) write beside a carried line: where it came
 * from, never what it says. With any other key the object is an event of its own and its message is its text.
 */
const shipperKey =
  /^(?:@timestamp|@version|@metadata|_\w+|agent|beat|ecs(?:\.version)?|host|hostname|log|input|prospector|offset|source|path|file|filename|tags?|fields|type|event(?:\.\w+)?|cloud|container|kubernetes|docker|data_stream|stream|port|time|timestamp|date|facility|severity|priority|pri|fields\.\w+|labels|index|sourcetype|host\.\w+|log\.[\w.]+|agent\.\w+|input\.type|cluster|node|observer|service|ingest\w*|received\w*|insertId|logName|resource|receiveTimestamp|level|version|short_message|process|organization)$/;

/** Nesting that a carried record may have: a shipper in a shipper in a shipper. */
export const maxCarriedDepth = 3;
const maxCarriedChars = 1 << 20;

/** The line that a shipper's object carries; undefined when the object is an event of its own. */
export function carriedText(record: JsonObject): string | undefined {
  let text: string | undefined;
  let taken = "";
  for (const path of carriers) {
    let value = record[path[0]!];
    if (path.length > 1) value = isJsonObject(value) ? value[path[1]!] : undefined;
    if (typeof value !== "string" || value.length < 8 || value.length > maxCarriedChars) continue;
    text = value;
    taken = path[0]!;
    break;
  }
  if (text === undefined) return undefined;
  for (const key in record) {
    if (key !== taken && key !== "message" && !shipperKey.test(key)) return undefined;
  }
  return text;
}

/**
 * What the first characters of a log's line are: a digit, a bracket or a sign, the name of a day, month or level, a key with its mark,
 * a bracketed date further on. Prose, which most carried messages are, begins otherwise and is not put before every format.
 */
const recordStart =
  /^\s*(?:[^A-Za-z\s]|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|TRACE|DEBUG|INFO|NOTICE|WARN|ERROR|FATAL|CRIT)[a-zA-Z]{0,8}[\s,:[\]]|[\w.@/-]{1,60}(?:=|[:|]\S|: |\[|\t|, \[|#)|[A-Za-z][\w.-]{0,252} (?:\S{1,64} ){1,4}\[\d|Started [A-Z]{3,7} "|[a-z]{2,9} +\d{4}-\d\d-\d\d|Incoming +\d{4}-|tls \d\.\d \d{4}-|[a-z]{3,9} [\w./-]{1,60}\[\d{1,10}\]: |[A-Za-z\u00c0-\u024f]{3,10}\.? {1,2}\d{1,2} \d\d:\d\d:\d\d |[\w.-]{1,60} *\| \S|(?:Built|Teardown|Deny|Denied|Accessed) [A-Za-z])/;

/** Reads carried lines with every line format; what only a generic format would take is left to the envelope's own reading. */
export class CarriedLines {
  readonly #context: ParseContext;
  #router: LineRouter | undefined;

  constructor(context: ParseContext) {
    this.#context = context;
  }

  read(text: string): readonly EventDraft[] | undefined {
    if (!recordStart.test(text.slice(0, 400)) && messageOnly.sniff(text) === 0) return undefined;
    const line = text.replace(/[\r\n]+$/, "");
    this.#router ??= new LineRouter(lineFormats(), headOf(line, this.#context), this.#context);
    const result = this.#router.parse(line);
    if (result === undefined) return this.#document(line);
    if ("skip" in result || "reject" in result) return undefined;
    const drafts: readonly EventDraft[] = Array.isArray(result) ? result : [result as EventDraft];
    return drafts.some((draft) => !isGeneric(draft.dataset)) ? drafts : this.#document(line);
  }

  /** Windows' own text logs are read as wholes; a line of one that begins with its date is a whole of one record. */
  #document(line: string): readonly EventDraft[] | undefined {
    if (!/^\d{1,8}[/. -]/.test(line)) return undefined;
    const head = headOf(line, this.#context);
    const format = documentFormats().find((one) => one.sniff(head) >= 0.9);
    if (format === undefined) return undefined;
    const bytes = new TextEncoder().encode(line);
    const source: ByteSource = {
      size: bytes.length,
      read: (offset, length) => bytes.subarray(offset, offset + length),
    };
    const drafts: EventDraft[] = [];
    const ignore = () => {};
    format.parse(source, this.#context, {
      event: ({ dataset, time, fields }) =>
        drafts.push(time ? { dataset, time, fields } : { dataset, fields }),
      reject: ignore,
      skip: ignore,
      note: ignore,
    });
    return drafts.length > 0 ? drafts : undefined;
  }
}

function isGeneric(dataset: string): boolean {
  return dataset.startsWith("generic/") && dataset !== "generic/ecs";
}

let lines: readonly LineFormat[] | undefined;

/** Read on first use: the registry imports the formats, one of which imports this file. JSON is the caller's own. */
function lineFormats(): readonly LineFormat[] {
  lines ??= formats.filter(
    (format): format is LineFormat => format.kind === "line" && format.name !== "generic/json-lines",
  );
  return lines;
}

let documents: readonly DocumentFormat[] | undefined;

function documentFormats(): readonly DocumentFormat[] {
  documents ??= formats.filter(
    (format): format is DocumentFormat => format.kind === "document" && format.name === "windows/dns-debug",
  );
  return documents;
}

function headOf(line: string, context: ParseContext): Head {
  return { bytes: new Uint8Array(0), text: line, lines: line.split("\n", 200), fileName: context.fileName };
}

/** Adds the envelope's fields to the carried event. A document that its pipeline has classified already keeps its own reading. */
export function mergeEnvelope(inner: EventDraft, envelope: EventDraft): EventDraft {
  const isProcessed =
    envelope.fields["event.category"] !== undefined || envelope.fields["event.action"] !== undefined;
  const fields: Fields = isProcessed
    ? { ...inner.fields, ...envelope.fields }
    : { ...envelope.fields, ...inner.fields };
  const time = isProcessed ? (envelope.time ?? inner.time) : (inner.time ?? envelope.time);
  return time ? { dataset: inner.dataset, time, fields } : { dataset: inner.dataset, fields };
}
