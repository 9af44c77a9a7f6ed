import { describe, expect, test } from "vitest";
import { type EvtxRecordSpec, type RawRecordSpec, writeEvtx } from "../../../../tools/evtx-writer/writer.ts";
import { logon, raw, spec } from "../../test/logs.ts";
import { type EvtxRecord, openEvtx, type RecordCells, type RecordSieve } from "../index.ts";

/** Notes what the sieve is shown, and lets through what the test says. */
function sift(
  records: readonly (EvtxRecordSpec | RawRecordSpec)[],
  look: (cells: RecordCells, sieve: RecordSieve) => boolean,
): { visited: EvtxRecord[]; sifted: boolean[]; chunks: number } {
  let chunks = 0;
  const sieve: RecordSieve = {
    starts: new Int32Array(200),
    types: new Uint8Array(200),
    useChunk: () => {
      chunks++;
    },
    mayMatter: (cells) => look(cells, sieve),
  };
  const visited: EvtxRecord[] = [];
  const sifted: boolean[] = [];
  const log = openEvtx(writeEvtx(records, { recordsPerChunk: 2 }));
  log.forEachRecord(
    (record, isSifted) => {
      visited.push(record);
      sifted.push(isSifted);
    },
    { sieve },
  );
  return { visited, sifted, chunks };
}

describe("a sieve", () => {
  test("finds values where the record has them, and what stands in System", () => {
    const seen: unknown[] = [];
    const eventData = [
      { name: "User", value: "CORP\\alice" },
      { name: "LogonType", type: "uint32" as const, value: 10 },
      { name: "Elevated", type: "bool" as const, value: true },
      { name: "None", type: "null" as const, value: null },
    ];
    sift([spec({ eventData })], (cells, { starts, types }) => {
      const { layout } = cells;
      for (const name of ["User", "LogonType", "Elevated", "None"]) {
        const cell = layout.dataFrom + layout.data.indexOf(`EventData.${name}`);
        seen.push([name, types[cell], starts[cell + 1]! - starts[cell]!, cells.valueAt(cell)]);
      }
      const eventId = layout.system("EventID");
      seen.push(eventId !== undefined && "cell" in eventId && cells.valueAt(eventId.cell));
      seen.push(layout.system("NoSuch"), cells.isWide, layout.dataCount);
      return true;
    });
    expect(seen).toEqual([
      ["User", 1, 22, "CORP\\alice"],
      ["LogonType", 8, 4, 10],
      ["Elevated", 13, 4, true],
      ["None", 0, 0, ""],
      4624,
      undefined,
      true,
      4,
    ]);
  });

  test("decides which records are visited, chunk by chunk", () => {
    let asked = 0;
    const records = [1, 2, 3, 4, 5].map((id) => logon(id));
    const { visited, sifted, chunks } = sift(records, () => ++asked % 2 === 0);
    expect([asked, visited.map(({ id }) => id), sifted, chunks]).toEqual([5, [2, 4], [true, true], 3]);
  });

  test("records of one template share the layout", () => {
    const layouts = new Set<object>();
    sift([logon(1), logon(2), logon(3)], ({ layout }) => {
      layouts.add(layout);
      return false;
    });
    expect(layouts.size).toBe(1);
  });

  test.each<[string, EvtxRecordSpec | RawRecordSpec]>([
    ["no data", spec()],
    ["an element without a template's data", raw([{ name: "System" }])],
  ])("is not asked about a record with %s", (_name, record) => {
    const { visited, sifted } = sift([record], () => false);
    expect([visited.length, sifted]).toEqual([1, [false]]);
  });

  test("is told of texts that are not UTF-16", () => {
    const wide: boolean[] = [];
    const ansi = { name: "A", type: "ansi" as const, value: "x" };
    sift([logon(1), spec({ recordId: 2, eventData: [ansi] })], ({ isWide }) => {
      wide.push(isWide);
      return false;
    });
    expect(wide).toEqual([true, false]);
  });
});
