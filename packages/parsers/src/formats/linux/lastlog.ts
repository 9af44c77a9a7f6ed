import type { Fields } from "@firebreak/model/event";
import type { ByteSource, DocumentFormat, EventSink, Head, ParseContext } from "@firebreak/model/format";
import { setEndpoint } from "../../ecs/endpoint.ts";
import { addRelated } from "../../ecs/related.ts";

const recordBytes = 292;
const dataset = "linux/lastlog";

export const format = {
  kind: "document",
  name: dataset,
  title: "Last login of every user (lastlog, binary)",
  version: 1,
  notes: "Records of 292 bytes (seconds, terminal, host), the user id is the record's position. UTC.",
  sniff,
  parse,
} satisfies DocumentFormat;

function textOf(bytes: Uint8Array, at: number, length: number): string | undefined {
  const slice = bytes.subarray(at, at + length);
  const end = slice.indexOf(0);
  const used = end < 0 ? slice : slice.subarray(0, end);
  if (used.some((byte) => byte < 32 || byte === 127)) return undefined;
  // What stands behind the NUL is zero in a record that was written once.
  if (end >= 0 && slice.subarray(end).some((byte) => byte !== 0)) return undefined;
  return Buffer.from(used).toString("utf8");
}

function secondsAt(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset + at, 4).getUint32(0, true);
}

function isUsed(bytes: Uint8Array, at: number): boolean {
  const seconds = secondsAt(bytes, at);
  const terminal = textOf(bytes, at + 4, 32);
  return (
    seconds > 300_000_000 &&
    seconds < 4_102_444_800 &&
    terminal !== undefined &&
    /^(?:pts\/|tty|:|ssh|cron|hvc|console|ftp)/.test(terminal) &&
    textOf(bytes, at + 36, 256) !== undefined
  );
}

/** Most records are all zero (users that never logged in); at least one must be a login, and none may be anything else. */
function sniff(head: Head): number {
  const bytes = head.bytes;
  // The texts are far shorter than their places: a record without a NUL is a line of text.
  if (!bytes.subarray(0, recordBytes).includes(0)) return 0;
  let used = 0;
  for (let at = 0; at + recordBytes <= bytes.length; at += recordBytes) {
    if (isUsed(bytes, at)) used++;
    else if (bytes.subarray(at, at + recordBytes).some((byte) => byte !== 0)) return 0;
  }
  return used > 0 ? 0.9 : 0;
}

function parse(source: ByteSource, context: ParseContext, sink: EventSink): void {
  let offset = 0;
  while (offset < source.size) {
    const bytes = source.read(offset, recordBytes * 1024);
    if (bytes.length < recordBytes) {
      if (bytes.length > 0) sink.reject({ offset, length: source.size - offset }, "cut record");
      return;
    }
    let at = 0;
    for (; at + recordBytes <= bytes.length; at += recordBytes) {
      const range = { offset: offset + at, length: recordBytes };
      if (isUsed(bytes, at)) readRecord(bytes, at, range, context, sink);
      else if (bytes.subarray(at, at + recordBytes).every((byte) => byte === 0))
        sink.skip(range, "user without login");
      else sink.reject(range, "no login record");
    }
    offset += at;
  }
}

function readRecord(
  bytes: Uint8Array,
  at: number,
  range: { offset: number; length: number },
  context: ParseContext,
  sink: EventSink,
): void {
  const seconds = secondsAt(bytes, at);
  const fields: Fields = {
    "event.kind": "event",
    "event.category": ["authentication"],
    "event.type": ["start"],
    "event.action": "last-login",
    "event.outcome": "success",
    "user.id": String(range.offset / recordBytes),
    "firebreak.raw.tty": textOf(bytes, at + 4, 32)!,
  };
  const host = textOf(bytes, at + 36, 256)!;
  if (host !== "") setEndpoint(fields, "source", host);
  addRelated(fields);
  sink.event({ dataset, time: context.time.instant(seconds * 1000, 0, String(seconds)), fields, ...range });
}
