import type { Fields } from "@firebreak/model/event";
import type { ByteSource, DocumentFormat, EventSink, Head, ParseContext } from "@firebreak/model/format";
import { setEndpoint } from "../../ecs/endpoint.ts";
import { cleanIp } from "../../ecs/ip.ts";
import { addRelated } from "../../ecs/related.ts";

const recordBytes = 384;

export const format = {
  kind: "document",
  name: "linux/utmp",
  title: "Login records: utmp, wtmp, btmp (binary, glibc)",
  version: 1,
  notes:
    "Records of 384 bytes, little-endian (x86-64 and most others; struct utmp of glibc). UTC seconds and microseconds. A file named btmp holds failed logins.",
  sniff,
  parse,
} satisfies DocumentFormat;

const types = [
  "empty",
  "run-level",
  "boot",
  "new-time",
  "old-time",
  "init",
  "login",
  "user",
  "dead",
  "accounting",
];

/** Text up to the first NUL; undefined when there is a control character in it. */
function readText(bytes: Uint8Array, at: number, length: number): string | undefined {
  let end = at;
  while (end < at + length && bytes[end] !== 0) {
    if (bytes[end]! < 32 || bytes[end] === 127) return undefined;
    end++;
  }
  return Buffer.from(bytes.buffer, bytes.byteOffset + at, end - at).toString("utf8");
}

function isRecord(bytes: Uint8Array, at: number): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, recordBytes);
  const type = view.getInt16(0, true);
  if (type < 0 || type > 9 || view.getInt16(2, true) !== 0) return false;
  for (const [from, length] of [
    [8, 32],
    [44, 32],
    [76, 256],
  ] as const) {
    if (readText(bytes, at + from, length) === undefined) return false;
  }
  const seconds = view.getUint32(340, true);
  const micros = view.getInt32(344, true);
  // The last 20 bytes are reserved and zero.
  for (let i = 364; i < recordBytes; i++) if (view.getUint8(i) !== 0) return false;
  return (
    (seconds === 0 || (seconds > 300_000_000 && seconds < 4_102_444_800)) && micros >= 0 && micros < 1_000_000
  );
}

function sniff(head: Head): number {
  const bytes = head.bytes;
  if (bytes.length < recordBytes) return 0;
  let dated = 0;
  const count = Math.min(8, Math.floor(bytes.length / recordBytes));
  for (let i = 0; i < count; i++) {
    if (!isRecord(bytes, i * recordBytes)) return 0;
    if (new DataView(bytes.buffer, bytes.byteOffset + i * recordBytes).getUint32(340, true) > 0) dated++;
  }
  return dated > 0 ? 0.95 : 0;
}

function parse(source: ByteSource, context: ParseContext, sink: EventSink): void {
  const failed = /btmp/i.test(context.fileName);
  let offset = 0;
  while (offset < source.size) {
    const bytes = source.read(offset, recordBytes * 1024);
    if (bytes.length === 0) return;
    let at = 0;
    for (; at + recordBytes <= bytes.length; at += recordBytes) {
      const range = { offset: offset + at, length: recordBytes };
      if (!isRecord(bytes, at)) sink.reject(range, "no login record");
      else readRecord(bytes.subarray(at, at + recordBytes), range, failed, context, sink);
    }
    if (at === 0) {
      sink.reject({ offset, length: source.size - offset }, "cut login record");
      return;
    }
    offset += at;
  }
}

function readRecord(
  bytes: Uint8Array,
  range: { offset: number; length: number },
  failed: boolean,
  context: ParseContext,
  sink: EventSink,
): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const type = types[view.getInt16(0, true)]!;
  const seconds = view.getUint32(340, true);
  const micros = view.getInt32(344, true);
  if (seconds === 0 && type === "empty") {
    sink.skip(range, "empty login record");
    return;
  }
  const fields: Fields = { "event.kind": "event", "firebreak.raw.ut_type": type };
  const pid = view.getInt32(4, true);
  if (pid > 0) fields["process.pid"] = pid;
  const line = readText(bytes, 8, 32)!;
  const user = readText(bytes, 44, 32)!;
  const host = readText(bytes, 76, 256)!;
  if (line !== "") fields["firebreak.raw.tty"] = line;
  setKind(fields, type, failed, user);
  if (user !== "" && type !== "boot" && type !== "run-level") fields["user.name"] = user;
  if (host !== "" && !host.startsWith(":")) {
    if (type === "boot" || type === "run-level") fields["host.os.kernel"] = host;
    else setEndpoint(fields, "source", host);
  }
  const address = readAddress(view);
  if (address !== undefined && fields["source.ip"] === undefined) fields["source.ip"] = address;
  addRelated(fields);
  const time = context.time.instant(
    seconds * 1000 + Math.floor(micros / 1000),
    (micros % 1000) * 1000,
    `${seconds}.${String(micros).padStart(6, "0")}`,
  );
  sink.event({ dataset: failed ? "linux/btmp" : "linux/wtmp", time, fields, ...range });
}

function setKind(fields: Fields, type: string, failed: boolean, user: string): void {
  const set = (category: string, eventType: string, action: string, outcome?: string) => {
    fields["event.category"] = [category];
    fields["event.type"] = [eventType];
    fields["event.action"] = action;
    if (outcome !== undefined) fields["event.outcome"] = outcome;
  };
  if (failed) set("authentication", "info", "login-failed", "failure");
  else if (type === "user") set("authentication", "start", "login", "success");
  else if (type === "dead") set("session", "end", "logout");
  else if (type === "boot") set("host", "start", "system-booted");
  else if (type === "run-level")
    set(
      "host",
      user === "shutdown" ? "end" : "change",
      user === "shutdown" ? "system-shut-down" : "runlevel-changed",
    );
  else if (type === "new-time" || type === "old-time") set("host", "change", "clock-changed");
  else set("session", "info", `${type}-process`);
}

function readAddress(view: DataView): string | undefined {
  const words = [348, 352, 356, 360].map((at) => view.getUint32(at, false));
  if (words.every((word) => word === 0)) return undefined;
  if (words[1] === 0 && words[2] === 0 && words[3] === 0) {
    const word = words[0]!;
    return `${word >>> 24}.${(word >>> 16) & 255}.${(word >>> 8) & 255}.${word & 255}`;
  }
  return cleanIp(
    words.map((word) => `${(word >>> 16).toString(16)}:${(word & 0xffff).toString(16)}`).join(":"),
  );
}
