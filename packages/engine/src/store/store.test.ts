import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Fields, ParsedEvent } from "@firebreak/model/event";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writeEvent } from "./row.ts";
import { SegmentWriter } from "./segment.ts";
import { EventStore } from "./store.ts";
import { together } from "./together.ts";

let dir: string;
let runs = 0;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "firebreak-store-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

async function store(events: readonly ParsedEvent[]): Promise<EventStore> {
  runs++;
  const writer = new SegmentWriter(join(dir, `events-${runs}`));
  for (const event of events) writeEvent(writer, "0123456789ab", event);
  writer.close();
  const segment = { file: writer.file, rows: writer.rows };
  return EventStore.build(join(dir, `${runs}.duckdb`), { events: [segment], matches: [], rejects: [] });
}

const event = (fields: Fields, offset = 0): ParsedEvent => ({
  dataset: "test/one",
  fields,
  offset,
  length: 1,
});
/** What the store makes of a text: NUL and the quote sign become visible signs, lone surrogates U+FFFD. */
const stored = (text: string) => text.replaceAll("\0", "␀").replaceAll("\u0001", "␁").toWellFormed();

describe("event store", () => {
  it.each<[string, string]>([
    ["quotes", 'say "hello", he said'],
    ["line breaks", "one\r\ntwo\nthree\r"],
    ["the dialect's own signs", "a\u001fb\u0001c"],
    ["NUL", "a\0b"],
    ["nothing", ""],
    ["blanks", "  x  "],
    ["the word NULL", "NULL"],
    ["beyond the BMP", "𝔘nicode 🚒"],
    ["a long text", "x".repeat(1_000_000)],
  ])("gives back a text with %s", async (_, text) => {
    const built = await store([event({ "user.name": text, "firebreak.raw.other": text })]);
    const [row] = await built.query<{ user_name: string; rest: string }>(
      "SELECT user_name, rest FROM events",
    );
    built.close();
    expect(row!.user_name).toBe(stored(text));
    expect((JSON.parse(row!.rest) as Fields)["firebreak.raw.other"]).toBe(text);
  });

  it("writes JSON that the database reads, whatever the text: half of a surrogate pair stopped every query", async () => {
    const text = 'a\ud83d \0\u0001\u001f"\\ \udc00';
    const built = await store([event({ [text]: text, "firebreak.raw.list": [text] })]);
    const [row] = await built.query<{ name: string; value: string }>(
      "SELECT json_keys(rest)[1] AS name, json_extract_string(rest, '$.*')[1] AS value FROM events ORDER BY name",
    );
    built.close();
    expect(row).toEqual({ name: text.toWellFormed(), value: text.toWellFormed() });
  });

  it("gives back any fields, in order of their places", async () => {
    const value = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.array(fc.string(), { maxLength: 3 }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ text: fc.string({ unit: "binary" }), value }), { minLength: 1, maxLength: 20 }),
        async (records) => {
          const built = await store(
            records.map(({ text, value: other }, i) =>
              event({ "host.name": text, "firebreak.raw.x": other }, i),
            ),
          );
          const rows = await built.query<{ host: string; rest: string }>(
            'SELECT host, rest FROM events ORDER BY "offset"',
          );
          built.close();
          expect(rows.map(({ host }) => host)).toEqual(records.map(({ text }) => stored(text)));
          expect(rows.map(({ rest }) => (JSON.parse(rest) as Fields)["firebreak.raw.x"])).toEqual(
            records.map(({ value: other }) => (Object.is(other, -0) ? 0 : other)),
          );
        },
      ),
      { numRuns: 30 },
    );
  });

  it("keeps a port that is no number beside its column", async () => {
    const built = await store([event({ "source.port": "http", "destination.port": "443" })]);
    expect(await built.query("SELECT source_port, destination_port, rest FROM events")).toEqual([
      { source_port: null, destination_port: 443, rest: '{"source.port":"http"}' },
    ]);
    built.close();
  });

  it("cuts what is too long for a row, and says so", async () => {
    const built = await store([
      event({ "user.name": "x".repeat(2_000_000), "firebreak.raw.a": "y".repeat(9_000_000) }),
    ]);
    const [row] = await built.query<{ n: number; rest: string }>(
      "SELECT length(user_name) AS n, rest FROM events",
    );
    expect(row).toEqual({ n: (1 << 20) + 1, rest: '{"firebreak.truncated":true}' });
    built.close();
  });

  it("keeps a row of many long cells in bounds, in bytes too", async () => {
    const long = "𝔘€".repeat(400_000);
    const names = ["user.name", "host.name", "process.executable", "file.path", "url.original", "rule.name"];
    const built = await store([event(Object.fromEntries(names.map((name) => [name, long])))]);
    const [row] = await built.query<{ n: number }>("SELECT length(user_name) AS n FROM events");
    expect(row!.n).toBeGreaterThan(40_000);
    built.close();
  });

  it("tells absent from empty, and undated from dated", async () => {
    const time = {
      ms: 1_700_000_000_123,
      ns: 456_700,
      original: "x",
      zone: "UTC",
      zoneSource: "in-record" as const,
    };
    const built = await store([event({ "user.name": "" }), { ...event({}, 1), time }]);
    expect(await built.query('SELECT user_name, ms, ns, zone_source FROM events ORDER BY "offset"')).toEqual([
      { user_name: "", ms: null, ns: null, zone_source: null },
      { user_name: null, ms: 1_700_000_000_123, ns: 456_700, zone_source: "in-record" },
    ]);
    built.close();
  });

  it("keeps queries away from files and settings", async () => {
    const built = await store([event({})]);
    await expect(built.query("SELECT * FROM read_csv('/etc/hostname')")).rejects.toThrow(/disabled/);
    await expect(built.run("SET enable_external_access = true")).rejects.toThrow(/locked|cannot/i);
    built.close();
  });

  it("answers more questions at once than it has connections, each from the same tables", async () => {
    const built = await store(Array.from({ length: 5000 }, (_, i) => event({ "source.port": i }, i)));
    await built.widen(3);
    await built.gatherMatched(10);
    const ports = async (from: number) => {
      const found: number[] = [];
      for await (const { port } of built.stream<{ port: number }>(
        `SELECT source_port AS port FROM events WHERE source_port >= ${from} ORDER BY port`,
      ))
        found.push(port);
      return found.length;
    };
    const counted = await together([ports(0), ports(1000), ports(2000), ports(3000), built.gatherCopies()]);
    expect(counted).toEqual([5000, 4000, 3000, 2000, 0]);
    built.close();
  });

  it("goes on after a question that fails, and one that is left half-way", async () => {
    const built = await store(Array.from({ length: 5000 }, (_, i) => event({}, i)));
    await expect(built.query("SELECT nothing FROM events")).rejects.toThrow(/nothing/);
    for await (const _ of built.stream("SELECT * FROM events")) break;
    expect(await built.query("SELECT count(*) AS n FROM events ORDER BY n")).toEqual([{ n: 5000 }]);
    built.close();
  });
});

describe("together", () => {
  it("waits for all before it tells of a failure", async () => {
    let isDone = false;
    const slow = new Promise<void>((resolve) => {
      setTimeout(() => {
        isDone = true;
        resolve();
      }, 20);
    });
    await expect(together([Promise.reject(new Error("one")), slow])).rejects.toThrow("one");
    expect(isDone).toBe(true);
  });
});
