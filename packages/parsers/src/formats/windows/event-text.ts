import type { ByteSource, DocumentFormat, EventSink, Head, ParseContext } from "@firebreak/model/format";
import { type DetectedEncoding, detectEncoding } from "../../text/encoding.ts";
import { walkLines } from "../../text/lines.ts";
import { integerOf } from "../../text/numbers.ts";
import { parseEventXml } from "../../windows/event-xml.ts";
import { draftOf, type ExportedEvent, exportedFields, exportedTime } from "../../windows/export/exported.ts";
import { BlockStart, TextBlock } from "../../windows/export/text-blocks.ts";
import { readKeyLine, type TextKey } from "../../windows/export/text-keys.ts";
import { TimeEvidence, type TimeReading } from "../../windows/export/time-evidence.ts";
import { levelWord } from "../../windows/export/words.ts";
import { windowsInteger } from "../../windows/text.ts";

const name = "windows/event-text";
const evidenceBlocks = 20_000;

/**
 * Windows events as text blocks: Event Viewer's "Copy details as text" (with or without its XML), `wevtutil qe /f:text`,
 * the Windows 2003 viewer, Get-WinEvent through Format-List, Splunk's `LogName=` dumps. Local times have no zone.
 */
export const format = {
  kind: "document",
  name,
  title: "Windows events as text blocks",
  version: 1,
  notes:
    "Header lines such as `Log Name:`, `Source:`, `Event ID:` above a message; also `EventCode=` and `ProviderName :`. Local time without zone; day and month order and, where messages prove it, the zone are inferred.",
  sniff,
  parse: (source, context, sink) => {
    const detected = detectEncoding(source.read(0, 64 << 10));
    if (detected.bomLength > 0) sink.skip({ offset: 0, length: detected.bomLength }, "byte-order mark");
    const reading = readEvidence(source, detected, sink);
    walkBlocks(source, detected, sink, (block) => report(block, reading, context, sink));
  },
} satisfies DocumentFormat;

/** An event id and two more keys among the first lines, and nothing that is another format's. */
function sniff(head: Head): number {
  const found = new Set<TextKey>();
  let misses = 0;
  for (const line of head.lines.slice(0, 24)) {
    const key = readKeyLine(line);
    if (key !== undefined && key.value.length < 400) found.add(key.key);
    else misses++;
    if (found.has("message")) break;
  }
  const others = [
    "channel",
    "provider",
    "time",
    "level",
    "computer",
    "task",
    "entryType",
    "keywords",
  ] as const;
  const count = others.filter((key) => found.has(key)).length;
  if (!found.has("eventId") || count < 2) return 0;
  if (count >= 4) return misses > 12 ? 0.8 : 0.97;
  return misses > 4 ? 0.4 : 0.8;
}

type Blocks = (block: TextBlock) => void;

function walkBlocks(
  source: ByteSource,
  detected: DetectedEncoding,
  sink: EventSink | undefined,
  visit: Blocks,
): void {
  const start = new BlockStart();
  let block: TextBlock | undefined;
  walkLines(
    source,
    { encoding: detected.encoding, start: detected.bomLength },
    {
      line: (text, offset, length, number) => {
        if (block === undefined && text.trim() === "") {
          sink?.skip({ offset, length }, "blank line");
          return;
        }
        if (start.begins(text, block)) {
          if (block !== undefined) visit(block);
          block = new TextBlock(offset, number);
        }
        block!.add(text);
        block!.length = offset + length - block!.offset;
      },
      tooLong: (offset, length, number) => {
        if (block !== undefined) visit(block);
        block = undefined;
        sink?.reject({ offset, length, line: number }, "line longer than 16 MiB");
      },
    },
  );
  if (block !== undefined) visit(block);
}

function readEvidence(source: ByteSource, detected: DetectedEncoding, sink: EventSink): TimeReading {
  const evidence = new TimeEvidence();
  let isEnglish: boolean | undefined;
  let count = 0;
  walkBlocks(source, detected, undefined, (block) => {
    if (count++ > evidenceBlocks) return;
    isEnglish ??= block.isEnglish;
    if (block.time !== undefined) evidence.add(block.time, block.message);
  });
  const reading = evidence.settle(isEnglish ?? true);
  sink.note(`dates read ${reading.order}: ${reading.orderReason}`);
  if (reading.zones.length > 0)
    sink.note(`zone ${reading.zones.join(", ")} proven by UTC times inside the messages`);
  return reading;
}

function report(block: TextBlock, reading: TimeReading, context: ParseContext, sink: EventSink): void {
  const { offset, length, line } = block;
  if (block.xml.trim() !== "") {
    // The XML of the same event is exact: UTC, named data.
    const fromXml = parseEventXml(block.xml.trim(), context, name);
    if (!("reject" in fromXml)) {
      if (block.message !== "") fromXml.fields.message ??= block.message.trim();
      sink.event({ ...fromXml, offset, length, line });
      return;
    }
  }
  const event = eventOf(block);
  if (event === undefined) {
    sink.reject({ offset, length, line }, "block without an event id");
    return;
  }
  const fields = exportedFields(event);
  const time = event.time === undefined ? undefined : exportedTime(event.time, context, reading);
  sink.event({ ...draftOf(name, time, fields), offset, length, line });
}

function eventOf(block: TextBlock): ExportedEvent | undefined {
  const value = (key: TextKey) => block.values.get(key);
  const eventId = windowsInteger(value("eventId") ?? value("instanceId") ?? "", 0xffff_ffff);
  if (eventId === undefined) return undefined;
  const sid = value("userSid");
  const level = value("level");
  const number = level !== undefined && /^\d$/.test(level) ? Number(level) : undefined;
  return {
    system: {
      eventId: eventId & 0xffff,
      provider: value("provider"),
      channel: value("channel"),
      computer: value("computer"),
      recordId: integerOf(value("recordId") ?? ""),
      level: number,
      levelName: number === undefined && level !== undefined ? levelWord(level) : undefined,
      task: value("task"),
      opcode: value("opcode"),
      keywords: value("keywords") ?? value("entryType"),
      providerGuid: value("providerGuid"),
      processId: windowsInteger(value("processId") ?? ""),
      threadId: windowsInteger(value("threadId") ?? ""),
      userSid: sid?.startsWith("S-1-") ? sid : undefined,
      activityId: value("activityId"),
    },
    time: block.time,
    message: block.message.trim() || undefined,
    user: value("user"),
  };
}
