import { describe, expect, test } from "vitest";
import { writeEvtx } from "../../../../tools/evtx-writer/writer.ts";
import { logon, raw, readAll, spec } from "../../test/logs.ts";
import { LikenessTable } from "./likeness.ts";

/** A definition of 40 bytes: next, GUID, size, a reference to a name, eight more bytes. */
function definition(change: (view: DataView) => void = () => {}): DataView {
  const view = new DataView(new ArrayBuffer(256));
  for (let at = 64; at < 104; at++) view.setUint8(at, at);
  view.setUint32(64 + 24, 200, true);
  change(view);
  return view;
}

const names = Int32Array.of(64 + 24, 7, 0);
const bytesOf = (view: DataView) => new Uint8Array(view.buffer);

describe("a definition is taken for a known one", () => {
  const table = new LikenessTable<string>();
  table.keep(bytesOf(definition()), 64, 40, names, "known");
  const cases: readonly [name: string, view: DataView, number: number, found: string | undefined][] = [
    ["the same bytes", definition(), 7, "known"],
    ["another next definition", definition((view) => view.setUint32(64, 1)), 7, "known"],
    ["its name elsewhere", definition((view) => view.setUint32(88, 32, true)), 7, "known"],
    ["another name", definition(), 8, undefined],
    ["a name that cannot be trusted", definition(), -1, undefined],
    ["its name right after the reference", definition((view) => view.setUint32(88, 92, true)), 7, undefined],
    ["another GUID", definition((view) => view.setUint8(70, 0)), 7, undefined],
    ["another last byte", definition((view) => view.setUint8(103, 0)), 7, undefined],
  ];
  test.each(cases)("%s", (_, view, number, found) => {
    expect(table.find(view, 64, 40, () => number)).toBe(found);
  });

  test("a buffer of Node is copied, not kept", () => {
    const own = new LikenessTable<string>();
    const chunk = Buffer.from(bytesOf(definition()));
    own.keep(chunk, 64, 40, names, "known");
    chunk.fill(0);
    expect(own.find(definition(), 64, 40, () => 7)).toBe("known");
  });

  test("what is kept is bounded", () => {
    const own = new LikenessTable<string>();
    const large = new Uint8Array(60_000);
    for (let size = 40; size < 1040; size++) own.keep(large, 0, 50_000 + size, Int32Array.of(), String(size));
    expect(own.find(new DataView(large.buffer), 0, 50_040, () => -1)).toBeUndefined();
    expect(own.find(new DataView(large.buffer), 0, 51_039, () => -1)).toBe("1039");
  });
});

test("templates of one GUID and size that differ in a constant stay two, in every chunk", () => {
  const one = (text: string, recordId: number) => raw([{ name: "System", children: [text] }], [], recordId);
  const logs = ["alpha", "gamma", "alpha"].map((text, i) => writeEvtx([one(text, i + 1)]));
  expect(logs.map((log) => readAll(log)[0]!.jsonText())).toEqual(
    ["alpha", "gamma", "alpha"].map((text) => `{"Event":{"System":"${text}"}}`),
  );
});

test("records read the same in the first chunk and in later ones", () => {
  const records = Array.from({ length: 40 }, (_, i) =>
    i % 3 === 0
      ? logon(i + 1)
      : spec({ recordId: i + 1, computer: `ws-${i % 3}`, eventData: [{ name: "A", value: "x" }] }),
  );
  const texts = (recordsPerChunk: number) =>
    readAll(writeEvtx(records, { recordsPerChunk })).map((record) => record.jsonText());
  expect(texts(1)).toEqual(texts(40));
});
