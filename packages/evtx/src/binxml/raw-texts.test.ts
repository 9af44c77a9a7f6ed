import { describe, expect, test } from "vitest";
import type { TypedValue, ValueTypeName, XmlNode } from "../../../../tools/evtx-writer/writer.ts";
import { raw, readOne, spec } from "../../test/logs.ts";
import type { EvtxRecord } from "../record.ts";
import type { RawTexts } from "./raw-texts.ts";

function rawOf(record: EvtxRecord): RawTexts | undefined {
  const into: RawTexts = { view: new DataView(new ArrayBuffer(0)), from: 0, end: 0, fixed: [] };
  return record.rawTexts(into) ? into : undefined;
}

function isIn(text: string, { view, from, end, fixed }: RawTexts): boolean {
  const bytes = Buffer.from(view.buffer, view.byteOffset + from, end - from);
  return bytes.includes(Buffer.from(text, "utf16le")) || fixed.some((list) => list.includes(text));
}

function data(children: readonly XmlNode[], value: TypedValue) {
  const item: XmlNode = { name: "Data", attributes: [["Name", ["D"]]], children };
  return raw([{ name: "EventData", children: [item] }], [value]);
}

describe("rawTexts", () => {
  test("holds every text of the record", () => {
    const record = readOne(
      spec({
        eventData: [
          { name: "Image", value: "C:\\a.exe" },
          { name: "Port", type: "uint32", value: 443 },
          { name: "Nothing", value: null },
          { name: "Name", value: "M\u00fcller" },
        ],
      }),
    );
    const texts = rawOf(record)!;
    const seen: string[] = [];
    record.forEachRecorded(
      {
        withNumbers: false,
        text: ({ view, at, count }) => {
          seen.push(Buffer.from(view.buffer, view.byteOffset + at, 2 * count).toString("utf16le"));
        },
      },
      (_, value) => seen.push(String(value)),
    );
    expect(seen.map((text) => text.replace(/\0+$/, ""))).toEqual(
      expect.arrayContaining(["C:\\a.exe", "M\u00fcller", record.channel]),
    );
    for (const text of seen) expect([text, isIn(text, texts)]).toEqual([text, true]);
  });

  test("records of one template share the texts that it gives", () => {
    const [one, other] = ["a", "b"].map(
      (value) => rawOf(readOne(spec({ eventData: [{ name: "A", value }] })))!,
    );
    expect(one!.fixed.length).toBeGreaterThan(0);
    for (const [at, list] of one!.fixed.entries()) expect(other!.fixed[at]).toBe(list);
  });

  test.each<[string, ValueTypeName, TypedValue, boolean]>([
    ["a text", "string", { value: "v" }, true],
    ["a number", "uint32", { type: "uint32", value: 7 }, true],
    ["ANSI text", "ansi", { type: "ansi", value: "v" }, false],
    ["a list", "string", { value: ["v", "w"] }, false],
  ])("%s", (_, type, value, expected) => {
    expect(rawOf(readOne(data([{ slot: 0, type }], value))) !== undefined).toBe(expected);
  });

  test("not where text is made of several values", () => {
    const record = readOne(data(["a", { slot: 0, type: "string" }], { value: "b" }));
    expect(record.get("D")).toBe("ab");
    expect(rawOf(record)).toBeUndefined();
  });
});
