import { describe, expect, test } from "vitest";
import { writeEvtx } from "../../../../tools/evtx-writer/writer.ts";
import { logon, readAll, someTime, spec } from "../../test/logs.ts";
import { type EvtxFile, type EvtxOptions, openEvtx } from "../index.ts";

const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset);
const codes = (file: EvtxFile) => file.diagnostics.map(({ code }) => code);

/** Reads everything and checks that the ranges tile the file. */
function read(bytes: Uint8Array, options: EvtxOptions = {}) {
  const file = openEvtx(bytes, options);
  const records = [...file.records()];
  const ranges = file.accounting();
  let at = 0;
  for (const range of ranges) {
    expect(range.offset).toBe(at);
    at += range.length;
  }
  expect(at).toBe(bytes.length);
  const ids = (recovered: boolean) =>
    records.filter((record) => record.recovered === recovered).map(({ id }) => id);
  return {
    file,
    records,
    ids: ids(false),
    recovered: ids(true),
    kinds: ranges.map(({ kind }) => kind),
    codes: codes(file),
  };
}

const threeRecords = () => writeEvtx([logon(1), logon(2), logon(3)]);

describe("healthy logs", () => {
  test("no records", () => {
    expect(read(writeEvtx([]))).toMatchObject({ ids: [], kinds: ["file-header"], codes: [] });
  });

  test("one chunk", () => {
    const { file, ids, kinds, codes: found, records } = read(threeRecords());
    expect(ids).toEqual([1, 2, 3]);
    expect(kinds).toEqual(["file-header", "chunk-header", "record", "record", "record", "free-space"]);
    expect(found).toEqual([]);
    expect(file.header).toMatchObject({
      majorVersion: 3,
      minorVersion: 1,
      chunkCount: 1,
      nextRecordId: 4,
      isDirty: false,
    });
    expect(records[0]!.offset).toBe(4096 + 512);
    expect(records[1]!.offset).toBe(4096 + 512 + records[0]!.length);
    expect(Buffer.from(records[0]!.bytes.subarray(0, 4)).toString("hex")).toBe("2a2a0000");
  });

  test("many chunks, whole or a range of them, from memory or from a source", () => {
    const bytes = writeEvtx(
      Array.from({ length: 25 }, (_, i) => logon(i + 1)),
      { recordsPerChunk: 10 },
    );
    const file = openEvtx(bytes);
    expect(file.chunkCount).toBe(3);
    expect([...file.records({ fromChunk: 1, toChunk: 2 })].map(({ id }) => id)).toEqual(
      Array.from({ length: 10 }, (_, i) => i + 11),
    );
    const reads: number[] = [];
    const source = {
      size: bytes.length,
      read(offset: number, length: number) {
        reads.push(length);
        return bytes.slice(offset, offset + length);
      },
    };
    expect([...openEvtx(source).records()].map((record) => record.jsonText())).toEqual(
      [...file.records()].map((record) => record.jsonText()),
    );
    expect(Math.max(...reads)).toBe(65_536);
  });

  test("records stay valid after the next ones are read", () => {
    const bytes = writeEvtx([logon(1), spec({ recordId: 2, eventId: 1, channel: "Other" })], {
      recordsPerChunk: 1,
    });
    const [first, second] = readAll(bytes);
    expect([second!.channel, first!.channel, second!.eventId, first!.eventId]).toEqual([
      "Other",
      "Security",
      1,
      4624,
    ]);
  });
});

