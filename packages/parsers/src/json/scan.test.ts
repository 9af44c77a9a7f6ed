import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesSource } from "../testing/collect.ts";
import { detectEncoding } from "../text/encoding.ts";
import { scanElements } from "./scan.ts";

function scan(input: string | Uint8Array, options: { blockBytes?: number; maxElementBytes?: number } = {}) {
  const bytes = typeof input === "string" ? new TextEncoder().encode(input) : input;
  const out = {
    elements: [] as string[],
    offsets: [] as number[],
    lines: [] as number[],
    broken: [] as string[],
    covered: 0,
  };
  let at = 0;
  const cover = (offset: number, length: number) => {
    expect(offset).toBe(at);
    at += length;
    out.covered = at;
  };
  scanElements(
    bytesSource(bytes),
    { ...detectEncoding(bytes), ...options },
    {
      element(text, offset, length, line) {
        cover(offset, length);
        out.elements.push(text);
        out.offsets.push(offset);
        out.lines.push(line);
      },
      between: cover,
      broken(offset, length, _line, reason) {
        cover(offset, length);
        out.broken.push(reason);
      },
    },
  );
  expect(out.covered).toBe(bytes.length);
  return out;
}

describe("scanElements", () => {
  it.each([
    ["empty", "", []],
    ["array", '[{"a":1},{"a":2}]', ['{"a":1}', '{"a":2}']],
    ["empty array", "[]", []],
    ["pretty", '{\n  "a": {\n    "b": "}"\n  }\n}\n', ['{\n  "a": {\n    "b": "}"\n  }\n}']],
    ["concatenated", '{"a":1}{"a":2}\n{"a":3}', ['{"a":1}', '{"a":2}', '{"a":3}']],
    [
      "Records",
      '{"Records":[{"a":1},{"a":{"events":[{}]}}],"more":{"x":1}}',
      ['{"a":1}', '{"a":{"events":[{}]}}'],
    ],
    ["hits.hits", '{"took":1,"hits":{"total":{"value":1},"hits":[{"_source":{}}]}}', ['{"_source":{}}']],
    ["pages", '{"chunk_size":1,"next_stream_position":"7","entries":[{"id":"1"}]}', ['{"id":"1"}']],
    ["Graph", '{"@odata.context":"https://x","value":[{"id":"1"}]}', ['{"id":"1"}']],
    [
      "an event with a list is no envelope",
      '{"id":{"t":1},"events":[{"n":1}]}',
      ['{"id":{"t":1},"events":[{"n":1}]}'],
    ],
    ["a list of names is no list of records", '{"value":["a","b"]}', ['{"value":["a","b"]}']],
    ["escapes", '[{"a":"\\\\"},{"b":"\\"]}"}]', ['{"a":"\\\\"}', '{"b":"\\"]}"}']],
  ])("%s", (_name, input, expected) => {
    expect(scan(input).elements).toEqual(expected);
    expect(scan(input, { blockBytes: 3 }).elements).toEqual(expected);
  });

  it("gives offsets and lines", () => {
    const read = scan('[\n  {"a":1},\n  {"a":2}\n]');
    expect(read.offsets).toEqual([4, 15]);
    expect(read.lines).toEqual([2, 3]);
  });

  it.each([
    ["truncated at the end", '[{"a":1},{"a":', ['{"a":1}'], ["object is not closed"]],
    ["open string", '[\n{"a":"x},\n{"a":2}\n]', ['{"a":2}'], ["object is not closed"]],
    ["scalar members", '[{"a":1},5,{"b":1}]', ['{"a":1}', '{"b":1}'], ["text between JSON objects"]],
    ["text", '{"a":1} oops "\n{"b":1}', ['{"a":1}', '{"b":1}'], ["text between JSON objects"]],
  ])("recovers: %s", (_name, input, elements, broken) => {
    const read = scan(input);
    expect(read.elements).toEqual(elements);
    expect(read.broken).toEqual(broken);
  });

  it("rejects an object over the limit and goes on", () => {
    const read = scan(`[\n{"a":"${"x".repeat(500)}"},\n{"b":1}]`, { maxElementBytes: 100, blockBytes: 64 });
    expect(read.elements).toEqual(['{"b":1}']);
    expect(read.broken).toEqual(["object longer than the limit"]);
  });

  it("reads UTF-16", () => {
    for (const swap of [false, true]) {
      const bytes = Buffer.from('\ufeff[{"a":"žü"},{"b":1}]', "utf16le");
      if (swap) bytes.swap16();
      expect(scan(bytes).elements).toEqual(['{"a":"žü"}', '{"b":1}']);
    }
  });

  it("covers any bytes", () => {
    const noise = fc.array(
      fc.constantFrom("{", "}", "[", "]", '"', "\\", ",", ":", "\n", "a", '"hits"', " "),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(
        noise,
        fc.integer({ min: 1, max: 9 }),
        (parts, blockBytes) => void scan(parts.join(""), { blockBytes }),
      ),
    );
  });

  it("finds whatever objects are in an array", () => {
    const records = fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { maxLength: 8 });
    fc.assert(
      fc.property(records, fc.boolean(), (values, pretty) => {
        const text = JSON.stringify(values, undefined, pretty ? 2 : undefined);
        expect(scan(text, { blockBytes: 7 }).elements.map((one) => JSON.parse(one))).toEqual(
          JSON.parse(text),
        );
      }),
    );
  });
});
