import { expect, test } from "vitest";
import { writeEvtx } from "../../../../tools/evtx-writer/writer.ts";
import { logon } from "../../test/logs.ts";
import { openEvtx } from "./file.ts";
import { openEvtxStream } from "./stream.ts";

const log = writeEvtx(
  Array.from({ length: 30 }, (_, i) => logon(i + 1)),
  { recordsPerChunk: 10 },
);

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function readStream(bytes: Uint8Array, size: number) {
  const stream = openEvtxStream(pieces(bytes, size));
  const lines: string[] = [];
  for await (const record of stream.records()) lines.push(`${record.offset} ${record.jsonText()}`);
  return { lines, codes: stream.diagnostics.map(({ code }) => code).sort(), header: stream.header };
}

function readBytes(bytes: Uint8Array) {
  const file = openEvtx(bytes);
  const lines = [...file.records()].map((record) => `${record.offset} ${record.jsonText()}`);
  return { lines, codes: file.diagnostics.map(({ code }) => code).sort(), header: file.header };
}

const damaged = log.slice();
damaged.fill(0x41, 4096 + 65_536, 4096 + 65_536 + 600);

test.each([
  ["whole", log],
  ["bare chunks", log.subarray(4096)],
  ["cut within a chunk", log.subarray(0, log.length - 40_000)],
  ["cut within the header block", log.subarray(0, 3000)],
  ["cut within the header", log.subarray(0, 100)],
  ["a damaged chunk", damaged],
  ["header alone", log.subarray(0, 4096)],
  ["no log", new Uint8Array(5000).fill(7)],
])("%s: a stream gives what the bytes at once give", async (_, bytes) => {
  const expected = readBytes(bytes);
  for (const size of [997, 4096, 65_536, 1 << 20]) expect(await readStream(bytes, size)).toEqual(expected);
});

test("nothing: no records, told", async () => {
  expect(await readStream(new Uint8Array(0), 10)).toEqual({
    lines: [],
    codes: ["not-evtx"],
    header: undefined,
  });
});

test("an error of the input is passed on", async () => {
  async function* failing(): AsyncGenerator<Uint8Array> {
    yield log.subarray(0, 10_000);
    throw new Error("connection lost");
  }
  const ids: unknown[] = [];
  const read = async () => {
    for await (const record of openEvtxStream(failing()).records()) ids.push(record.eventId);
  };
  await expect(read()).rejects.toThrow("connection lost");
  expect(ids).toEqual([]);
});