describe("damage is told and costs only itself", () => {
  test("dirty and full flags", () => {
    const result = read(writeEvtx([logon(1)], { flags: 3 }));
    expect(result).toMatchObject({ ids: [1], codes: ["dirty", "full"] });
    expect(result.file.header).toMatchObject({ isDirty: true, isFull: true });
  });

  test("not a log at all", () => {
    expect(read(new TextEncoder().encode("hello"))).toMatchObject({
      ids: [],
      kinds: ["rejected"],
      codes: ["not-evtx"],
    });
    expect(read(new Uint8Array(0))).toMatchObject({ ids: [], codes: ["not-evtx"] });
  });

  test("chunks without the file header", () => {
    expect(read(threeRecords().slice(4096))).toMatchObject({ ids: [1, 2, 3], codes: ["not-evtx"] });
  });

  test("wrong checksums of the file header, the chunk header, the records", () => {
    const bytes = threeRecords();
    bytes[24]! ^= 8;
    bytes[4096 + 130]! ^= 1;
    bytes[4096 + 512 + 16]! ^= 1;
    expect(read(bytes)).toMatchObject({
      ids: [1, 2, 3],
      codes: ["bad-header-checksum", "bad-chunk-header-checksum", "bad-chunk-checksum"],
    });
    expect(codes(openEvtx(bytes, { checksums: false }))).toEqual(["bad-header-checksum"]);
  });

  test("a stale chunk count", () => {
    const bytes = threeRecords();
    view(bytes).setUint16(42, 9, true);
    expect(read(bytes).codes).toContain("stale-chunk-count");
  });

  test("a cut file: the records before the cut are read", () => {
    const bytes = threeRecords();
    const { records } = read(bytes);
    const result = read(bytes.slice(0, records[2]!.offset + 40));
    expect(result).toMatchObject({
      ids: [1, 2],
      codes: expect.arrayContaining(["truncated-chunk", "truncated-record"]),
      kinds: ["file-header", "chunk-header", "record", "record", "rejected"],
    });
  });

  test.each<[string, (bytes: Uint8Array, at: number) => void, string]>([
    ["size 0", (bytes, at) => view(bytes).setUint32(at + 4, 0, true), "zero-size-record"],
    ["size beyond the chunk", (bytes, at) => view(bytes).setUint32(at + 4, 64_000, true), "bad-record-size"],
    ["size too small", (bytes, at) => view(bytes).setUint32(at + 4, 20, true), "bad-record-size"],
    ["no magic", (bytes, at) => bytes.fill(0x41, at, at + 4), "bad-record-magic"],
  ])("a record with %s is skipped", (_name, damage, code) => {
    const bytes = threeRecords();
    const { records } = read(bytes);
    damage(bytes, records[1]!.offset);
    const result = read(bytes, { checksums: false });
    expect(result).toMatchObject({ ids: [1, 3], codes: [code, "stale-record-count"] });
    expect(result.kinds).toEqual([
      "file-header",
      "chunk-header",
      "record",
      "rejected",
      "record",
      "free-space",
    ]);
  });

  test("a wrong copy of the size is told, the record is read", () => {
    const bytes = threeRecords();
    const { records } = read(bytes);
    view(bytes).setUint32(records[2]!.offset - 4, 7, true);
    expect(read(bytes, { checksums: false })).toMatchObject({
      ids: [1, 2, 3],
      codes: ["size-copy-mismatch"],
    });
  });

  test("a header older than its records: what goes on seamlessly is live", () => {
    const bytes = threeRecords();
    const { records } = read(bytes);
    const chunk = view(bytes);
    chunk.setUint32(4096 + 48, records[1]!.offset - 4096, true);
    chunk.setBigUint64(4096 + 16, 1n, true);
    expect(read(bytes, { checksums: false })).toMatchObject({
      ids: [1, 2, 3],
      codes: ["stale-record-count"],
    });
  });

  test("a free space offset outside of the chunk", () => {
    const bytes = threeRecords();
    view(bytes).setUint32(4096 + 48, 70_000, true);
    expect(read(bytes, { checksums: false })).toMatchObject({
      ids: [1, 2, 3],
      codes: ["bad-free-space-offset"],
    });
  });

  test("zeroed and foreign chunks between good ones", () => {
    const bytes = writeEvtx([logon(1), logon(2), logon(3)], { recordsPerChunk: 1 });
    bytes.fill(0, 4096, 4096 + 65_536);
    bytes[4096 + 65_536] = 0x46;
    const result = read(bytes);
    expect(result).toMatchObject({ ids: [3], codes: ["bad-chunk-magic"] });
    expect(result.kinds).toEqual([
      "file-header",
      "free-space",
      "rejected",
      "chunk-header",
      "record",
      "free-space",
    ]);
  });
});

