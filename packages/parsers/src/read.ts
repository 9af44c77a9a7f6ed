import type { EventDraft } from "@firebreak/model/event";
import type {
  ByteSource,
  DocumentFormat,
  EventSink,
  LineFormat,
  LineResult,
  LogFormat,
  ParseContext,
} from "@firebreak/model/format";
import { keepingShapes } from "./ecs/shape.ts";
import { LineRouter } from "./route.ts";
import { headBytes, type ReadHead, readHead } from "./text/head.ts";
import { walkLines } from "./text/lines.ts";
import { createTimeReader, type TimeSettings } from "./time/reader.ts";

export interface ReadOptions {
  fileName: string;
  time?: TimeSettings;
  formats: readonly LogFormat[];
}

export interface ReadResult {
  /** The file's main format name, "empty" or "unrecognised". */
  format: string;
  encoding: string;
}

const nulBytes = "NUL bytes";

/** Longest record joined from several lines. */
const maxRecordChars = 4 << 20;
const maxRecordLines = 20_000;

/**
 * Reads one evidence item to its end: every byte becomes an event, a reject or a named skip in the sink.
 * Never throws for bad data.
 */
export function readEvidence(source: ByteSource, options: ReadOptions, given: EventSink): ReadResult {
  const sink = keepingShapes(given);
  if (source.size === 0) return { format: "empty", encoding: "empty" };
  const head = readHead(source, options.fileName);
  const context: ParseContext = { fileName: options.fileName, time: createTimeReader(options.time) };
  const document = chooseDocument(options.formats, head.start === 0 ? head : wholeHead(source, head));
  if (document) {
    document.parse(source, context, sink);
    return { format: document.name, encoding: head.encoding };
  }
  if (head.encoding === "binary") {
    sink.skip({ offset: 0, length: source.size }, "binary: no format recognised");
    return { format: "unrecognised", encoding: head.encoding };
  }
  if (head.start > 0) sink.skip({ offset: 0, length: head.start }, nulBytes);
  if (head.bomLength > 0) sink.skip({ offset: head.start, length: head.bomLength }, "byte-order mark");
  const formats = options.formats.filter((format): format is LineFormat => format.kind === "line");
  const router = new LineRouter(formats, head, context);
  const assembler = new RecordAssembler(router, sink);
  walkLines(source, { encoding: head.encoding, start: head.start + head.bomLength }, assembler);
  assembler.flush();
  return { format: router.mainFormat() ?? "unrecognised", encoding: head.encoding };
}

/** The head with the NULs that it was cut at: tables of fixed records (lastlog) may begin with empty ones. */
function wholeHead(source: ByteSource, head: ReadHead): ReadHead {
  return { ...head, bytes: source.read(0, headBytes), text: "", lines: [] };
}

function chooseDocument(formats: readonly LogFormat[], head: Parameters<DocumentFormat["sniff"]>[0]) {
  let best: DocumentFormat | undefined;
  let bestVote = 0.5;
  for (const format of formats) {
    if (format.kind !== "document") continue;
    const vote = format.sniff(head);
    if (vote > bestVote) {
      best = format;
      bestVote = vote;
    }
  }
  return best;
}

/** Nothing but blanks; most lines show at their first character that they are not. */
function isBlank(text: string): boolean {
  const code = text.charCodeAt(0);
  return !(code > 32 && code < 127) && text.trim() === "";
}

/** Joins physical lines to records where the format says so, parses them and reports each record's fate with its bytes. */
class RecordAssembler {
  readonly #router: LineRouter;
  readonly #sink: EventSink;
  #text = "";
  #offset = 0;
  #length = 0;
  #line = 0;
  #lines = 0;
  #open = false;

  constructor(router: LineRouter, sink: EventSink) {
    this.#router = router;
    this.#sink = sink;
  }

  line(given: string, offset: number, length: number, number: number): void {
    // A crash leaves NULs before the next record, on its line.
    const text = given.charCodeAt(0) === 0 ? given.replace(/^\0+/, "") : given;
    if (text === "" && given !== "") {
      this.flush();
      this.#sink.skip({ offset, length }, nulBytes);
      return;
    }
    if (this.#open) {
      const fits = this.#lines < maxRecordLines && this.#text.length + text.length < maxRecordChars;
      if (fits && this.#router.continues(this.#text, text)) {
        this.#text += `\n${text}`;
        this.#length += length;
        this.#lines++;
        return;
      }
      this.flush();
    }
    if (isBlank(text)) {
      this.#sink.skip({ offset, length }, "blank line");
      return;
    }
    if (this.#router.joinsLines) {
      this.#text = text;
      this.#offset = offset;
      this.#length = length;
      this.#line = number;
      this.#lines = 1;
      this.#open = true;
      return;
    }
    this.#report(this.#router.parse(text), offset, length, number);
  }

  tooLong(offset: number, length: number, number: number): void {
    this.flush();
    this.#sink.reject({ offset, length, line: number }, "line longer than 16 MiB");
  }

  flush(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#report(this.#router.parse(this.#text), this.#offset, this.#length, this.#line);
    this.#text = "";
  }

  #report(result: LineResult, offset: number, length: number, line: number): void {
    if (result === undefined)
      this.#sink.reject({ offset, length, line }, "no format recognised for this line");
    else if ("skip" in result) this.#sink.skip({ offset, length }, result.skip);
    else if ("reject" in result) this.#sink.reject({ offset, length, line }, result.reject);
    else if (Array.isArray(result)) this.#reportMany(result, offset, length, line);
    else {
      const draft = result as EventDraft;
      this.#sink.event(
        draft.time
          ? { dataset: draft.dataset, time: draft.time, fields: draft.fields, offset, length, line }
          : { dataset: draft.dataset, fields: draft.fields, offset, length, line },
      );
    }
  }

  #reportMany(drafts: readonly EventDraft[], offset: number, length: number, line: number): void {
    for (const [sub, draft] of drafts.entries()) this.#sink.event({ ...draft, offset, length, line, sub });
  }
}
