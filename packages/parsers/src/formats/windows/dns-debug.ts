import type { Fields } from "@firebreak/model/event";
import type { DocumentFormat, EventSink, Head, ParseContext } from "@firebreak/model/format";
import { fieldBelow } from "../../ecs/field-name.ts";
import { cleanIp } from "../../ecs/ip.ts";
import { addRelated } from "../../ecs/related.ts";
import { detectEncoding } from "../../text/encoding.ts";
import { walkLines } from "../../text/lines.ts";
import { draftOf, exportedTime } from "../../windows/export/exported.ts";
import { TimeEvidence, type TimeReading } from "../../windows/export/time-evidence.ts";

const name = "windows/dns-debug";
/** Date, time, thread, context: what every entry begins with, in the server's locale. */
const entry =
  /^(\d{1,4}[./-]\d{1,2}[./-]\d{2,4} \d{1,2}[:.]\d{2}[:.]\d{2}(?: [AaPp]\.?[Mm]\.?)?|\d{8} \d{2}:\d{2}:\d{2}) ([0-9A-F]{3,4}) (PACKET|EVENT|NOTE|DSPOLL|LOOKUP|RECURSE|REMOTE|TIMEOUT|UPDATE|INIT|ASYNC|WARNING|ERROR|TASK|SCAVENGE|UNKNOWN)\s+(.*)$/;
const packet =
  /^(?:[0-9A-F]{8,16} )?(UDP|TCP) (Snd|Rcv) (\S{2,64})\s+([0-9a-f]{4}) (R| ) ?([QNU?]) \[([0-9a-f]{4})\s+([A-Z ]{0,12}?)\s*(\w+)\] (\S{1,16})\s+(\S{1,1024})$/;
const evidenceLines = 50_000;

/** Debug log of the Windows DNS server: who asked for which name. Local time in the server's own date order. */
export const format = {
  kind: "document",
  name,
  title: "Windows DNS server debug log",
  version: 1,
  notes:
    "`DNS Server log file creation`, lines with `PACKET … UDP Rcv`; local time without zone, day and month order inferred from the file; names as `(3)www(7)example(3)com(0)`.",
  sniff,
  parse: (source, context, sink) => {
    const { encoding, bomLength } = detectEncoding(source.read(0, 64 << 10));
    if (bomLength > 0) sink.skip({ offset: 0, length: bomLength }, "byte-order mark");
    const evidence = new TimeEvidence();
    let seen = 0;
    walkLines(
      source,
      { encoding, start: bomLength },
      {
        line: (text) => {
          const match = seen < evidenceLines ? entry.exec(text) : null;
          if (match === null) return;
          seen++;
          evidence.add(plainDate(match[1]!), undefined);
        },
        tooLong: () => {},
      },
    );
    const reading = evidence.settle(true);
    sink.note(`dates read ${reading.order}: ${reading.orderReason}`);
    walkLines(
      source,
      { encoding, start: bomLength },
      {
        line: (text, offset, length, line) => report(text, { offset, length, line }, reading, context, sink),
        tooLong: (offset, length, line) => sink.reject({ offset, length, line }, "line longer than 16 MiB"),
      },
    );
  },
} satisfies DocumentFormat;

function sniff(head: Head): number {
  if (/^\s*DNS Server log file creation at /m.test(head.text.slice(0, 4096))) return 1;
  const lines = head.lines.slice(0, 40);
  const count = lines.filter((line) => entry.test(line)).length;
  return count > 0 && count >= lines.length / 4 ? 0.9 : 0;
}

/** Windows 2003 writes 20240514 without separators. */
function plainDate(text: string): string {
  return /^\d{8} /.test(text) ? `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}` : text;
}

interface Place {
  readonly offset: number;
  readonly length: number;
  readonly line: number;
}

function report(
  text: string,
  place: Place,
  reading: TimeReading,
  context: ParseContext,
  sink: EventSink,
): void {
  const match = entry.exec(text);
  if (match === null) {
    const reason = text.trim() === "" ? "blank line" : "header or packet detail";
    // A cut entry still begins with its date; everything else is the explanation or a packet dump.
    if (/^\d{1,4}[./-]\d{1,2}[./-]\d{2,4} \d/.test(text)) sink.reject(place, "entry that is not understood");
    else sink.skip({ offset: place.offset, length: place.length }, reason);
    return;
  }
  const fields: Fields = {
    "event.kind": "event",
    "event.category": ["network"],
    "event.type": ["info"],
    "network.protocol": "dns",
  };
  fields["firebreak.raw.thread"] = match[2]!;
  const detail = match[3] === "PACKET" ? packet.exec(match[4]!.trimEnd()) : null;
  if (detail !== null) readPacket(fields, detail);
  else {
    fields.message = match[4]!.trim();
    fields["firebreak.raw.context"] = match[3]!;
  }
  addRelated(fields);
  const time = exportedTime(plainDate(match[1]!), context, reading);
  sink.event({ ...draftOf(name, time, fields), ...place });
}

function readPacket(fields: Fields, match: RegExpExecArray): void {
  const isReceived = match[2] === "Rcv";
  const isResponse = match[5] === "R";
  const ip = cleanIp(match[3]!);
  const side = isReceived ? "source" : "destination";
  if (ip !== undefined) fields[fieldBelow(side, "ip")] = ip;
  else fields[fieldBelow(side, "domain")] = match[3]!;
  fields["network.transport"] = match[1]!.toLowerCase();
  fields["network.direction"] = isReceived ? "inbound" : "outbound";
  fields["event.type"] = ["protocol"];
  fields["event.action"] = isResponse
    ? "dns-answered"
    : match[6] === "U"
      ? "dns-update-requested"
      : "dns-queried";
  fields["dns.type"] = isResponse ? "answer" : "query";
  fields["dns.id"] = match[4]!;
  fields["dns.question.type"] = match[10]!;
  fields["dns.question.name"] = questionName(match[11]!);
  const flags = match[8]!.trim();
  if (flags !== "") fields["dns.header_flags"] = flags.split(/\s*/).map((flag) => flagNames[flag] ?? flag);
  if (isResponse) {
    fields["dns.response_code"] = match[9]!;
    fields["event.outcome"] = match[9] === "NOERROR" ? "success" : "failure";
  }
}

const flagNames: Readonly<Record<string, string>> = { A: "AA", T: "TC", D: "RD", R: "RA" };

/** `(3)www(7)example(3)com(0)`: the number is the length of the label behind it. */
export function questionName(text: string): string {
  const labels = text.split(/\(\d{1,3}\)/).filter((label) => label !== "");
  return labels.length === 0 ? "." : labels.join(".");
}
