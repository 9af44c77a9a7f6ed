import type { Fields } from "@firebreak/model/event";
import type { ByteSource, DocumentFormat, EventSink, Head, ParseContext } from "@firebreak/model/format";
import { setEndpoint } from "../../ecs/endpoint.ts";
import { addRelated } from "../../ecs/related.ts";
import { setSessionKind } from "../../network/pulse-words.ts";

const dataset = "network/pulse-secure";
const headBytes = 8192;
/** Begins every record; the file begins with it too, as a number of four bytes. */
const mark = 5;
const maxRecordBytes = 64 * 1024;

/** The appliance's own log store (log.events.vc0, log.access.vc0, log.admin.vc0), as it lies on a collected disk. */
export const format = {
  kind: "document",
  name: "network/ivanti-vc0",
  title: "Ivanti Connect Secure log store (.vc0)",
  version: 1,
  notes:
    "8,192 bytes of head that begin 05 00 00 00 01 00 00 00, then records behind a byte 05: tab-separated, the epoch in hexadecimal first. UTC.",
  sniff: ({ bytes }: Head) =>
    bytes.length >= 64 &&
    [5, 0, 0, 0, 1, 0, 0, 0].every((byte, at) => bytes[at] === byte) &&
    bytes.subarray(8, 64).every((byte) => byte === 0)
      ? 0.9
      : 0,
  parse,
} satisfies DocumentFormat;

function parse(source: ByteSource, context: ParseContext, sink: EventSink): void {
  const head = Math.min(headBytes, source.size);
  sink.skip({ offset: 0, length: head }, "head of the store");
  let offset = head;
  while (offset < source.size) {
    const bytes = source.read(offset, maxRecordBytes);
    if (bytes.length === 0) return;
    const last = offset + bytes.length >= source.size;
    let at = 0;
    while (at < bytes.length) {
      const next = bytes.indexOf(mark, at + 1);
      if (next < 0 && !last && at > 0) break;
      const end = next < 0 ? bytes.length : next;
      readRecord(bytes.subarray(at, end), { offset: offset + at, length: end - at }, context, sink);
      at = end;
    }
    offset += at;
  }
}

const stamp = /^([0-9a-f]{8})\.[0-9a-f]{8}$/;

/** Time, node, message code, log, virtual system, source, user, message, and what the message is about. */
function readRecord(
  bytes: Uint8Array,
  range: { offset: number; length: number },
  context: ParseContext,
  sink: EventSink,
): void {
  const from = bytes[0] === mark ? 1 : 0;
  const cells = Buffer.from(bytes.subarray(from)).toString("utf8").replace(/\0+$/, "").split("\t", 60);
  const [recorded = "", node = "", code = "", , system = "", address = "", user = "", text = "", ...more] =
    cells;
  const seconds = stamp.exec(recorded);
  if (!seconds || cells.length < 4) {
    if (bytes.every((byte) => byte === 0)) sink.skip(range, "unused space");
    else sink.reject(range, "no record of the store");
    return;
  }
  const fields: Fields = {
    "event.kind": "event",
    "observer.vendor": "Ivanti",
    "observer.product": "Connect Secure",
    "observer.type": "vpn",
  };
  if (node !== "") fields["observer.name"] = node;
  if (node !== "") fields["host.name"] = node;
  if (code !== "") fields["event.code"] = code;
  if (system !== "") fields["firebreak.raw.virtual_system"] = system;
  if (address !== "") setEndpoint(fields, "source", address);
  if (user !== "" && user !== "System") fields["user.name"] = user;
  if (more.length > 0) fields["firebreak.raw.details"] = more;
  setSessionKind(fields, text);
  if (text !== "") fields.message = text;
  addRelated(fields);
  const ms = Number.parseInt(seconds[1]!, 16) * 1000;
  sink.event({ dataset, time: context.time.instant(ms, 0, recorded), fields, ...range });
}
