import * as fc from "fast-check";
import { expect, it } from "vitest";
import { bytesSource } from "../testing/collect.ts";
import { walkLines } from "./lines.ts";

/** Lines as told, each with the text that its bytes decode to. */
function walk(bytes: Uint8Array, blockBytes: number) {
  const lines: { text: string; number: number; bytes: string }[] = [];
  walkLines(
    bytesSource(bytes),
    { encoding: "utf-8", start: 0, blockBytes },
    {
      line: (text, offset, length, number) =>
        lines.push({
          text,
          number,
          bytes: new TextDecoder().decode(bytes.subarray(offset, offset + length)),
        }),
      tooLong: () => expect.unreachable(),
    },
  );
  return lines;
}

it("tells the same lines and places whatever stands between: ASCII, accents, CRLF, blocks of any size", () => {
  const line = fc.oneof(
    fc.constantFrom("", "plain text of a log", "Müller", "日本語 10.0.0.1", "x\r", "é".repeat(50)),
    fc.string({ maxLength: 120, unit: "grapheme" }).filter((text) => !/[\n\r]/.test(text)),
  );
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 1, maxLength: 300 }),
      fc.integer({ min: 64, max: 20_000 }),
      (texts, blockBytes) => {
        const whole = texts.map((text) => `${text}\n`).join("");
        const lines = walk(new TextEncoder().encode(whole), blockBytes);
        expect(lines.map(({ bytes }) => bytes).join("")).toBe(whole);
        expect(lines.map(({ text }) => text)).toEqual(texts.map((text) => text.replace(/\r$/, "")));
        expect(lines.map(({ number }) => number)).toEqual(texts.map((_, i) => i + 1));
      },
    ),
    { numRuns: 100 },
  );
});
