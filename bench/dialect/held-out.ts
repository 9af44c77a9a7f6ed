/**
 * How well a dialect that is learned from a file alone reads it: `npm run script bench/dialect/held-out.ts -- DIR [--files]`.
 * DIR holds logs of known makes. Each is read twice: by its own parser, and by a dialect learned without any. Values are
 * compared record by record, meaning by meaning.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { ParsedEvent } from "@firebreak/model/event";
import { dialectFormat } from "@firebreak/parsers/dialect/format";
import { learnDialect } from "@firebreak/parsers/dialect/learn";
import { formats } from "@firebreak/parsers/formats.generated";
import { bytesSource, collect } from "@firebreak/parsers/testing/collect";
import { readHead } from "@firebreak/parsers/text/head";

const meanings = [
  "@timestamp",
  "source.ip",
  "source.port",
  "destination.ip",
  "destination.port",
  "network.transport",
  "user.name",
  "host.name",
  "event.action",
  "url.original",
  "http.request.method",
  "http.response.status_code",
  "user_agent.original",
  "source.bytes",
  "destination.bytes",
  "source.nat.ip",
  "destination.nat.ip",
  "rule.name",
  "process.name",
  "file.path",
  "dns.question.name",
] as const;
const maxBytes = 3_000_000;

interface Score {
  /** Records whose own parser gives the value, and which hold it as a cell. */
  recorded: number;
  found: number;
  given: number;
  right: number;
}

function plain(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  return String(Array.isArray(value) ? value[0] : value).toLowerCase();
}

function meaningOf(event: ParsedEvent | undefined, meaning: string): string | undefined {
  return meaning === "@timestamp" ? plain(event?.time?.ms) : plain(event?.fields[meaning]);
}

/** The texts of the record as it was cut: what the parser of the make worked out beyond them no dialect can know. */
function cellsOf(event: ParsedEvent): Set<string> {
  const raw = Object.entries(event.fields).filter(([name]) => name.startsWith("firebreak.raw."));
  return new Set(raw.map(([, value]) => plain(value)!));
}

const scores = new Map<string, Score>(
  meanings.map((name) => [name, { recorded: 0, found: 0, given: 0, right: 0 }]),
);
const layouts = new Map<string, number>();
let without = 0;

function mainDataset(events: readonly ParsedEvent[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { dataset } of events) counts.set(dataset, (counts.get(dataset) ?? 0) + 1);
  const [top] = [...counts].sort((a, b) => b[1] - a[1]);
  return top && top[1] >= events.length * 0.8 && !/^(?:generic|syslog)\//.test(top[0]) ? top[0] : undefined;
}

function compareFile(path: string, name: string): string | undefined {
  const bytes = Uint8Array.from(readFileSync(path));
  const head = readHead(bytesSource(bytes), name);
  if (head.encoding === "binary" || head.lines.length < 5) return undefined;
  const own = collect(bytes, formats, { fileName: name });
  const dataset = mainDataset(own.events);
  if (dataset === undefined) return undefined;
  const learned = learnDialect(new TextDecoder().decode(bytes).split(/\r?\n/), "held-out");
  if (!learned) {
    without++;
    return `${dataset}: no columns found`;
  }
  const { layout, envelope } = learned.dialect;
  const kind = envelope === "syslog" ? `${layout.kind} behind syslog` : layout.kind;
  layouts.set(kind, (layouts.get(kind) ?? 0) + 1);
  const read = collect(bytes, [dialectFormat(learned.dialect)], { fileName: name });
  const byOffset = new Map(read.events.map((event) => [event.offset, event]));
  for (const event of own.events) countRecord(event, byOffset.get(event.offset));
  return `${dataset}: ${kind}, ${read.events.length} of ${own.events.length} records`;
}

function countRecord(own: ParsedEvent, learned: ParsedEvent | undefined): void {
  const cells = learned ? cellsOf(learned) : new Set<string>();
  for (const meaning of meanings) {
    const score = scores.get(meaning)!;
    const wanted = meaningOf(own, meaning);
    const got = meaningOf(learned, meaning);
    const isEqual = wanted !== undefined && wanted === got;
    const isRecorded = wanted !== undefined && (isEqual || meaning === "@timestamp" || cells.has(wanted));
    if (isRecorded) score.recorded++;
    if (isEqual) score.found++;
    if (got !== undefined && wanted !== undefined) {
      score.given++;
      if (isEqual) score.right++;
    }
  }
}

const root = process.argv[2];
if (root === undefined) throw new Error("give a folder of logs of known makes");
const percent = (part: number, whole: number) =>
  whole === 0 ? "-" : `${((100 * part) / whole).toFixed(1)} %`;
for (const file of readdirSync(root, { recursive: true, encoding: "utf8" }).sort()) {
  const path = join(root, file);
  if (!statSync(path).isFile() || statSync(path).size > maxBytes || /LICENSES|manifest|\.gz$/i.test(file))
    continue;
  const told = compareFile(path, file.split("/").pop()!);
  if (told !== undefined && process.argv.includes("--files")) console.log(`${file}: ${told}`);
}
console.log(
  `learned: ${[...layouts].map(([kind, n]) => `${kind} ${n}`).join(", ")}; without columns: ${without}`,
);
console.log("meaning | records that hold it | found | right where both give one");
for (const [name, { recorded, found, given, right }] of scores)
  if (recorded > 0)
    console.log(`${name} | ${recorded} | ${percent(found, recorded)} | ${percent(right, given)}`);
