import { crc32 } from "node:zlib";
import { expect, test } from "vitest";
import { nameHash } from "./chunk.ts";
import { type EvtxRecordSpec, filetimeOf, writeEvtx } from "./writer.ts";

const record = (recordId: number): EvtxRecordSpec => ({
  recordId,
  time: filetimeOf("2024-05-06T07:08:09.1234567Z"),
  provider: { name: "Example", guid: "11111111-2222-3333-4444-555555555555" },
  eventId: 7,
  channel: "Example/Operational",
  computer: "ws-17.corp.example",
  eventData: [{ name: "Image", value: "C:\\Windows\\explorer.exe" }],
});

const records = (count: number) => Array.from({ length: count }, (_, i) => record(i + 1));

test("times", () => {
  expect(filetimeOf(0)).toBe(116_444_736_000_000_000n);
  expect(filetimeOf("1970-01-01T00:00:00.0000001Z")).toBe(116_444_736_000_000_001n);
  expect(() => filetimeOf("yesterday")).toThrow(RangeError);
});

test("name hashes are those of Windows", () => {
  // Values from logs written by Windows.
  expect([nameHash("Event"), nameHash("System"), nameHash("Provider")]).toEqual([0x0cba, 0x546f, 0x7bf1]);
});

test("the file header and its checksum", () => {
  const bytes = Buffer.from(writeEvtx(records(3), { flags: 1 }));
  expect(bytes.subarray(0, 8).toString("latin1")).toBe("ElfFile\0");
  expect(bytes.readUInt32LE(124)).toBe(crc32(bytes.subarray(0, 120)));
  expect([bytes.readBigUInt64LE(24), bytes.readUInt16LE(42), bytes.readUInt32LE(120)]).toEqual([4n, 1, 1]);
});

test("chunks: size, numbers, offsets and both checksums", () => {
  const bytes = Buffer.from(writeEvtx(records(7), { recordsPerChunk: 3 }));
  expect(bytes.length).toBe(4096 + 3 * 65_536);
  const chunk = bytes.subarray(4096 + 65_536, 4096 + 2 * 65_536);
  expect([8, 16, 24, 32].map((at) => chunk.readBigUInt64LE(at))).toEqual([4n, 6n, 4n, 6n]);
  const free = chunk.readUInt32LE(48);
  expect(chunk.readUInt32LE(52)).toBe(crc32(chunk.subarray(512, free)));
  expect(chunk.readUInt32LE(124)).toBe(crc32(chunk.subarray(128, 512), crc32(chunk.subarray(0, 120))));
  const last = chunk.readUInt32LE(44);
  expect(chunk.readBigUInt64LE(last + 8)).toBe(6n);
  expect(last + chunk.readUInt32LE(last + 4)).toBe(free);
});

test("records of one shape share one template definition in a chunk", () => {
  const chunk = Buffer.from(writeEvtx(records(2))).subarray(4096);
  const first = 512;
  const second = first + chunk.readUInt32LE(first + 4);
  const size = (at: number) => chunk.readUInt32LE(at + 4);
  expect(size(second)).toBeLessThan(size(first) / 3);
  expect(chunk.readUInt32LE(second + 34)).toBe(chunk.readUInt32LE(first + 34));
});

test("names and templates hang in the chunk's hash tables", () => {
  const chunk = Buffer.from(writeEvtx(records(1))).subarray(4096);
  const bucket = nameHash("EventData") % 64;
  let at = chunk.readUInt32LE(128 + 4 * bucket);
  const names: string[] = [];
  for (; at !== 0; at = chunk.readUInt32LE(at)) {
    names.push(chunk.toString("utf16le", at + 8, at + 8 + 2 * chunk.readUInt16LE(at + 6)));
  }
  expect(names).toContain("EventData");
  const templates = Array.from({ length: 32 }, (_, i) => chunk.readUInt32LE(384 + 4 * i)).filter(
    (offset) => offset !== 0,
  );
  expect(templates.length).toBe(2);
});

test("a full chunk starts the next; what did not fit leaves no trace", () => {
  const many = writeEvtx(records(600));
  expect(many.length).toBeGreaterThan(4096 + 65_536);
  const second = Buffer.from(many).subarray(4096 + 65_536);
  const firstId = Number(second.readBigUInt64LE(24));
  const alone = Buffer.from(writeEvtx(records(600).slice(firstId - 1))).subarray(4096);
  const free = alone.readUInt32LE(48);
  expect(second.subarray(512, free).equals(alone.subarray(512, free))).toBe(true);
});