describe("recovery", () => {
  /** A chunk whose header forgets its last two records, with ids that do not go on. */
  function withSlack(): Uint8Array {
    const bytes = writeEvtx([logon(10), logon(5), logon(6)]);
    const { records } = read(bytes);
    view(bytes).setUint32(4096 + 48, records[1]!.offset - 4096, true);
    return bytes;
  }

  test("off: old records are slack", () => {
    expect(read(withSlack()).kinds).toEqual(["file-header", "chunk-header", "record", "slack"]);
  });

  test("on: they come marked, after the live ones", () => {
    const result = read(withSlack(), { recover: true, checksums: false });
    expect(result).toMatchObject({ ids: [10], recovered: [5, 6] });
    expect(result.kinds).toEqual([
      "file-header",
      "chunk-header",
      "record",
      "recovered-record",
      "recovered-record",
      "free-space",
    ]);
    expect(result.records[2]!.get("EventData.TargetUserName")).toBe("m.keller");
  });

  test("on: from chunks whose header was cleared", () => {
    const bytes = threeRecords();
    bytes.fill(0, 4096, 4096 + 512);
    expect(read(bytes)).toMatchObject({ ids: [], codes: ["empty-chunk"] });
    expect(read(bytes, { recover: true })).toMatchObject({ ids: [], recovered: [1, 2, 3] });
  });

  /** Two records in a chunk that was reset: all of it is free. */
  function reset(): Uint8Array {
    const bytes = writeEvtx([logon(1), logon(2)]);
    view(bytes).setUint32(4096 + 48, 512, true);
    return bytes;
  }

  test.each<[string, (chunk: Buffer) => void]>([
    // The definition of the event data is the second in the chunk; its GUID stands after the `next` offset.
    [
      "the definition is another one's by now",
      (chunk) => chunk.writeUInt32LE(7, chunk.lastIndexOf(Buffer.of(0x0c, 1)) + 2),
    ],
    [
      "other data stands where a name was",
      (chunk) => chunk.write("X", chunk.indexOf("EventData", 0, "utf16le"), "utf16le"),
    ],
  ])("never lends an old record foreign names: %s", (_name, damage) => {
    const bytes = reset();
    damage(Buffer.from(bytes.buffer, 4096));
    const { records } = read(bytes, { recover: true, checksums: false });
    const last = records[1]!;
    expect(last.recovered).toBe(true);
    expect(last.get("EventData.TargetUserName")).toBeUndefined();
    expect(last.toXML()).toContain('<Value Slot="0">m.keller</Value>');
    expect(last.channel).toBe("Security");
  });

  test("a record whose template is gone still gives its values, by slot", () => {
    const bytes = writeEvtx([logon(1), logon(2)]);
    const { records } = read(bytes);
    const [first, second] = records;
    // The definitions stand in the first record.
    bytes.fill(0, first!.offset, first!.offset + first!.length);
    const chunk = view(bytes);
    chunk.setUint32(4096 + 48, 512, true);
    const result = read(bytes, { recover: true, checksums: false });
    expect(result.recovered).toEqual([2]);
    const record = result.records[0]!;
    expect(record.offset).toBe(second!.offset);
    expect(record.toXML()).toContain("m.keller");
    expect(record.eventId).toBeUndefined();
    expect(result.file.diagnostics.length).toBeGreaterThan(0);
    expect(record.writtenAt).toBe(someTime);
  });
});
