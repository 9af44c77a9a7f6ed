import type {
  ByteSource,
  DocumentFormat,
  EventSink,
  Head,
  ParseContext,
  ZoneHint,
} from "@firebreak/model/format";
import { splitCsvRow } from "../../text/csv-row.ts";
import { type DetectedEncoding, detectEncoding } from "../../text/encoding.ts";
import { type Header, readHeader } from "../../windows/export/columns.ts";
import { csvEvent } from "../../windows/export/csv-record.ts";
import { walkRows } from "../../windows/export/csv-rows.ts";
import { draftOf, exportedFields, exportedTime } from "../../windows/export/exported.ts";
import { TimeEvidence, type TimeReading } from "../../windows/export/time-evidence.ts";

const name = "windows/event-csv";
/** A row of Event Viewer's layout, whatever the language: word, date, source, number. */
const viewerRow =
  /^"?[^",;\t\d]{1,60}"?[,;\t]"?(?:\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{1,4})[^,;\t"]{3,40}"?[,;\t]"?[^,;\t"]{1,200}"?[,;\t]"?\d{1,5}"?(?:[,;\t]|$)/;
const evidenceRows = 20_000;

/**
 * Windows events as separated values: Event Viewer's "Save as" CSV and TXT in any display language, Get-WinEvent and
 * Get-EventLog through Export-Csv, EvtxECmd. Local times have no zone; day and month are told apart by the whole file.
 */
export const format = {
  kind: "document",
  name,
  title: "Windows events as CSV or tab-separated text",
  version: 1,
  notes:
    "Header `Level,Date and Time,Source,Event ID,Task Category` (any language), Get-WinEvent or EvtxECmd columns. Local time without zone except EvtxECmd (UTC); the order of day and month and, from Sysmon's UtcTime, the zone are inferred from the whole file.",
  sniff,
  parse: (source, context, sink) => {
    const detected = detectEncoding(source.read(0, 64 << 10));
    if (detected.bomLength > 0) sink.skip({ offset: 0, length: detected.bomLength }, "byte-order mark");
    const layout = readLayout(source, detected);
    if (layout === undefined) {
      sink.reject(
        { offset: detected.bomLength, length: source.size - detected.bomLength },
        "no header of Windows events",
      );
      return;
    }
    const reading = readEvidence(source, detected, layout);
    reportReading(reading, layout, sink);
    readRows(source, detected, layout, reading, context, sink);
  },
} satisfies DocumentFormat;

interface Layout {
  readonly header: Header;
  readonly separator: string;
  /** Files whose times are in UTC by their maker's documentation. */
  readonly zone: ZoneHint | undefined;
}

function sniff(head: Head): number {
  const first = head.lines[0]?.startsWith("#TYPE") ? 1 : 0;
  const headerLine = head.lines[first];
  if (headerLine === undefined || headerLine.length > 4000) return 0;
  const layout = layoutOf(headerLine);
  if (layout === undefined) return 0;
  const row = head.lines[first + 1];
  if (layout.header.isEventViewer) return row === undefined || viewerRow.test(row.slice(0, 600)) ? 1 : 0.7;
  return layout.header.isEnglish ? 0.95 : row !== undefined && viewerRow.test(row.slice(0, 600)) ? 0.95 : 0.6;
}

function layoutOf(line: string): Layout | undefined {
  for (const separator of [",", "\t", ";"]) {
    if (!line.includes(separator)) continue;
    const header = readHeader(splitCsvRow(line.replace(/^\ufeff/, ""), separator, 200));
    if (header === undefined) continue;
    const isEvtxEcmd = header.names.includes("PayloadData1");
    return { header, separator, zone: isEvtxEcmd ? { zone: "UTC", source: "format-default" } : undefined };
  }
  return undefined;
}

function readLayout(source: ByteSource, detected: DetectedEncoding): Layout | undefined {
  let found: Layout | undefined;
  let seen = 0;
  const head = { size: Math.min(source.size, 1 << 20), read: source.read.bind(source) };
  walkRows(head, detected.encoding, detected.bomLength, ",", {
    row: (text) => {
      if (seen++ < 5) found ??= layoutOf(text);
    },
    blank: () => {},
    broken: () => {},
    enough: () => found !== undefined || seen > 5,
  });
  return found;
}

/** First pass: only the time and the message of each row are looked at. */
function readEvidence(source: ByteSource, detected: DetectedEncoding, layout: Layout): TimeReading {
  const evidence = new TimeEvidence();
  let rows = 0;
  walkRows(source, detected.encoding, detected.bomLength, layout.separator, {
    row: (text) => {
      rows++;
      const cells = splitCsvRow(text, layout.separator, 500);
      const event = csvEvent(layout.header, cells);
      if (event?.time !== undefined) evidence.add(event.time, event.message);
    },
    blank: () => {},
    broken: () => {},
    ...(layout.header.isEventViewer && { startsRow: (line: string) => viewerRow.test(line.slice(0, 600)) }),
    enough: () => rows > evidenceRows,
  });
  return evidence.settle(layout.header.isEnglish);
}

function reportReading(reading: TimeReading, layout: Layout, sink: EventSink): void {
  if (layout.zone !== undefined) return;
  sink.note(`dates read ${reading.order}: ${reading.orderReason}`);
  if (reading.zones.length > 0)
    sink.note(`zone ${reading.zones.join(", ")} proven by UTC times inside the messages`);
}

function readRows(
  source: ByteSource,
  detected: DetectedEncoding,
  layout: Layout,
  reading: TimeReading,
  context: ParseContext,
  sink: EventSink,
): void {
  let isHeaderSeen = false;
  walkRows(source, detected.encoding, detected.bomLength, layout.separator, {
    row: (text, offset, length, line) => {
      if (text.startsWith("#TYPE")) {
        sink.skip({ offset, length }, "type line");
        return;
      }
      if (!isHeaderSeen || isHeaderAgain(text, layout)) {
        isHeaderSeen = true;
        sink.skip({ offset, length }, "header");
        return;
      }
      const event = csvEvent(layout.header, splitCsvRow(text, layout.separator, 500));
      if (event === undefined) {
        sink.reject({ offset, length, line }, "row without an event id");
        return;
      }
      const fields = exportedFields(event);
      const time =
        event.time === undefined ? undefined : exportedTime(event.time, context, reading, layout.zone);
      sink.event({ ...draftOf(name, time, fields), offset, length, line });
    },
    blank: (offset, length) => sink.skip({ offset, length }, "blank line"),
    broken: (offset, length, line, reason) => sink.reject({ offset, length, line }, reason),
    ...(layout.header.isEventViewer && { startsRow: (line: string) => viewerRow.test(line.slice(0, 600)) }),
  });
}

/** Files joined by hand repeat their header. */
function isHeaderAgain(text: string, layout: Layout): boolean {
  return text.length < 4000 && text.startsWith(layout.header.names[0]!) && layoutOf(text) !== undefined;
}
