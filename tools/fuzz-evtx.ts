/**
 * Mutates written logs and reads them in every way for a while:
 *
 *   node tools/fuzz-evtx.ts SECONDS [SEED] [FILE...]
 *
 * Nearly all cases are a chunk of a few records, cut off after them: thousands of those are read in the time of one full
 * log. One in 256 is a full log or one of the files given. An exception, a hang (over two seconds of processor time for one
 * case) or an accounting that does not add up ends the run with exit code 1, the case's seed, and the bytes as
 * `fuzz-evtx-<seed>.evtx` in the working directory.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { openEvtx } from "../packages/evtx/src/index.ts";
import { type EvtxRecordSpec, filetimeOf, type RawRecordSpec, writeEvtx } from "./evtx-writer/writer.ts";

const headerBytes = 4096;
const chunkBytes = 65_536;
const hangMs = 2000;
const [secondsText, seedText, ...paths] = process.argv.slice(2);
const seconds = Number(secondsText);
if (!(seconds > 0)) {
  console.error("usage: node tools/fuzz-evtx.ts SECONDS [SEED] [FILE...]");
  process.exit(2);
}
const logs = [...writtenLogs(), ...paths.map((path) => new Uint8Array(readFileSync(path)))];
const fragments = logs.flatMap(firstRecords);
const logEvery = 256;
const end = performance.now() + seconds * 1000;
let seed = Number(seedText ?? 1);
let cases = 0;
for (; performance.now() < end; seed++, cases++) {
  const bytes = mutate(seed);
  const fault = faultOf(bytes);
  if (fault === undefined) continue;
  const target = `fuzz-evtx-${seed}.evtx`;
  writeFileSync(target, bytes);
  console.error(`seed ${seed}: ${fault}\nwritten to ${target}`);
  process.exit(1);
}
console.log(`${cases} cases, the last with seed ${seed - 1}: no fault`);

function faultOf(bytes: Uint8Array): string | undefined {
  const start = performance.now();
  try {
    readEverything(bytes);
    if (performance.now() - start < hangMs) return undefined;
    // On a busy machine time passes without this process: what counts is the processor's, and asking for it is slow.
    const used = process.cpuUsage();
    readEverything(bytes);
    const tookMs = process.cpuUsage(used).user / 1000;
    return tookMs > hangMs ? `took ${Math.round(tookMs)} ms of processor time` : undefined;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

function readEverything(bytes: Uint8Array): void {
  const file = openEvtx(bytes, { recover: true });
  file.forEachRecord((record) => {
    record.get("EventData.TargetUserName");
    record.get("nothing of this name");
    record.forEachSystem(() => {});
    record.forEachData(() => {});
    JSON.parse(record.jsonText());
    JSON.stringify(record);
    record.toXML();
  });
  let at = 0;
  for (const range of file.accounting()) {
    if (range.offset !== at || range.length <= 0) throw new Error(`the accounting breaks at ${at}`);
    at += range.length;
  }
  if (at !== bytes.length) throw new Error(`the accounting ends at ${at} of ${bytes.length}`);
}

/** Deterministic: the seed decides the file, the changes and their places. */
function mutate(caseSeed: number): Uint8Array {
  const random = generator(caseSeed);
  const corpus = caseSeed % logEvery === 0 ? logs : fragments;
  const bytes = corpus[random(corpus.length)]!.slice();
  const start = corpus === logs ? headerBytes : 0;
  const view = new DataView(bytes.buffer);
  // Most of a chunk is free space: aim at where the records are.
  const place = () => {
    const chunk = start + chunkBytes * random(Math.max(1, Math.ceil((bytes.length - start) / chunkBytes)));
    const at = random(8) === 0 ? random(bytes.length) : chunk + random(1 << (9 + random(8)));
    return Math.min(bytes.length - 8, corpus === logs ? at : at % bytes.length);
  };
  for (let count = 1 + random(16); count > 0; count--) {
    const at = place();
    const kind = random(6);
    if (kind === 0) bytes[at] = random(256);
    else if (kind === 1) view.setUint16(at, interesting(random), true);
    else if (kind === 2) view.setUint32(at, interesting(random), true);
    else if (kind === 3) bytes.copyWithin(at, place(), Math.min(bytes.length, place() + random(2000)));
    else if (kind === 4) bytes.fill(random(2) * 0xff, at, at + random(64));
    else bytes[at]! ^= 1 << random(8);
  }
  return random(10) === 0 ? bytes.slice(0, random(bytes.length)) : bytes;
}

/** Of each of the first chunks of a log: the chunk as it would be if it ended after one record, after two, after five. */
function firstRecords(log: Uint8Array): Uint8Array[] {
  const found: Uint8Array[] = [];
  for (let at = headerBytes; at + chunkBytes <= log.length && at < 4 * chunkBytes; at += chunkBytes) {
    const chunk = log.slice(at, at + chunkBytes);
    if (chunk[0] !== 0x45) continue;
    const view = new DataView(chunk.buffer);
    let end = 512;
    for (let count = 1; count <= 5 && view.getUint32(end, true) === 0x2a2a; count++) {
      const length = view.getUint32(end + 4, true);
      if (length === 0 || end + length > chunkBytes - 64) break;
      end += length;
      if (count > 2 && count < 5) continue;
      const part = chunk.slice(0, end + 64);
      new DataView(part.buffer).setUint32(48, end, true);
      found.push(part);
    }
  }
  return found;
}

function interesting(random: (below: number) => number): number {
  const numbers = [0, 1, 0xff, 0x7fff, 0xffff, 0x10000, 0x7fffffff, 0xffffffff, 512, 4, 24, 28, 65_536];
  return random(2) === 0 ? numbers[random(numbers.length)]! : random(65_536);
}

/** xorshift32: small, and the same everywhere. */
function generator(start: number): (below: number) => number {
  let state = Math.imul(start + 1, 0x9e3779b1) | 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

function writtenLogs(): Uint8Array[] {
  const time = filetimeOf("2024-05-06T07:08:09.1234567Z");
  const base = { time, computer: "ws-17.corp.example", channel: "Security" };
  const mixed: Array<EvtxRecordSpec | RawRecordSpec> = [];
  for (let i = 0; i < 120; i += 4) {
    mixed.push({
      ...base,
      recordId: i + 1,
      provider: { name: "P" },
      eventId: 4624,
      eventData: [
        { name: "TargetUserName", value: `user${i}` },
        { name: "Port", type: "uint32", value: i },
        { name: "Sid", type: "sid", value: "S-1-5-21-1-2-3-500" },
      ],
    });
    mixed.push({
      ...base,
      recordId: i + 2,
      provider: { name: "Q" },
      qualifiers: 1,
      eventId: 7036,
      eventData: [{ value: "a" }, { value: "b" }],
      binary: Uint8Array.of(1, 2),
    });
    mixed.push({
      ...base,
      recordId: i + 3,
      provider: { name: "R" },
      eventId: 1102,
      userData: { name: "X", attributes: { xmlns: "urn:example" }, children: [{ name: "Y", value: "z" }] },
    });
    mixed.push({
      time,
      recordId: i + 4,
      fragment: {
        element: {
          name: "Event",
          children: [
            { name: "System", children: [{ name: "EventID", children: ["1"] }] },
            {
              name: "EventData",
              children: [
                { name: "Data", children: ["a", { entityRef: "lt" }, { charRef: 233 }, { cdata: "c" }] },
              ],
            },
          ],
        },
      },
    });
  }
  return [writeEvtx(mixed), writeEvtx(mixed, { recordsPerChunk: 20 })];
}
