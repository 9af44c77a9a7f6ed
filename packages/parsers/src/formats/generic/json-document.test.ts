import { describe, expect, it } from "vitest";
import { collect, unaccountedBytes } from "../../testing/collect.ts";
import { format } from "./json-document.ts";
import { format as jsonLines } from "./json-lines.ts";

const read = (text: string) => collect(text, [format, jsonLines]);

describe("generic/json-document", () => {
  it.each([
    ["array", '[{"a":1},{"a":2}]', "generic/json-document", 2],
    ["array over lines", '[\n{"a":1},\n{"a":2}\n]\n', "generic/json-document", 2],
    ["pretty object", '{\n  "a": 1\n}\n', "generic/json-document", 1],
    ["pretty objects", '{\n  "a": 1\n}\n{\n  "a": 2\n}', "generic/json-document", 2],
    ["concatenated", '{"a":1}{"a":2}', "generic/json-document", 2],
    ["Records", '{"Records":[{"a":1},{"a":2}]}', "generic/json-document", 2],
    ["lines stay lines", '{"a":1}\n{"a":2}\n', "generic/json-lines", 2],
    ["one object on one line", '{"a":1}', "generic/json-lines", 1],
    ["a bracketed log is no JSON", "[error] x\n", "unrecognised", 0],
  ])("%s", (_name, text, name, events) => {
    const got = read(text);
    expect(got.format).toBe(name);
    expect(got.events).toHaveLength(events);
    expect(unaccountedBytes(got, new TextEncoder().encode(text).length)).toBe(0);
  });

  it("gives each element its own bytes", () => {
    const text = '[{"a":"ü"},{"a":2}]';
    const second = read(text).events[1]!;
    expect(
      new TextDecoder().decode(
        new TextEncoder().encode(text).subarray(second.offset, second.offset + second.length),
      ),
    ).toBe('{"a":2}');
  });

  it("reads a single-line array as a stream", () => {
    // Never held as one text: the source makes the bytes it is asked for.
    const element = new TextEncoder().encode(`{"id":1,"pad":"${"x".repeat(100)}"},`);
    const count = 20_000;
    const size = 1 + count * element.length;
    let largest = 0;
    const source = {
      size,
      read(offset: number, length: number) {
        const made = new Uint8Array(Math.min(length, size - offset));
        largest = Math.max(largest, made.length);
        for (let i = 0; i < made.length; i++) {
          const at = offset + i;
          made[i] = at === 0 ? 91 : element[(at - 1) % element.length]!;
        }
        return made;
      },
    };
    let events = 0;
    const time = {
      instant: () => undefined,
      iso: () => undefined,
      local: () => undefined,
      yearless: () => undefined,
    };
    format.parse(
      source,
      { fileName: "x", time: time as never },
      {
        event: () => void events++,
        reject: () => {},
        skip: () => {},
        note: () => {},
      },
    );
    expect(events).toBe(count);
    expect(largest).toBeLessThanOrEqual(1 << 20);
  });
});
