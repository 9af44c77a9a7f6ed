/**
 * Parser speed, format by format, on one core: `npm run script bench/parse/bench.ts -- [MIB] [FILTER]`.
 * Ordinary days of a few logs first (ordinary.ts), then each fixture. A fixture's records are repeated with varied values (addresses, ports, numbers) to MIB and read from memory with all formats
 * registered, as a file is: votes, recognition, fields, time. Processor time, median of three rounds; hashing the same bytes
 * with SHA-256 in the same round is the reference for machines that are busy.
 */
import { createHash } from "node:crypto";
import type { EventSink } from "@firebreak/model/format";
import { formats } from "@firebreak/parsers/formats.generated";
import { readEvidence } from "@firebreak/parsers/read";
import { bytesSource, collect } from "@firebreak/parsers/testing/collect";
import { type Fixture, readFixtures } from "@firebreak/parsers/testing/fixtures";
import { ordinaryLogs } from "./ordinary.ts";

const rounds = 3;
const wantedBytes = Number(process.argv[2] ?? 4) * 2 ** 20;
const filter = process.argv[3] ?? "";
const time = { reference: { ms: Date.UTC(2024, 5, 30), source: "reference-date" as const } };

/** Other last octets and other numbers of four to six digits, years and parts of longer texts left alone. */
function vary(text: string, copy: number): string {
  return text
    .replace(
      /\b(\d{1,3}\.\d{1,3}\.\d{1,3}\.)(\d{1,3})\b/g,
      (_, net: string, last: string) => net + (((Number(last) + copy) % 254) + 1),
    )
    .replace(/(?<![\d./:T-])(?!19|20)[1-9]\d{3,5}(?![\d./:T-])/g, (digits) =>
      String(((Number(digits) + copy * 7919) % 65_000) + 1000)
        .padStart(digits.length, "1")
        .slice(0, digits.length),
    );
}

/** A fixture's header once, then its records again and again; undefined for formats that are no text or one document. */
function enlarge({ bytes, path }: Fixture): Uint8Array | undefined {
  const read = collect(bytes, formats, { fileName: path.slice(path.lastIndexOf("/") + 1) });
  const kind = formats.find(({ name }) => name === read.format)?.kind;
  if (kind !== "line" || read.events.length === 0 || read.encoding !== "utf-8") return undefined;
  const start = Math.min(...read.events.map(({ offset }) => offset));
  const end = Math.max(...read.events.map(({ offset, length }) => offset + length));
  const header = Buffer.from(bytes.subarray(0, start));
  const records = Buffer.from(bytes.subarray(start, end)).toString("utf8").replace(/\n?$/, "\n");
  const parts: Buffer[] = [header];
  let size = header.length;
  for (let copy = 0; size < wantedBytes; copy++) {
    const part = Buffer.from(copy === 0 ? records : vary(records, copy));
    parts.push(part);
    size += part.length;
  }
  return Uint8Array.from(Buffer.concat(parts));
}

/** Seconds of processor time. */
function cpu(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const used = process.cpuUsage(before);
  return (used.user + used.system) / 1e6;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

interface Input {
  name: string;
  fileName: string;
  bytes: Uint8Array;
}

interface Row {
  name: string;
  megabytes: number;
  eventsPerSecond: number;
  toHash: number;
  rejected: number;
}

function measure({ name, fileName, bytes }: Input): Row {
  let events = 0;
  let rejected = 0;
  const sink: EventSink = {
    event: () => void events++,
    reject: () => void rejected++,
    skip: () => {},
    note: () => {},
  };
  const read = () => readEvidence(bytesSource(bytes), { fileName, formats, time }, sink);
  read();
  const perRound = events;
  const seconds: number[] = [];
  const hashes: number[] = [];
  for (let round = 0; round < rounds; round++) {
    seconds.push(cpu(read));
    hashes.push(cpu(() => createHash("sha256").update(bytes).digest()));
  }
  const second = median(seconds);
  return {
    name,
    megabytes: bytes.length / 1e6 / second,
    eventsPerSecond: perRound / second,
    toHash: second / median(hashes),
    rejected: rejected / (rounds + 1),
  };
}

function print(title: string, rows: readonly Row[]): void {
  console.log(`${title} | MB/s | events/s | times SHA-256 | rejected`);
  for (const { name, megabytes, eventsPerSecond, toHash, rejected } of rows.toSorted(
    (a, b) => a.megabytes - b.megabytes,
  ))
    console.log(
      `${name} | ${megabytes.toFixed(1)} | ${Math.round(eventsPerSecond)} | ${toHash.toFixed(1)} | ${rejected}`,
    );
}

/** A fixture as a file of some size; none for formats that `enlarge` leaves out. */
function inputOf(fixture: Fixture): Input | undefined {
  const bytes = enlarge(fixture);
  const slash = fixture.path.lastIndexOf("/");
  return bytes && { name: fixture.path.slice(0, slash), fileName: fixture.path.slice(slash + 1), bytes };
}

const days = ordinaryLogs
  .filter(({ name }) => name.includes(filter))
  .map(({ name, fileName, make }) => measure({ name, fileName, bytes: make(wantedBytes) }));
print("ordinary day", days);
const rows = readFixtures()
  .filter(({ path }) => path.includes(filter))
  .flatMap((fixture) => {
    const input = inputOf(fixture);
    return input ? [measure(input)] : [];
  });
print("fixture", rows);
console.log(
  `median ${median(rows.map(({ megabytes }) => megabytes)).toFixed(1)} MB/s over ${rows.length} fixtures`,
);
